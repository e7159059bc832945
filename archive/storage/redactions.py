"""Redactions on record: who asked, who decided, which rows went, and the tombstone that is left.

A request and its decision are entries of the custody log like any other; the decision's commits to every row that went.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import func, insert, select
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
from archive.storage.redacted_rows import (
    BYTES,
    CHECKS,
    SALTS,
    STATEMENTS,
    Named,
    RedactedRows,
    everything,
    highest_removed,
    is_removed_check,
    named_of,
    naming,
    removed_posts,
    removed_snapshots,
    values_of,
)
from archive.storage.rows.custody import CustodyRow
from archive.storage.rows.redactions import RedactedRow, RedactionDecisionRow, RedactionRequestRow

__all__ = [
    "BYTES",
    "CHECKS",
    "SALTS",
    "STATEMENTS",
    "Named",
    "RedactedRows",
    "confirmed",
    "decide",
    "decision_of_row",
    "decisions",
    "everything",
    "get",
    "highest_removed",
    "is_removed_check",
    "latest",
    "manifest_of",
    "naming",
    "refuse_removed_bytes",
    "refuse_removed_check",
    "refuse_removed_statement",
    "removed_posts",
    "removed_snapshots",
    "request",
    "request_manifest",
    "request_of_row",
    "requests",
    "tombstone",
]


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
        session.execute(insert(RedactedRow), [values_of(redaction_id, row) for row in named])
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
        yield RedactionId(row.request_id), decision_of_row(row), tuple(named_of(each) for each in rows)


def confirmed(session: Session) -> int:
    """How many removals were confirmed and carried out."""
    query = select(func.count()).select_from(RedactionDecisionRow)
    return session.scalar(query.where(RedactionDecisionRow.outcome == RedactionOutcome.CONFIRMED)) or 0


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
