"""Dumps: files of many posts, the formats they come in, and what is passed over in them on purpose."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from archive.domain.posts import PostReading
from archive.errors import ArchiveError


class DumpFormat(StrEnum):
    """What an imported file is; recognised by its content."""

    ROWS = "rows"
    """Our own CSV or JSON lines, one post a row."""
    X_ARCHIVE = "x-archive"
    """The zip that X hands to the owner of an account."""
    X_API2 = "x-api2"
    """Answers of the X API v2, whole pages or one post a line (twarc)."""
    X_API1 = "x-api1"
    """Statuses of the X API v1.1."""
    CONGRESSTWEETS = "congresstweets"
    """The daily lists of the project of that name: id, screen name, time, link, text."""
    MASTODON_OUTBOX = "mastodon-outbox"
    """``outbox.json`` of an exported Mastodon account, alone or inside its zip."""
    MASTODON_API = "mastodon-api"
    """Statuses as a Mastodon server answers them."""
    BLUESKY_API = "bluesky-api"
    """Records, posts, feeds and threads of Bluesky as its services answer them."""
    BLUESKY_CAR = "bluesky-car"
    """A repository of the AT Protocol."""
    TRUTH_SOCIAL = "truth-social"
    """Statuses of Truth Social as public archives keep them, JSON or CSV."""
    AUTO_ARCHIVER = "auto-archiver"
    """Records of Bellingcat's auto-archiver, JSON or CSV."""
    WARC = "warc"
    """Recorded web traffic."""
    WACZ = "wacz"
    """Recorded web traffic with its index, in a zip."""
    PAGE = "page"
    """One web page saved by SingleFile."""


class LeftOut(StrEnum):
    """Why something in a dump is passed over though nothing is wrong with it."""

    PRIVATE = "private"
    """Not addressed to the public."""
    DELETED = "deleted"
    """Deleted by its author before the export."""
    REPOST = "repost"
    """Somebody else's post, passed on; the dump has none of its words."""
    NOT_SHOWN_TO_STRANGERS = "not_shown_to_strangers"
    """The account asks not to be shown to people who are not signed in."""
    NOT_A_POST = "not_a_post"
    """Another kind of record: a like, a poll's vote, a picture."""
    NOT_AVAILABLE = "not_available"
    """The dump says that the platform did not hand it out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a dump something stands: the line or item (from 1), and the member of a package."""

    number: int
    member: str | None = None

    def __str__(self) -> str:
        return f"line {self.number}" if self.member is None else f"{self.member}, item {self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something to be said of the dump as a whole, in one sentence."""

    sentence: str


PassedOver = ArchiveError | LeftOut | Remark
"""What one place of a dump holds where it is no post: a fault, something left out on purpose, or a remark."""

Found = PostReading | PassedOver
"""What one place of a dump holds."""
