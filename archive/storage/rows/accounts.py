"""Rows of accounts, their handles and who controls them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from archive.domain.accounts import AccountKind, Platform
from archive.storage.rows.base import Base
from archive.storage.types import EnumText, one_of


class AccountRow(Base):
    """A profile on a platform; ``handle_key`` is the handle as a key, ``native_id`` the platform's own identifier."""

    __tablename__ = "accounts"
    __table_args__ = (
        UniqueConstraint("platform", "native_id"),
        Index(None, "handle_key"),
        one_of("platform", Platform),
        one_of("kind", AccountKind),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    platform: Mapped[Platform] = mapped_column(EnumText(Platform))
    native_id: Mapped[str]
    handle: Mapped[str]
    handle_key: Mapped[str]
    display_name: Mapped[str]
    url: Mapped[str | None]
    kind: Mapped[AccountKind] = mapped_column(EnumText(AccountKind))


class AccountHandleRow(Base):
    """One handle an account used, from when to when."""

    __tablename__ = "account_handles"
    __table_args__ = (Index(None, "handle_key"),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str]
    handle_key: Mapped[str]
    since: Mapped[date | None]
    until: Mapped[date | None]


class ControlRow(Base):
    """Which person or office speaks through an account, from when to when, with proof."""

    __tablename__ = "controls"
    __table_args__ = (
        CheckConstraint("person_id IS NOT NULL OR office_id IS NOT NULL", name="somebody"),
        Index(None, "account_id"),
        Index(None, "person_id"),
        Index(None, "office_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    office_id: Mapped[UUID | None] = mapped_column(ForeignKey("offices.id"))
    since: Mapped[date | None]
    until: Mapped[date | None]
    proof_url: Mapped[str | None]
    proof_note: Mapped[str | None]
    proof_capture_id: Mapped[UUID | None]
