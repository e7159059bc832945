"""Rows of exchanges: what went over the wire for a capture; and which captures show which posts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from archive.storage.rows.base import Base
from archive.storage.types import DigestBytes


class ExchangeRow(Base):
    """One question and answer; the bytes stand among the bodies. ``addresses`` and ``tls_chain`` are JSON."""

    __tablename__ = "exchanges"

    capture_id: Mapped[UUID] = mapped_column(ForeignKey("captures.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    method: Mapped[str]
    url: Mapped[str]
    requested_at: Mapped[datetime]
    milliseconds: Mapped[int]
    status: Mapped[int]
    request_digest: Mapped[str] = mapped_column(DigestBytes, ForeignKey("bodies.digest"))
    response_digest: Mapped[str] = mapped_column(DigestBytes, ForeignKey("bodies.digest"))
    complete: Mapped[bool]
    peer: Mapped[str | None]
    addresses: Mapped[str]
    tls_version: Mapped[str | None]
    tls_chain: Mapped[str]


class PostCaptureRow(Base):
    """A capture that shows a post, beside those its versions were read from: later looks, proofs, timelines.

    No evidence, but the way to it: whatever is removed with a post is found by it.
    """

    __tablename__ = "post_captures"
    __table_args__ = (Index(None, "capture_id"),)

    post_seq: Mapped[int] = mapped_column(ForeignKey("posts.seq"), primary_key=True, autoincrement=False)
    capture_id: Mapped[UUID] = mapped_column(ForeignKey("captures.id"), primary_key=True)
