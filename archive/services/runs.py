"""Runs: one night at a time, with its stored report."""

from __future__ import annotations

from dataclasses import replace

from archive import storage
from archive.domain.ids import RunId, new_id
from archive.domain.runs import Run, StepReport
from archive.runtime import Runtime


def begin_run(runtime: Runtime) -> Run:
    """Open the night; BusyError while another one is at work."""
    now = runtime.now()
    run = Run(id=RunId(new_id()), began_at=now)
    with runtime.database.writing() as session:
        storage.runs.begin(session, run, now=now)
    return run


def with_step(run: Run, step: StepReport) -> Run:
    """The run with one more step done."""
    return replace(run, steps=(*run.steps, step))


def keep_alive(runtime: Runtime, run: Run) -> None:
    """Show that the night is still at work, and keep the steps done so far."""
    with runtime.database.writing() as session:
        storage.runs.beat(session, run, now=runtime.now())


def finish_run(runtime: Runtime, run: Run) -> Run:
    """Close the night and store its report."""
    done = replace(run, finished_at=runtime.now())
    with runtime.database.writing() as session:
        storage.runs.finish(session, done)
    return done


def latest_runs(runtime: Runtime, *, limit: int = 10) -> tuple[Run, ...]:
    """The newest nights first."""
    with runtime.database.reading() as session:
        return storage.runs.latest(session, limit)
