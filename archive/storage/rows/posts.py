"""Rows of posts, their snapshots, the looks at them, what is known from reports, and the words index's source."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from archive.domain.accounts import Platform
from archive.domain.availability import Availability, Sighting
from archive.domain.voices import VoiceBasis
from archive.storage.rows.base import Base
from archive.storage.types import DigestBytes, EnumText, one_of


def settled_at_commit(column: str) -> ForeignKey:
    """A reference of a table that imports fill: looked at when a transaction ends (revision 0010 says why)."""
    return ForeignKey(column, deferrable=True, initially="DEFERRED")


class PostRow(Base):
    """A post: what was published never changes; voice and availability are what we know of it today.

    ``seq`` numbers posts in the order of their arrival, without gaps, for the word index.
    """

    __tablename__ = "posts"
    __table_args__ = (
        UniqueConstraint("id"),
        UniqueConstraint("native_id", "platform"),
        Index(None, "account_id", "posted_at"),
        Index(None, "posted_at"),
        Index(None, "next_look_at"),
        Index(
            None,
            "in_reply_to",
            sqlite_where=text("in_reply_to IS NOT NULL"),
            postgresql_where=text("in_reply_to IS NOT NULL"),
        ),
        Index(
            None,
            "voice_person_id",
            "posted_at",
            sqlite_where=text("voice_person_id IS NOT NULL"),
            postgresql_where=text("voice_person_id IS NOT NULL"),
        ),
        one_of("platform", Platform),
        one_of("voice_basis", VoiceBasis),
        one_of("availability", Availability),
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[UUID]
    platform: Mapped[Platform] = mapped_column(EnumText(Platform))
    native_id: Mapped[str]
    account_id: Mapped[UUID] = mapped_column(settled_at_commit("accounts.id"))
    posted_at: Mapped[datetime]
    url: Mapped[str | None]
    in_reply_to: Mapped[str | None]
    is_repost: Mapped[bool]
    reported: Mapped[bool]
    voice_name: Mapped[str]
    voice_basis: Mapped[VoiceBasis] = mapped_column(EnumText(VoiceBasis))
    voice_person_id: Mapped[UUID | None] = mapped_column(settled_at_commit("people.id"))
    voice_office_id: Mapped[UUID | None] = mapped_column(settled_at_commit("offices.id"))
    availability: Mapped[Availability] = mapped_column(EnumText(Availability))
    available_since: Mapped[datetime | None]
    last_seen_at: Mapped[datetime | None]
    suspected_at: Mapped[datetime | None]
    next_look_at: Mapped[datetime | None]


class SnapshotRow(Base):
    """The text of a post as seen in one capture; ``replaced`` counts characters that no database can hold, ``salt``
    keeps the snapshot's digest from being guessed (None: of version 1)."""

    __tablename__ = "snapshots"
    __table_args__ = (
        UniqueConstraint("id"),
        UniqueConstraint("post_seq", "version"),
        Index(None, "custody_index"),
        CheckConstraint("version >= 1", name="version"),
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[UUID]
    post_seq: Mapped[int] = mapped_column(settled_at_commit("posts.seq"))
    capture_id: Mapped[UUID] = mapped_column(settled_at_commit("captures.id"))
    version: Mapped[int]
    seen_at: Mapped[datetime]
    text: Mapped[str]
    text_digest: Mapped[str] = mapped_column(DigestBytes)
    language: Mapped[str | None]
    edited_at: Mapped[datetime | None]
    truncated: Mapped[bool]
    locator: Mapped[str | None]
    replaced: Mapped[int]
    custody_index: Mapped[int] = mapped_column(settled_at_commit("custody_log.position"))
    salt: Mapped[bytes | None]


class PostWordsRow(Base):
    """The packed word hashes of one snapshot: all that the word index is built from. ``seq`` is the snapshot's."""

    __tablename__ = "post_words"

    seq: Mapped[int] = mapped_column(settled_at_commit("snapshots.seq"), primary_key=True, autoincrement=False)
    post_seq: Mapped[int]
    words: Mapped[bytes]


class ObservationRow(Base):
    """One look at an original; ``custody_index`` None for looks before entries were made of them."""

    __tablename__ = "observations"
    __table_args__ = (Index(None, "post_seq"), one_of("sighting", Sighting))

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    post_seq: Mapped[int] = mapped_column(ForeignKey("posts.seq"))
    seen_at: Mapped[datetime]
    sighting: Mapped[Sighting] = mapped_column(EnumText(Sighting))
    custody_index: Mapped[int | None] = mapped_column(ForeignKey("custody_log.position"))


class ReportRow(Base):
    """By which article we know a statement whose original we do not hold."""

    __tablename__ = "reports"

    post_seq: Mapped[int] = mapped_column(ForeignKey("posts.seq"), primary_key=True, autoincrement=False)
    outlet: Mapped[str]
    article_title: Mapped[str | None]
    article_url: Mapped[str | None]
    article_published_on: Mapped[date | None]
    embedded_url: Mapped[str | None]
    said_on: Mapped[date | None]
    check_id: Mapped[UUID | None]
    article_id: Mapped[UUID | None]
    custody_index: Mapped[int] = mapped_column(ForeignKey("custody_log.position"))
