"""Copying: columns as PostgreSQL's COPY reads them in its text format, made a column at a time.

A row at a time would take five times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

_NULL = r"\N"
_ESCAPES = (("\\", r"\\"), ("\t", r"\t"), ("\n", r"\n"), ("\r", r"\r"))
"""What COPY reads as more than itself; the backslash first, since the others are written with it."""

Column = Sequence[object]


class CopyText(list[str]):
    """A column that is written already."""


Write = Callable[[Column], list[str]]
"""How the values of a column that are there are written."""


def text_of(column: Column, write: Write) -> CopyText:
    """The column as COPY reads it."""
    if isinstance(column, CopyText):
        return column
    if is_same(column):
        return CopyText(write(column[:1]) * len(column))
    if None in column:
        held = iter(write([value for value in column if value is not None]))
        return CopyText(_NULL if value is None else next(held) for value in column)
    return CopyText(write(column))


def is_same(column: Column) -> bool:
    """Whether every row holds the same value."""
    first = column[0]
    return column.count(first) == len(column)


def identifiers(column: Column) -> list[str]:
    """Identifiers of 16 bytes."""
    return [_NULL if value is None else cast(bytes, value).hex() for value in column]


def times(column: Column) -> list[str]:
    """Times as ``stored_time`` writes them."""
    return [_NULL if value is None else f"{value}+00" for value in column]


def values(column: Column) -> list[str]:
    """Everything else: all of one type."""
    first = next((value for value in column if value is not None), None)
    if isinstance(first, str):
        return _escaped(cast(Sequence[str], column))
    if isinstance(first, bytes | bytearray):
        return [rf"\\x{cast(bytes, value).hex()}" for value in column]
    return [_NULL if value is None else str(value) for value in column]


def _escaped(texts: Sequence[str]) -> list[str]:
    found, together = list(texts), "".join(texts)
    for sign, written in _ESCAPES:
        if sign in together:
            found = [text.replace(sign, written) for text in found]
    return found
