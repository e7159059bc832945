"""Import reports: what an import read, kept and passed over, row by row."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from archive.errors import ArchiveError

MOST_ROWS_REPORTED = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RowError:
    """One row that was passed over: its line (from 1), a stable code and a sentence."""

    line: int
    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did: rows read, rows that added something, rows that were held already, rows passed over.

    ``refused`` counts every bad row; ``errors`` describes the first ``MOST_ROWS_REPORTED`` of them.
    """

    read: int
    added: int
    unchanged: int
    refused: int = 0
    errors: tuple[RowError, ...] = field(default=())

    @property
    def exit_status(self) -> int:
        """0 when every row was kept, 3 when some were passed over."""
        return 3 if self.refused else 0


class Tally:
    """Counts an import while it runs."""

    def __init__(self) -> None:
        self.read = 0
        self.added = 0
        self.unchanged = 0
        self.refused = 0
        self._errors: deque[RowError] = deque()

    def add(
        self, read: int, refused: Iterable[tuple[int, ArchiveError]], *, added: int, unchanged: int
    ) -> None:
        """Note a batch of rows."""
        self.read += read
        self.added += added
        self.unchanged += unchanged
        for line, error in refused:
            self.refuse(line, error)

    def refuse(self, line: int, error: ArchiveError) -> None:
        """Note a row that is passed over."""
        self.refused += 1
        if len(self._errors) < MOST_ROWS_REPORTED:
            self._errors.append(RowError(line=line, code=error.code, message=error.message))

    def report(self) -> ImportReport:
        """The report as of now."""
        return ImportReport(
            read=self.read,
            added=self.added,
            unchanged=self.unchanged,
            refused=self.refused,
            errors=tuple(self._errors),
        )
