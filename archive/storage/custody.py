"""The custody log: appended under a lock, dense from 0, and recomputed from its leaves when verified."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from archive.domain.captures import Digest
from archive.domain.custody import SALT_BYTES, VERSION, CustodyEvent, CustodyKind, commitment
from archive.domain.merkle import grown, root_of_subtrees
from archive.errors import CustodyError
from archive.storage.rows.custody import CustodyHeadRow, CustodyManifestRow, CustodyRow, CustodySaltRow
from archive.storage.types import LARGEST_INTEGER, storable

PAGE = 5_000
_HASH = 32


def lock(session: Session) -> int:
    """Wait until no other writer appends, then say how long the log is.

    Whoever holds it also numbers posts and snapshots, so that their order is the order in which they can be seen. On
    SQLite the writing transaction itself is the lock.
    """
    return _head(session).size


def append(session: Session, kind: CustodyKind, subject: str, *, manifest: bytes, at: datetime) -> CustodyEvent:
    """Append an entry that commits to a manifest, with a salt of its own; its index is the log's length before it."""
    head = _head(session)
    salt = secrets.token_bytes(SALT_BYTES)
    event = CustodyEvent(
        index=head.size, kind=kind, subject=storable(subject), commit=commitment(manifest, salt=salt), at=at
    )
    leaf = event.leaf()
    values = {
        "position": event.index,
        "version": VERSION,
        "kind": kind,
        "subject": event.subject,
        "commitment": event.commit,
        "at": at,
        "leaf": leaf.hex(),
    }
    session.execute(insert(CustodyRow), values)
    session.execute(insert(CustodySaltRow), {"position": event.index, "salt": salt})
    subtrees = grown(_split(head.subtrees), leaf, size=head.size)
    session.execute(update(CustodyHeadRow).values(size=head.size + 1, subtrees=b"".join(subtrees)))
    return event


def append_document(
    session: Session, kind: CustodyKind, subject: str, *, manifest: bytes, at: datetime
) -> CustodyEvent:
    """Append an entry and keep its manifest beside it: for what no table of its own holds. ``manifest`` is ASCII or
    UTF-8 JSON."""
    event = append(session, kind, subject, manifest=manifest, at=at)
    session.execute(insert(CustodyManifestRow), {"position": event.index, "manifest": manifest.decode("utf-8")})
    return event


def events(session: Session, *, start: int = 0, limit: int = 100) -> tuple[CustodyEvent, ...]:
    """Entries from index ``start``, at most ``limit``, in order."""
    first = max(0, min(start, LARGEST_INTEGER))
    query = select(CustodyRow).where(CustodyRow.position >= first).order_by(CustodyRow.position).limit(limit)
    return tuple(_event(row) for row in session.scalars(query))


def of_subject(session: Session, subject: str) -> tuple[CustodyEvent, ...]:
    """What happened to one thing, in order."""
    query = select(CustodyRow).where(CustodyRow.subject == subject).order_by(CustodyRow.position)
    return tuple(_event(row) for row in session.scalars(query))


def leaves(session: Session, *, size: int | None = None) -> tuple[bytes, ...]:
    """The leaf hashes of the first ``size`` entries (of all): what a proof is made from."""
    query = select(CustodyRow.leaf).order_by(CustodyRow.position)
    if size is not None:
        query = query.where(CustodyRow.position < min(size, LARGEST_INTEGER))
    return tuple(bytes.fromhex(leaf) for leaf in session.scalars(query))


def head(session: Session) -> tuple[int, bytes]:
    """The log's size and its Merkle root (RFC 9162, 2.1.1)."""
    row = session.scalars(select(CustodyHeadRow)).one()
    return row.size, root_of_subtrees(_split(row.subtrees))


def verify(session: Session) -> tuple[str, ...]:
    """Everything amiss with the log itself, one sentence each: gaps, changed entries, a head that does not follow.

    Leaves are recomputed from the entries and the root from the leaves, never from what is stored of them.
    """
    problems: list[str] = []
    subtrees: list[bytes] = []
    size = 0
    for row in _rows(session):
        if row.position != size:
            problems.append(f"The custody log goes from entry {size - 1} to entry {row.position}.")
            return tuple(problems)
        leaf = _event(row).leaf()
        if leaf.hex() != row.leaf:
            problems.append(f"Custody entry {row.position} was changed: its leaf hash differs.")
        # The stored leaf is what the head was made from: one changed entry is one problem, not two.
        subtrees = grown(subtrees, bytes.fromhex(row.leaf), size=size)
        size += 1
    stored = session.scalars(select(CustodyHeadRow)).one_or_none()
    if stored is None:
        return (*problems, "The custody log has no head.")
    if stored.size != size:
        problems.append(f"The custody log has {size} entries, its head says {stored.size}.")
    if stored.subtrees != b"".join(subtrees):
        problems.append("The custody log's root differs from the one computed from its entries.")
    return tuple(problems)


def _head(session: Session) -> CustodyHeadRow:
    query = select(CustodyHeadRow).with_for_update().execution_options(populate_existing=True)
    row = session.scalars(query).one_or_none()
    if row is None:
        raise CustodyError("The custody log has no head.")
    return row


def _rows(session: Session) -> Iterator[CustodyRow]:
    reached = -1
    while True:
        query = select(CustodyRow).where(CustodyRow.position > reached).order_by(CustodyRow.position).limit(PAGE)
        page = session.scalars(query).all()
        yield from page
        if len(page) < PAGE:
            return
        reached = page[-1].position
        session.expunge_all()


def _event(row: CustodyRow) -> CustodyEvent:
    return CustodyEvent(
        index=row.position,
        version=row.version,
        kind=row.kind,
        subject=row.subject,
        commit=Digest(row.commitment),
        at=row.at,
    )


def _split(packed: bytes) -> list[bytes]:
    return [packed[start : start + _HASH] for start in range(0, len(packed), _HASH)]
