"""The custody log: appended under a lock, dense from 0, and recomputed from its leaves when verified."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from archive.domain.captures import Digest
from archive.domain.custody import SALT_BYTES, VERSION, CustodyEvent, CustodyKind, canonical_entry, commitment
from archive.domain.merkle import grown, leaf_hash, root_of_subtrees
from archive.errors import CustodyError
from archive.storage.raw import Raw
from archive.storage.rows.custody import CustodyHeadRow, CustodyManifestRow, CustodyRow, CustodySaltRow
from archive.storage.stored import LARGEST_INTEGER, storable

_HASH = 32


def lock(session: Session) -> int:
    """Wait until no other writer appends, then say how long the log is.

    Whoever holds it also numbers posts and snapshots, so that their order is the order in which they can be seen. On
    SQLite the writing transaction itself is the lock.
    """
    return _head(session).size


def append(session: Session, kind: CustodyKind, subject: str, *, manifest: bytes, at: datetime) -> CustodyEvent:
    """Append an entry that commits to a manifest, with a salt of its own; its index is the log's length before it."""
    return _append(session, kind, ((subject, manifest),), at=at)[0]


def append_document(
    session: Session, kind: CustodyKind, subject: str, *, manifest: bytes, at: datetime
) -> CustodyEvent:
    """Append an entry and keep its manifest beside it: for what no table of its own holds. ``manifest`` is ASCII or
    UTF-8 JSON."""
    return append_documents(session, kind, ((subject, manifest),), at=at)[0]


def append_documents(
    session: Session, kind: CustodyKind, documents: Sequence[tuple[str, bytes]], *, at: datetime
) -> tuple[CustodyEvent, ...]:
    """``append_document`` for many subjects with their manifests, in their order."""
    appended = _append(session, kind, documents, at=at)
    values = [
        {"position": event.index, "manifest": manifest.decode("utf-8")}
        for event, (_, manifest) in zip(appended, documents, strict=True)
    ]
    if values:
        session.execute(insert(CustodyManifestRow), values)
    return appended


def events(session: Session, *, start: int = 0, limit: int = 100) -> tuple[CustodyEvent, ...]:
    """Entries from index ``start``, at most ``limit``, in order."""
    first = max(0, min(start, LARGEST_INTEGER))
    query = select(CustodyRow).where(CustodyRow.position >= first).order_by(CustodyRow.position).limit(limit)
    return tuple(_event(row) for row in session.scalars(query))


def of_subject(session: Session, subject: str) -> tuple[CustodyEvent, ...]:
    """What happened to one thing, in order."""
    query = select(CustodyRow).where(CustodyRow.subject == subject).order_by(CustodyRow.position)
    return tuple(_event(row) for row in session.scalars(query))


def documents(session: Session, kind: CustodyKind) -> tuple[str, ...]:
    """The manifests kept beside the entries of that kind, in order."""
    query = select(CustodyManifestRow.manifest).join(CustodyRow, CustodyRow.position == CustodyManifestRow.position)
    return tuple(session.scalars(query.where(CustodyRow.kind == kind).order_by(CustodyRow.position)))


def leaves(session: Session, *, size: int | None = None) -> tuple[bytes, ...]:
    """The stored leaf hashes of the first ``size`` entries (of all): what a proof is made from."""
    query = select(CustodyRow.leaf).order_by(CustodyRow.position)
    if size is not None:
        query = query.where(CustodyRow.position < min(size, LARGEST_INTEGER))
    return tuple(bytes.fromhex(leaf) for leaf in session.scalars(query))


def recomputed_leaves(session: Session) -> tuple[bytes, ...]:
    """The leaf hashes computed from the entries themselves, in order: what a signer signs, never what is stored.

    CustodyError where the entries are not dense or one cannot be read.
    """
    found: list[bytes] = []
    for position, leaf, _ in _hashed(session):
        if position != len(found) or leaf is None:
            raise CustodyError(f"Entry {len(found)} of the custody log is missing or cannot be read.")
        found.append(leaf)
    return tuple(found)


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
    for position, leaf, stored in _hashed(session):
        if position != size:
            problems.append(f"The custody log goes from entry {size - 1} to entry {position}.")
            return tuple(problems)
        if leaf is None or leaf.hex() != stored:
            problems.append(f"Custody entry {position} was changed: its leaf hash differs.")
        # The stored leaf is what the head was made from: one changed entry is one problem, not two.
        subtrees = grown(subtrees, bytes.fromhex(str(stored)), size=size)
        size += 1
    stored_head = session.scalars(select(CustodyHeadRow)).all()
    if len(stored_head) != 1:
        return (*problems, "The custody log has no head, or more than one.")
    if stored_head[0].size != size:
        problems.append(f"The custody log has {size} entries, its head says {stored_head[0].size}.")
    if stored_head[0].subtrees != b"".join(subtrees):
        problems.append("The custody log's root differs from the one computed from its entries.")
    return tuple(problems)


def roots(session: Session, sizes: set[int]) -> Iterator[tuple[int, bytes]]:
    """The root of the log's first entries for each of these lengths that it has, from the shortest on; recomputed."""
    subtrees: list[bytes] = []
    if 0 in sizes:
        yield 0, root_of_subtrees(())
    for size, (_, leaf, _) in enumerate(_hashed(session) if sizes else (), start=1):
        if leaf is None:
            return
        subtrees = grown(subtrees, leaf, size=size - 1)
        if size in sizes:
            yield size, root_of_subtrees(subtrees)


def _append(
    session: Session, kind: CustodyKind, entries: Sequence[tuple[str, bytes]], *, at: datetime
) -> tuple[CustodyEvent, ...]:
    if not entries:
        return ()
    head = _head(session)
    subtrees, salts = _split(head.subtrees), [secrets.token_bytes(SALT_BYTES) for _ in entries]
    appended = tuple(
        CustodyEvent(index=index, kind=kind, subject=storable(subject), commit=commitment(manifest, salt=salt), at=at)
        for index, ((subject, manifest), salt) in enumerate(zip(entries, salts, strict=True), start=head.size)
    )
    leaves = [event.leaf() for event in appended]
    for event, leaf in zip(appended, leaves, strict=True):
        subtrees = grown(subtrees, leaf, size=event.index)
    session.execute(insert(CustodyRow), [_row(event, leaf) for event, leaf in zip(appended, leaves, strict=True)])
    salted = zip(appended, salts, strict=True)
    session.execute(insert(CustodySaltRow), [{"position": event.index, "salt": salt} for event, salt in salted])
    size = head.size + len(appended)
    session.execute(update(CustodyHeadRow).values(size=size, subtrees=b"".join(subtrees)))
    return appended


def _row(event: CustodyEvent, leaf: bytes) -> dict[str, object]:
    return {
        "position": event.index,
        "version": VERSION,
        "kind": event.kind,
        "subject": event.subject,
        "commitment": event.commit,
        "at": event.at,
        "leaf": leaf.hex(),
    }


def _hashed(session: Session) -> Iterator[tuple[int, bytes | None, str]]:
    """Each entry's index, its leaf hash computed anew (None where it cannot be read), and the one stored."""
    raw = Raw(session)
    columns = f"version, kind, subject, {raw.digest('commitment')}, {raw.time('at')}, {raw.digest('leaf')}"
    statement = f"SELECT position, {columns} FROM custody_log WHERE position > ? ORDER BY position LIMIT ?"
    for rows in raw.pages(statement, start=-LARGEST_INTEGER):
        for position, *values, stored in rows:
            yield int(str(position)), _leaf(int(str(position)), values), str(stored)


def _leaf(position: int, values: Sequence[object]) -> bytes | None:
    version, kind, subject, commit, at = values
    if not (isinstance(version, int) and isinstance(at, str)):
        return None
    instant = f"{at[:10]}T{at[11:]}Z"
    entry = canonical_entry(
        version, index=position, kind=str(kind), subject=str(subject), commit=str(commit), at=instant
    )
    return leaf_hash(entry)


def _head(session: Session) -> CustodyHeadRow:
    query = select(CustodyHeadRow).with_for_update().execution_options(populate_existing=True)
    row = session.scalars(query).one_or_none()
    if row is None:
        raise CustodyError("The custody log has no head.")
    return row


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
