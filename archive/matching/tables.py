"""Tables: the affine alignment of a quotation with a text, filled row by row and walked back (Gotoh 1982).

Weights are whole numbers (``UNIT`` stands for the weight of a word of meaning), so that ties are ties whatever the
order of the sums, and the compiled table (``archive.matching.compiled``, with numba installed) gives the same steps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple, Protocol, cast

UNIT = 100_000
LOWEST = -(10**12)
"""The weight of what cannot be."""
_COMPILED = "archive.matching.compiled"
_LIBRARY = "numba"


class Row(NamedTuple):
    """One quoted word: its number among the text's words (-1: not one of them), the rows of ``Table.near`` (-1: none),
    what it weighs beside the same word, a near one, another; what adding it costs as the first of several and each;
    what leaving words out behind it costs at first and each."""

    word: int
    near: int
    same_weight: int
    near_weight: int
    other_weight: int
    add_open: int
    add_each: int
    omit_open: int
    omit_each: int


class Table(NamedTuple):
    """What is to be laid: a row for each quoted word, the number of each archived word (the same for the same word),
    by near row the numbers of its near words, and the columns at which leaving words out may begin for ``opened``."""

    rows: tuple[Row, ...]
    columns: tuple[int, ...]
    near: tuple[frozenset[int], ...]
    seams: frozenset[int]
    opened: int


PAIRED, ADDED, OMITTED = range(3)
Moves = list[tuple[int, int, int]]
"""Steps in order: the layer, the number of the quoted word, that of the archived one; for an added or omitted word the
other number is where it would stand."""


class _Compiled(Protocol):
    def solve(self, table: Table) -> Moves:
        """As ``interpreted``."""

    def prepare(self) -> None:
        """Have the machine code at hand."""


class Tables:
    """How a process fills its tables: by the interpreter, or by machine code from when that was prepared on."""

    def __init__(self, *, library: str = _LIBRARY) -> None:
        """By the interpreter at first, for ever where ``library`` is not installed."""
        self._library = library
        self._fill: Callable[[Table], Moves] = interpreted

    def solve(self, table: Table) -> Moves:
        """The best way of laying the quotation; of equally good ones the one that pairs last words and ends first."""
        return self._fill(table)

    def prepare(self) -> bool:
        """Have the machine code at hand, before thousands of tables; whether it is. The steps are the same."""
        if find_spec(self._library) is None:
            return False
        try:
            compiled = cast(_Compiled, import_module(_COMPILED))
            compiled.prepare()
        except Exception:  # numba, LLVM or an unwritable cache: whatever it is, the interpreter fills tables as well
            return False
        self._fill = compiled.solve
        return True


def interpreted(table: Table) -> Moves:
    """Fill the three layers row by row (one row a quoted word), then walk back from the best end."""
    width = len(table.columns) + 1
    paired, added, omitted = [0] * width, [LOWEST] * width, [LOWEST] * width
    opened = dict.fromkeys(table.seams, table.opened)
    back: list[tuple[bytearray, bytearray, bytearray]] = []
    for row in table.rows:
        new_paired, from_paired = _behind(_pair_weights(row, table), paired, added=added, omitted=omitted)
        new_added, from_added = _below(row, paired, added=added, omitted=omitted)
        new_omitted, from_omitted = _beside(row, new_paired, added=new_added, opened=opened)
        paired, added, omitted = new_paired, new_added, new_omitted
        back.append((from_paired, from_added, from_omitted))
    ends = ((value, layer, column) for layer, row in enumerate((paired, added)) for column, value in enumerate(row))
    _, layer, column = max(ends, key=lambda end: (end[0], -end[1], -end[2]))
    return _walked(back, layer, column=column)


def _pair_weights(row: Row, table: Table) -> list[int]:
    near = table.near[row.near] if row.near >= 0 else None
    same, other = row.same_weight, row.other_weight
    if near is None:
        return [same if word == row.word else other for word in table.columns]
    return [same if word == row.word else row.near_weight if word in near else other for word in table.columns]


def _behind(
    weights: list[int], paired: list[int], *, added: list[int], omitted: list[int]
) -> tuple[list[int], bytearray]:
    """The next row of pairs, and from which layer each comes (the first of equal ones)."""
    row, came = [LOWEST], bytearray(1)
    for weight, best, other, third in zip(weights, paired, added, omitted, strict=False):
        layer = 0
        if other > best:
            best, layer = other, 1
        if third > best:
            best, layer = third, 2
        row.append(best + weight)
        came.append(layer)
    return row, came


def _below(costs: Row, paired: list[int], *, added: list[int], omitted: list[int]) -> tuple[list[int], bytearray]:
    """The next row of added words."""
    each, first_one = costs.add_each, costs.add_open + costs.add_each
    row, came = [], bytearray()
    for first, other, third in zip(paired, added, omitted, strict=True):
        best, layer = first + first_one, 0
        if other + each > best:
            best, layer = other + each, 1
        if third + first_one > best:
            best, layer = third + first_one, 2
        row.append(best)
        came.append(layer)
    return row, came


def _beside(
    costs: Row, paired: list[int], *, added: list[int], opened: Mapping[int, int]
) -> tuple[list[int], bytearray]:
    """The row of omitted words beside the pairs and added words of the same row; ``opened`` are the columns at which
    leaving words out may begin for another cost than the usual one."""
    usual, each = costs.omit_open, costs.omit_each
    row, came = [LOWEST], bytearray(1)
    here = LOWEST
    for column, (first, other) in enumerate(zip(paired[:-1], added[:-1], strict=True), start=1):
        first_one = opened.get(column, usual) + each
        best, layer = first + first_one, 0
        if other + first_one > best:
            best, layer = other + first_one, 1
        if here + each > best:
            best, layer = here + each, 2
        row.append(best)
        came.append(layer)
        here = best
    return row, came


def _walked(back: list[tuple[bytearray, bytearray, bytearray]], layer: int, *, column: int) -> Moves:
    moves: Moves = []
    number = len(back)
    while number > 0:
        came = back[number - 1][layer][column]
        if layer == PAIRED:
            moves.append((layer, number - 1, column - 1))
            number, column = number - 1, column - 1
        elif layer == ADDED:
            moves.append((layer, number - 1, column))
            number -= 1
        else:
            moves.append((layer, number, column - 1))
            column -= 1
        layer = came
    moves.reverse()
    return moves


TABLES = Tables()
