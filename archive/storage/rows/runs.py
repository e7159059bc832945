"""Rows of coverage and of nightly runs."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from archive.storage.rows.base import Base


class CoverageRow(Base):
    """An account was seen without a gap; a retraction takes back what earlier rows say of its stretch."""

    __tablename__ = "coverage_intervals"
    __table_args__ = (Index(None, "account_id"), CheckConstraint("since < until", name="order"))

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    since: Mapped[datetime]
    until: Mapped[datetime]
    how: Mapped[str]
    includes_deletions: Mapped[bool]
    retraction: Mapped[bool]
    recorded_at: Mapped[datetime]
    custody_index: Mapped[int] = mapped_column(ForeignKey("custody_log.position"))


class RunRow(Base):
    """One night; ``steps`` is JSON, ``beat_at`` the last sign of life."""

    __tablename__ = "runs"
    __table_args__ = (Index(None, "began_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    began_at: Mapped[datetime]
    beat_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    steps: Mapped[str]
