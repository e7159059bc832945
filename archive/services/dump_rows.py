"""Rows of a dump, one by one, where a bad row never costs the good ones behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from archive.capture.dumps import dump_lines
from archive.domain.captures import Captured
from archive.errors import InvalidInputError
from archive.extraction.posts.dump import csv_rows, read_rows

Row = dict[str, object]
_CSV = re.compile(r"\.csv(?:\.(?:gz|xz))?$", re.IGNORECASE)


def rows_of(captured: Captured) -> Iterator[tuple[int, Row | InvalidInputError]]:
    """Each row with its line number, or what is wrong with it."""
    lines = _Lines(dump_lines(captured))
    name = captured.capture.provenance.source
    if not _CSV.search(name):
        yield from _resumed(lines, name)
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


def _resumed(lines: _Lines, name: str) -> Iterator[tuple[int, Row | InvalidInputError]]:
    while True:
        before = lines.number
        try:
            yield from read_rows(lines, name=name)
            return
        except InvalidInputError as error:
            yield lines.number, error
            if lines.number == before:
                return


class _Lines(Iterator[tuple[int, bytes]]):
    """Lines that remember where they stand, so that reading can go on behind a bad one."""

    def __init__(self, lines: Iterator[tuple[int, bytes]]) -> None:
        self._lines = lines
        self.number = 0

    def __next__(self) -> tuple[int, bytes]:
        self.number, line = next(self._lines)
        return self.number, line
