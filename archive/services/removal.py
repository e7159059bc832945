"""Removal on purpose: one person asks, another confirms; the content goes, the record of its going stays."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from archive import storage
from archive.domain.ids import CaptureId, PostId, new_id
from archive.domain.redactions import (
    Redaction,
    RedactionBasis,
    RedactionId,
    RedactionOutcome,
    RedactionRequest,
    Signatory,
    TargetKind,
    Tombstone,
    require_second_person,
    require_signatory,
)
from archive.errors import ConflictError, InvalidInputError, NotFoundError
from archive.logs import logger_of
from archive.runtime import Runtime
from archive.storage.database import Session
from archive.storage.removal_rows import Removal

log = logger_of("services.removal")

LONGEST_NOTE = 500
SILENCE = "a statement of that day was removed on purpose"


def request_redaction(
    runtime: Runtime, target: UUID, *, basis: RedactionBasis, by: Signatory, note: str = ""
) -> Redaction:
    """Ask that a statement, or a capture with all that was read from it, be removed. Nothing goes before a second
    person confirms."""
    signed, said = require_signatory(by), " ".join(note.split())
    if len(said) > LONGEST_NOTE:
        raise InvalidInputError(f"A note has at most {LONGEST_NOTE} characters.", code="redaction_incomplete")
    with runtime.database.writing() as session:
        kind = _kind_of(session, target)
        asked = RedactionRequest(
            id=RedactionId(new_id()),
            kind=kind,
            target=target,
            basis=basis,
            requested_by=signed,
            requested_at=runtime.now(),
            note=said,
        )
        redaction = storage.redactions.request(session, asked)
    log.info("redaction.requested", redaction=str(asked.id), basis=basis.value)
    return redaction


def confirm_redaction(runtime: Runtime, redaction_id: RedactionId, *, by: Signatory) -> Tombstone:
    """Confirm as the second person: the content goes now, from the tables, the indexes and the disk."""
    with runtime.database.writing() as session:
        storage.erasure.overwrite_deletions(session.connection())
        asked = _pending(session, redaction_id, by=by)
        removal = storage.removal.plan(session, asked.kind, asked.target)
        storage.redactions.decide(
            session,
            redaction_id,
            outcome=RedactionOutcome.CONFIRMED,
            by=require_signatory(by),
            at=runtime.now(),
            named=removal.named,
        )
        _take_back_coverage(runtime, session, removal)
        storage.removal.carry_out(session, removal)
        tombstone = storage.redactions.tombstone(session, redaction_id)
    log.info("redaction.confirmed", redaction=str(redaction_id), rows=len(removal.named))
    storage.removal_journal.add(runtime.settings.data_directory, tombstone)
    erase_removed(runtime)
    return tombstone


def refuse_redaction(runtime: Runtime, redaction_id: RedactionId, *, by: Signatory) -> Redaction:
    """Refuse as the second person; the request stays on record."""
    with runtime.database.writing() as session:
        _pending(session, redaction_id, by=by)
        storage.redactions.decide(
            session, redaction_id, outcome=RedactionOutcome.REFUSED, by=require_signatory(by), at=runtime.now()
        )
        return storage.redactions.get(session, redaction_id)


def erase_removed(runtime: Runtime) -> None:
    """Overwrite on the disk what was removed, and build what was derived from it anew."""
    with runtime.database.reading() as session:
        runtime.words.current(session)
    storage.erasure.erase(runtime.database)


def latest_redactions(runtime: Runtime, *, limit: int = 100) -> tuple[Redaction, ...]:
    """The newest requests first, each with its answer."""
    with runtime.database.reading() as session:
        return storage.redactions.latest(session, limit=limit)


def get_redaction(runtime: Runtime, redaction_id: RedactionId) -> Redaction:
    """A request with its answer; NotFoundError ``no_such_redaction``."""
    with runtime.database.reading() as session:
        return storage.redactions.get(session, redaction_id)


def _kind_of(session: Session, target: UUID) -> TargetKind:
    storage.redactions.refuse_removed_statement(session, PostId(target))
    try:
        storage.posts.get(session, PostId(target))
        return TargetKind.STATEMENT
    except NotFoundError:
        pass
    try:
        storage.captures.get(session, CaptureId(target))
        return TargetKind.CAPTURE
    except NotFoundError as error:
        raise NotFoundError(
            "That is neither a statement nor a capture of this archive.", code="no_such_target"
        ) from error


def _pending(session: Session, redaction_id: RedactionId, *, by: Signatory) -> RedactionRequest:
    redaction = storage.redactions.get(session, redaction_id)
    if redaction.decision is not None:
        raise ConflictError(f"That removal was {redaction.decision.outcome.value} already.", code="redaction_decided")
    require_second_person(redaction.request.requested_by, require_signatory(by))
    return redaction.request


def _take_back_coverage(runtime: Runtime, session: Session, removal: Removal) -> None:
    """The archive no longer knows all that was said on that day: "not found" must not say it does."""
    for account_id, post in removal.silences:
        day = datetime.combine(post.posted_at.astimezone(UTC).date(), time(), tzinfo=UTC)
        until = day + timedelta(days=1)
        held = storage.coverage.intervals(session, (account_id,))
        if any(interval.since < until and day < interval.until for interval in held):
            storage.coverage.retract(session, account_id, since=day, until=until, reason=SILENCE, at=runtime.now())
