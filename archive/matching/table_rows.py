"""The rows of an alignment's table, one layer at a time: pairs, added words, omitted words (Gotoh 1982)."""

from __future__ import annotations

from collections.abc import Mapping

LOWEST = -1e9
"""The weight of what cannot be."""


def behind(
    weights: list[float], paired: list[float], *, added: list[float], omitted: list[float]
) -> tuple[list[float], bytearray]:
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


def below(
    costs: tuple[float, float], paired: list[float], *, added: list[float], omitted: list[float]
) -> tuple[list[float], bytearray]:
    """The next row of added words."""
    opening, each = costs
    row, came = [], bytearray()
    for first, other, third in zip(paired, added, omitted, strict=True):
        best, layer = first + opening + each, 0
        if other + each > best:
            best, layer = other + each, 1
        if third + opening + each > best:
            best, layer = third + opening + each, 2
        row.append(best)
        came.append(layer)
    return row, came


def beside(
    costs: tuple[float, float], paired: list[float], *, added: list[float], opened: Mapping[int, float]
) -> tuple[list[float], bytearray]:
    """The row of omitted words beside the pairs and added words of the same row; ``opened`` are the columns at which
    leaving words out may begin for another cost than the usual one."""
    usual, each = costs
    row, came = [LOWEST], bytearray(1)
    here = LOWEST
    for column, (first, other) in enumerate(zip(paired[:-1], added[:-1], strict=True), start=1):
        opening = opened.get(column, usual)
        best, layer = first + opening + each, 0
        if other + opening + each > best:
            best, layer = other + opening + each, 1
        if here + each > best:
            best, layer = here + each, 2
        row.append(best)
        came.append(layer)
        here = best
    return row, came
