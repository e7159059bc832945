"""Rows of articles, checks, judgements and reviews."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from archive.domain.checks import CheckState, SubmissionKind
from archive.domain.reviews import ReviewAction
from archive.domain.verdicts import Verdict
from archive.storage.rows.base import Base
from archive.storage.types import DigestBytes, EnumText, one_of


class ArticleRow(Base):
    """One version of an article; ``document`` is the article as read, as canonical JSON."""

    __tablename__ = "article_versions"
    __table_args__ = (Index(None, "url", "read_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    capture_id: Mapped[UUID | None] = mapped_column(ForeignKey("captures.id"))
    read_at: Mapped[datetime]
    text_digest: Mapped[str]
    url: Mapped[str | None]
    title: Mapped[str | None]
    document: Mapped[str]
    custody_index: Mapped[int] = mapped_column(ForeignKey("custody_log.position"))


class ArticlePageRow(Base):
    """When an article's address was last looked at, and when it is due again."""

    __tablename__ = "article_pages"
    __table_args__ = (Index(None, "next_look_at"),)

    url: Mapped[str] = mapped_column(primary_key=True)
    looked_at: Mapped[datetime]
    next_look_at: Mapped[datetime | None]


class CheckRow(Base):
    """One run over one article; the row, not the queue, is the truth about its state."""

    __tablename__ = "checks"
    __table_args__ = (
        UniqueConstraint("id"),
        Index(None, "state", "seq"),
        Index(None, "submission_digest"),
        one_of("kind", SubmissionKind),
        one_of("state", CheckState),
    )

    seq: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[UUID]
    kind: Mapped[SubmissionKind] = mapped_column(EnumText(SubmissionKind))
    url: Mapped[str | None]
    text: Mapped[str | None]
    file_name: Mapped[str | None]
    body: Mapped[bytes | None]
    published_on: Mapped[date | None]
    policy: Mapped[str]
    submission_digest: Mapped[str] = mapped_column(DigestBytes)
    state: Mapped[CheckState] = mapped_column(EnumText(CheckState))
    requested_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    article_id: Mapped[UUID | None] = mapped_column(ForeignKey("article_versions.id"))
    notes: Mapped[str]
    error_code: Mapped[str | None]
    error_message: Mapped[str | None]


class JudgementRow(Base):
    """One answer on one claim; ``document`` is the whole judgement as canonical JSON."""

    __tablename__ = "judgements"
    __table_args__ = (
        UniqueConstraint("id"),
        UniqueConstraint("supersedes"),
        Index(None, "check_id", "number"),
        CheckConstraint("number >= 1", name="number"),
        one_of("verdict", Verdict),
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[UUID]
    check_id: Mapped[UUID | None] = mapped_column(ForeignKey("checks.id"))
    article_id: Mapped[UUID | None] = mapped_column(ForeignKey("article_versions.id"))
    number: Mapped[int]
    verdict: Mapped[Verdict] = mapped_column(EnumText(Verdict))
    policy: Mapped[str]
    engine_version: Mapped[str]
    decided_at: Mapped[datetime]
    decided_by: Mapped[str]
    supersedes: Mapped[UUID | None] = mapped_column(ForeignKey("judgements.id"))
    document: Mapped[str]
    custody_index: Mapped[int] = mapped_column(ForeignKey("custody_log.position"))


class JudgementPostRow(Base):
    """A post that a judgement rests on."""

    __tablename__ = "judgement_posts"
    __table_args__ = (Index(None, "post_id"),)

    judgement_id: Mapped[UUID] = mapped_column(ForeignKey("judgements.id"), primary_key=True)
    post_id: Mapped[UUID] = mapped_column(ForeignKey("posts.id"), primary_key=True)


class JudgementAccountRow(Base):
    """An account whose coverage a judgement asked about."""

    __tablename__ = "judgement_accounts"
    __table_args__ = (Index(None, "account_id"),)

    judgement_id: Mapped[UUID] = mapped_column(ForeignKey("judgements.id"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)


class ReviewRow(Base):
    """One decision by one named person on one judgement."""

    __tablename__ = "reviews"
    __table_args__ = (
        UniqueConstraint("id"),
        Index(None, "judgement_id"),
        one_of("action", ReviewAction),
        one_of("verdict", Verdict),
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[UUID]
    judgement_id: Mapped[UUID] = mapped_column(ForeignKey("judgements.id"))
    action: Mapped[ReviewAction] = mapped_column(EnumText(ReviewAction))
    reviewer: Mapped[str]
    reason: Mapped[str]
    decided_at: Mapped[datetime]
    verdict: Mapped[Verdict | None] = mapped_column(EnumText(Verdict))
    custody_index: Mapped[int] = mapped_column(ForeignKey("custody_log.position"))
