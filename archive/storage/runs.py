"""Runs: one night at a time, with its report."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.domain.custody import CustodyKind
from archive.domain.ids import RunId
from archive.domain.runs import Run, StepReport
from archive.errors import BusyError, NotFoundError
from archive.storage import commitments, custody, json_text
from archive.storage.rows.custody import CustodyRow
from archive.storage.rows.runs import RunRow

STILL_ALIVE = timedelta(minutes=30)
"""How long after its last sign of life an open run counts as at work; a killed one must not stop the next night."""


def begin(session: Session, run: Run, *, now: datetime) -> None:
    """Open a run; BusyError while another one is open and has shown a sign of life lately."""
    # Two nights that begin at once queue here: the second then sees the first.
    custody.lock(session)
    open_runs = select(RunRow.id).where(RunRow.finished_at.is_(None), RunRow.beat_at > now - STILL_ALIVE)
    if session.scalars(open_runs.limit(1)).one_or_none() is not None:
        raise BusyError("Another nightly run is at work.")
    session.add(RunRow(id=run.id, began_at=run.began_at, beat_at=now, steps=json_text.dumps(run.steps)))
    session.flush()


def beat(session: Session, run: Run, *, now: datetime) -> None:
    """Show a sign of life and keep the steps done so far. NotFoundError ``no_such_run``."""
    row = _row(session, run.id)
    row.beat_at = now
    row.steps = json_text.dumps(run.steps)
    session.flush()


def finish(session: Session, run: Run) -> None:
    """Close the run with its report. NotFoundError ``no_such_run``."""
    row = _row(session, run.id)
    custody.lock(session)
    row.finished_at = run.finished_at
    row.steps = json_text.dumps(run.steps)
    session.flush()
    manifest, at = manifest_of_row(row), row.finished_at or row.began_at
    custody.append(session, CustodyKind.RUN, f"run:{run.id}", manifest=manifest, at=at)


def manifest_of_row(row: RunRow) -> bytes:
    """What the custody entry of a finished run commits to."""
    times = (row.began_at, row.beat_at, row.finished_at)
    return commitments.values_manifest(row.id.hex, *(commitments.moment(at) for at in times), row.steps)


def is_before_entries(session: Session, row: RunRow) -> bool:
    """Whether a run finished before the log noted nights: none of the noted ones, or the move to that, came earlier."""
    noted = (CustodyRow.kind == CustodyKind.RUN) | (CustodyRow.kind == CustodyKind.MIGRATION)
    first = session.scalar(select(func.min(CustodyRow.at)).where(CustodyRow.version > 1, noted))
    return first is None or (row.finished_at is not None and row.finished_at < first)


def latest(session: Session, limit: int = 10) -> tuple[Run, ...]:
    """The newest runs first."""
    query = select(RunRow).order_by(RunRow.began_at.desc(), RunRow.id).limit(limit)
    return tuple(
        Run(
            id=RunId(row.id),
            began_at=row.began_at,
            finished_at=row.finished_at,
            steps=json_text.loads(tuple[StepReport, ...], row.steps),
        )
        for row in session.scalars(query)
    )


def _row(session: Session, run_id: RunId) -> RunRow:
    row = session.get(RunRow, run_id)
    if row is None:
        raise NotFoundError("No such run.", code="no_such_run")
    return row
