"""Casting compiled: which keys are read, rarest first and within a budget, as in ``cascade``; counting: the next."""

from __future__ import annotations

from archive.storage.cascade import STAGE_2
from archive.storage.compiled.ground import Numbers, compiled, fetch_number, logarithm, number_at, sort
from archive.storage.compiled.shapes import (
    ADDRESSES,
    COUNTS,
    DOCUMENTS,
    ENDS,
    KEYS,
    ORDER,
    PLACES,
    WEIGHTS,
    WORTHS,
)

_LONGEST_LIST = STAGE_2[0]
_COUNT_BITS = 11
"""Bits for the place of a key below its count: there are fewer than 2,048 keys."""
_PAGE = 1_024
"""Posts in a page of memory."""


@compiled
def documents(table: Numbers) -> int:
    """How many documents all segments have."""
    size = 0
    for segment in range(table.shape[0]):
        size += table[segment, DOCUMENTS]
    return size


@compiled
def weight_of(count: int, size: int) -> int:
    """As ``worth.of_keys``, of one key."""
    held = max(count, 1)
    return max(logarithm(held + size) - logarithm(held), 1)


@compiled
def count(table: Numbers, keys: Numbers, which: tuple[int, int]) -> None:
    """How many posts each of the first so many keys of a kind has in all segments (``which``: the kind, how many)."""
    column, size = which
    for segment in range(table.shape[0]):
        offsets, shift = table[segment, column], table[segment, column + 1]
        for place in range(size):
            fetch_number(offsets, keys[place, KEYS] >> shift)
    for place in range(size):
        found = 0
        for segment in range(table.shape[0]):
            bucket = keys[place, KEYS] >> table[segment, column + 1]
            offsets = table[segment, column]
            found += number_at(offsets, bucket + 1) - number_at(offsets, bucket)
        keys[place, COUNTS] = found


@compiled
def rank(keys: Numbers, order: Numbers, size: int) -> None:
    """Note the order of the first so many keys, the rarest first."""
    for place in range(size):
        order[place] = (keys[place, COUNTS] << _COUNT_BITS) | place
    sort(order, size)
    for place in range(size):
        keys[place, ORDER] = order[place] & ((1 << _COUNT_BITS) - 1)


@compiled
def take(keys: Numbers, size: int, budget: tuple[int, int]) -> int:
    """How many keys are read in their order. ``budget`` is how many postings are read, and what must be left in the
    worths of keys for more of them to be read."""
    postings, beaten = budget
    left = 0
    for place in range(size):
        left += keys[place, WORTHS]
    reached = 0
    for taken in range(size):
        place = keys[taken, ORDER]
        before = reached
        reached += keys[place, COUNTS]
        if (reached > postings and before > 0) or left < beaten:
            return taken
        left -= keys[place, WORTHS]
    return size


@compiled
def open_lists(table: Numbers, keys: Numbers, which: tuple[int, int]) -> tuple[int, int, int]:
    """Find the lists of the keys taken, of a kind (``which``: the kind, how many); how many lists there are, how many
    postings they have, what all keys weigh."""
    column, taken = which
    size = documents(table)
    lists, postings, total = 0, 0, 0
    for rank in range(taken):
        place = keys[rank, ORDER]
        weight = weight_of(keys[place, COUNTS], size)
        for segment in range(table.shape[0]):
            offsets, shift = table[segment, column], table[segment, column + 1]
            bucket = keys[place, KEYS] >> shift
            start, end = number_at(offsets, bucket), number_at(offsets, bucket + 1)
            length = min(end - start, _LONGEST_LIST)
            if length <= 0:
                continue
            for ahead in range(start, start + length, _PAGE):
                fetch_number(table[segment, column + 2], ahead)
            keys[lists, ADDRESSES] = table[segment, column + 2]
            keys[lists, PLACES], keys[lists, ENDS], keys[lists, WEIGHTS] = start, start + length, weight
            lists += 1
            postings += length
        total += weight
    return lists, postings, total
