"""Bodies: bytes stored once by their digest, in parts of a few megabytes, however often they were recorded."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from archive.domain.captures import Digest
from archive.storage.rows.captures import BodyPartRow, BodyRow

PART = 4 * 1024 * 1024
"""Bytes in one part of a body."""


def write_digest(session: Session, digest: Digest, *, size: int) -> None:
    """Note that such bytes were seen, without keeping them."""
    if session.get(BodyRow, digest) is None:
        session.execute(insert(BodyRow).values(digest=digest, size=size))


def write(session: Session, digest: Digest, content: bytes) -> None:
    """Store the bytes beneath their digest; bytes held already are left as they are."""
    if session.get(BodyRow, digest) is None:
        session.execute(insert(BodyRow).values(digest=digest, size=len(content)))
    elif not content or next(parts(session, digest), None) is not None:
        return
    for number, start in enumerate(range(0, len(content), PART)):
        part = content[start : start + PART]
        session.execute(insert(BodyPartRow).values(digest=digest, number=number, bytes=part))


def read(session: Session, digest: Digest) -> bytes:
    """The bytes with that digest, put together again; nothing where they are not held."""
    return b"".join(parts(session, digest))


def parts(session: Session, digest: Digest) -> Iterator[bytes]:
    """The body with that digest, part after part."""
    mine = select(BodyPartRow.bytes).where(BodyPartRow.digest == digest)
    number = 0
    while (part := session.scalar(mine.where(BodyPartRow.number == number))) is not None:
        yield part
        number += 1
