"""The JSON documents of work done: imports, coverage, nights."""

from __future__ import annotations

from archive.domain.coverage import CoverageInterval
from archive.domain.runs import Run
from archive.services.moments import instant
from archive.services.reports import ImportReport, RowError

Document = dict[str, object]


def import_document(report: ImportReport) -> Document:
    """What an import read, kept and passed over."""
    return {
        "read": report.read,
        "added": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "refused": report.refused,
        "errors": [_row_document(error) for error in report.errors],
        "left_out": {reason.value: count for reason, count in report.left_out},
        "remarks": list(report.remarks),
    }


def _row_document(error: RowError) -> Document:
    member = {} if error.member is None else {"member": error.member}
    return {"line": error.line, **member, "code": error.code, "message": error.message}


def interval_document(interval: CoverageInterval) -> Document:
    """A stretch in which an account was seen without a gap, the end not included."""
    return {
        "account": str(interval.account_id),
        "since": instant(interval.since),
        "until": instant(interval.until),
        "how": interval.how,
        "includes_deletions": interval.includes_deletions,
    }


def run_document(run: Run) -> Document:
    """A night and its steps."""
    return {
        "id": str(run.id),
        "began_at": instant(run.began_at),
        "finished_at": instant(run.finished_at),
        "exit_status": run.exit_status,
        "steps": [
            {
                "name": step.name,
                "outcome": step.outcome.value,
                "looked_at": step.looked_at,
                "changed": step.changed,
                "alarms": list(step.alarms),
                "failures": [
                    {"item": failure.item, "code": failure.code, "message": failure.message}
                    for failure in step.failures
                ],
            }
            for step in run.steps
        ],
    }
