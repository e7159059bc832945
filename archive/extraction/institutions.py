"""Institutions behind "it" and "they": "Marrow Rail apologised. "We got it wrong," it said."."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from archive.extraction.clauses import main_subject
from archive.extraction.lexicon import Lexicon
from archive.extraction.narration import Narration, sentence_end, sentence_start
from archive.extraction.people import Cast
from archive.extraction.phrases import Phrase, Sort
from archive.extraction.tokens import Token

MOST_SENTENCES = 3
"""Sentences before the pronoun whose subject may be meant."""


def institution_behind(
    subject: Phrase, tokens: Sequence[Token], paragraph: int, *, before: Sequence[Narration], cast: Cast
) -> str | None:
    """The named institution that "it" or "they" stands for: the subject of the nearest sentence before it that has a
    subject of its own; None where that is a person, a description or nobody. ``before`` are the paragraphs up to the
    quotation's own, ``paragraph`` and ``tokens`` those of the pronoun."""
    lexicon = cast.lexicon
    if lexicon.pronouns.get(tokens[subject.first].lower) not in ("neuter", "plural") or not before:
        return None
    rows = [(paragraph, tokens, sentence_start(tokens, subject.first))]
    rows += [(each.paragraph, each.tokens, len(each.tokens)) for each in reversed(before) if each.paragraph < paragraph]
    for place, row, first, last in islice(_sentences(rows), MOST_SENTENCES):
        found = main_subject(row, first, last, lexicon=lexicon)
        if found is None or (found.sort is Sort.PRONOUN and _is_same(row[found.first], tokens[subject.first], lexicon)):
            continue
        return cast.body_at(place, found.core[0]) if found.sort is Sort.NAME else None
    return None


def _is_same(one: Token, other: Token, lexicon: Lexicon) -> bool:
    return lexicon.pronouns.get(one.lower) == lexicon.pronouns.get(other.lower)


def _sentences(rows: Sequence[tuple[int, Sequence[Token], int]]) -> Iterator[tuple[int, Sequence[Token], int, int]]:
    """The sentences before the ends of ``rows``, nearest first, as (paragraph, its tokens, first, last)."""
    for place, row, end in rows:
        here = end
        while here > 0:
            first = min(sentence_start(row, here - 1), here - 1)
            yield place, row, first, min(here, sentence_end(row, first) + 1)
            here = first
