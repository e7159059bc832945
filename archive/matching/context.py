"""Context: what classifying one alignment needs to know besides its two texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from archive.domain.differences import Difference, Nature
from archive.domain.findings import Family, FindingCode
from archive.domain.spans import Span
from archive.matching.handles import KnownNames
from archive.matching.passages import Passage
from archive.text.shingles import word_hash
from archive.text.tokens import Word

_NATURES = {Family.RENDERING: Nature.RENDERING, Family.MARKING: Nature.MARKING}


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two passages under comparison, the names that may be exchanged, and how many archived texts hold each word."""

    quoted: Passage
    archived: Passage
    names: KnownNames = field(default_factory=KnownNames)
    frequencies: Mapping[int, int] = field(default_factory=dict)
    seams: frozenset[int] = field(default=frozenset())

    def difference(
        self, code: FindingCode, quoted: Span, *, archived: Span, guards: tuple[FindingCode, ...] = ()
    ) -> Difference:
        """A difference at these places, with its words as printed. Its nature follows from its code."""
        return Difference(
            code=code,
            nature=_NATURES.get(code.family, Nature.TEXT),
            quoted=quoted,
            archived=archived,
            quoted_words=quoted.of(self.quoted.text),
            archived_words=archived.of(self.archived.text),
            guards=guards,
        )

    def documents_with(self, word: str) -> int:
        """How many archived texts hold a normalised word (0: none, or not told)."""
        return self.frequencies.get(word_hash(word), 0)

    def quoted_words(self, first: int, last: int) -> tuple[Word, ...]:
        """The quotation's words in that range."""
        return self.quoted.words[first:last]

    def archived_words(self, first: int, last: int) -> tuple[Word, ...]:
        """The archived text's words in that range."""
        return self.archived.words[first:last]


def plain(found: tuple[Word, ...]) -> tuple[str, ...]:
    """The normalised texts of words."""
    return tuple(word.text_normalised for word in found)
