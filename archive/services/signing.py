"""The signing of the night: a checkpoint, its time stamps, and what is pending for too long."""

from __future__ import annotations

from archive.domain.runs import StepReport
from archive.runtime import Runtime
from archive.services import checkpoints, stamps
from archive.services.steps import StepLog


def sign_and_stamp(runtime: Runtime) -> StepReport:
    """Sign the log and ask for the time stamps that are missing. A log that went back is an alarm, and so is a time
    stamp that waits for more than a day."""
    step = StepLog("checkpoint")
    try:
        step.looked()
        if checkpoints.sign(runtime) is not None:
            step.changed()
    except Exception as error:
        step.alarm(f"The log was not signed: {error}")
        return step.report()
    try:
        for pending in stamps.stamp_pending(runtime).pending:
            if runtime.now() - pending.since > stamps.PATIENCE:
                step.alarm(f"{pending.authority} has not stamped the checkpoint of {pending.since:%Y-%m-%d}.")
    except Exception as error:
        step.failed("time stamps", error)
    return step.report()
