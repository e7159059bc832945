"""The marked stretches of an article, paragraph by paragraph, as narration ready to be read.

Here continuation is settled: a quotation that its paragraph leaves open goes on in the next one if that begins with a
mark (X3), and a block quote counts as marked even where the page prints no marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from archive.domain.articles import ArticleText
from archive.domain.spans import Span
from archive.errors import ExtractionError
from archive.extraction.lexicon import Lexicon
from archive.extraction.marks import Stretch, read_stretches
from archive.extraction.narration import Narration, narrate
from archive.extraction.single_marks import quotes_in_singles, read_singles
from archive.extraction.transcripts import read_turn, turns_of

MOST_QUOTATIONS = 5_000
"""Marked stretches of one article. A book has fewer; what has more was built to keep a reader busy."""


def narrations_of(article: ArticleText, lexicon: Lexicon) -> Iterator[Narration]:
    """Every paragraph of the article as narration, in order.

    ExtractionError ``article_too_complex`` for more marks than any article has: a part of its quotations would look as
    if they were all.
    """
    blocks = frozenset(article.block_quotes)
    doubles = [read_stretches(article.text, span, index=index) for index, span in enumerate(article.paragraphs)]
    british = quotes_in_singles(article.text, article.paragraphs, doubles=doubles)
    turns = turns_of(article.text, article.paragraphs)
    count = 0
    for index, (paragraph, stretches) in enumerate(zip(article.paragraphs, doubles, strict=True)):
        if paragraph in blocks:
            stretches = _as_block(paragraph, stretches, index)
        elif british or _is_headline(article, paragraph):
            stretches = _merged(read_singles(article.text, paragraph, index=index), stretches)
        elif not stretches:
            singles = read_singles(article.text, paragraph, index=index)
            stretches = [replace(stretch, single=True) for stretch in singles if stretch.closed]
        if paragraph in turns and not stretches:
            stretches = read_turn(article.text, paragraph, index=index)
        count += len(stretches)
        if count > MOST_QUOTATIONS:
            raise ExtractionError(
                f"The text holds more than {MOST_QUOTATIONS:,} quotations.", code="article_too_complex"
            )
        yield narrate(article.text, paragraph, stretches=stretches, index=index, lexicon=lexicon)


def _is_headline(article: ArticleText, paragraph: Span) -> bool:
    """Whether a paragraph is the headline: newspapers that quote with double marks put single ones there."""
    title = article.title
    return (
        title is not None and len(paragraph) <= len(title) + 4 and paragraph.of(article.text).strip() == title.strip()
    )


def _merged(singles: list[Stretch], doubles: list[Stretch]) -> list[Stretch]:
    """Singles and the doubles that lie outside them, in order: double marks inside single ones quote within."""
    inside = [stretch.outside for stretch in singles]
    free = [each for each in doubles if not any(_overlap(each.outside, span) for span in inside)]
    return sorted((*singles, *free), key=lambda stretch: stretch.outside.start)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _as_block(paragraph: Span, marked: list[Stretch], index: int) -> list[Stretch]:
    """A paragraph the page sets apart as quoted: all of it, without marks that enclose it."""
    if len(marked) == 1 and len(marked[0].outside) >= 0.9 * len(paragraph):
        return marked
    return [Stretch(inside=paragraph, outside=paragraph, closed=True, paragraph=index, bare=True)]
