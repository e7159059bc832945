"""Counting compiled: which posts have the most votes of some lists, as ``cascade`` elects them.

Where there are many votes, each is first thrown into one of some thousand slots by its post, as in ``cascade``: a slot
bounds the votes of each of its posts from above, and only posts of the fullest slots are counted one by one. Should
that not do, they are counted block by block.
"""

from __future__ import annotations

from archive.storage.compiled.desk import bins_at, block_at, elected_at, slots_at, spread_at, votes_at
from archive.storage.compiled.ground import MASK, Numbers, compiled, number_at, whole
from archive.storage.compiled.shapes import (
    ADDRESSES,
    BEGUN,
    BINS,
    BLOCK_BITS,
    ENDS,
    MOST_VOTED,
    PLACES,
    SLOT_BITS,
    SUMS,
    VOTE_BITS,
    VOTERS,
    WEIGHTS,
)

_BLOCK = 1 << BLOCK_BITS
_SPREAD = 0x9E3779B1
_NO_POST = 1 << 40
_FEW = 2_048
"""Postings up to which all posts are counted one by one."""
_FEWEST_BITS = 8
_SUM_BITS = 32
_FULL = 0xFFFF
_TOTAL_BITS, _BIN_BITS = 14, 6
"""Bits of the votes of all keys in a slot, so that four posts with all of them have room; and those below a bin."""
_SAMPLED = 16
_SHARES = (32, 128)
"""How many times as many votes as posts are wanted are counted post by post, if the fewer do not do."""


@compiled
def post_of(elected: int) -> int:
    """The post of one that is elected."""
    return MASK - (elected & MASK)


@compiled
def votes_of(elected: int) -> int:
    """The weight of its votes."""
    return elected >> _SUM_BITS


@compiled
def entered(elected: Numbers, vote: tuple[int, int], room: tuple[int, int]) -> int:
    """Put a post with its votes among the best, the most first and equal ones by their numbers; ``room`` is how many
    there are and may be. How many there are then."""
    kept, most = room
    new = (vote[1] << _SUM_BITS) | (MASK - vote[0])
    if kept == most:
        if elected[most - 1] > new:
            return kept
        kept -= 1
    at = kept
    while at > 0 and elected[at - 1] < new:
        elected[at] = elected[at - 1]
        at -= 1
    elected[at] = new
    return kept + 1


@compiled
def elect(keys: Numbers, desk: int, lists: tuple[int, int, int, int]) -> int:
    """Count the votes of the lists (how many, how many postings they have, what all keys weigh, how many posts are
    wanted); the best stand in ``elected`` then. How many those are."""
    many, postings, total, most = lists
    if postings <= _FEW:
        slots_at(desk)[0] = 0
        return _best(desk, _counted(keys, desk, (many, postings, whole(0), whole(0))), most)
    bits = _TOTAL_BITS
    while bits < SLOT_BITS and (1 << bits) < 8 * postings:
        bits += 1
    mask, shift = (1 << bits) - 1, 0
    while (total >> shift) >> _TOTAL_BITS:
        shift += 1
    _thrown(keys, desk, (many, mask, shift))
    for share in _SHARES:
        least, about = _least(desk, (share * most) // _SAMPLED)
        voted = _counted(keys, desk, (many, about, mask, least))
        if voted > MOST_VOTED:
            break
        kept = _best(desk, voted, most)
        # A post that was not counted has fewer votes than its slot: fewer than the last of the best.
        if kept == most and votes_of(elected_at(desk)[most - 1]) >= least << shift:
            return kept
    return _elect_by_block(keys, desk, (many, most))


@compiled
def _best(desk: int, voted: int, most: int) -> int:
    kept = 0
    for place in range(voted):
        kept = entered(elected_at(desk), (votes_at(desk)[place, VOTERS], votes_at(desk)[place, SUMS]), (kept, most))
    return kept


@compiled
def _thrown(keys: Numbers, desk: int, wanted: tuple[int, int, int]) -> None:
    """Throw all votes into slots, and note for some of the votes how full their slots are."""
    many, mask, shift = wanted
    slots, bins = slots_at(desk), bins_at(desk)
    for slot in range(mask + 1):
        slots[slot] = 0
    for number in range(many):
        address, weight = keys[number, ADDRESSES], (keys[number, WEIGHTS] >> shift) + 1
        for place in range(keys[number, PLACES], keys[number, ENDS]):
            slot = number_at(address, place) & mask
            slots[slot] = min(whole(slots[slot]) + weight, _FULL)
    for place in range(BINS):
        bins[place] = 0
    for number in range(many):
        address = keys[number, ADDRESSES]
        for place in range(keys[number, PLACES], keys[number, ENDS], _SAMPLED):
            full = whole(slots[number_at(address, place) & mask])
            bins[min(full >> _BIN_BITS, BINS - 1)] += 1


@compiled
def _least(desk: int, wanted: int) -> tuple[int, int]:
    """How full a slot is at least that some of the fullest votes are in, and about how many votes are in such."""
    place, found = BINS - 1, bins_at(desk)[BINS - 1]
    while place > 0 and found < wanted:
        place -= 1
        found += bins_at(desk)[place]
    return place << _BIN_BITS, found * _SAMPLED


@compiled
def _counted(keys: Numbers, desk: int, wanted: tuple[int, int, int, int]) -> int:
    """Count the votes of posts in slots that are full enough; how many posts have some, or one more than there is room
    for. ``wanted``: how many lists, about how many votes, the mask of slots, how full."""
    many, about, mask, least = wanted
    votes, slots, spread = votes_at(desk), slots_at(desk), spread_at(desk)
    bits = _FEWEST_BITS
    while bits < VOTE_BITS and (1 << bits) < 2 * about:
        bits += 1
    _emptied(desk, bits)
    voted, some = 0, (1 << bits) - 1
    for number in range(many):
        address, weight = keys[number, ADDRESSES], keys[number, WEIGHTS]
        for place in range(keys[number, PLACES], keys[number, ENDS]):
            post = number_at(address, place)
            if whole(slots[post & mask]) < least:
                continue
            at = ((post * _SPREAD) >> 12) & some
            while spread[at] != 0 and votes[spread[at] - 1, VOTERS] != post:
                at = (at + 1) & some
            known = spread[at]
            if known:
                votes[known - 1, SUMS] += weight
                continue
            if voted == (some + 1) >> 1:
                return MOST_VOTED + 1
            votes[voted, VOTERS], votes[voted, SUMS] = post, weight
            voted += 1
            spread[at] = voted
    return voted


@compiled
def _emptied(desk: int, bits: int) -> None:
    for slot in range(1 << bits):
        spread_at(desk)[slot] = 0


@compiled
def _elect_by_block(keys: Numbers, desk: int, lists: tuple[int, int]) -> int:
    """A block of posts after the other: every list, which ascends, is read as far as the block goes, first to add up
    and then to look at the sums and to clear them."""
    kept = 0
    while True:
        least = _NO_POST
        for number in range(lists[0]):
            if keys[number, PLACES] < keys[number, ENDS]:
                least = min(least, number_at(keys[number, ADDRESSES], keys[number, PLACES]))
        if least == _NO_POST:
            return kept
        first = (least >> BLOCK_BITS) << BLOCK_BITS
        _add_up(keys, desk, (lists[0], first))
        kept = _look_at(keys, desk, (lists[0], first, kept, lists[1]))


@compiled
def _add_up(keys: Numbers, desk: int, wanted: tuple[int, int]) -> None:
    lists, first = wanted
    block, beyond = block_at(desk), first + _BLOCK
    for number in range(lists):
        address, weight = keys[number, ADDRESSES], keys[number, WEIGHTS]
        place, end = keys[number, PLACES], keys[number, ENDS]
        keys[number, BEGUN] = place
        while place < end:
            post = number_at(address, place)
            if post >= beyond:
                break
            block[post - first] += weight
            place += 1
        keys[number, PLACES] = place


@compiled
def _look_at(keys: Numbers, desk: int, wanted: tuple[int, int, int, int]) -> int:
    lists, first, kept, most = wanted
    block, elected = block_at(desk), elected_at(desk)
    least = votes_of(elected[most - 1]) if kept == most else 0
    for number in range(lists):
        address = keys[number, ADDRESSES]
        for place in range(keys[number, BEGUN], keys[number, PLACES]):
            post = number_at(address, place)
            score = block[post - first]
            if score >= least and score > 0:
                kept = entered(elected, (post, score), (kept, most))
                least = votes_of(elected[most - 1]) if kept == most else 0
            block[post - first] = 0
    return kept
