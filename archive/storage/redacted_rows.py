"""Rows that went with a removal: each named with the custody entry it belonged to and what it contributed there.

So the audit tells "redacted as recorded" from "missing", the word index knows what it must no longer hold, and nothing
that was removed comes back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.domain.ids import CheckId
from archive.domain.redactions import RedactionId
from archive.storage.rows.redactions import RedactedRow, RedactionDecisionRow

STATEMENTS = "statements"
"""Names a statement by its post's identifier, which stays known: what is taken in never brings it back."""
BYTES = "body_parts"
SALTS = "custody_salts"
CHECKS = "checks"
"""Rows of checks are not evidence, yet what was handed in is named among what went."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A row that goes: its table and key, the custody entry it belongs to, what it contributed there, and the digest of
    what takes its place."""

    table: str
    key: str
    custody_index: int | None = None
    commitment: str | None = None
    replacement: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RedactedRows:
    """Everything that was removed as recorded, by table and key: what the audit asks."""

    rows: dict[tuple[str, str], Named] = field(default_factory=dict)

    def of(self, table: str, key: object) -> Named | None:
        """How that row was removed, None where it was not."""
        return self.rows.get((table, str(key)))

    def at_entry(self, table: str, custody_index: int) -> tuple[Named, ...]:
        """The rows of a table that went from under one custody entry."""
        return tuple(row for row in self.rows.values() if row.table == table and row.custody_index == custody_index)

    def snapshot_digests(self) -> dict[int, list[tuple[int, bytes]]]:
        """What removed snapshots contributed to each entry, with their numbers, in order."""
        found: dict[int, list[tuple[int, bytes]]] = {}
        for row in self.rows.values():
            if row.table == "snapshots" and row.custody_index is not None and row.commitment is not None:
                found.setdefault(row.custody_index, []).append((int(row.key), bytes.fromhex(row.commitment)))
        return {index: sorted(members) for index, members in found.items()}

    def numbers(self, table: str) -> tuple[int, ...]:
        """The numbers of the removed rows of a numbered table, in order."""
        return tuple(sorted(int(row.key) for row in self.rows.values() if row.table == table))

    def looks(self) -> dict[int, bytes]:
        """What removed looks contributed that were adopted together, by their numbers."""
        return {
            int(row.key): bytes.fromhex(row.commitment)
            for row in self.rows.values()
            if row.table == "observations" and row.commitment is not None
        }


def naming(session: Session) -> set[RedactionId]:
    """Every request that rows are named under."""
    return {RedactionId(key) for key in session.scalars(select(RedactedRow.request_id).distinct())}


def removed_posts(session: Session) -> frozenset[UUID]:
    """The identifiers of statements that were removed: what is taken in never brings them back."""
    query = select(RedactedRow.row_key).where(RedactedRow.table_name == STATEMENTS)
    return frozenset(UUID(key) for key in session.scalars(query))


def removed_snapshots(session: Session) -> tuple[int, ...]:
    """The numbers of removed snapshots, in order: what a word index must no longer hold."""
    query = select(RedactedRow.row_key).where(RedactedRow.table_name == "snapshots")
    return tuple(sorted(int(key) for key in session.scalars(query)))


def highest_removed(session: Session, table: str) -> int:
    """The highest number that a removed row of a numbered table had, 0 where none went: it is not given out again."""
    query = select(RedactedRow.row_key).where(RedactedRow.table_name == table)
    return max((int(key) for key in session.scalars(query)), default=0)


def is_removed_check(session: Session, check_id: CheckId) -> bool:
    """Whether that check's article was removed."""
    query = select(RedactedRow.request_id).where(RedactedRow.table_name == CHECKS, RedactedRow.row_key == check_id.hex)
    return session.scalar(query.limit(1)) is not None


def everything(session: Session) -> RedactedRows:
    """Every row that was removed as recorded; of one that two removals touched, what the later one says."""
    query = (
        select(RedactedRow)
        .join(RedactionDecisionRow, RedactionDecisionRow.request_id == RedactedRow.request_id)
        .order_by(RedactionDecisionRow.custody_index)
    )
    found = (named_of(row) for row in session.scalars(query))
    return RedactedRows(rows={(row.table, row.key): row for row in found})


def values_of(redaction_id: RedactionId, row: Named) -> dict[str, object]:
    """The columns of a named row."""
    return {
        "request_id": redaction_id,
        "table_name": row.table,
        "row_key": row.key,
        "custody_index": row.custody_index,
        "commitment": row.commitment,
        "replacement": row.replacement,
    }


def named_of(row: RedactedRow) -> Named:
    """The value of a row."""
    return Named(
        table=row.table_name,
        key=row.row_key,
        custody_index=row.custody_index,
        commitment=row.commitment,
        replacement=row.replacement,
    )
