"""The audit of captures and their bytes: every body hashed again, every capture against its entry."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ForeignKeyConstraint, func, select
from sqlalchemy.orm import Session

from archive.domain.captures import Digest, Retention
from archive.domain.custody import CustodyKind
from archive.storage import captures, commitments, entries, redactions
from archive.storage.raw import Raw
from archive.storage.rows.base import Base
from archive.storage.rows.captures import BodyPartRow, BodyRow, CaptureRow

PAGE = 2_000


def body_problems(session: Session, *, since: int = 0) -> Iterator[str]:
    """Everything amiss with stored bytes: digests, sizes, and bytes that nothing recorded."""
    changed = set(bodies_without_digest(session))
    for digest in sorted(changed):
        yield f"The stored bytes {digest} no longer have that digest."
    length = func.sum(func.length(BodyPartRow.bytes))
    held = select(BodyPartRow.digest, length.label("size"), func.count().label("parts"), func.max(BodyPartRow.number))
    parts = held.group_by(BodyPartRow.digest).subquery()
    query = select(BodyRow.digest, BodyRow.size, parts.c.size, parts.c.parts, parts.c[3]).outerjoin(
        parts, parts.c.digest == BodyRow.digest
    )
    removed = redactions.everything(session)
    for body, size, found, count, last in session.execute(query):
        if body in changed or removed.of(redactions.BYTES, body) is not None:
            continue
        if not found and captures.is_digest_only(session, Digest(body)):
            continue
        if size != (found or 0) or (count or 0) != (last if last is not None else -1) + 1:
            yield f"The stored bytes {body} are not as long as recorded."
    orphans = select(BodyPartRow.digest).where(BodyPartRow.digest.not_in(select(BodyRow.digest))).distinct()
    for part in session.scalars(orphans):
        yield f"There are parts of bytes {part} that nothing recorded."
    for digest in _unrecorded(session):
        yield f"The stored bytes {digest} belong to nothing that the custody log names."


def bodies_without_digest(session: Session) -> Iterator[Digest]:
    """Stored bodies whose bytes no longer have their digest."""
    after: Digest | None = None
    removed = redactions.everything(session)
    while page := captures.digests(session, after=after, limit=PAGE):
        held = (digest for digest in page if removed.of(redactions.BYTES, digest) is None)
        yield from (digest for digest in held if not _is_as_recorded(session, digest))
        after = page[-1]


def _is_as_recorded(session: Session, digest: Digest) -> bool:
    """Whether the bytes have their digest, or were never kept and every capture of them says so."""
    return captures.is_intact(session, digest) or captures.is_digest_only(session, digest)


def _unrecorded(session: Session) -> Iterator[Digest]:
    """Bodies that no other row refers to; which tables may do so is read off the foreign keys."""
    query = select(BodyRow.digest)
    for table in Base.metadata.tables.values():
        for constraint in table.constraints:
            if isinstance(constraint, ForeignKeyConstraint) and constraint.referred_table.name == "bodies":
                column = constraint.columns.values()[0]
                if table.name != "body_parts":
                    query = query.where(BodyRow.digest.not_in(select(column).where(column.is_not(None))))
    yield from (Digest(digest) for digest in session.scalars(query))


def capture_problems(session: Session, *, since: int = 0) -> Iterator[str]:
    """Everything amiss with captures of entries from ``since`` on."""
    raw = Raw(session)
    reached = since
    while page := _entries(session, since=reached):
        yield from _page_problems(session, page)
        reached = page[-1][0] + 1
    if since:
        return
    statement = (
        f"SELECT {raw.key_text('c.id')} FROM captures c WHERE NOT EXISTS "
        f"(SELECT 1 FROM custody_log l WHERE l.kind = 'capture' AND l.subject = {raw.key_text('c.id')})"
    )
    for (identifier,) in raw.rows(statement):
        yield f"Capture {identifier} is held, but the custody log does not know it."


_Entry = tuple[int, str, entries.Entry]


def _entries(session: Session, *, since: int) -> list[_Entry]:
    found = entries.entries(session, CustodyKind.CAPTURE, since=since)
    return [entry for _, entry in zip(range(PAGE), found, strict=False)]


def _page_problems(session: Session, page: list[_Entry]) -> Iterator[str]:
    keys = [captures.capture_key(subject) for _, subject, _ in page]
    rows = session.scalars(select(CaptureRow).where(CaptureRow.id.in_([key for key in keys if key is not None])))
    held = {row.id: row for row in rows}
    for key, (_, subject, entry) in zip(keys, page, strict=True):
        row = None if key is None else held.get(key)
        if row is None:
            yield f"Capture {subject} is in the custody log but no longer held."
        elif not _fits(entry, row):
            yield f"Capture {subject} differs from what the custody log committed to."
    session.expunge_all()


def _fits(entry: entries.Entry, row: CaptureRow) -> bool:
    if row.retention is Retention.KEEP:
        return False  # The archive leaves the column empty where the bytes are kept.
    try:
        return entry.fits(commitments.capture_manifest(captures.capture_of(row)))
    except (TypeError, ValueError, AttributeError):
        return False
