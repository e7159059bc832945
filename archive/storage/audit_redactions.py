"""The audit of removals: each signed for by two people, and of exactly the rows that were signed for."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from archive.domain.custody import CustodyKind
from archive.domain.redactions import RedactionId
from archive.storage import entries, redactions


def redaction_problems(session: Session, *, since: int = 0) -> Iterator[str]:
    """Requests and decisions against their entries; rows that are named as removed although nobody decided so."""
    wanted = entries.by_index(session, CustodyKind.REDACTION)
    signed: set[RedactionId] = set()
    for asked, index in redactions.requests(session):
        entry = wanted.pop(index, None)
        if entry is None or not entry.fits(redactions.request_manifest(asked)):
            yield f"The request {asked.id} for a removal differs from what the custody log committed to."
    for redaction_id, decided, rows in redactions.decisions(session):
        signed.add(redaction_id)
        entry = wanted.pop(decided.custody_index, None)
        if entry is None or not entry.fits(redactions.manifest_of(redaction_id, decided, named=rows)):
            yield f"The removal {redaction_id} differs from what the custody log committed to."
    for redaction_id in redactions.naming(session) - signed:
        yield f"Rows are named as removed by {redaction_id}, a removal that nobody decided."
    for index in wanted:
        yield f"The removal of custody entry {index} is no longer held."
