"""The custody log: appended under a lock, dense from 0, and recomputed from its leaves when verified."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from archive.domain.captures import Digest
from archive.domain.custody import CustodyEvent, CustodyKind
from archive.errors import CustodyError
from archive.storage.rows.captures import CustodyHeadRow, CustodyRow
from archive.storage.types import LARGEST_INTEGER, storable

PAGE = 5_000
_HASH = 32


def lock(session: Session) -> int:
    """Wait until no other writer appends, then say how long the log is.

    Whoever holds it also numbers posts and snapshots, so that their order is the order in which they can be seen. On
    SQLite the writing transaction itself is the lock.
    """
    return _head(session).size


def append(session: Session, kind: CustodyKind, subject: str, *, commit: Digest, at: datetime) -> CustodyEvent:
    """Append an entry; its index is the log's length before it."""
    head = _head(session)
    event = CustodyEvent(index=head.size, kind=kind, subject=storable(subject), commit=commit, at=at)
    leaf = event.leaf()
    subtrees = _grown(_split(head.subtrees), leaf, size=head.size)
    session.execute(
        CustodyRow.__table__.insert(),  # type: ignore[attr-defined]
        {
            "position": event.index,
            "kind": kind,
            "subject": event.subject,
            "commitment": commit,
            "at": at,
            "leaf": leaf.hex(),
        },
    )
    session.execute(update(CustodyHeadRow).values(size=head.size + 1, subtrees=b"".join(subtrees)))
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
        subtrees = _grown(subtrees, bytes.fromhex(row.leaf), size=size)
        size += 1
    stored = session.scalars(select(CustodyHeadRow)).one_or_none()
    if stored is None:
        return (*problems, "The custody log has no head.")
    if stored.size != size:
        problems.append(f"The custody log has {size} entries, its head says {stored.size}.")
    if stored.subtrees != b"".join(subtrees):
        problems.append("The custody log's root differs from the one computed from its entries.")
    return tuple(problems)


def root_of_subtrees(subtrees: list[bytes]) -> bytes:
    """The root of a log from the roots of its complete subtrees, largest first."""
    if not subtrees:
        return hashlib.sha256(b"").digest()
    root = subtrees[-1]
    for subtree in reversed(subtrees[:-1]):
        root = _node(subtree, root)
    return root


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
        index=row.position, kind=row.kind, subject=row.subject, commit=Digest(row.commitment), at=row.at
    )


def _split(packed: bytes) -> list[bytes]:
    return [packed[start : start + _HASH] for start in range(0, len(packed), _HASH)]


def _grown(subtrees: list[bytes], leaf: bytes, *, size: int) -> list[bytes]:
    """The complete subtrees after one more leaf: as many pairs merge as ``size`` ends in one-bits."""
    grown, node = list(subtrees), leaf
    while size & 1:
        node = _node(grown.pop(), node)
        size >>= 1
    return [*grown, node]


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
