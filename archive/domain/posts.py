"""Posts: what was published (identity), its text as read in one capture (snapshot), and what a payload claims
(reading)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from archive.domain.accounts import Platform
from archive.domain.captures import Digest, text_digest
from archive.domain.ids import AccountId, CaptureId, PostId, SnapshotId, named_id, new_id


class PostReading(NamedTuple):
    """What a platform payload or an import row claims of one post; not yet believed.

    ``native_id`` is the platform's own key as text (X: the numeric id; Mastodon: the object's URI; Bluesky: the
    at-URI). ``author_native_id`` is the author's stable identifier, None where the source has only a handle.
    ``posted_at`` is aware UTC. ``truncated``: the source cut the text. ``locator`` says where in the capture the
    reading stands ("line 12"). A post that is gone has no reading; its state is read apart from it.

    A tuple, because an import makes millions of them and needs them column by column.
    """

    platform: Platform
    native_id: str
    author_handle: str
    author_name: str
    text: str
    posted_at: datetime
    author_native_id: str | None = None
    url: str | None = None
    language: str | None = None
    edited_at: datetime | None = None
    in_reply_to: str | None = None
    is_repost: bool = False
    quoted_native_id: str | None = None
    truncated: bool = False
    locator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What was published: keyed by platform and native id, whatever becomes of its text."""

    id: PostId
    platform: Platform
    native_id: str
    account_id: AccountId
    posted_at: datetime
    url: str | None = None
    in_reply_to: str | None = None
    is_repost: bool = False

    @property
    def reference(self) -> str:
        """``platform:native id``, as pipelines name a post."""
        return f"{self.platform.value}:{self.native_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The text of a post as seen in one capture. ``version`` counts from 1 within its post; an edit is the next one."""

    id: SnapshotId
    post_id: PostId
    capture_id: CaptureId
    version: int
    seen_at: datetime
    text: str
    text_digest: Digest
    language: str | None = None
    edited_at: datetime | None = None
    truncated: bool = False
    locator: str | None = None

    @property
    def is_hidden(self) -> bool:
        """Whether the words are held and kept from whoever looks at this value; their digest still says which."""
        return not self.text and self.text_digest != _OF_NO_WORDS


_OF_NO_WORDS = text_digest("")


def without_words(snapshot: Snapshot) -> Snapshot:
    """The snapshot as the public sees it where words are hidden: its digest, its times, and no text."""
    return replace(snapshot, text="")


def post_id_of(platform: Platform, native_id: str) -> PostId:
    """The identifier a platform's post always gets here: importing it twice meets the same one."""
    return PostId(named_id("post", platform.value, native_id))


def next_snapshot(
    reading: PostReading, *, post_id: PostId, capture_id: CaptureId, seen_at: datetime, latest: Snapshot | None
) -> Snapshot | None:
    """The snapshot that ``reading`` adds to a post, or None when it shows nothing new.

    A cut text never follows a whole one: a truncated reading of a text we hold whole is no edit. A whole text that
    continues a cut one is a new snapshot of the same words.
    """
    if latest is not None:
        if latest.text == reading.text and latest.truncated == reading.truncated:
            return None
        if reading.truncated and latest.text.startswith(reading.text.rstrip("… .")):
            return None
    return Snapshot(
        id=SnapshotId(new_id()),
        post_id=post_id,
        capture_id=capture_id,
        version=1 if latest is None else latest.version + 1,
        seen_at=seen_at,
        text=reading.text,
        text_digest=text_digest(reading.text),
        language=reading.language,
        edited_at=reading.edited_at,
        truncated=reading.truncated,
        locator=reading.locator,
    )


_MARKS_EDITS = frozenset({Platform.MASTODON, Platform.TRUTH_SOCIAL, Platform.TELEGRAM, Platform.X})
"""Platforms that say themselves when a post was edited (X by a new number for each edit)."""


def is_ghost_edit(platform: Platform, before: Snapshot, *, after: Snapshot) -> bool:
    """Whether a text changed without the mark that its platform sets on every edit.

    A text that was cut and is whole now did not change; a platform that marks nothing has no ghosts.
    """
    if platform not in _MARKS_EDITS or before.truncated or after.truncated or before.text == after.text:
        return False
    return after.edited_at is None or after.edited_at == before.edited_at
