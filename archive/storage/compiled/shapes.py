"""Shapes: what the compiled functions hand each other, and the scratch arrays of a thread, made once.

Few arrays of many columns rather than many arrays: each array that a function takes costs half a second of compiling.
And small ones, with what belongs together side by side: a look-up mostly comes when others have emptied the processor's
caches, and then every line of memory that it touches is fetched anew.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]
Smaller = npt.NDArray[np.uint16]
Fractions = npt.NDArray[np.float64]

# Columns of a segment in the table of segments: of postings where the offsets begin in memory, how far keys are
# shifted, where the posts begin; of texts where posts, times, offsets and words begin, how many documents there are,
# the first post and the last.
COLUMNS = 13
RUNS, WORDS, TEXTS = 0, 3, 6
DOCUMENTS, FIRST_POST, LAST_POST = 10, 11, 12

# Columns of keys: the key, how many posts have it, what must be left to read on; which key is read in this place.
# Then of the lists that are read: where the posts begin in memory, where the list begins, ends, and stood before, what
# a vote weighs.
KEY_COLUMNS = 9
KEYS, COUNTS, WORTHS, ORDER, ADDRESSES, PLACES, ENDS, BEGUN, WEIGHTS = range(KEY_COLUMNS)

# Columns of the page, by the place of a word in the quotation: which number it has, what it adds to a state, where
# the same word stands before; the programme: the best state with the words before, the state that ended with this
# word, and where in the document. By the number of a word: its last place, how often it is in the quotation, what it is
# worth, how often it is in the document.
PAGE_COLUMNS = 10
NUMBERS, GAINS, EARLIER, BEST, ENDED, ENDED_AT, LAST, REPEATS, WORTH_OF, OFTEN = range(PAGE_COLUMNS)

# Columns of chosen posts, and of those with votes.
CHOSEN_COLUMNS, VOTE_COLUMNS = 4, 2
POSTS, STATES, SHARED, TIMES = range(CHOSEN_COLUMNS)
VOTERS, SUMS = range(VOTE_COLUMNS)

# Of a quotation on the sheet: how many posts are wanted, where the speaker's posts begin in memory and how many there
# are, the same of posts among which alone is to be looked, how many pieces there are. Then the length of each piece and
# the words of all.
HEAD = 6
LIMIT, SPEAKER, SPEAKER_COUNT, GIVEN, GIVEN_COUNT, PIECES = range(HEAD)

# Of an answer, one after the other: how many posts there are, how many words were looked up, and, a fraction, what
# these are worth; then, of all posts, each of four numbers and of two fractions.
ANSWER_HEAD, ANSWER_NUMBERS, ANSWER_ROWS = 3, 4, 6

VOTE_BITS = 14
"""Places among which posts with votes are spread: half as many posts can have some; beyond that they are counted block
by block."""
MOST_VOTED = 1 << (VOTE_BITS - 1)
SLOT_BITS = 17
"""Slots into which votes are thrown at most."""
BINS = 512
"""Into which slots are sorted by how full they are."""
BLOCK_BITS = 14
"""Posts whose votes are counted at once when they are many: 64 kB, which the processor's cache holds."""
SEEK_BITS = 12
"""Places among which the words of the longest quotation are spread."""


class Answered(NamedTuple):
    """The answers, and the same memory as fractions."""

    numbers: Numbers
    fractions: Fractions
