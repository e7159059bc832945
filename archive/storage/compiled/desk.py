"""The desk: the scratch arrays of a thread, in one stretch of memory that is made once.

Functions hand each other the address alone: numba would pass every array as seven numbers, and the code that does this
would be most of the code there is.
"""

from __future__ import annotations

from archive.storage.cascade import LONGEST_QUOTATION, MOST_FOUND
from archive.storage.compiled.ground import (
    Numbers,
    compiled,
    number_of_64,
    numbers_from,
    small_from,
    smaller_from,
    viewed,
)
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
    Small,
    Smaller,
)

_RUNS = 2 * LONGEST_QUOTATION
_ROWS = LONGEST_QUOTATION + 1
_SEEK, _SPREAD, _BLOCK, _SLOTS = 1 << SEEK_BITS, 1 << VOTE_BITS, 1 << BLOCK_BITS, 1 << SLOT_BITS
# Where each begins, in bytes. The first number says where the speaker's begin, behind the keys: as many as there are.
_WIDTH = 8
_ORDER = _WIDTH
_PAGE = _ORDER + _WIDTH * _RUNS
_SOUGHT = _PAGE + _WIDTH * _ROWS * PAGE_COLUMNS
_CHOSEN = _SOUGHT + _WIDTH * _SEEK
_ELECTED = _CHOSEN + _WIDTH * MOST_FOUND * CHOSEN_COLUMNS
_VOTES = _ELECTED + _WIDTH * MOST_FOUND
_BINS = _VOTES + _WIDTH * MOST_VOTED * VOTE_COLUMNS
_SPREAD_AT = _BINS + _WIDTH * BINS
_BLOCK_AT = _SPREAD_AT + 4 * _SPREAD
_SLOTS_AT = _BLOCK_AT + 4 * _BLOCK
_KEYS = _SLOTS_AT + 2 * _SLOTS


def own_begins(*, segments: int) -> int:
    """Where the votes for a speaker's posts begin, in bytes: what goes before them."""
    return _KEYS + _WIDTH * 3 * LONGEST_QUOTATION * max(segments, 1) * KEY_COLUMNS


@compiled
def order_at(desk: int) -> Numbers:
    """Numbers that are sorted."""
    return viewed(numbers_from(desk + _ORDER), (_RUNS,))


@compiled
def page_at(desk: int) -> Numbers:
    """The quotation, as it is laid."""
    return viewed(numbers_from(desk + _PAGE), (_ROWS, PAGE_COLUMNS))


@compiled
def seek_at(desk: int) -> Numbers:
    """The number of a word, by half of it."""
    return viewed(numbers_from(desk + _SOUGHT), (_SEEK,))


@compiled
def chosen_at(desk: int) -> Numbers:
    """The posts that are chosen."""
    return viewed(numbers_from(desk + _CHOSEN), (MOST_FOUND, CHOSEN_COLUMNS))


@compiled
def elected_at(desk: int) -> Numbers:
    """The posts with the most votes, each one number: its votes above, its post below, turned round."""
    return viewed(numbers_from(desk + _ELECTED), (MOST_FOUND,))


@compiled
def votes_at(desk: int) -> Numbers:
    """Posts with votes."""
    return viewed(numbers_from(desk + _VOTES), (MOST_VOTED, VOTE_COLUMNS))


@compiled
def bins_at(desk: int) -> Numbers:
    """How many slots are how full."""
    return viewed(numbers_from(desk + _BINS), (BINS,))


@compiled
def spread_at(desk: int) -> Small:
    """Where a post stands among those with votes, and one more."""
    return viewed(small_from(desk + _SPREAD_AT), (_SPREAD,))


@compiled
def block_at(desk: int) -> Small:
    """The votes of a block of posts."""
    return viewed(small_from(desk + _BLOCK_AT), (_BLOCK,))


@compiled
def slots_at(desk: int) -> Smaller:
    """What votes are thrown into."""
    return viewed(smaller_from(desk + _SLOTS_AT), (_SLOTS,))


@compiled
def words_at(desk: int) -> Numbers:
    """The words of the quotation as keys, and their lists."""
    return viewed(numbers_from(desk + _KEYS), (_lists(desk), KEY_COLUMNS))


@compiled
def runs_at(desk: int) -> Numbers:
    """The same of its runs."""
    lists = _lists(desk)
    return viewed(numbers_from(desk + _KEYS + _WIDTH * lists * KEY_COLUMNS), (2 * lists, KEY_COLUMNS))


@compiled
def own_at(desk: int) -> Numbers:
    """The votes for each post of a speaker."""
    begins = number_of_64(desk, 0)
    return viewed(numbers_from(desk + begins), (1,))


@compiled
def _lists(desk: int) -> int:
    """How many lists of words there may be."""
    return (number_of_64(desk, 0) - _KEYS) // (_WIDTH * 3 * KEY_COLUMNS)
