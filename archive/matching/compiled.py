"""The table of an alignment compiled, by numba (the extra ``fast``): the same steps as ``tables.interpreted``, sooner.

Only ``archive.matching.tables`` imports this module, and only when there are enough tables to be worth it. All that is
compiled stands in this one file: numba looks at no other before it takes what it keeps.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numpy as np
import numpy.typing as npt
from numba import njit

from archive.matching.tables import ADDED, LOWEST, OMITTED, PAIRED, Moves, Row, Table

_Numbers = npt.NDArray[np.int64]
_Flags = npt.NDArray[np.uint8]
_Solve = Callable[[_Numbers, _Numbers, _Flags], _Numbers]
_ROW = len(Row._fields)
_PAIRED, _ADDED, _OMITTED, _LOWEST = PAIRED, ADDED, OMITTED, LOWEST


_Function = TypeVar("_Function", bound=Callable[..., object])


def _inner(function: _Function) -> _Function:
    return cast(_Function, njit(nogil=True, error_model="numpy")(function))


@_inner
def _first_of(costs: tuple[int, int, int]) -> tuple[int, int]:
    """The largest of three weights and which of them it is, the first of equal ones."""
    best, layer = costs[0], 0
    if costs[1] > best:
        best, layer = costs[1], 1
    if costs[2] > best:
        best, layer = costs[2], 2
    return best, layer


@_inner
def _paired(row: _Numbers, columns: _Numbers, tables: tuple[_Flags, _Numbers, _Numbers, _Flags]) -> None:
    near, before, layers, came = tables
    layers[_PAIRED, 0] = _LOWEST
    for column in range(columns.shape[1] - 1):
        there = columns[0, column]
        weight = row[4]
        if there == row[0]:
            weight = row[2]
        elif row[1] >= 0 and near[row[1], there] == 1:
            weight = row[3]
        best, layer = _first_of((before[_PAIRED, column], before[_ADDED, column], before[_OMITTED, column]))
        layers[_PAIRED, column + 1] = best + weight
        came[_PAIRED, column + 1] = layer


@_inner
def _added(row: _Numbers, tables: tuple[_Numbers, _Numbers, _Flags]) -> None:
    before, layers, came = tables
    first, each = row[5] + row[6], row[6]
    for column in range(layers.shape[1]):
        layers[_ADDED, column], came[_ADDED, column] = _first_of(
            (before[_PAIRED, column] + first, before[_ADDED, column] + each, before[_OMITTED, column] + first)
        )


@_inner
def _omitted(row: _Numbers, columns: _Numbers, tables: tuple[_Numbers, _Flags]) -> None:
    layers, came = tables
    layers[_OMITTED, 0] = _LOWEST
    for column in range(1, layers.shape[1]):
        first = (columns[1, column] if columns[1, column] != 0 else row[7]) + row[8]
        layers[_OMITTED, column], came[_OMITTED, column] = _first_of(
            (
                layers[_PAIRED, column - 1] + first,
                layers[_ADDED, column - 1] + first,
                layers[_OMITTED, column - 1] + row[8],
            )
        )


@_inner
def _best_end(layers: _Numbers) -> tuple[int, int]:
    best, layer, at = layers[0, 0], 0, 0
    for end in range(2):
        for column in range(layers.shape[1]):
            if layers[end, column] > best:
                best, layer, at = layers[end, column], end, column
    return layer, at


@_inner
def _walked(came: _Flags, layer: int, column: int) -> _Numbers:
    height, width = came.shape[0], came.shape[2]
    moves = np.empty((height + width, 3), dtype=np.int64)
    number, free = height, height + width
    while number > 0:
        free -= 1
        source = came[number - 1, layer, column]
        moves[free, 0] = layer
        moves[free, 1] = number if layer == _OMITTED else number - 1
        moves[free, 2] = column if layer == _ADDED else column - 1
        number -= 0 if layer == _OMITTED else 1
        column -= 0 if layer == _ADDED else 1
        layer = int(source)
    return moves[free:]


def _filled(rows: _Numbers, columns: _Numbers, near: _Flags) -> _Numbers:
    """The moves as rows of three numbers. ``columns`` has the archived words' numbers and, from the second column of
    the table on, what beginning to leave words out costs there (0: what it usually does)."""
    height, width = rows.shape[0], columns.shape[1]
    layers = np.full((3, width), _LOWEST, dtype=np.int64)
    layers[_PAIRED, :] = 0
    before = np.empty((3, width), dtype=np.int64)
    came = np.zeros((height, 3, width), dtype=np.uint8)
    for number in range(height):
        before[:, :] = layers
        _paired(rows[number], columns, (near, before, layers, came[number]))
        _added(rows[number], (before, layers, came[number]))
        _omitted(rows[number], columns, (layers, came[number]))
    layer, column = _best_end(layers)
    return _walked(came, layer, column)


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
