"""Shapes: what the compiled functions hand each other, and the scratch arrays of a thread, made once.

Arrays of many rows rather than many arrays: each array that a function takes costs half a second of compiling.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from archive.storage.cascade import LONGEST_QUOTATION, MOST_FOUND
from archive.storage.laying import LONGEST_DOCUMENT

Numbers = npt.NDArray[np.int64]
Slots = npt.NDArray[np.int16]

# Columns of a segment in the table of segments: of postings where the offsets begin in memory, how far keys are
# shifted, where the posts begin; of texts where posts, times, offsets and words begin, how many documents there are,
# the first post and the last.
COLUMNS = 13
RUNS, WORDS, TEXTS = 0, 3, 6
DOCUMENTS, FIRST_POST, LAST_POST = 10, 11, 12

# Rows of keys: the keys, how many posts have each, the order of reading, what must be left to read on. Then of the
# lists that are read: where the posts begin in memory, where the list ends, where its reader stands and stood before,
# what a vote weighs.
KEY_ROWS = 9
KEYS, COUNTS, ORDER, WORTHS, ADDRESSES, ENDS, PLACES, BEGUN, WEIGHTS = range(KEY_ROWS)

# Rows of a tally: a small table of posts (plus one) with their votes, and which of its places are used; a block of
# posts with their votes; the best posts and their scores; the votes for each post of a speaker.
TALLY_ROWS = 7
SLOTS, SUMS, USED, BLOCK, ELECTED, SCORES, OWN = range(TALLY_ROWS)

# Rows of a page: the numbers of a quotation's words in order and what each adds to a state; how often the word of a
# number is in the quotation, what it is worth, how often it is in the document; the words met in the document in order
# and whether each stands right behind the one before; the programme's two rows.
PAGE_ROWS = 9
NUMBERS, GAINS, REPEATS, WORTH_OF, OFTEN, MET, ADJOINING, BEST, LAST = range(PAGE_ROWS)

# Rows of chosen posts. An answer has more of them, and in place of the state what is worth of the words in place.
CHOSEN_ROWS, TOLD_ROWS = 4, 6
POSTS, STATES, SHARED, TIMES, WORDS_IN_PLACE, RUNS_IN_PLACE = range(TOLD_ROWS)
IN_PLACE = STATES

# Columns of the quotations that are asked for: at which piece each begins, how many posts are wanted, where the
# speaker's posts begin in memory and how many there are; the same of posts given, among which alone is to be looked. A
# last row gives where the last quotation ends.
QUOTE_COLUMNS = 6
PIECE, LIMIT, SPEAKER, SPEAKER_COUNT, GIVEN, GIVEN_COUNT = range(QUOTE_COLUMNS)

# Columns of the heads of answers: how many posts there are, what all words of the quotation are worth.
HEAD_COLUMNS = 2
COUNT, INFORMATION = range(HEAD_COLUMNS)

TABLE_BITS = 13
"""Places in which votes are counted when they are few: a quarter as many votes at most."""
FEW = 1 << (TABLE_BITS - 2)
BLOCK_BITS = 14
"""Posts whose votes are counted at once when they are many: 128 kB, which the processor's cache holds."""


class Asked(NamedTuple):
    """Quotations one after the other: their words, where each piece begins, and the columns above."""

    words: Numbers
    pieces: Numbers
    quotes: Numbers


class Found(NamedTuple):
    """The answers: a head for each quotation, and by quotation, row and place what is told of its posts."""

    heads: Numbers
    told: Numbers


class Room(NamedTuple):
    """All scratch arrays of a thread; ``slots`` gives the number of the quotation's word that a half stands for."""

    words: Numbers
    runs: Numbers
    tally: Numbers
    page: Numbers
    chosen: Numbers
    slots: Slots


def room(*, segments: int, speakers: int) -> Room:
    """Scratch arrays for an index of so many segments and a speaker of so many posts."""
    lists = LONGEST_QUOTATION * max(segments, 1)
    return Room(
        words=np.zeros((KEY_ROWS, lists), dtype=np.int64),
        runs=np.zeros((KEY_ROWS, 2 * lists), dtype=np.int64),
        tally=np.zeros((TALLY_ROWS, max(1 << BLOCK_BITS, speakers)), dtype=np.int64),
        page=np.zeros((PAGE_ROWS, LONGEST_DOCUMENT), dtype=np.int64),
        chosen=np.zeros((CHOSEN_ROWS, MOST_FOUND), dtype=np.int64),
        slots=np.full(1 << 16, -1, dtype=np.int16),
    )


def found(quotations: int, *, most: int) -> Found:
    """Room for the answers to so many quotations, of so many posts at most."""
    return Found(
        heads=np.zeros((quotations, HEAD_COLUMNS), dtype=np.int64),
        told=np.zeros((quotations, TOLD_ROWS, max(most, 1)), dtype=np.int64),
    )
