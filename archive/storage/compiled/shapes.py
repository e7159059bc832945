"""Shapes: what the compiled functions hand each other, and the scratch arrays of a thread, made once.

Few arrays of many columns rather than many arrays: each array that a function takes costs half a second of compiling.
And small ones, with what belongs together side by side: a look-up mostly comes when others have emptied the processor's
caches, and then every line of memory that it touches is fetched anew.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from archive.storage.cascade import LONGEST_QUOTATION, MOST_FOUND

Numbers = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]
Fractions = npt.NDArray[np.float64]

# Columns of a segment in the table of segments: of postings where the offsets begin in memory, how far keys are
# shifted, where the posts begin; of texts where posts, times, offsets and words begin, how many documents there are,
# the first post and the last. And how many segments a post may be in, the same for all.
COLUMNS = 14
RUNS, WORDS, TEXTS = 0, 3, 6
DOCUMENTS, FIRST_POST, LAST_POST, DEPTH = 10, 11, 12, 13

# Columns of keys: the key, how many posts have it, what must be left to read on; which key is read in this place.
# Then of the lists that are read: where the posts begin in memory, where the list begins, ends, and stood before, what
# a vote weighs, what a post can get from this list and those after it.
KEY_COLUMNS = 10
KEYS, COUNTS, WORTHS, ORDER, ADDRESSES, PLACES, ENDS, BEGUN, WEIGHTS, LEFT = range(KEY_COLUMNS)

# Columns of the page, by the place of a word in the quotation: which number it has, what it adds to a state, where the
# same word stands before; the programme: the best state with the words before, the state that ended with this word, and
# where in the document. By the number of a word: its last place, how often it is in the quotation, what it is worth, how
# often it is in the document.
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

# Of an answer: how many posts there are and how many words were looked up; then, of all posts, each of four numbers;
# and, as fractions, what all words are worth, then each of two.
ANSWER_HEAD, ANSWER_NUMBERS, ANSWER_FRACTIONS = 2, 4, 2

VOTE_BITS = 14
"""Places among which posts with votes are spread: half as many posts can have some; beyond that they are counted block
by block."""
MOST_VOTED = 1 << (VOTE_BITS - 1)
BLOCK_BITS = 14
"""Posts whose votes are counted at once when they are many: 64 kB, which the processor's cache holds."""
SIEVE = 1 << 10
"""Words of 64 bits in the sieve of posts that can still be elected."""
SEEK_BITS = 12
"""Places among which the words of the longest quotation are spread."""


class Room(NamedTuple):
    """All scratch arrays of a thread. ``order`` is for sorting; ``votes`` are posts with votes, ``spread`` says where
    each stands in them, ``sieve`` which of them can still be elected, ``block`` counts the votes of a block of posts,
    ``elected`` are the best, each one number: its votes above, its post below, turned round; ``own`` are the votes for
    each post of a speaker; ``seek`` gives the number of a word by half of it."""

    words: Numbers
    runs: Numbers
    order: Numbers
    votes: Numbers
    spread: Small
    sieve: Numbers
    block: Small
    elected: Numbers
    own: Numbers
    page: Numbers
    seek: Numbers
    chosen: Numbers


class Answered(NamedTuple):
    """The answers, one after the other."""

    numbers: Numbers
    fractions: Fractions


def room(*, segments: int, speakers: int) -> Room:
    """Scratch arrays for an index of so many segments and a speaker of so many posts."""
    lists = LONGEST_QUOTATION * max(segments, 1)
    return Room(
        words=np.zeros((lists, KEY_COLUMNS), dtype=np.int64),
        runs=np.zeros((2 * lists, KEY_COLUMNS), dtype=np.int64),
        order=np.zeros(2 * LONGEST_QUOTATION, dtype=np.int64),
        votes=np.zeros((MOST_VOTED, VOTE_COLUMNS), dtype=np.int64),
        spread=np.zeros(1 << VOTE_BITS, dtype=np.int32),
        sieve=np.zeros(SIEVE, dtype=np.int64),
        block=np.zeros(1 << BLOCK_BITS, dtype=np.int32),
        elected=np.zeros(MOST_FOUND, dtype=np.int64),
        own=np.zeros(max(speakers, 1), dtype=np.int64),
        page=np.zeros((LONGEST_QUOTATION + 1, PAGE_COLUMNS), dtype=np.int64),
        seek=np.zeros(1 << SEEK_BITS, dtype=np.int64),
        chosen=np.zeros((MOST_FOUND, CHOSEN_COLUMNS), dtype=np.int64),
    )
