"""Rows of followed accounts, which are work in progress, and of second copies asked of web archives."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from archive.domain.second_copy import CopyState
from archive.storage.rows.base import Base
from archive.storage.types import DigestBytes, EnumText, one_of


class FollowRow(Base):
    """An account that is fetched every night, and how the last look at it went."""

    __tablename__ = "follows"
    __table_args__ = (UniqueConstraint("route"), Index(None, "account_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    route: Mapped[str]
    shown_as: Mapped[str]
    since: Mapped[datetime]
    active: Mapped[bool]
    asked_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    failures: Mapped[int]
    last_code: Mapped[str | None]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]


class SecondCopyRow(Base):
    """A copy of an address asked of a web archive: waiting, under way, kept or refused.

    ``custody_index`` is the entry on its state; None for one that was only found, at an upgrade.
    """

    __tablename__ = "second_copies"
    __table_args__ = (UniqueConstraint("url"), Index(None, "next_try_at"), one_of("state", CopyState))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    url: Mapped[str]
    state: Mapped[CopyState] = mapped_column(EnumText(CopyState))
    wanted_at: Mapped[datetime]
    next_try_at: Mapped[datetime | None]
    attempts: Mapped[int]
    job: Mapped[str | None]
    copy_url: Mapped[str | None]
    copied_at: Mapped[datetime | None]
    text_digest: Mapped[str | None] = mapped_column(DigestBytes)
    last_code: Mapped[str | None]
    custody_index: Mapped[int | None] = mapped_column(ForeignKey("custody_log.position"))
