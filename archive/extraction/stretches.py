"""The marked stretches of an article, paragraph by paragraph, as narration ready to be read.

Here continuation is settled: a quotation that its paragraph leaves open goes on in the next one if that begins with a
mark (X3), and a block quote counts as marked even where the page prints no marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from archive.domain.articles import ArticleText
from archive.domain.spans import Span
from archive.errors import ExtractionError
from archive.extraction.asides import closed_before_cue, read_dialogue, without_asides
from archive.extraction.lexicon import Lexicon
from archive.extraction.marks import Stretch, read_stretches
from archive.extraction.narration import Narration, narrate
from archive.extraction.single_marks import quotes_in_singles, read_singles
from archive.extraction.transcripts import read_turn, turns_of

_NAME_PART = re.compile(r"\s*[,(|–—]|\s-\s")
LONGEST_SIGNATURE = 10
"""Words of a line that says whose words a block quote holds."""
MOST_QUOTATIONS = 5_000
"""Marked stretches of one article. A book has fewer; what has more was built to keep a reader busy."""
BEHIND = 2
"""Paragraphs read behind the last quotation: a signature, or the same said once more."""
MOST_WORDS = 200_000
"""Words and signs of one article. A long novel has as many, and each costs memory: 200 MB for all are the limit."""


def narrations_of(article: ArticleText, lexicon: Lexicon) -> Iterator[Narration]:
    """The paragraphs of the article as narration, in order, as far as they can say anything of a quotation.

    ExtractionError ``article_too_complex`` for more marks than any article has: a part of its quotations would look as
    if they were all.
    """
    blocks = frozenset(article.block_quotes)
    doubles = _between_doubles(article)
    british = quotes_in_singles(article.text, article.paragraphs, doubles=doubles)
    turns = turns_of(article.text, article.paragraphs)
    found: list[list[Stretch]] = []
    for index, (paragraph, marked) in enumerate(zip(article.paragraphs, doubles, strict=True)):
        if paragraph in blocks:
            stretches = [] if _is_signature(article.text, paragraph) else _as_block(paragraph, marked, index)
        elif british or (_is_headline(article, paragraph) and paragraph not in turns):
            stretches = _merged(read_singles(article.text, paragraph, index=index), marked)
        else:
            stretches = marked or _unmarked(article.text, paragraph, index, is_turn=paragraph in turns, lexicon=lexicon)
        if stretches:
            stretches = [closed_before_cue(article.text, each, lexicon) for each in stretches]
            stretches = [piece for each in stretches for piece in without_asides(article.text, each, lexicon)]
        found.append(stretches)
    yield from _narrated(article, found, lexicon)


def _narrated(article: ArticleText, found: Sequence[list[Stretch]], lexicon: Lexicon) -> Iterator[Narration]:
    """The paragraphs as narration, up to the last that says anything of a quotation."""
    last = max((index for index, stretches in enumerate(found) if stretches), default=-1 - BEHIND)
    count = words = 0
    for index, stretches in enumerate(found[: last + 1 + BEHIND]):
        narration = narrate(article.text, article.paragraphs[index], stretches=stretches, index=index, lexicon=lexicon)
        count, words = count + len(stretches), words + len(narration.tokens)
        _check_size(count, words)
        yield narration


def _between_doubles(article: ArticleText) -> list[list[Stretch]]:
    """The stretches between double marks of each paragraph; refused as soon as there are too many."""
    found: list[list[Stretch]] = []
    count = 0
    for index, paragraph in enumerate(article.paragraphs):
        found.append(read_stretches(article.text, paragraph, index=index))
        count += len(found[-1])
        _check_size(count, 0)
    return found


def _check_size(quotations: int, words: int) -> None:
    if quotations > MOST_QUOTATIONS:
        raise ExtractionError(f"The text holds more than {MOST_QUOTATIONS:,} quotations.", code="article_too_complex")
    if words > MOST_WORDS:
        raise ExtractionError(f"The text has more than {MOST_WORDS:,} words and signs.", code="article_too_complex")


def _unmarked(text: str, paragraph: Span, index: int, *, is_turn: bool, lexicon: Lexicon) -> list[Stretch]:
    """What may be quoted where no double mark stands: in single ones, behind a label, behind a dash."""
    singles = [stretch for stretch in read_singles(text, paragraph, index=index) if stretch.closed]
    if singles:
        return [replace(stretch, single=True) for stretch in singles]
    turn = read_turn(text, paragraph, index=index) if is_turn else []
    return turn or read_dialogue(text, paragraph, index=index, lexicon=lexicon)


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


def _is_signature(text: str, paragraph: Span) -> bool:
    """Whether a line of a block quote only says whose words stand above it: "Orla Venn, mayor of Brod"."""
    line = paragraph.of(text)
    name = _NAME_PART.split(line, maxsplit=1)[0].split()
    if len(line.split()) > LONGEST_SIGNATURE or line.rstrip()[-1:] in '.!?…”"»':
        return False
    return 2 <= len(name) <= 4 and all(word[0].isupper() for word in name)


def _as_block(paragraph: Span, marked: list[Stretch], index: int) -> list[Stretch]:
    """A paragraph the page sets apart as quoted: all of it, without marks that enclose it."""
    if len(marked) == 1 and len(marked[0].outside) >= 0.9 * len(paragraph):
        return marked
    return [Stretch(inside=paragraph, outside=paragraph, closed=True, paragraph=index, bare=True)]
