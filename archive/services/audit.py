"""The audit: every stored body hashed again, every row against its commitment, and the custody log recomputed."""

from __future__ import annotations

from archive import storage
from archive.domain.captures import Digest
from archive.domain.runs import StepReport
from archive.runtime import Runtime
from archive.services.steps import StepLog

PAGE = 500


def audit_fixity(runtime: Runtime) -> StepReport:
    """Compare everything stored with what the custody log committed to. Anything that differs is an alarm."""
    step = StepLog("audit")
    _count_bodies(runtime, step)
    try:
        with runtime.database.reading() as session:
            for problem in storage.audit.problems(session):
                step.alarm(problem)
    except Exception as error:
        step.failed("evidence", error)
    return step.report()


def _count_bodies(runtime: Runtime, step: StepLog) -> None:
    after: Digest | None = None
    with runtime.database.reading() as session:
        while page := storage.captures.digests(session, after=after, limit=PAGE):
            for _ in page:
                step.looked()
            after = page[-1]
