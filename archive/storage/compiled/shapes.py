"""Shapes: what the compiled functions hand each other, and the scratch arrays of a thread, made once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from archive.storage.cascade import LONGEST_QUOTATION, MOST_OF_SPEAKER, STAGE_1, STAGE_2
from archive.storage.laying import LONGEST_DOCUMENT

Numbers = npt.NDArray[np.int64]

RUNS, WORDS, TEXTS = 0, 3, 6
"""Columns of a segment in the table: of postings where the offsets begin, how far keys are shifted, where the posts
begin; of texts where posts, times, offsets and words begin, how many documents there are, the first and last post."""
COLUMNS = 13

MOST_FOUND = STAGE_1[1] + STAGE_2[1] + MOST_OF_SPEAKER
TABLE_BITS = 13
"""Places in which votes are counted when they are few: a quarter as many votes at most."""
FEW = 1 << (TABLE_BITS - 2)
BLOCK_BITS = 14
"""Posts whose votes are counted at once when they are many: 128 kB, which the processor's cache holds."""


class Asked(NamedTuple):
    """Quotations one after the other: their words, where each piece begins, at which piece each quotation begins, how
    many posts are wanted; where the speaker's posts begin in memory and how many there are."""

    words: Numbers
    pieces: Numbers
    firsts: Numbers
    limits: Numbers
    speakers: Numbers
    speaker_counts: Numbers


class Found(NamedTuple):
    """Of each quotation: how many posts, and what all its words are worth; of each of its posts (a row for each quotation) what is
    told of it. ``order`` is scratch."""

    counts: Numbers
    information: Numbers
    order: Numbers
    posts: Numbers
    states: Numbers
    shared: Numbers
    times: Numbers


class Keys(NamedTuple):
    """The keys of one quotation, how many postings each has, and their order; and what is read of them: where posts
    begin, where they end, where a reader stands and stood, what each weighs."""

    keys: Numbers
    counts: Numbers
    order: Numbers
    worths: Numbers
    addresses: Numbers
    ends: Numbers
    places: Numbers
    begun: Numbers
    weights: Numbers


class Tally(NamedTuple):
    """Votes by post: a small table for few, a block of posts for many; the best so far; a speaker's posts."""

    slots: Numbers
    sums: Numbers
    used: Numbers
    block: Numbers
    posts: Numbers
    scores: Numbers
    own: Numbers


class Page(NamedTuple):
    """One quotation as it is laid along documents: its words' numbers and worths in order; which word a half stands
    for, how often it is there and in the document; and the programme's rows."""

    numbers: Numbers
    steps: Numbers
    slots: npt.NDArray[np.int16]
    times: Numbers
    worths: Numbers
    often: Numbers
    columns: Numbers
    adjoining: Numbers
    best: Numbers
    last: Numbers


class Chosen(NamedTuple):
    """The posts chosen for one quotation so far, in the cascade's order, and what was told of them."""

    posts: Numbers
    states: Numbers
    shared: Numbers
    times: Numbers


class Room(NamedTuple):
    """All scratch arrays of a thread."""

    words: Keys
    runs: Keys
    tally: Tally
    page: Page
    chosen: Chosen


def _numbers(count: int) -> Numbers:
    return np.zeros(count, dtype=np.int64)


def found(quotations: int, *, most: int) -> Found:
    """Room for the answers to so many quotations, of so many posts at most."""
    width = (quotations, max(most, 1))
    return Found(
        counts=_numbers(quotations),
        information=_numbers(quotations),
        order=_numbers(width[1]),
        posts=np.zeros(width, dtype=np.int64),
        states=np.zeros(width, dtype=np.int64),
        shared=np.zeros(width, dtype=np.int64),
        times=np.zeros(width, dtype=np.int64),
    )


def _keys(most: int, segments: int) -> Keys:
    return Keys(*(_numbers(most) for _ in range(4)), *(_numbers(most * segments) for _ in range(5)))


def room(*, segments: int, speakers: int) -> Room:
    """Scratch arrays for an index of so many segments and a speaker of so many posts."""
    return Room(
        words=_keys(LONGEST_QUOTATION, segments),
        runs=_keys(2 * LONGEST_QUOTATION, segments),
        tally=Tally(
            slots=_numbers(1 << TABLE_BITS),
            sums=_numbers(1 << TABLE_BITS),
            used=_numbers(FEW),
            block=_numbers(1 << BLOCK_BITS),
            posts=_numbers(STAGE_2[1] + 1),
            scores=_numbers(STAGE_2[1] + 1),
            own=_numbers(speakers),
        ),
        page=Page(
            numbers=_numbers(LONGEST_QUOTATION),
            steps=_numbers(LONGEST_QUOTATION),
            slots=np.full(1 << 16, -1, dtype=np.int16),
            times=_numbers(LONGEST_QUOTATION),
            worths=_numbers(LONGEST_QUOTATION),
            often=_numbers(LONGEST_QUOTATION),
            columns=_numbers(LONGEST_DOCUMENT),
            adjoining=_numbers(LONGEST_DOCUMENT),
            best=_numbers(LONGEST_DOCUMENT + 1),
            last=_numbers(LONGEST_DOCUMENT + 1),
        ),
        chosen=Chosen(*(_numbers(MOST_FOUND) for _ in range(4))),
    )
