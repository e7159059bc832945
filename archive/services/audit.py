"""The audit of the night: the whole archive verified, each thing amiss an alarm."""

from __future__ import annotations

from archive.domain.runs import StepReport
from archive.runtime import Runtime
from archive.services.steps import StepLog
from archive.services.verify import verify_archive


def audit_fixity(runtime: Runtime) -> StepReport:
    """Compare everything stored with what the custody log committed to. Anything that differs is an alarm."""
    step = StepLog("audit")
    try:
        report = verify_archive(runtime)
        step.looked(report.bodies)
        for problem in report.problems:
            step.alarm(problem)
    except Exception as error:
        step.failed("evidence", error)
    return step.report()
