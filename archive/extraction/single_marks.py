"""Single quotation marks: where they quote, and where they are apostrophes.

Houses that quote with double marks use single ones for terms and inside quotations; British houses quote with single
marks and put the double ones inside. Which house wrote an article is told by where its sentences of speech stand.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import islice

from archive.domain.spans import Span
from archive.extraction.marks import MOST_MARKS, Stretch, too_many_marks

_SINGLE = re.compile(
    r"['‘’‚](?:(?<![\w'‘’].)(?<!’)(?!(?:\d\ds|em|til|tis|twas|cause|cos|bout)\b)(?=[\w\[(“\"…£$€])"
    r"|(?<=[^\s(\[{‘'’].)(?<![‘‚])(?![\w'’]))",
    re.DOTALL,
)
"""The mark comes first, what must stand before it second: so the engine skips from mark to mark."""
_ENDS_SPEECH = re.compile(r"['’](?=[\s—–-]|$)(?:(?<=[^\s.][.,!?…].)|(?<=[^\s.][.,!?…]”.))")
_OPENS_NEXT = re.compile(r"\s*[‘'](?=\w)")
_LONGEST = 1_500
"""Characters between two single marks; what is longer began with an apostrophe."""
_MOST_CLOSING = 12
"""Closing marks tried for one opening mark; the others before it are apostrophes: the workers’ rights."""
_MOST_COMPARED = 60
"""Stretches of one paragraph that may hold a single mark; what has more is no paragraph of prose."""
_LEAST = 2
"""Sentences of speech in single marks from which an article with some double marks is British."""


def quotes_in_singles(text: str, paragraphs: Iterable[Span], *, doubles: Sequence[Sequence[Stretch]]) -> bool:
    """Whether single marks are an article's main ones: more of its sentences of speech end with them than with double
    marks; ``doubles`` are the stretches between double marks of each paragraph."""
    if "‘" not in text and "'" not in text:
        return False
    singles = within = 0
    stops = [match.start() for match in _ENDS_SPEECH.finditer(text)]
    for paragraph, marked in zip(paragraphs, doubles, strict=True):
        first, last = bisect_left(stops, paragraph.start), bisect_left(stops, paragraph.end)
        ends = [stop - 2 for stop in stops[first:last]]
        singles += sum(1 for end in ends if not any(_holds(stretch, end) for stretch in marked[:_MOST_COMPARED]))
        within += sum(1 for stretch in marked if text[stretch.inside.end - 1 : stretch.inside.end] in ".,!?…")
    return singles > 2 * within and singles >= (_LEAST if any(doubles) else 1)


def _holds(stretch: Stretch, at: int) -> bool:
    return stretch.outside.start < at < stretch.outside.end


def read_singles(text: str, paragraph: Span, *, index: int) -> list[Stretch]:
    """The stretches between single marks of one paragraph, in order; ExtractionError above ``MOST_MARKS``.

    An apostrophe looks like a closing mark, so the last closing mark after a stop or comma is preferred:
    ‘the workers’ rights matter,’ she said. A stretch that never closes stays open where the next paragraph goes on
    with a mark.
    """
    marks = list(islice(_SINGLE.finditer(text, paragraph.start, paragraph.end), MOST_MARKS + 1))
    if len(marks) > MOST_MARKS:
        raise too_many_marks()
    found: list[Stretch] = []
    at = 0
    while at < len(marks):
        opening = marks[at]
        at += 1
        if not _opens(text, opening, paragraph):
            continue
        closing = _closing(text, marks, at, opening=opening)
        if closing is None:
            if _goes_on(text, paragraph):
                found.append(_stretch(opening.start(), opening.end(), None, paragraph=paragraph, index=index))
                break
            continue
        found.append(_stretch(opening.start(), opening.end(), marks[closing], paragraph=paragraph, index=index))
        at = closing + 1
    return found


def _stretch(outer: int, inner: int, closing: re.Match[str] | None, *, paragraph: Span, index: int) -> Stretch:
    return Stretch(
        inside=Span(inner, closing.start() if closing else paragraph.end),
        outside=Span(outer, closing.end() if closing else paragraph.end),
        closed=closing is not None,
        paragraph=index,
    )


def _opens(text: str, mark: re.Match[str], paragraph: Span) -> bool:
    before = text[mark.start() - 1] if mark.start() > paragraph.start else " "
    return mark.end() < len(text) and not text[mark.end()].isspace() and not before.isalnum() and before not in ".,!?"


def _goes_on(text: str, paragraph: Span) -> bool:
    """Whether a quotation that the paragraph leaves open goes on in the next one (X3)."""
    return _OPENS_NEXT.match(text, paragraph.end) is not None


def _closing(text: str, marks: Sequence[re.Match[str]], at: int, *, opening: re.Match[str]) -> int | None:
    """The mark that closes: the first behind a stop or comma or behind a word without s; a plural's apostrophe
    (the workers’) only where nothing else closes before the next mark opens."""
    plural: int | None = None
    for here in range(at, min(len(marks), at + _MOST_CLOSING)):
        mark = marks[here]
        if mark.start() - opening.end() > _LONGEST:
            break
        before = text[mark.start() - 1]
        if before.isspace() or mark.start() <= opening.end():
            if plural is not None:
                break
            continue
        if before != "s":
            return here
        plural = here if plural is None else plural
    return plural
