"""Days told by what went before: "Hours later, Venn wrote", "the next day she posted"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from archive.domain.claims import ClaimedDate
from archive.domain.spans import Span
from archive.extraction.lexicon import Lexicon
from archive.extraction.narration import Narration, sentence_around
from archive.extraction.tokens import Token
from archive.extraction.word_groups import WordGroups


def later_than(
    own: Narration, at: int, *, earlier: Sequence[ClaimedDate | None], lexicon: Lexicon
) -> ClaimedDate | None:
    """The day of a quotation whose sentence counts from the day of the one before: hours later is that day or the one
    after it, the next day the one after; None where the sentence does not count or no day went before."""
    base = next((day for day in reversed(earlier) if day is not None and day.last is not None), None)
    if base is None or base.last is None:
        return None
    sentence = own.tokens[slice(*sentence_around(own.tokens, at))]
    for groups, least, most in ((lexicon.hours_later, 0, 1), (lexicon.same_day, 0, 0), (lexicon.next_day, 1, 1)):
        place = _group_in(sentence, groups)
        if place is None:
            continue
        start = base.first + timedelta(days=least) if base.first is not None else None
        return ClaimedDate(
            first=start, last=base.last + timedelta(days=most), printed=_printed(sentence, place), span=place
        )
    return None


def _group_in(tokens: Sequence[Token], groups: WordGroups) -> Span | None:
    for at, width in groups.places(tokens, 0, len(tokens)):
        return Span(tokens[at].start, tokens[at + width - 1].end)
    return None


def _printed(tokens: Sequence[Token], place: Span) -> str:
    return " ".join(token.text for token in tokens if place.start <= token.start < place.end)
