"""Casting compiled: keys read rarest first within a budget, and votes counted by post, as in ``cascade``."""

from __future__ import annotations

from archive.storage.cascade import STAGE_2
from archive.storage.compiled.ground import Numbers, compiled, logarithm, number_at, sort
from archive.storage.compiled.shapes import (
    ADDRESSES,
    BEGUN,
    BLOCK,
    BLOCK_BITS,
    COUNTS,
    DOCUMENTS,
    ELECTED,
    ENDS,
    FEW,
    KEYS,
    ORDER,
    PLACES,
    SCORES,
    SLOTS,
    SUMS,
    TABLE_BITS,
    USED,
    WEIGHTS,
    WORTHS,
)

_LONGEST_LIST = STAGE_2[0]
_COUNT_BITS = 11
"""Bits for the place of a key below its count: there are fewer than 2,048 keys."""
_BLOCK = 1 << BLOCK_BITS
_TABLE = 1 << TABLE_BITS
_SPREAD = 0x9E3779B1
_NO_POST = 1 << 40


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
def count(table: Numbers, column: int, keys: Numbers, size: int) -> None:  # noqa: PLR0917 - numba knows no named ones
    """How many posts each of the first ``size`` keys has in all segments."""
    for place in range(size):
        keys[COUNTS, place] = 0
    for segment in range(table.shape[0]):
        offsets, shift = table[segment, column], table[segment, column + 1]
        for place in range(size):
            bucket = keys[KEYS, place] >> shift
            keys[COUNTS, place] += number_at(offsets, bucket + 1) - number_at(offsets, bucket)


@compiled
def take(keys: Numbers, size: int, budget: tuple[int, int]) -> int:
    """Put the keys that are read in their order, the rarest first; how many those are. ``budget`` is how many postings
    are read, and what must be left in ``keys[WORTHS]`` for more keys to be read."""
    postings, beaten = budget
    for place in range(size):
        keys[ORDER, place] = (keys[COUNTS, place] << _COUNT_BITS) | place
    sort(keys[ORDER], size)
    left = 0
    for place in range(size):
        left += keys[WORTHS, place]
    reached, taken = 0, 0
    for rank in range(size):
        place = keys[ORDER, rank] & ((1 << _COUNT_BITS) - 1)
        before = reached
        reached += keys[COUNTS, place]
        if (reached > postings and before > 0) or left < beaten:
            break
        left -= keys[WORTHS, place]
        keys[ORDER, taken] = place
        taken += 1
    return taken


@compiled
def open_lists(table: Numbers, column: int, keys: Numbers, taken: int) -> tuple[int, int, int]:  # noqa: PLR0917
    """Find the lists of the keys taken; how many there are, how many postings they have, what all keys weigh."""
    size = documents(table)
    lists, postings, total = 0, 0, 0
    for rank in range(taken):
        place = keys[ORDER, rank]
        weight = weight_of(keys[COUNTS, place], size)
        total += weight
        for segment in range(table.shape[0]):
            offsets, shift = table[segment, column], table[segment, column + 1]
            bucket = keys[KEYS, place] >> shift
            start, end = number_at(offsets, bucket), number_at(offsets, bucket + 1)
            length = min(end - start, _LONGEST_LIST)
            if length <= 0:
                continue
            keys[ADDRESSES, lists] = table[segment, column + 2]
            keys[PLACES, lists], keys[ENDS, lists], keys[WEIGHTS, lists] = start, start + length, weight
            lists += 1
            postings += length
    return lists, postings, total


@compiled
def entered(tally: Numbers, vote: tuple[int, int], room: tuple[int, int]) -> int:
    """Put a post with its score among the best, the greatest first and equal ones by their numbers; ``room`` is how
    many there are and may be. How many there are then."""
    post, score = vote
    kept, most = room
    at = kept
    while at > 0 and (
        tally[SCORES, at - 1] < score or (tally[SCORES, at - 1] == score and tally[ELECTED, at - 1] > post)
    ):
        at -= 1
    if at >= most:
        return kept
    last = min(kept, most - 1)
    while last > at:
        tally[SCORES, last], tally[ELECTED, last] = tally[SCORES, last - 1], tally[ELECTED, last - 1]
        last -= 1
    tally[SCORES, at], tally[ELECTED, at] = score, post
    return min(kept + 1, most)


@compiled
def elect(keys: Numbers, tally: Numbers, lists: tuple[int, int, int]) -> int:
    """Count the votes of the lists (how many, how many postings they have, how many posts are wanted); the best stand
    in ``tally`` then. How many those are."""
    if lists[1] <= FEW:
        return _elect_few(keys, tally, lists)
    return _elect_many(keys, tally, lists)


@compiled
def _elect_few(keys: Numbers, tally: Numbers, lists: tuple[int, int, int]) -> int:
    used = 0
    for number in range(lists[0]):
        address, weight = keys[ADDRESSES, number], keys[WEIGHTS, number]
        for place in range(keys[PLACES, number], keys[ENDS, number]):
            post = number_at(address, place) + 1
            slot = ((post * _SPREAD) >> 12) & (_TABLE - 1)
            while tally[SLOTS, slot] != 0 and tally[SLOTS, slot] != post:
                slot = (slot + 1) & (_TABLE - 1)
            if tally[SLOTS, slot] == 0:
                tally[SLOTS, slot], tally[SUMS, slot] = post, 0
                tally[USED, used] = slot
                used += 1
            tally[SUMS, slot] += weight
    kept = 0
    for number in range(used):
        slot = tally[USED, number]
        kept = entered(tally, (tally[SLOTS, slot] - 1, tally[SUMS, slot]), (kept, lists[2]))
        tally[SLOTS, slot] = 0
    return kept


@compiled
def _elect_many(keys: Numbers, tally: Numbers, lists: tuple[int, int, int]) -> int:
    """A block of posts after the other: every list, which ascends, is read as far as the block goes, first to add up
    and then to look at the sums and to clear them."""
    kept = 0
    while True:
        least = _NO_POST
        for number in range(lists[0]):
            if keys[PLACES, number] < keys[ENDS, number]:
                least = min(least, number_at(keys[ADDRESSES, number], keys[PLACES, number]))
        if least == _NO_POST:
            return kept
        first = (least >> BLOCK_BITS) << BLOCK_BITS
        _add_up(keys, tally, (lists[0], first))
        kept = _look_at(keys, tally, (lists[0], first, kept, lists[2]))


@compiled
def _add_up(keys: Numbers, tally: Numbers, block: tuple[int, int]) -> None:
    lists, first = block
    beyond = first + _BLOCK
    for number in range(lists):
        address, weight = keys[ADDRESSES, number], keys[WEIGHTS, number]
        place, end = keys[PLACES, number], keys[ENDS, number]
        keys[BEGUN, number] = place
        while place < end:
            post = number_at(address, place)
            if post >= beyond:
                break
            tally[BLOCK, post - first] += weight
            place += 1
        keys[PLACES, number] = place


@compiled
def _look_at(keys: Numbers, tally: Numbers, block: tuple[int, int, int, int]) -> int:
    lists, first, kept, most = block
    least = tally[SCORES, most - 1] if kept == most else 0
    for number in range(lists):
        address = keys[ADDRESSES, number]
        for place in range(keys[BEGUN, number], keys[PLACES, number]):
            post = number_at(address, place)
            score = tally[BLOCK, post - first]
            if score >= least and score > 0:
                kept = entered(tally, (post, score), (kept, most))
                least = tally[SCORES, most - 1] if kept == most else 0
            tally[BLOCK, post - first] = 0
    return kept
