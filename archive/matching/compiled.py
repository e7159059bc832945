"""The table of an alignment compiled, by numba (the extra ``fast``): the same steps as ``tables.interpreted``, sooner.

Only ``archive.matching.tables`` imports this module, and only when there are enough tables to be worth it. All that is
compiled stands in one function of this one file: numba looks at no other before it takes what it keeps.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import numpy as np
import numpy.typing as npt
from numba import njit

from archive.matching.tables import ADDED, LOWEST, OMITTED, PAIRED, Moves, Row, Table

_Numbers = npt.NDArray[np.int64]
_Flags = npt.NDArray[np.uint8]
_Solve = Callable[[_Numbers, _Numbers, _Flags], _Numbers]
_ROW = len(Row._fields)
_PAIRED, _ADDED, _OMITTED, _LOWEST = PAIRED, ADDED, OMITTED, LOWEST


def _filled(rows: _Numbers, columns: _Numbers, near: _Flags) -> _Numbers:  # noqa: C901
    """The moves as rows of three numbers. ``columns`` has the archived words' numbers and, from the second column of
    the table on, what beginning to leave words out costs there (0: what it usually does)."""
    height, width = rows.shape[0], columns.shape[1]
    layers = np.full((3, width), _LOWEST, dtype=np.int64)
    layers[_PAIRED, :] = 0
    before = np.empty((3, width), dtype=np.int64)
    came = np.zeros((height, 3, width), dtype=np.uint8)
    for number in range(height):
        before[:, :] = layers
        word, likely, same, alike, other = (
            rows[number, 0],
            rows[number, 1],
            rows[number, 2],
            rows[number, 3],
            rows[number, 4],
        )
        add_each, omit_each = rows[number, 6], rows[number, 8]
        add_first, omit_open = rows[number, 5] + add_each, rows[number, 7]
        layers[_PAIRED, 0], layers[_OMITTED, 0] = _LOWEST, _LOWEST
        here = np.int64(_LOWEST)
        for column in range(width):
            first, second, third = before[_PAIRED, column], before[_ADDED, column], before[_OMITTED, column]
            best, layer = first + add_first, 0
            if second + add_each > best:
                best, layer = second + add_each, 1
            if third + add_first > best:
                best, layer = third + add_first, 2
            layers[_ADDED, column] = best
            came[number, _ADDED, column] = layer
            if column + 1 < width:
                there = columns[0, column]
                weight = other
                if there == word:
                    weight = same
                elif likely >= 0 and near[likely, there] == 1:
                    weight = alike
                best, layer = first, 0
                if second > best:
                    best, layer = second, 1
                if third > best:
                    best, layer = third, 2
                layers[_PAIRED, column + 1] = best + weight
                came[number, _PAIRED, column + 1] = layer
            if column > 0:
                opening = columns[1, column] if columns[1, column] != 0 else omit_open
                opening += omit_each
                best, layer = layers[_PAIRED, column - 1] + opening, 0
                if layers[_ADDED, column - 1] + opening > best:
                    best, layer = layers[_ADDED, column - 1] + opening, 1
                if here + omit_each > best:
                    best, layer = here + omit_each, 2
                layers[_OMITTED, column] = best
                came[number, _OMITTED, column] = layer
                here = best
    layer, at = 0, 0
    best = layers[0, 0]
    for end in range(2):
        for column in range(width):
            if layers[end, column] > best:
                best, layer, at = layers[end, column], end, column
    moves = np.empty((height + width, 3), dtype=np.int64)
    number, free = height, height + width
    while number > 0:
        free -= 1
        source = came[number - 1, layer, at]
        moves[free, 0] = layer
        if layer == _PAIRED:
            moves[free, 1], moves[free, 2] = number - 1, at - 1
            number -= 1
            at -= 1
        elif layer == _ADDED:
            moves[free, 1], moves[free, 2] = number - 1, at
            number -= 1
        else:
            moves[free, 1], moves[free, 2] = number, at - 1
            at -= 1
        layer = np.int64(source)
    return moves[free:]


_SOLVE = cast(_Solve, njit(cache=True, nogil=True, error_model="numpy")(_filled))
_NOBODY = np.zeros((1, 1), dtype=np.uint8)


def solve(table: Table) -> Moves:
    """What ``tables.interpreted`` says of the table."""
    rows = np.array(table.rows, dtype=np.int64).reshape(-1, _ROW)
    columns = np.zeros((2, len(table.columns) + 1), dtype=np.int64)
    columns[0, :-1] = table.columns
    for seam in table.seams:
        if 0 < seam < columns.shape[1]:
            columns[1, seam] = table.opened
    near = _NOBODY
    if table.near:
        near = np.zeros((len(table.near), max(table.columns) + 1), dtype=np.uint8)
        for number, alike in enumerate(table.near):
            near[number, list(alike)] = 1
    return [(layer, number, column) for layer, number, column in _SOLVE(rows, columns, near).tolist()]


def prepare() -> None:
    """Have the code at hand: read from where it is kept, or the first time compiled, for a few seconds."""
    solve(
        Table(
            rows=(Row(0, -1, 1, 1, -1, -1, -1, -1, -1),),
            columns=(0,),
            near=(frozenset((0,)),),
            seams=frozenset(),
            opened=-1,
        )
    )
