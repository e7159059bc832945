"""The marked stretches of an article, paragraph by paragraph, as narration ready to be read.

Here continuation is settled: a quotation that its paragraph leaves open goes on in the next one if that begins with a
mark (X3), and a block quote counts as marked even where the page prints no marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from archive.domain.articles import ArticleText
from archive.domain.spans import Span
from archive.errors import ExtractionError
from archive.extraction.lexicon import Lexicon
from archive.extraction.marks import MOST_MARKS, Stretch, read_stretches, too_many_marks
from archive.extraction.narration import Narration, narrate

_SINGLE = re.compile(r"['‘’‚](?:(?<![\w'‘’].)(?<!’)(?=[\w\[(“…])|(?<=[\w.,!?…)\]].)(?<![‘‚])(?!\w))", re.DOTALL)
"""The mark comes first, what must stand before it second: so the engine can skip from mark to mark."""
_LONGEST_SINGLE = 1_500
MOST_QUOTATIONS = 5_000
"""Marked stretches of one article. A book has fewer; what has more was built to keep a reader busy."""


def narrations_of(article: ArticleText, lexicon: Lexicon) -> Iterator[Narration]:
    """Every paragraph of the article as narration, in order.

    ExtractionError ``article_too_complex`` for more marks than any article has: a part of its quotations would look as
    if they were all.
    """
    blocks = frozenset(article.block_quotes)
    count = 0
    for index, paragraph in enumerate(article.paragraphs):
        stretches = read_stretches(article.text, paragraph, index=index)
        if paragraph in blocks:
            stretches = _as_block(article.text, paragraph, index)
        elif not stretches:
            stretches = _in_single_quotes(article.text, paragraph, index)
        count += len(stretches)
        if count > MOST_QUOTATIONS:
            raise ExtractionError(
                f"The text holds more than {MOST_QUOTATIONS:,} quotations.", code="article_too_complex"
            )
        yield narrate(article.text, paragraph, stretches=stretches, index=index, lexicon=lexicon)


def _as_block(text: str, paragraph: Span, index: int) -> list[Stretch]:
    """A paragraph the page sets apart as quoted: all of it, without marks that enclose it."""
    marked = read_stretches(text, paragraph, index=index)
    if len(marked) == 1 and len(marked[0].outside) >= 0.9 * len(paragraph):
        return marked
    return [Stretch(inside=paragraph, outside=paragraph, closed=True, paragraph=index, bare=True)]


def _in_single_quotes(text: str, paragraph: Span, index: int) -> list[Stretch]:
    """Stretches in single quotes, for houses that quote with them; the cue decides later whether they quote.

    An apostrophe looks like a closing mark, so the last closing mark after a stop or comma is preferred:
    ‘the workers’ rights matter,’ she said.
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
        closing = _single_closing(text, marks, at, opening=opening)
        if closing is None:
            continue
        mark = marks[closing]
        found.append(
            Stretch(
                inside=Span(opening.end(), mark.start()),
                outside=Span(opening.start(), mark.end()),
                closed=True,
                paragraph=index,
                single=True,
            )
        )
        at = closing + 1
    return found


def _opens(text: str, mark: re.Match[str], paragraph: Span) -> bool:
    before = text[mark.start() - 1] if mark.start() > paragraph.start else " "
    return mark.end() < len(text) and not text[mark.end()].isspace() and not before.isalnum() and before not in ".,!?"


def _single_closing(text: str, marks: Sequence[re.Match[str]], at: int, *, opening: re.Match[str]) -> int | None:
    fallback: int | None = None
    for here in range(at, min(len(marks), at + 12)):
        mark = marks[here]
        if mark.start() - opening.end() > _LONGEST_SINGLE:
            break
        before = text[mark.start() - 1]
        if before.isspace() or mark.start() <= opening.end():
            if fallback is not None:
                break
            continue
        if before in ".,!?…":
            return here
        if fallback is None and before != "s":
            return here
        fallback = here if fallback is None else fallback
    return fallback
