"""Second copies: the queue of addresses that a web archive is asked to keep, and what came of it.

A kept copy lifts a statement's grade, so every state a copy was ever in is an entry of the custody log, written in the
same transaction as its row; the row shows the latest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.domain.captures import Digest
from archive.domain.custody import CustodyKind, canonical_manifest
from archive.domain.ids import PostId, SecondCopyId
from archive.domain.second_copy import SecondCopy
from archive.storage import commitments, custody
from archive.storage.rows.custody import CustodyManifestRow, CustodyRow
from archive.storage.rows.follows import SecondCopyRow
from archive.storage.rows.posts import PostRow

SUBJECT = "second_copy:"
"""How the subject of an entry on a second copy begins; its identifier follows."""
_ANY = "onrecord.any_second_copy"


def keep(session: Session, copy: SecondCopy, *, at: datetime) -> None:
    """Store a second copy as it stands now, new or known, and note it; one that is as it was is not noted again."""
    custody.lock(session)
    row = session.get(SecondCopyRow, copy.id)
    if row is not None and _copy(row) == copy:
        return
    if row is None:
        row = SecondCopyRow(id=copy.id)
        session.add(row)
    row.url, row.state, row.wanted_at, row.next_try_at = copy.url, copy.state, copy.wanted_at, copy.next_try_at
    row.attempts, row.job, row.copy_url = copy.attempts, copy.job, copy.copy_url
    row.copied_at, row.last_code, row.text_digest = copy.copied_at, copy.last_code, copy.text_digest
    row.custody_index = _note(session, row, at=at, how="kept")
    session.flush()


def adopt(session: Session, *, at: datetime) -> None:
    """Note copies that were kept before the log noted any, as they were found.

    They count for no grade, because whoever could write to the table could have put them there; those that did count
    are put in the queue again, so that the next nights ask the web archive, this time on record.
    """
    noted = latest_states(session)
    for row in session.scalars(select(SecondCopyRow).where(SecondCopyRow.custody_index.is_(None))).all():
        position, manifest = noted.get(f"{SUBJECT}{row.id}", (None, b""))
        if manifest == manifest_of(row, how="kept"):
            row.custody_index = position  # It was noted; a downgrade took the column away.
        elif manifest != manifest_of(row, how="adopted"):
            row.next_try_at = at if row.text_digest is not None else row.next_try_at
            _note(session, row, at=at, how="adopted")
    session.flush()


def manifest_of(row: SecondCopyRow, *, how: str) -> bytes:
    """What an entry on a second copy commits to: the whole row, and how the archive came by it."""
    return canonical_manifest({
        "v": 2,
        "how": how,
        "id": row.id.hex,
        "url": row.url,
        "state": row.state.value,
        "wanted_at": commitments.moment(row.wanted_at),
        "next_try_at": commitments.moment(row.next_try_at),
        "attempts": row.attempts,
        "job": row.job,
        "copy_url": row.copy_url,
        "copied_at": commitments.moment(row.copied_at),
        "text_sha256": row.text_digest,
        "last_code": row.last_code,
    })  # fmt: skip


def latest_states(session: Session) -> dict[str, tuple[int, bytes]]:
    """Place and manifest of the last entry on each second copy, by subject."""
    query = (
        select(CustodyRow.position, CustodyRow.subject, CustodyManifestRow.manifest)
        .join(CustodyManifestRow, CustodyManifestRow.position == CustodyRow.position)
        .where(CustodyRow.kind == CustodyKind.REGISTRY, CustodyRow.subject.startswith(SUBJECT, autoescape=True))
        .order_by(CustodyRow.position)
    )
    return {subject: (position, manifest.encode("utf-8")) for position, subject, manifest in session.execute(query)}


def problems(session: Session, *, since: int = 0) -> Iterator[str]:
    """Second copies that are not as the custody log says they were noted last.

    All of them each time: ``since`` is for checks that follow the log's order.
    """
    noted = latest_states(session)
    for row in session.scalars(select(SecondCopyRow).order_by(SecondCopyRow.id)):
        position, manifest = noted.pop(f"{SUBJECT}{row.id}", (None, None))
        is_adopted = row.custody_index is None
        if manifest is None:
            yield f"The custody log does not know the second copy {row.id}."
        elif manifest != manifest_of(row, how="adopted" if is_adopted else "kept"):
            yield f"The second copy {row.id} is not as the custody log says it was noted last."
        elif not is_adopted and row.custody_index != position:
            yield f"The second copy {row.id} names another entry than the one on it."
    for subject in noted:
        yield f"The {subject.replace('_', ' ').replace(':', ' ')} is in the custody log but no longer held."


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
    """Which of these addresses have a second copy whose words could be read and that counts: each with the words'
    digest."""
    if not _any(session):
        return frozenset()
    wanted = {url for url in urls if url is not None}
    query = select(SecondCopyRow.url, SecondCopyRow.text_digest).where(SecondCopyRow.url.in_(wanted), _COUNTS)
    return frozenset((url, Digest(digest)) for url, digest in session.execute(query) if digest is not None)


def posts_at(session: Session, url: str) -> tuple[PostId, ...]:
    """The posts published at that address, by which a removal of one finds its copies. Reads every post."""
    return tuple(PostId(key) for key in session.scalars(select(PostRow.id).where(PostRow.url == url)))


_COUNTS = SecondCopyRow.text_digest.is_not(None) & SecondCopyRow.custody_index.is_not(None)


def _note(session: Session, row: SecondCopyRow, *, at: datetime, how: str) -> int:
    manifest = manifest_of(row, how=how)
    subject = f"{SUBJECT}{row.id}"
    return custody.append_document(session, CustodyKind.REGISTRY, subject, manifest=manifest, at=at).index


def _any(session: Session) -> bool:
    """Whether any second copy counts at all; asked once in a session, for most archives have none."""
    known = session.info.get(_ANY)
    if known is None:
        query = select(SecondCopyRow.id).where(_COUNTS).limit(1)
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
        is_adopted=row.custody_index is None,
    )
