"""The night: fetch followed accounts, look again, audit, judge again, ask for second copies; with a stored report."""

from __future__ import annotations

from collections.abc import Callable

from archive import services
from archive.domain.runs import Failure, Run, StepReport
from archive.errors import ArchiveError
from archive.logs import logger_of
from archive.runtime import Runtime

log = logger_of("jobs.nightly")

Step = Callable[[Runtime], StepReport]
STEPS: tuple[tuple[str, Step], ...] = (
    ("follow", services.follow.fetch_followed),
    ("recapture", services.recapture.recapture_due),
    ("audit", services.audit.audit_fixity),
    ("reverify", services.reverify.reverify_due),
    ("second_copies", services.second_copies.push_due),
)


def steps_of(runtime: Runtime) -> tuple[tuple[str, Step], ...]:
    """The steps of this archive's night: indexes are mended where a killed import left some out, and the log is signed
    where this process has the signer's folder."""
    first = (("indexes", services.database.mend_indexes),) if services.database.are_indexes_due(runtime) else ()
    signs = services.checkpoints.signs(runtime.settings)
    return (*first, *STEPS, *((("checkpoint", services.signing.sign_and_stamp),) if signs else ()))


def run_nightly(runtime: Runtime) -> Run:
    """One night's work. BusyError while another is at it; a step that breaks is recorded and the next one runs."""
    run = services.runs.begin_run(runtime)
    for name, step in steps_of(runtime):
        run = services.runs.with_step(run, _done(runtime, name=name, step=step))
        services.runs.keep_alive(runtime, run)
    run = services.runs.finish_run(runtime, run)
    log.info("nightly.finished", run=str(run.id), exit_status=run.exit_status)
    return run


def _done(runtime: Runtime, *, name: str, step: Step) -> StepReport:
    try:
        return step(runtime)
    except ArchiveError as error:
        failure = Failure(item=name, code=error.code, message=error.message)
    except Exception:
        log.exception("nightly.broken", step=name)
        failure = Failure(item=name, code="internal_error", message="Something went wrong inside the archive.")
    return StepReport(name=name, failures=(failure,))
