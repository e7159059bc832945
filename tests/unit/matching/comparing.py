"""A quotation laid along a post, and what came of it: code, quoted words, archived words, guards."""

from __future__ import annotations

from collections.abc import Iterable

from archive.domain.differences import Alignment, Difference
from archive.matching.composing import align
from archive.matching.fits import Rarity
from archive.matching.handles import KnownNames
from archive.matching.passages import quoted_passage
from tests.quality.mutations.comparing import a_statement

Row = tuple[str, str, str, str]

RARITY = Rarity(corpus_size=100, frequencies={})
NAMES = KnownNames(
    by_handle={"tideoffice": (("mira", "tolland"),), "m_tollandmp": (("mira", "tolland"),)},
    sorted_forms=(frozenset({("kenji", "sato")}), frozenset({("kvitka", "olha"), ("kvitka", "olga")})),
)


def compared(quoted: str, archived: str, *, breaks: tuple[int, ...] = ()) -> Alignment:
    return align(quoted_passage(quoted, breaks=breaks), a_statement(archived), names=NAMES, rarity=RARITY)


def rows(found: Alignment | Iterable[Difference]) -> list[Row]:
    differences = found.differences if isinstance(found, Alignment) else tuple(found)
    return [
        (d.code.value, d.quoted_words.strip(), d.archived_words.strip(), " ".join(g.value for g in d.guards))
        for d in differences
    ]
