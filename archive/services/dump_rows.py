"""Rows of a dump, one by one, where a bad row never costs the good ones behind it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TypeVar

from archive.capture.dumps import dump_lines, lines_of
from archive.domain.captures import Captured
from archive.domain.posts import PostReading
from archive.errors import ArchiveError, InvalidInputError
from archive.extraction.posts.dump import csv_rows, json_row, read_row, read_rows
from archive.extraction.posts.quick_rows import quick_reading

Row = dict[str, object]
Value = TypeVar("Value")
_CSV = re.compile(r"\.csv(?:\.(?:gz|xz))?$", re.IGNORECASE)


def each_row(captured: Captured, read: Callable[[Row, int], Value]) -> Iterator[tuple[int, Value | ArchiveError]]:
    """What ``read`` makes of each row and its line number, or what is wrong with the row."""
    for line, row in rows_of(captured):
        if isinstance(row, bytes):
            row = _json_row(row, line=line)
        if isinstance(row, InvalidInputError):
            yield line, row
            continue
        try:
            yield line, read(row, line)
        except InvalidInputError as error:
            yield line, error


def readings_of(
    captured: Captured, chunks: Iterable[bytes] | None = None
) -> Iterator[tuple[int, PostReading | InvalidInputError]]:
    """The post that each row describes with the row's line number, or what is wrong with it.

    ``chunks`` are the dump's bytes where somebody has unpacked them already.
    """
    for line, row in rows_of(captured, chunks):
        if isinstance(row, bytes):
            reading = quick_reading(row, number=line)
            if reading is not None:
                yield line, reading
                continue
            row = _json_row(row, line=line)
        yield line, row if isinstance(row, InvalidInputError) else _reading(row, line=line)


def rows_of(
    captured: Captured, chunks: Iterable[bytes] | None = None
) -> Iterator[tuple[int, Row | bytes | InvalidInputError]]:
    """Each row with its line number, or what is wrong with it; a row of JSON lines as it stands."""
    lines = _Lines(dump_lines(captured) if chunks is None else lines_of(chunks))
    if not _CSV.search(captured.capture.provenance.source):
        yield from _json_rows(lines)
        return
    header = next(lines, None)
    while header is not None:
        before = lines.number
        try:
            yield from csv_rows(chain((header,), lines))
            return
        except InvalidInputError as error:
            yield lines.number, error
            if lines.number == before:
                return


def _json_rows(lines: _Lines) -> Iterator[tuple[int, Row | bytes | InvalidInputError]]:
    """One JSON object a line, or one list in the whole file; blank lines are passed over."""
    has_given_rows = False
    for line, raw in lines:
        if not raw.startswith(b"{"):
            text = raw.strip(b" \t\xef\xbb\xbf")
            if not text:
                continue
            if text.startswith(b"[") and not has_given_rows:
                yield from _listed(chain(((line, raw),), lines))
                return
        has_given_rows = True
        yield line, raw


def _json_row(raw: bytes, *, line: int) -> Row | InvalidInputError:
    try:
        return json_row(raw, line=line)
    except InvalidInputError as error:
        return error


def _reading(row: Row, *, line: int) -> PostReading | InvalidInputError:
    try:
        return read_row(row, line=line)
    except InvalidInputError as error:
        return error


def _listed(lines: Iterator[tuple[int, bytes]]) -> Iterator[tuple[int, Row | InvalidInputError]]:
    try:
        yield from read_rows(lines, name="list.json")
    except InvalidInputError as error:
        yield 1, error


class _Lines(Iterator[tuple[int, bytes]]):
    """Lines that remember where they stand, so that reading can go on behind a bad one."""

    def __init__(self, lines: Iterator[tuple[int, bytes]]) -> None:
        self._lines = lines
        self.number = 0

    def __next__(self) -> tuple[int, bytes]:
        self.number, line = next(self._lines)
        return self.number, line
