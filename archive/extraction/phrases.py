"""Noun phrases: the words that name a speaker; ``phrases_before`` and ``phrases_after`` find them.

No parser: titles, names with their particles and initials, appositives between commas or brackets, and descriptions
("a spokesman for the ministry") are told by word lists and capitals. Method: rules read off 60 errors of a nearest-name
baseline; most of them took a name of the neighbouring clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from archive.domain.spans import Span
from archive.extraction.lexicon import Lexicon
from archive.extraction.tokens import Kind, Token

LONGEST_PHRASE = 9


class Sort(Enum):
    """What a noun phrase is."""

    NAME = "name"
    PRONOUN = "pronoun"
    DESCRIPTION = "description"


class Phrase(NamedTuple):
    """Tokens ``first`` to ``last`` (excluded) that name somebody; ``core`` are those of the name itself."""

    first: int
    last: int
    sort: Sort
    core: tuple[int, int]

    def span(self, tokens: Sequence[Token]) -> Span:
        """Its characters in the article."""
        return Span(tokens[self.first].start, _end(tokens[self.last - 1]))

    def core_span(self, tokens: Sequence[Token]) -> Span:
        """The characters of the name alone, without title and complement."""
        return Span(tokens[self.core[0]].start, _end(tokens[self.core[1] - 1]))


def _end(token: Token) -> int:
    return token.end - 2 if token.is_possessive else token.end


def is_pronoun(token: Token, lexicon: Lexicon) -> bool:
    """Whether a token is a pronoun that may be the subject of a verb of saying."""
    return token.kind == Kind.WORD and token.lower in lexicon.subjects


def is_time(token: Token, lexicon: Lexicon) -> bool:
    """Whether a token is a day, a month or a word like "yesterday"."""
    return token.lower in lexicon.days or token.lower in lexicon.times or token.lower in lexicon.months
