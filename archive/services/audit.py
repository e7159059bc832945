"""The audit: every stored body hashed again, every row against its commitment, and the custody log recomputed."""

from __future__ import annotations

from archive import storage
from archive.domain.captures import Digest
from archive.domain.runs import StepReport
from archive.runtime import Runtime
from archive.services.steps import StepLog

PAGE = 500


def audit_fixity(runtime: Runtime) -> StepReport:
    """Hash every stored body and text again and recompute the custody log. Anything that differs is an alarm."""
    step = StepLog("audit")
    _audit_bodies(runtime, step)
    _audit_log(runtime, step)
    return step.report()


def _audit_bodies(runtime: Runtime, step: StepLog) -> None:
    after: Digest | None = None
    while True:
        with runtime.database.reading() as session:
            page = storage.captures.digests(session, after=after, limit=PAGE)
        if not page:
            return
        for digest in page:
            _audit_body(runtime, step, digest=digest)
        after = page[-1]


def _audit_body(runtime: Runtime, step: StepLog, *, digest: Digest) -> None:
    step.looked()
    try:
        with runtime.database.reading() as session:
            intact = storage.captures.is_intact(session, digest)
    except Exception as error:
        step.failed(f"body {digest}", error)
        return
    if not intact:
        step.alarm(f"The stored bytes of {digest} no longer match their digest.")


def _audit_log(runtime: Runtime, step: StepLog) -> None:
    step.looked()
    try:
        with runtime.database.reading() as session:
            problems = storage.custody.verify(session)
    except Exception as error:
        step.failed("custody log", error)
        return
    for problem in problems:
        step.alarm(problem)
