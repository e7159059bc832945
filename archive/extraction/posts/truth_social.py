"""Posts of Truth Social: Mastodon's shape with its own keys; text may be bare or empty (platforms.md 6)."""

from __future__ import annotations

from archive.domain.accounts import Platform
from archive.domain.posts import PostReading
from archive.extraction.payloads import items, load_json, mapping
from archive.extraction.posts.asking import Asked
from archive.extraction.posts.mastodon import statuses


def read(body: bytes, *, asked: Asked) -> tuple[PostReading, ...]:
    """Every post in an answer; accounts that ask not to be shown to strangers are left out."""
    del asked
    data = load_json(body)
    found = items(data) if isinstance(data, list) else (mapping(data),)
    shown = tuple(item for item in found if mapping(item.get("account")).get("unauth_visibility") is not False)
    return statuses(shown, platform=Platform.TRUTH_SOCIAL)
