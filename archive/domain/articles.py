"""Articles: the text we read from a page, and one captured version of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from archive.domain.accounts import Platform
from archive.domain.ids import ArticleId, CaptureId
from archive.domain.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Embed:
    """A post embedded in the page, or linked from it: a third text to compare, and the best pointer to the original.

    ``text`` is None where only a link stands; ``posted_on`` is the day the embed prints; ``position`` the character of
    the article's text at which the embed stands.
    """

    platform: Platform
    url: str | None = None
    native_id: str | None = None
    handle: str | None = None
    author_name: str | None = None
    text: str | None = None
    posted_on: date | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleText:
    """An article as read: ``text`` is what every span counts in; ``paragraphs`` are spans of it, in order.

    ``published`` is aware UTC and exact; where the page names only a day it stays None and ``published_on`` has the
    day, in the page's own zone. ``block_quotes`` are the paragraphs the page sets apart as quoted.
    """

    text: str
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: datetime | None = None
    published_on: date | None = None
    language: str | None = None
    paragraphs: tuple[Span, ...] = field(default=())
    block_quotes: tuple[Span, ...] = field(default=())
    embeds: tuple[Embed, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleVersion:
    """One article text as read from one capture; a changed page is a second version, never a changed one."""

    id: ArticleId
    capture_id: CaptureId | None
    read_at: datetime
    text_digest: str
    article: ArticleText
