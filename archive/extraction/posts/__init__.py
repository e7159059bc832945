"""Platform payloads into readings of posts: one reader per platform, all behind ``read_posts``."""

from __future__ import annotations

from typing import Protocol

from archive.domain.accounts import Platform
from archive.domain.posts import PostReading
from archive.errors import ExtractionError
from archive.extraction.posts import bluesky, mastodon, telegram, truth_social, web, x, youtube
from archive.extraction.posts.asking import NOTHING_KNOWN, Asked

__all__ = ["Asked", "read_posts"]


class _Reader(Protocol):
    def __call__(self, body: bytes, *, asked: Asked) -> tuple[PostReading, ...]: ...


_READERS: dict[Platform, _Reader] = {
    Platform.X: x.read,
    Platform.MASTODON: mastodon.read,
    Platform.BLUESKY: bluesky.read,
    Platform.TRUTH_SOCIAL: truth_social.read,
    Platform.TELEGRAM: telegram.read,
    Platform.YOUTUBE: youtube.read,
    Platform.WEB: web.read,
}


def read_posts(platform: Platform, body: bytes, *, asked: Asked = NOTHING_KNOWN) -> tuple[PostReading, ...]:
    """What a platform's answer claims of posts, in its order; nothing for tombstones and other objects.

    ExtractionError ``payload_not_json`` for a page where JSON was promised, ``post_undated``, those of
    ``read_article`` for web pages, and ``platform_pointer_only`` where the terms forbid keeping what is read (Meta).
    """
    reader = _READERS.get(platform)
    if reader is None:
        raise ExtractionError(
            "The terms of this platform allow a pointer to the post only, not a copy.", code="platform_pointer_only"
        )
    return reader(body, asked=asked)
