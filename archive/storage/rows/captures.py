"""Rows of captures and their bytes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from archive.domain.captures import CaptureClass, CaptureMethod, TermsClass
from archive.storage.rows.base import Base
from archive.storage.types import DigestBytes, EnumText, one_of


class BodyRow(Base):
    """Bytes known by their digest, whatever number of captures recorded them."""

    __tablename__ = "bodies"

    digest: Mapped[str] = mapped_column(DigestBytes, primary_key=True)
    size: Mapped[int]


class BodyPartRow(Base):
    """A stretch of a body: no database likes one value of a gigabyte."""

    __tablename__ = "body_parts"

    digest: Mapped[str] = mapped_column(DigestBytes, ForeignKey("bodies.digest"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    bytes: Mapped[bytes]


class CaptureRow(Base):
    """One act of recording; ``redirects`` and ``headers`` are JSON."""

    __tablename__ = "captures"
    __table_args__ = (
        Index(None, "digest"),
        one_of("method", CaptureMethod),
        one_of("capture_class", CaptureClass),
        one_of("terms_class", TermsClass),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(DigestBytes, ForeignKey("bodies.digest"))
    size: Mapped[int]
    media_type: Mapped[str]
    terms_class: Mapped[TermsClass] = mapped_column(EnumText(TermsClass))
    method: Mapped[CaptureMethod] = mapped_column(EnumText(CaptureMethod))
    capture_class: Mapped[CaptureClass] = mapped_column(EnumText(CaptureClass))
    source: Mapped[str]
    requested_at: Mapped[datetime]
    received_at: Mapped[datetime]
    final_url: Mapped[str | None]
    redirects: Mapped[str]
    status: Mapped[int | None]
    headers: Mapped[str]
    peer: Mapped[str | None]
    complete: Mapped[bool]
    collector: Mapped[str]
