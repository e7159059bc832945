"""The audit: every stored body hashed again, every text against its digest, and the custody log recomputed."""

from __future__ import annotations

from archive import storage
from archive.domain.captures import digest_of
from archive.domain.runs import StepReport
from archive.errors import ArchiveError, CustodyError
from archive.runtime import Runtime
from archive.services.steps import StepLog

PAGE = 500


def audit_fixity(runtime: Runtime) -> StepReport:
    """Hash every stored body and text again and recompute the custody log. Anything that differs is an alarm."""
    step = StepLog("audit")
    _audit_bodies(runtime, step)
    _audit_log(runtime, step)
    return step.report()
