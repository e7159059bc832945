"""Import reports: what an import read, kept and passed over, row by row."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from archive.domain.dumps import LeftOut, PassedOver, Place, Remark
from archive.errors import ArchiveError
from archive.storage.bulk import BulkResult

MOST_ROWS_REPORTED = 10_000
MOST_REMARKS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RowError:
    """One row that was passed over: its line or item (from 1), the member of a package it stands in, a stable code and
    a sentence."""

    line: int
    code: str
    message: str
    member: str | None = None

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return str(Place(number=self.line, member=self.member))


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did: rows read, rows that added something, rows that were held already, rows passed over.

    ``changed`` counts those of the added that are a new version of a post held before; ``refused`` counts every bad
    row, ``errors`` describes the first ``MOST_ROWS_REPORTED`` of them. ``left_out`` counts what is passed over on
    purpose, by reason; ``remarks`` are sentences on the whole file.
    """

    read: int
    added: int
    unchanged: int
    changed: int = 0
    refused: int = 0
    errors: tuple[RowError, ...] = field(default=())
    left_out: tuple[tuple[LeftOut, int], ...] = field(default=())
    remarks: tuple[str, ...] = field(default=())

    @property
    def exit_status(self) -> int:
        """0 when every row was kept, 3 when some were passed over."""
        return 3 if self.refused else 0


class Tally:
    """Counts an import while it runs."""

    def __init__(self) -> None:
        self.read = 0
        self.added = 0
        self.changed = 0
        self.unchanged = 0
        self.refused = 0
        self._errors: deque[RowError] = deque()
        self._left_out: Counter[LeftOut] = Counter()
        self._remarks: dict[str, None] = {}

    def add(self, read: int, passed: Iterable[tuple[Place, PassedOver]], result: BulkResult) -> None:
        """Note a batch: how many rows were read, what was passed over, what the others added."""
        self.read += read
        self.added += result.new_snapshots
        self.changed += result.new_snapshots - result.new_posts
        self.unchanged += result.unchanged
        for place, found in passed:
            self.pass_over(place, found)

    def refuse(self, line: int, error: ArchiveError, *, member: str | None = None) -> None:
        """Note a row that is passed over."""
        self.refused += 1
        if len(self._errors) < MOST_ROWS_REPORTED:
            self._errors.append(RowError(line=line, code=error.code, message=error.message, member=member))

    def pass_over(self, place: Place, found: PassedOver) -> None:
        """Note what stands at a place and is no reading."""
        match found:
            case Remark():
                self.remark(found.sentence)
            case LeftOut():
                self._left_out[found] += 1
            case ArchiveError():
                self.refuse(place.number, found, member=place.member)

    def remark(self, sentence: str) -> None:
        """Note something to be said of the whole file, once."""
        if len(self._remarks) < MOST_REMARKS:
            self._remarks[sentence] = None

    def report(self) -> ImportReport:
        """The report as of now."""
        return ImportReport(
            read=self.read,
            added=self.added,
            changed=self.changed,
            unchanged=self.unchanged,
            refused=self.refused,
            errors=tuple(self._errors),
            left_out=tuple(sorted(self._left_out.items())),
            remarks=tuple(self._remarks),
        )
