"""The audit of the log's own company: salts, checkpoints and time stamps against the entries they belong to."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from archive.domain.checkpoints import Checkpoint, read_note
from archive.domain.custody import SALT_BYTES, CustodyKind
from archive.errors import ArchiveError
from archive.storage import checkpoints, custody, entries, redactions
from archive.storage.rows.custody import CheckpointRow, CustodyRow, CustodySaltRow, TimestampRow


def log_problems(session: Session, *, since: int = 0) -> Iterator[str]:
    """The log itself, always whole: entries, leaves, head."""
    yield from custody.verify(session)


def salt_problems(session: Session, *, since: int = 0) -> Iterator[str]:
    """Every entry of version 2 has its salt, and no other has one."""
    entry = CustodyRow.position == CustodySaltRow.position
    bare = select(CustodyRow.position).outerjoin(CustodySaltRow, entry)
    removed = redactions.everything(session)
    for position in session.scalars(bare.where(CustodyRow.version > 1, CustodySaltRow.position.is_(None))):
        if removed.of(redactions.SALTS, position) is None:
            yield f"The salt of custody entry {position} is no longer held."
    idle = select(CustodySaltRow.position).outerjoin(CustodyRow, entry)
    is_wrong = func.length(CustodySaltRow.salt) != SALT_BYTES
    for position in session.scalars(idle.where(or_(CustodyRow.position.is_(None), CustodyRow.version == 1, is_wrong))):
        yield f"There is a salt for custody entry {position}, which has none of that kind."


def checkpoint_problems(session: Session, *, since: int = 0) -> Iterator[str]:
    """Every checkpoint and time stamp against its entry, and every checkpoint against the log of its size."""
    wanted = entries.by_index(session, CustodyKind.CHECKPOINT)
    signed: dict[int, list[Checkpoint]] = {}
    for row in session.scalars(select(CheckpointRow).order_by(CheckpointRow.seq)):
        entry = wanted.pop(row.custody_index, None)
        if entry is None or not entry.fits(checkpoints.manifest_of(row.size, row.note)):
            yield f"Checkpoint number {row.seq} differs from what the custody log committed to."
        checkpoint = _read(row.note)
        if checkpoint is None or checkpoint.size != row.size:
            yield f"Checkpoint number {row.seq} cannot be read, or is of another size."
        else:
            signed.setdefault(row.size, []).append(checkpoint)
    for index in wanted:
        yield f"The checkpoint of custody entry {index} is no longer held."
    for size, root in custody.roots(session, set(signed)):
        if any(checkpoint.root != root for checkpoint in signed.pop(size)):
            yield f"The checkpoint on {size} entries was signed on another log than this one."
    for size in signed:
        yield f"A checkpoint was signed on {size} entries; the log is shorter now."


def stamp_problems(session: Session, *, since: int = 0) -> Iterator[str]:
    """Every time stamp against its entry."""
    wanted = entries.by_index(session, CustodyKind.TIMESTAMP)
    for row in session.scalars(select(TimestampRow).order_by(TimestampRow.seq)):
        entry = wanted.pop(row.custody_index, None)
        if entry is None or not entry.fits(checkpoints.stamp_manifest(checkpoints.stamp_of_row(row))):
            yield f"Time stamp number {row.seq} differs from what the custody log committed to."
    for index in wanted:
        yield f"The time stamp of custody entry {index} is no longer held."


def _read(note: str) -> Checkpoint | None:
    try:
        return read_note(note).checkpoint()
    except ArchiveError:
        return None
