"""Counting compiled: which posts have the most votes of some lists, as ``cascade`` elects them.

Few posts with votes are counted one by one. The lists come from the rarest key to the commonest; as soon as a post that
has no vote yet cannot get as many from the lists that are left as the last of the best has, no further posts are taken
in: the rest of the lists, mostly the greatest part, is only sifted for those that can still be elected (MaxScore:
Turtle & Flood 1995). Very many are counted block by block.
"""

from __future__ import annotations

from archive.storage.compiled.ground import MASK, Numbers, compiled, number_at
from archive.storage.compiled.shapes import (
    ADDRESSES,
    BEGUN,
    BLOCK_BITS,
    ENDS,
    LEFT,
    MOST_VOTED,
    PLACES,
    SIEVE,
    SUMS,
    VOTE_BITS,
    VOTERS,
    WEIGHTS,
    Room,
)

_BLOCK = 1 << BLOCK_BITS
_SPREAD = 0x9E3779B1
_NO_POST = 1 << 40
_FEWEST_BITS = 8
_WORTH_SIFTING = 128
"""Postings in a list from which on it is asked whether the rest can be sifted."""
_SUM_BITS = 32


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
def elect(keys: Numbers, room: Room, lists: tuple[int, int, int]) -> int:
    """Count the votes of the lists (how many, how many postings they have, how many posts are wanted); the best stand
    in ``elected`` then. How many those are."""
    many, postings, most = lists
    bits = _FEWEST_BITS
    while bits < VOTE_BITS - 2 and (1 << bits) < 2 * postings:
        bits += 1
    _emptied(room, bits)
    voted, number = 0, 0
    while number < many:
        length = keys[number, ENDS] - keys[number, PLACES]
        if length >= _WORTH_SIFTING and 2 * length > voted >= most:
            floor = _floor(room, (voted, most), (keys[0, LEFT], keys[number, LEFT]))
            if keys[number, LEFT] < floor:
                _sifted(keys, room, (number, many, voted, floor, bits))
                break
        if voted + length > MOST_VOTED:
            return _elect_by_block(keys, room, lists)
        while 2 * (voted + length) > (1 << bits):
            bits += 1
            _spread_again(room, (voted, bits))
        voted = _counted(keys, room, (number, voted, bits))
        number += 1
    kept = 0
    for place in range(voted):
        kept = entered(room.elected, (room.votes[place, VOTERS], room.votes[place, SUMS]), (kept, most))
    return kept


@compiled
def _emptied(room: Room, bits: int) -> None:
    for slot in range(1 << bits):
        room.spread[slot] = 0


@compiled
def _slot(room: Room, post: int, bits: int) -> int:
    """Where a post is, or would be, among the places."""
    mask = (1 << bits) - 1
    slot = ((post * _SPREAD) >> 12) & mask
    while room.spread[slot] != 0 and room.votes[room.spread[slot] - 1, VOTERS] != post:
        slot = (slot + 1) & mask
    return slot


@compiled
def _spread_again(room: Room, wanted: tuple[int, int]) -> None:
    voted, bits = wanted
    _emptied(room, bits)
    for place in range(voted):
        room.spread[_slot(room, room.votes[place, VOTERS], bits)] = place + 1


@compiled
def _counted(keys: Numbers, room: Room, wanted: tuple[int, int, int]) -> int:
    """Count the votes of a list; how many posts have some then."""
    number, voted, bits = wanted
    votes, weight = room.votes, keys[number, WEIGHTS]
    for place in range(keys[number, PLACES], keys[number, ENDS]):
        post = number_at(keys[number, ADDRESSES], place)
        slot = _slot(room, post, bits)
        known = room.spread[slot]
        if known == 0:
            votes[voted, VOTERS], votes[voted, SUMS] = post, weight
            voted += 1
            room.spread[slot] = voted
        else:
            votes[known - 1, SUMS] += weight
    return voted


@compiled
def _floor(room: Room, wanted: tuple[int, int], left: tuple[int, int]) -> int:
    """The votes that the last of the best has by now; nothing where a glance tells that others can get more."""
    voted, most = wanted
    if left[1] >= left[0] - left[1]:
        return 0
    kept = 0
    for place in range(voted):
        kept = entered(room.elected, (0, room.votes[place, SUMS]), (kept, most))
    return votes_of(room.elected[most - 1])


@compiled
def _sifted(keys: Numbers, room: Room, wanted: tuple[int, int, int, int, int]) -> None:
    """Count the votes that the rest of the lists has for the posts that can still be elected."""
    first, many, voted, floor, bits = wanted
    votes, sieve = room.votes, room.sieve
    for place in range(SIEVE):
        sieve[place] = 0
    for place in range(voted):
        if votes[place, SUMS] + keys[first, LEFT] >= floor:
            post = votes[place, VOTERS]
            sieve[(post >> 6) & (SIEVE - 1)] |= 1 << (post & 63)
    for number in range(first, many):
        address, weight = keys[number, ADDRESSES], keys[number, WEIGHTS]
        for place in range(keys[number, PLACES], keys[number, ENDS]):
            post = number_at(address, place)
            if (sieve[(post >> 6) & (SIEVE - 1)] >> (post & 63)) & 1:
                known = room.spread[_slot(room, post, bits)]
                if known:
                    votes[known - 1, SUMS] += weight


@compiled
def _elect_by_block(keys: Numbers, room: Room, lists: tuple[int, int, int]) -> int:
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
        _add_up(keys, room, (lists[0], first))
        kept = _look_at(keys, room, (lists[0], first, kept, lists[2]))


@compiled
def _add_up(keys: Numbers, room: Room, wanted: tuple[int, int]) -> None:
    lists, first = wanted
    block, beyond = room.block, first + _BLOCK
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
def _look_at(keys: Numbers, room: Room, wanted: tuple[int, int, int, int]) -> int:
    lists, first, kept, most = wanted
    block, elected = room.block, room.elected
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
