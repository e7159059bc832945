"""Telling compiled: what is said of the posts that were laid, as ``cascade.told``."""

from __future__ import annotations

from archive.storage.compiled.desk import chosen_at, order_at
from archive.storage.compiled.ground import compiled
from archive.storage.compiled.shapes import (
    ANSWER_HEAD,
    ANSWER_ROWS,
    POSTS,
    SHARED,
    STATES,
    TIMES,
    Answered,
)
from archive.storage.laying import COUNTED, WORTH
from archive.storage.worth import NAT

_PART = (1 << COUNTED) - 1
_NAT = float(NAT)


@compiled
def tell(desk: int, answered: Answered, answer: tuple[int, int, int, int]) -> int:
    """Write down what is said of the posts of a quotation, the best first, equal ones in their order. ``answer``: how
    many posts and words, what these are worth, and where to write; where the next is written."""
    count, words, information, at = answer
    _sorted(desk, count)
    chosen, order, numbers, fractions = chosen_at(desk), order_at(desk), answered.numbers, answered.fractions
    numbers[at], numbers[at + 1], fractions[at + 2] = count, words, information / _NAT
    at += ANSWER_HEAD
    for place in range(count):
        row = order[place]
        state = chosen[row, STATES]
        numbers[at + place] = chosen[row, POSTS]
        numbers[at + count + place] = ((state + _PART) >> COUNTED) & _PART
        numbers[at + 2 * count + place] = -state & _PART
        numbers[at + 3 * count + place] = chosen[row, TIMES]
        fractions[at + 4 * count + place] = chosen[row, SHARED] / _NAT
        fractions[at + 5 * count + place] = ((state + _PART) >> WORTH) / _NAT
    return at + ANSWER_ROWS * count


@compiled
def _sorted(desk: int, count: int) -> None:
    """Note the order of the posts, the best first."""
    chosen, order = chosen_at(desk), order_at(desk)
    for place in range(count):
        state, at = chosen[place, STATES], place
        while at > 0 and chosen[order[at - 1], STATES] < state:
            order[at] = order[at - 1]
            at -= 1
        order[at] = place
