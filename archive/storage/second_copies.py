"""Second copies: the queue of addresses that a web archive is asked to keep."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.domain.captures import Digest
from archive.domain.ids import SecondCopyId
from archive.domain.second_copy import SecondCopy
from archive.storage.rows.follows import SecondCopyRow

_ANY = "onrecord.any_second_copy"


def keep(session: Session, copy: SecondCopy) -> None:
    """Store a second copy as it stands now, new or known."""
    row = session.get(SecondCopyRow, copy.id)
    if row is None:
        row = SecondCopyRow(id=copy.id)
        session.add(row)
    row.url, row.state, row.wanted_at, row.next_try_at = copy.url, copy.state, copy.wanted_at, copy.next_try_at
    row.attempts, row.job, row.copy_url = copy.attempts, copy.job, copy.copy_url
    row.copied_at, row.last_code, row.text_digest = copy.copied_at, copy.last_code, copy.text_digest
    session.flush()


def find(session: Session, copy_id: SecondCopyId) -> SecondCopy | None:
    """The second copy, None where none was asked for."""
    row = session.get(SecondCopyRow, copy_id)
    return None if row is None else _copy(row)


def due(session: Session, *, now: datetime, limit: int) -> tuple[SecondCopy, ...]:
    """Copies to be asked for or asked after, those that have waited longest first."""
    query = select(SecondCopyRow).where(SecondCopyRow.next_try_at <= now)
    rows = session.scalars(query.order_by(SecondCopyRow.next_try_at, SecondCopyRow.url).limit(limit))
    return tuple(_copy(row) for row in rows)


def listed(session: Session, *, limit: int = 100) -> tuple[SecondCopy, ...]:
    """The newest copies first, whatever their state."""
    query = select(SecondCopyRow).order_by(SecondCopyRow.wanted_at.desc(), SecondCopyRow.url).limit(limit)
    return tuple(_copy(row) for row in session.scalars(query))


def shown_words(session: Session, urls: Iterable[str | None]) -> frozenset[tuple[str, Digest]]:
    """Which of these addresses have a second copy whose words could be read: each with the words' digest."""
    if not _any(session):
        return frozenset()
    wanted = {url for url in urls if url is not None}
    query = select(SecondCopyRow.url, SecondCopyRow.text_digest).where(
        SecondCopyRow.url.in_(wanted), SecondCopyRow.text_digest.is_not(None)
    )
    return frozenset((url, Digest(digest)) for url, digest in session.execute(query) if digest is not None)


def _any(session: Session) -> bool:
    """Whether there is any second copy at all; asked once in a session, for most archives have none."""
    known = session.info.get(_ANY)
    if known is None:
        query = select(SecondCopyRow.id).where(SecondCopyRow.text_digest.is_not(None)).limit(1)
        known = session.info[_ANY] = session.scalars(query).one_or_none() is not None
    return bool(known)


def _copy(row: SecondCopyRow) -> SecondCopy:
    return SecondCopy(
        id=SecondCopyId(row.id),
        url=row.url,
        wanted_at=row.wanted_at,
        state=row.state,
        next_try_at=row.next_try_at,
        attempts=row.attempts,
        job=row.job,
        copy_url=row.copy_url,
        copied_at=row.copied_at,
        text_digest=None if row.text_digest is None else Digest(row.text_digest),
        last_code=row.last_code,
    )
