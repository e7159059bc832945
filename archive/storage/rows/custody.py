"""Rows of the custody log, of the salts and manifests beside it, and of checkpoints and their time stamps."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from archive.domain.custody import CustodyKind
from archive.storage.rows.base import Base
from archive.storage.types import DigestBytes, EnumText, one_of


class CustodyRow(Base):
    """One entry of the custody log; ``position`` is its index, ``leaf`` its leaf hash."""

    __tablename__ = "custody_log"
    __table_args__ = (
        Index(None, "subject"),
        one_of("kind", CustodyKind),
        CheckConstraint("version IN (1, 2)", name="version"),
    )

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(server_default="1")
    kind: Mapped[CustodyKind] = mapped_column(EnumText(CustodyKind))
    subject: Mapped[str]
    commitment: Mapped[str] = mapped_column(DigestBytes)
    at: Mapped[datetime]
    leaf: Mapped[str] = mapped_column(DigestBytes)


class CustodySaltRow(Base):
    """The salt of one entry: without it, what the entry commits to can no longer be guessed."""

    __tablename__ = "custody_salts"

    position: Mapped[int] = mapped_column(ForeignKey("custody_log.position"), primary_key=True, autoincrement=False)
    salt: Mapped[bytes]


class CustodyManifestRow(Base):
    """The manifest of one entry, for what no table of its own holds: its UTF-8 bytes are committed to."""

    __tablename__ = "custody_manifests"

    position: Mapped[int] = mapped_column(ForeignKey("custody_log.position"), primary_key=True, autoincrement=False)
    manifest: Mapped[str]


class CustodyHeadRow(Base):
    """The log's size and the roots of its complete subtrees, largest first: one row, locked by whoever appends."""

    __tablename__ = "custody_head"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    size: Mapped[int]
    subtrees: Mapped[bytes]


class CheckpointRow(Base):
    """A signed note on the log's first ``size`` entries."""

    __tablename__ = "checkpoints"
    __table_args__ = (Index(None, "size"), UniqueConstraint("note"))

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    size: Mapped[int]
    note: Mapped[str]
    custody_index: Mapped[int] = mapped_column(ForeignKey("custody_log.position"))


class TimestampRow(Base):
    """A verified RFC 3161 time stamp of a checkpoint's note; ``stamped_at`` is the time the authority says."""

    __tablename__ = "timestamps"
    __table_args__ = (UniqueConstraint("checkpoint_seq", "authority"),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    checkpoint_seq: Mapped[int] = mapped_column(ForeignKey("checkpoints.seq"))
    authority: Mapped[str]
    token: Mapped[bytes]
    stamped_at: Mapped[datetime]
    received_at: Mapped[datetime]
    custody_index: Mapped[int] = mapped_column(ForeignKey("custody_log.position"))
