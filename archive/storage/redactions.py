"""Redactions on record: who asked, who decided, which rows went, and the tombstone that is left.

A request and its decision are entries of the custody log like any other; what was removed is named row by row, so
that the audit can tell "redacted as recorded" from "missing".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from archive.domain.captures import Digest
from archive.domain.custody import CustodyKind
from archive.domain.ids import CheckId, PostId
from archive.domain.redactions import (
    KeptCommitment,
    RedactedError,
    Redaction,
    RedactionDecision,
    RedactionId,
    RedactionOutcome,
    RedactionRequest,
    Signatory,
    Tombstone,
)
from archive.errors import ConflictError, NotFoundError
from archive.storage import commitments, custody
from archive.storage.rows.custody import CustodyRow
from archive.storage.rows.redactions import RedactedRow, RedactionDecisionRow, RedactionRequestRow

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


def request(session: Session, asked: RedactionRequest) -> Redaction:
    """Record a request. ConflictError ``redaction_pending`` where one on the same target waits already."""
    waiting = select(RedactionRequestRow.id).outerjoin(
        RedactionDecisionRow, RedactionDecisionRow.request_id == RedactionRequestRow.id
    )
    custody.lock(session)
    same = waiting.where(RedactionRequestRow.target == asked.target, RedactionDecisionRow.request_id.is_(None))
    if session.scalar(same.limit(1)) is not None:
        raise ConflictError(
            "A removal of that was asked for already and waits for a decision.", code="redaction_pending"
        )
    event = custody.append(
        session, CustodyKind.REDACTION, f"request:{asked.id}", manifest=request_manifest(asked), at=asked.requested_at
    )
    values = {
        "id": asked.id,
        "target_kind": asked.kind,
        "target": asked.target,
        "basis": asked.basis,
        "note": asked.note,
        "requested_by": asked.requested_by.name,
        "requested_role": asked.requested_by.role,
        "requested_at": asked.requested_at,
        "custody_index": event.index,
    }
    session.execute(insert(RedactionRequestRow), values)
    return Redaction(request=asked)


def decide(
    session: Session,
    redaction_id: RedactionId,
    *,
    outcome: RedactionOutcome,
    by: Signatory,
    at: datetime,
    named: Sequence[Named] = (),
) -> RedactionDecision:
    """Record the second person's answer, and the rows that go with a confirmation; the entry commits to all of them."""
    size = custody.lock(session)
    decision = RedactionDecision(outcome=outcome, decided_by=by, decided_at=at, custody_index=size)
    manifest = manifest_of(redaction_id, decision, named=named)
    custody.append(session, CustodyKind.REDACTION, f"decision:{redaction_id}", manifest=manifest, at=at)
    values = {
        "request_id": redaction_id,
        "outcome": outcome,
        "decided_by": by.name,
        "decided_role": by.role,
        "decided_at": at,
        "custody_index": size,
    }
    session.execute(insert(RedactionDecisionRow), values)
    if named:
        session.execute(insert(RedactedRow), [_values(redaction_id, row) for row in named])
    return decision


def request_manifest(asked: RedactionRequest) -> bytes:
    """What the custody entry of a request commits to."""
    signed = (asked.requested_by.name, asked.requested_by.role, commitments.moment(asked.requested_at))
    return commitments.values_manifest(
        asked.id.hex, asked.kind.value, asked.target.hex, asked.basis.value, asked.note, *signed
    )


def manifest_of(redaction_id: RedactionId, decision: RedactionDecision, *, named: Iterable[Named]) -> bytes:
    """What the custody entry of a decision commits to: who, when, and each row that went."""
    rows = sorted(([row.table, row.key, row.custody_index, row.commitment, row.replacement] for row in named), key=str)
    who, at = decision.decided_by, commitments.moment(decision.decided_at)
    return commitments.values_manifest(redaction_id.hex, decision.outcome.value, who.name, who.role, at, rows)


def requests(session: Session) -> Iterator[tuple[RedactionRequest, int]]:
    """Every request with the custody entry it was recorded under."""
    for row in session.scalars(select(RedactionRequestRow).order_by(RedactionRequestRow.custody_index)):
        yield request_of_row(row), row.custody_index


def decisions(session: Session) -> Iterator[tuple[RedactionId, RedactionDecision, tuple[Named, ...]]]:
    """Every decision with the rows that went with it."""
    for row in session.scalars(select(RedactionDecisionRow).order_by(RedactionDecisionRow.custody_index)).all():
        rows = session.scalars(select(RedactedRow).where(RedactedRow.request_id == row.request_id))
        yield RedactionId(row.request_id), decision_of_row(row), tuple(_named(each) for each in rows)


def naming(session: Session) -> set[RedactionId]:
    """Every request that rows are named under."""
    return {RedactionId(key) for key in session.scalars(select(RedactedRow.request_id).distinct())}


def get(session: Session, redaction_id: RedactionId) -> Redaction:
    """The request with its answer; NotFoundError ``no_such_redaction`` where there is none."""
    row = session.get(RedactionRequestRow, redaction_id)
    if row is None:
        raise NotFoundError("Nobody has asked for that removal.", code="no_such_redaction")
    return _redaction(row, session.get(RedactionDecisionRow, redaction_id))


def latest(session: Session, *, limit: int = 100) -> tuple[Redaction, ...]:
    """The newest requests first, each with its answer."""
    query = (
        select(RedactionRequestRow, RedactionDecisionRow)
        .outerjoin(RedactionDecisionRow, RedactionDecisionRow.request_id == RedactionRequestRow.id)
        .order_by(RedactionRequestRow.custody_index.desc())
        .limit(limit)
    )
    return tuple(_redaction(asked, decided) for asked, decided in session.execute(query))


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
    found = (_named(row) for row in session.scalars(query))
    return RedactedRows(rows={(row.table, row.key): row for row in found})


def refuse_removed_statement(session: Session, post_id: PostId) -> None:
    """RedactedError with the tombstone where that statement was removed."""
    _refuse(session, STATEMENTS, post_id.hex)


def refuse_removed_check(session: Session, check_id: CheckId) -> None:
    """RedactedError with the tombstone where that check's article was removed."""
    _refuse(session, CHECKS, check_id.hex)


def refuse_removed_bytes(session: Session, digest: Digest) -> None:
    """RedactedError with the tombstone where the bytes with that digest were removed."""
    _refuse(session, BYTES, digest)


def tombstone(session: Session, redaction_id: RedactionId) -> Tombstone:
    """What is left after a confirmed removal; NotFoundError ``no_such_redaction`` where nothing was removed."""
    found = get(session, redaction_id)
    decision = found.decision
    if decision is None or decision.outcome is not RedactionOutcome.CONFIRMED:
        raise NotFoundError("Nothing was removed on that request.", code="no_such_redaction")
    asked = found.request
    return Tombstone(
        request_id=redaction_id,
        kind=asked.kind,
        target=asked.target,
        basis=asked.basis,
        note=asked.note,
        requested_at=asked.requested_at,
        removed_at=decision.decided_at,
        custody_index=decision.custody_index,
        commitments=_kept(session, redaction_id),
    )


def _refuse(session: Session, table: str, key: str) -> None:
    query = select(RedactedRow.request_id).where(RedactedRow.table_name == table, RedactedRow.row_key == key)
    found = session.scalar(query.limit(1))
    if found is not None:
        raise RedactedError(tombstone(session, RedactionId(found)))


def _kept(session: Session, redaction_id: RedactionId) -> tuple[KeptCommitment, ...]:
    query = (
        select(CustodyRow.position, CustodyRow.commitment)
        .join(RedactedRow, RedactedRow.custody_index == CustodyRow.position)
        .where(RedactedRow.request_id == redaction_id)
        .distinct()
        .order_by(CustodyRow.position)
    )
    return tuple(KeptCommitment(index=index, commit=Digest(commit)) for index, commit in session.execute(query))


def _redaction(asked: RedactionRequestRow, decided: RedactionDecisionRow | None) -> Redaction:
    return Redaction(request=request_of_row(asked), decision=None if decided is None else decision_of_row(decided))


def request_of_row(row: RedactionRequestRow) -> RedactionRequest:
    """The value of a row."""
    return RedactionRequest(
        id=RedactionId(row.id),
        kind=row.target_kind,
        target=row.target,
        basis=row.basis,
        note=row.note,
        requested_by=Signatory(name=row.requested_by, role=row.requested_role),
        requested_at=row.requested_at,
    )


def decision_of_row(row: RedactionDecisionRow) -> RedactionDecision:
    """The value of a row."""
    return RedactionDecision(
        outcome=row.outcome,
        decided_by=Signatory(name=row.decided_by, role=row.decided_role),
        decided_at=row.decided_at,
        custody_index=row.custody_index,
    )


def _values(redaction_id: RedactionId, row: Named) -> dict[str, object]:
    return {
        "request_id": redaction_id,
        "table_name": row.table,
        "row_key": row.key,
        "custody_index": row.custody_index,
        "commitment": row.commitment,
        "replacement": row.replacement,
    }


def _named(row: RedactedRow) -> Named:
    return Named(
        table=row.table_name,
        key=row.row_key,
        custody_index=row.custody_index,
        commitment=row.commitment,
        replacement=row.replacement,
    )
