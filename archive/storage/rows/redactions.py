"""Rows of removals: who asked, who decided, and which rows of evidence went."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from archive.domain.redactions import RedactionBasis, RedactionOutcome, TargetKind
from archive.storage.rows.base import Base
from archive.storage.types import DigestBytes, EnumText, one_of


class RedactionRequestRow(Base):
    """One person asks that a statement or capture be removed; ``note`` is shown to everybody."""

    __tablename__ = "redaction_requests"
    __table_args__ = (Index(None, "target"), one_of("target_kind", TargetKind), one_of("basis", RedactionBasis))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    target_kind: Mapped[TargetKind] = mapped_column(EnumText(TargetKind))
    target: Mapped[UUID]
    basis: Mapped[RedactionBasis] = mapped_column(EnumText(RedactionBasis))
    note: Mapped[str]
    requested_by: Mapped[str]
    requested_role: Mapped[str]
    requested_at: Mapped[datetime]
    custody_index: Mapped[int] = mapped_column(ForeignKey("custody_log.position"))


class RedactionDecisionRow(Base):
    """A second person confirms or refuses."""

    __tablename__ = "redaction_decisions"
    __table_args__ = (one_of("outcome", RedactionOutcome),)

    request_id: Mapped[UUID] = mapped_column(ForeignKey("redaction_requests.id"), primary_key=True)
    outcome: Mapped[RedactionOutcome] = mapped_column(EnumText(RedactionOutcome))
    decided_by: Mapped[str]
    decided_role: Mapped[str]
    decided_at: Mapped[datetime]
    custody_index: Mapped[int] = mapped_column(ForeignKey("custody_log.position"))


class RedactedRow(Base):
    """A row of evidence that went, or was emptied: the custody entry that committed to it, what it contributed there
    (``commitment``), and the digest of what stands in its place (``replacement``)."""

    __tablename__ = "redacted_rows"
    __table_args__ = (Index(None, "table_name", "row_key"),)

    request_id: Mapped[UUID] = mapped_column(ForeignKey("redaction_requests.id"), primary_key=True)
    table_name: Mapped[str] = mapped_column(primary_key=True)
    row_key: Mapped[str] = mapped_column(primary_key=True)
    custody_index: Mapped[int | None] = mapped_column(ForeignKey("custody_log.position"))
    commitment: Mapped[str | None] = mapped_column(DigestBytes)
    replacement: Mapped[str | None] = mapped_column(DigestBytes)
