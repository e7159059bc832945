"""Where in a text a date may stand, so that the full pattern of dates is tried there alone.

The pattern tries many words at every letter, and most text has no day in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.domain.spans import Span
from archive.text.date_words import WORD, DateWords

AROUND = 40
"""Characters on either side of the telling word of a date: more than any date has ("Wednesday, the 21st of [September]
2026, a …")."""
LONGEST_WORD = 48
_YEAR = re.compile(r"\d(?:(?<=(?:19|20)\d\d)-\d|[./](?:19|20)\d\d)")
"""2026-02, 2.2026: a digit comes first, so that the engine skips from digit to digit."""


def places_of_dates(text: str, within: Span, words: DateWords) -> Iterator[Span]:
    """Stretches of ``within`` in which a date may stand, in order and apart: around the words of which one is in every
    date, and around years; all of it where the language parts no words."""
    if not words.telling:
        yield within
        return
    start, end = -1, -1
    for at in sorted({*_telling_at(text, within, words), *_years_at(text, within)}):
        first = _edge(text, max(at - AROUND, within.start), step=-1, limit=within.start)
        last = _edge(text, min(at + AROUND, within.end), step=1, limit=within.end)
        if start >= 0 and first > end:
            yield Span(start, end)
            start = -1
        start, end = (first if start < 0 else start), last
    if start >= 0:
        yield Span(start, end)


def _telling_at(text: str, within: Span, words: DateWords) -> Iterator[int]:
    for word in words.telling.intersection(WORD.findall(text, within.start, within.end)):
        at = text.find(word, within.start, within.end)
        while at >= 0:
            yield at
            at = text.find(word, at + len(word), within.end)


def _years_at(text: str, within: Span) -> Iterator[int]:
    return (match.start() for match in _YEAR.finditer(text, within.start, within.end))


def _edge(text: str, at: int, *, step: int, limit: int) -> int:
    """The next white space, so that no window cuts a date; as far off as words are long."""
    for here in range(at, at + LONGEST_WORD * step, step):
        if here == limit or text[here - (step < 0)].isspace():
            return here
    return at + LONGEST_WORD * step
