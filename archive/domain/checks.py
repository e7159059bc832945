"""Checks: one run over one article or draft, from what was handed in to its judgements."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from archive.domain.articles import ArticleVersion
from archive.domain.ids import CheckId
from archive.domain.verdicts import Judgement, Note


class SubmissionKind(StrEnum):
    """How an article was handed in."""

    URL = "url"
    TEXT = "text"
    FILE = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What was handed in: a URL, pasted text, or a file with its name. ``published_on`` where the submitter knows
    it."""

    kind: SubmissionKind
    url: str | None = None
    text: str | None = None
    file_name: str | None = None
    body: bytes | None = None
    published_on: date | None = None
    policy: str = "standard"


class CheckState(StrEnum):
    """Where a check stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One run over one article. ``judgements`` are the newest on each quotation; ``error_code`` says why it failed."""

    id: CheckId
    submission: Submission
    state: CheckState
    requested_at: datetime
    finished_at: datetime | None = None
    article: ArticleVersion | None = None
    judgements: tuple[Judgement, ...] = field(default=())
    notes: tuple[Note, ...] = field(default=())
    error_code: str | None = None
    error_message: str | None = None
    earlier: tuple[Judgement, ...] = field(default=())
    """Superseded judgements, newest first: nothing is ever erased."""
