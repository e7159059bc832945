"""Removal of what went over the wire: the answers repeat a removed body, framed and packed as they came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from archive.domain.captures import Digest
from archive.storage.rows.captures import CaptureRow
from archive.storage.rows.exchanges import ExchangeRow


def digests_to_go(
    session: Session, captures: Sequence[CaptureRow], *, dropped: Sequence[CaptureRow]
) -> tuple[Digest, ...]:
    """The answers of all these captures, and the questions of those that go whole where nothing else asked the same."""
    keys, gone = [capture.id for capture in captures], {capture.id for capture in dropped}
    rows = session.scalars(select(ExchangeRow).where(ExchangeRow.capture_id.in_(keys))).all() if keys else ()
    answers = [Digest(row.response_digest) for row in rows]
    questions = [Digest(row.request_digest) for row in rows if row.capture_id in gone]
    elsewhere = digests_needed(session, questions, gone=gone)
    return (*answers, *(digest for digest in questions if digest not in elsewhere))


def digests_needed(session: Session, digests: Sequence[Digest], *, gone: Iterable[UUID]) -> set[str]:
    """Those of the digests that exchanges of captures outside ``gone`` refer to."""
    if not digests:
        return set()
    removed, wanted = set(gone), set(digests)
    refers = or_(ExchangeRow.request_digest.in_(wanted), ExchangeRow.response_digest.in_(wanted))
    found: set[str] = set()
    for row in session.scalars(select(ExchangeRow).where(refers)):
        if row.capture_id not in removed:
            found |= {row.request_digest, row.response_digest} & wanted
    return found
