"""The desk: the scratch arrays of a thread, cut from one stretch of memory that is made once."""

from __future__ import annotations

from numba import carray

from archive.storage.cascade import LONGEST_QUOTATION, MOST_FOUND
from archive.storage.compiled.ground import compiled, numbers_from, small_from, smaller_from
from archive.storage.compiled.shapes import (
    BINS,
    BLOCK_BITS,
    CHOSEN_COLUMNS,
    KEY_COLUMNS,
    MOST_VOTED,
    PAGE_COLUMNS,
    SEEK_BITS,
    SLOT_BITS,
    VOTE_BITS,
    VOTE_COLUMNS,
    Room,
)

_RUNS = 2 * LONGEST_QUOTATION
_ROWS = LONGEST_QUOTATION + 1
_SEEK, _SPREAD, _BLOCK, _SLOTS = 1 << SEEK_BITS, 1 << VOTE_BITS, 1 << BLOCK_BITS, 1 << SLOT_BITS
# In numbers of 64 bits: those of the arrays before the speaker's, which are of 64 bits, and of those behind.
_ORDER = 0
_VOTES = _ORDER + _RUNS
_BINS = _VOTES + MOST_VOTED * VOTE_COLUMNS
_ELECTED = _BINS + BINS
_PAGE = _ELECTED + MOST_FOUND
_SOUGHT = _PAGE + _ROWS * PAGE_COLUMNS
_CHOSEN = _SOUGHT + _SEEK
_SPREAD_AT = _CHOSEN + MOST_FOUND * CHOSEN_COLUMNS
_BLOCK_AT = _SPREAD_AT + _SPREAD // 2
_SLOTS_AT = _BLOCK_AT + _BLOCK // 2
_KEYS = _SLOTS_AT + _SLOTS // 4
_WIDTH = 8


def size_of(*, segments: int, speakers: int) -> int:
    """How many numbers of 64 bits that takes, for an index of so many segments and a speaker of so many posts."""
    return _KEYS + 3 * LONGEST_QUOTATION * max(segments, 1) * KEY_COLUMNS + speakers


@compiled
def room_at(address: int, segments: int, speakers: int) -> Room:
    """The scratch arrays in the memory that begins there."""
    words = LONGEST_QUOTATION * max(segments, 1)
    runs_at = _KEYS + words * KEY_COLUMNS
    own_at = runs_at + 2 * words * KEY_COLUMNS
    return Room(
        carray(numbers_from(address + _WIDTH * _KEYS), (words, KEY_COLUMNS)),
        carray(numbers_from(address + _WIDTH * runs_at), (2 * words, KEY_COLUMNS)),
        carray(numbers_from(address + _WIDTH * _ORDER), (_RUNS,)),
        carray(numbers_from(address + _WIDTH * _VOTES), (MOST_VOTED, VOTE_COLUMNS)),
        carray(numbers_from(address + _WIDTH * _BINS), (BINS,)),
        carray(numbers_from(address + _WIDTH * _ELECTED), (MOST_FOUND,)),
        carray(numbers_from(address + _WIDTH * _PAGE), (_ROWS, PAGE_COLUMNS)),
        carray(numbers_from(address + _WIDTH * _SOUGHT), (_SEEK,)),
        carray(numbers_from(address + _WIDTH * _CHOSEN), (MOST_FOUND, CHOSEN_COLUMNS)),
        carray(numbers_from(address + _WIDTH * own_at), (speakers,)),
        carray(small_from(address + _WIDTH * _SPREAD_AT), (_SPREAD,)),
        carray(small_from(address + _WIDTH * _BLOCK_AT), (_BLOCK,)),
        carray(smaller_from(address + _WIDTH * _SLOTS_AT), (_SLOTS,)),
    )
