"""Platform payloads into readings of posts: one reader per platform, all behind ``read_posts``.

A reader is loaded when it is first needed: those of web pages take half a second.
"""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from archive.domain.accounts import Platform
from archive.domain.posts import PostReading
from archive.errors import ExtractionError
from archive.extraction.posts.asking import NOTHING_KNOWN, Asked

__all__ = ["Asked", "read_posts"]


class _Reader(Protocol):
    def __call__(self, body: bytes, *, asked: Asked) -> tuple[PostReading, ...]: ...


_READERS: dict[Platform, str] = {
    Platform.X: "x",
    Platform.MASTODON: "mastodon",
    Platform.BLUESKY: "bluesky",
    Platform.TRUTH_SOCIAL: "truth_social",
    Platform.TELEGRAM: "telegram",
    Platform.YOUTUBE: "youtube",
    Platform.WEB: "web",
}


def read_posts(platform: Platform, body: bytes, *, asked: Asked = NOTHING_KNOWN) -> tuple[PostReading, ...]:
    """What a platform's answer claims of posts, in its order; nothing for tombstones and other objects.

    ExtractionError ``payload_not_json`` for a page where JSON was promised, ``post_undated``, those of
    ``read_article`` for web pages, and ``platform_pointer_only`` where the terms forbid keeping what is read (Meta).
    """
    name = _READERS.get(platform)
    if name is None:
        raise ExtractionError(
            "The terms of this platform allow a pointer to the post only, not a copy.", code="platform_pointer_only"
        )
    return cast(_Reader, import_module(f"{__name__}.{name}").read)(body, asked=asked)
