"""Captures and their bytes: a body is stored once however often it was recorded, in parts of a few megabytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from typing import cast
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from archive.domain.captures import Capture, Captured, CaptureMethod, Digest, Provenance, Retention
from archive.domain.custody import CustodyKind
from archive.domain.ids import CaptureId
from archive.errors import NotFoundError
from archive.storage import bodies, commitments, custody, exchanges, redactions
from archive.storage.memory import memory_of
from archive.storage.rows.captures import BodyRow, CaptureRow
from archive.storage.stored import storable


def add(session: Session, captured: Captured) -> None:
    """Store a capture and its bytes, and commit to it in the custody log; storing it again changes nothing."""
    capture = captured.capture
    custody.lock(session)
    if session.get(CaptureRow, capture.id) is not None:
        return
    if capture.retention is Retention.KEEP_DIGEST:
        bodies.write_digest(session, capture.digest, size=capture.size)
    else:
        bodies.write(session, capture.digest, captured.body)
    session.execute(insert(CaptureRow).values(**_values(capture)))
    exchanges.write(session, capture.id, captured.exchanges)
    manifest = commitments.capture_manifest(capture)
    custody.append(session, CustodyKind.CAPTURE, str(capture.id), manifest=manifest, at=capture.provenance.received_at)


def get(session: Session, capture_id: CaptureId) -> Capture:
    """The capture; NotFoundError ``no_such_capture`` where there is none."""
    row = session.get(CaptureRow, capture_id)
    if row is None:
        raise NotFoundError("No such capture.", code="no_such_capture")
    return capture_of(row)


def many(session: Session, capture_ids: set[CaptureId]) -> dict[CaptureId, Capture]:
    """The captures with those identifiers."""
    memory = memory_of(session)
    known = memory.captures if memory is not None else {}
    missing = capture_ids - known.keys()
    if missing:
        query = select(CaptureRow).where(CaptureRow.id.in_(missing))
        known |= {CaptureId(row.id): capture_of(row) for row in session.scalars(query)}
    return {capture_id: known[capture_id] for capture_id in capture_ids if capture_id in known}


def newest_of(session: Session, urls: Collection[str]) -> dict[str, CaptureId]:
    """The newest fetched capture of each of those addresses that was ever fetched whole."""
    if not urls:
        return {}
    query = (
        select(CaptureRow.source, CaptureRow.id)
        .where(
            CaptureRow.source.in_(urls),
            CaptureRow.method == CaptureMethod.FETCH,
            CaptureRow.complete,
            CaptureRow.status.between(200, 299),
        )
        .order_by(CaptureRow.received_at)
    )
    return {source: CaptureId(capture_id) for source, capture_id in session.execute(query)}


def body(session: Session, digest: Digest) -> bytes:
    """The bytes with that digest; NotFoundError ``no_such_body`` where they are not held, RedactedError where they were
    removed on purpose."""
    redactions.refuse_removed_bytes(session, digest)
    if not is_digest(digest) or session.get(BodyRow, digest) is None:
        raise NotFoundError("No bytes with that digest are held.", code="no_such_body")
    return bodies.read(session, digest)


def digests(session: Session, *, after: Digest | None = None, limit: int = 500) -> tuple[Digest, ...]:
    """Digests of stored bodies in order, those after ``after``: pages for the audit."""
    query = select(BodyRow.digest).order_by(BodyRow.digest).limit(limit)
    if after is not None:
        query = query.where(BodyRow.digest > after)
    return tuple(Digest(digest) for digest in session.scalars(query))


def is_intact(session: Session, digest: Digest) -> bool:
    """Whether the stored bytes still have their digest; they are read part after part."""
    found = hashlib.sha256()
    for part in bodies.parts(session, digest):
        found.update(part)
    return found.hexdigest() == digest


def is_digest_only(session: Session, digest: Digest) -> bool:
    """Whether the bytes with that digest were never kept: every capture of them says so, and none are there."""
    if next(bodies.parts(session, digest), None) is not None:
        return False
    kept = set(session.scalars(select(CaptureRow.retention).where(CaptureRow.digest == digest)))
    return kept == {Retention.KEEP_DIGEST}


def capture_key(text: str) -> UUID | None:
    """The identifier that a subject of the custody log writes, None where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def is_digest(text: str) -> bool:
    """Whether the text is 64 hexadecimal characters in lower case."""
    return len(text) == 64 and all(character in "0123456789abcdef" for character in text)


def capture_of(row: CaptureRow) -> Capture:
    """The value of a row."""
    headers = cast(list[list[str]], json.loads(row.headers))
    return Capture(
        id=CaptureId(row.id),
        digest=Digest(row.digest),
        size=row.size,
        media_type=row.media_type,
        terms_class=row.terms_class,
        retention=row.retention or Retention.KEEP,
        provenance=Provenance(
            method=row.method,
            capture_class=row.capture_class,
            source=row.source,
            requested_at=row.requested_at,
            received_at=row.received_at,
            final_url=row.final_url,
            redirects=tuple(cast(list[str], json.loads(row.redirects))),
            status=row.status,
            headers=tuple((name, value) for name, value in headers),
            peer=row.peer,
            complete=row.complete,
            collector=row.collector,
            exchanges=None if row.exchanges_digest is None else Digest(row.exchanges_digest),
        ),
    )


def _values(capture: Capture) -> dict[str, object]:
    provenance = capture.provenance
    return {
        "id": capture.id,
        "digest": capture.digest,
        "size": capture.size,
        "media_type": capture.media_type,
        "terms_class": capture.terms_class,
        "method": provenance.method,
        "capture_class": provenance.capture_class,
        "source": provenance.source,
        "requested_at": provenance.requested_at,
        "received_at": provenance.received_at,
        "final_url": provenance.final_url,
        "redirects": json.dumps([storable(url) for url in provenance.redirects]),
        "status": provenance.status,
        "headers": json.dumps([[storable(name), storable(value)] for name, value in provenance.headers]),
        "peer": provenance.peer,
        "complete": provenance.complete,
        "collector": provenance.collector,
        "exchanges_digest": provenance.exchanges,
        "retention": None if capture.retention is Retention.KEEP else capture.retention,
    }
