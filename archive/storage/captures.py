"""Captures and their bytes: a body is stored once however often it was recorded, in parts of a few megabytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import cast
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from archive.domain.captures import Capture, Captured, Digest, Provenance
from archive.domain.custody import CustodyKind
from archive.domain.ids import CaptureId
from archive.errors import NotFoundError
from archive.storage import commitments, custody, redactions
from archive.storage.memory import memory_of
from archive.storage.rows.captures import BodyPartRow, BodyRow, CaptureRow
from archive.storage.types import storable

PART = 4 * 1024 * 1024
"""Bytes in one part of a body."""


def add(session: Session, captured: Captured) -> None:
    """Store a capture and its bytes, and commit to it in the custody log; storing it again changes nothing."""
    capture = captured.capture
    custody.lock(session)
    if session.get(CaptureRow, capture.id) is not None:
        return
    _add_body(session, capture.digest, captured.body)
    session.execute(insert(CaptureRow).values(**_values(capture)))
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


def body(session: Session, digest: Digest) -> bytes:
    """The bytes with that digest; NotFoundError ``no_such_body`` where they are not held, RedactedError where they were
    removed on purpose."""
    redactions.refuse_removed_bytes(session, digest)
    if not is_digest(digest) or session.get(BodyRow, digest) is None:
        raise NotFoundError("No bytes with that digest are held.", code="no_such_body")
    return b"".join(parts(session, digest))


def parts(session: Session, digest: Digest) -> Iterator[bytes]:
    """The body with that digest, part after part."""
    mine = select(BodyPartRow.bytes).where(BodyPartRow.digest == digest)
    number = 0
    while (part := session.scalar(mine.where(BodyPartRow.number == number))) is not None:
        yield part
        number += 1


def digests(session: Session, *, after: Digest | None = None, limit: int = 500) -> tuple[Digest, ...]:
    """Digests of stored bodies in order, those after ``after``: pages for the audit."""
    query = select(BodyRow.digest).order_by(BodyRow.digest).limit(limit)
    if after is not None:
        query = query.where(BodyRow.digest > after)
    return tuple(Digest(digest) for digest in session.scalars(query))


def is_intact(session: Session, digest: Digest) -> bool:
    """Whether the stored bytes still have their digest; they are read part after part."""
    found = hashlib.sha256()
    for part in parts(session, digest):
        found.update(part)
    return found.hexdigest() == digest


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
        ),
    )


def _add_body(session: Session, digest: Digest, content: bytes) -> None:
    if session.get(BodyRow, digest) is not None:
        return
    session.execute(insert(BodyRow).values(digest=digest, size=len(content)))
    for number, start in enumerate(range(0, len(content), PART)):
        part = content[start : start + PART]
        session.execute(insert(BodyPartRow).values(digest=digest, number=number, bytes=part))


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
    }
