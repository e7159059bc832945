"""Checkpoints as signed, and their time stamps: appended, each with a custody entry of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from archive.domain.captures import digest_of
from archive.domain.checkpoints import Note, read_note
from archive.domain.custody import CustodyKind
from archive.storage import commitments, custody, writing
from archive.storage.rows.custody import CheckpointRow, CustodyRow, TimestampRow
from archive.storage.stored import LARGEST_INTEGER


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A verified time stamp of the checkpoint with that number: the authority, the time it says, and its token."""

    checkpoint: int
    authority: str
    token: bytes
    stamped_at: datetime
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A checkpoint as stored: its number, its note, when it was signed, and its time stamps."""

    number: int
    note: Note
    signed_at: datetime
    stamps: tuple[Stamp, ...] = ()

    @property
    def size(self) -> int:
        """How many entries it is on."""
        return self.note.checkpoint().size


def add(session: Session, note: Note, *, at: datetime) -> int:
    """Append a signed checkpoint; its number. The same note again changes nothing."""
    custody.lock(session)
    held = session.scalar(select(CheckpointRow.seq).where(CheckpointRow.note == str(note)))
    if held is not None:
        return held
    size = note.checkpoint().size
    event = custody.append(
        session, CustodyKind.CHECKPOINT, f"checkpoint:{size}", manifest=manifest_of(size, str(note)), at=at
    )
    number = writing.next_number(session, CheckpointRow.seq)
    values = {"seq": number, "size": size, "note": str(note), "custody_index": event.index}
    session.execute(insert(CheckpointRow), values)
    return number


def add_stamp(session: Session, stamp: Stamp) -> None:
    """Append a time stamp that was verified; one of each authority for each checkpoint."""
    custody.lock(session)
    mine = select(TimestampRow.seq).where(
        TimestampRow.checkpoint_seq == stamp.checkpoint, TimestampRow.authority == stamp.authority
    )
    if session.scalar(mine) is not None:
        return
    subject = f"timestamp:{stamp.checkpoint}"
    event = custody.append(
        session, CustodyKind.TIMESTAMP, subject, manifest=stamp_manifest(stamp), at=stamp.received_at
    )
    values = {
        "seq": writing.next_number(session, TimestampRow.seq),
        "checkpoint_seq": stamp.checkpoint,
        "authority": stamp.authority,
        "token": stamp.token,
        "stamped_at": stamp.stamped_at,
        "received_at": stamp.received_at,
        "custody_index": event.index,
    }
    session.execute(insert(TimestampRow), values)


def latest(session: Session, *, limit: int = 1) -> tuple[Signed, ...]:
    """The checkpoints signed last, the newest first, with their time stamps."""
    rows = session.scalars(select(CheckpointRow).order_by(CheckpointRow.seq.desc()).limit(limit)).all()
    return tuple(_signed(session, row) for row in rows)


def of_size(session: Session, size: int) -> Signed | None:
    """The checkpoint signed last on the log's first ``size`` entries."""
    query = select(CheckpointRow).where(CheckpointRow.size == min(size, LARGEST_INTEGER))
    row = session.scalars(query.order_by(CheckpointRow.seq.desc()).limit(1)).one_or_none()
    return None if row is None else _signed(session, row)


def covering(session: Session, index: int) -> Signed | None:
    """The first checkpoint that covers entry ``index``."""
    query = select(CheckpointRow).where(CheckpointRow.size > index).order_by(CheckpointRow.size, CheckpointRow.seq)
    row = session.scalars(query.limit(1)).one_or_none()
    return None if row is None else _signed(session, row)


def unstamped(session: Session, authority: str, *, limit: int) -> tuple[Signed, ...]:
    """Checkpoints without a time stamp by that authority, the oldest first."""
    stamped = select(TimestampRow.checkpoint_seq).where(TimestampRow.authority == authority)
    query = select(CheckpointRow).where(CheckpointRow.seq.not_in(stamped)).order_by(CheckpointRow.seq).limit(limit)
    return tuple(_signed(session, row) for row in session.scalars(query))


def has_news(session: Session, size: int) -> bool:
    """Whether anything but signing happened since the log had ``size`` entries."""
    own = (CustodyKind.CHECKPOINT, CustodyKind.TIMESTAMP)
    query = select(CustodyRow.position).where(CustodyRow.position >= size, CustodyRow.kind.not_in(own)).limit(1)
    return session.scalar(query) is not None


def manifest_of(size: int, note: str) -> bytes:
    """What the custody entry of a checkpoint commits to."""
    return commitments.values_manifest(size, digest_of(note.encode("utf-8")))


def stamp_manifest(stamp: Stamp) -> bytes:
    """What the custody entry of a time stamp commits to: every byte of the token, signed or not."""
    times = (commitments.moment(stamp.stamped_at), commitments.moment(stamp.received_at))
    return commitments.values_manifest(stamp.checkpoint, stamp.authority, digest_of(stamp.token), *times)


def _signed(session: Session, row: CheckpointRow) -> Signed:
    query = select(TimestampRow).where(TimestampRow.checkpoint_seq == row.seq).order_by(TimestampRow.seq)
    stamps = tuple(stamp_of_row(stamp) for stamp in session.scalars(query))
    at = session.scalars(select(CustodyRow.at).where(CustodyRow.position == row.custody_index)).one()
    return Signed(number=row.seq, note=read_note(row.note), signed_at=at, stamps=stamps)


def stamp_of_row(row: TimestampRow) -> Stamp:
    """The value of a time stamp's row."""
    return Stamp(
        checkpoint=row.checkpoint_seq,
        authority=row.authority,
        token=row.token,
        stamped_at=row.stamped_at,
        received_at=row.received_at,
    )
