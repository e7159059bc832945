"""Posts of Truth Social: Mastodon's shape with its own keys; text may be bare or empty (platforms.md 6)."""

from __future__ import annotations

from datetime import UTC
from email.utils import parsedate_to_datetime

from bs4.element import Tag

from archive.domain.accounts import Platform
from archive.domain.posts import PostReading
from archive.errors import ExtractionError
from archive.extraction.charsets import decoded
from archive.extraction.markup import parse_feed
from archive.extraction.payloads import items, load_json, mapping
from archive.extraction.posts.asking import Asked
from archive.extraction.posts.mastodon import statuses
from archive.extraction.wording import post_words
from archive.text.post_urls import parse_post_url


def read(body: bytes, *, asked: Asked) -> tuple[PostReading, ...]:
    """Every post in an answer; accounts that ask not to be shown to strangers are left out."""
    if body.lstrip()[:1] == b"<":
        return _feed(body, asked=asked)
    data = load_json(body)
    found = items(data) if isinstance(data, list) else (mapping(data),)
    shown = tuple(item for item in found if mapping(item.get("account")).get("unauth_visibility") is not False)
    return statuses(shown, platform=Platform.TRUTH_SOCIAL)


def _feed(body: bytes, *, asked: Asked) -> tuple[PostReading, ...]:
    """A public archive's feed of posts, which names the original's id and address."""
    text = decoded(body, declared=asked.charset).text
    if "<rss" not in text[:1_000]:
        raise ExtractionError("The platform's answer is a page, not the data it promised.", code="payload_not_json")
    readings = (_item(item) for item in parse_feed(text).find_all("item"))
    return tuple(reading for reading in readings if reading is not None)


def _item(item: Tag) -> PostReading | None:
    pointer = parse_post_url(_member(item, "originalUrl"))
    try:
        posted_at = parsedate_to_datetime(_member(item, "pubDate"))
    except ValueError:
        return None
    if pointer is None or pointer.native_id is None or pointer.handle is None or posted_at.tzinfo is None:
        return None
    return PostReading(
        platform=Platform.TRUTH_SOCIAL,
        native_id=pointer.native_id,
        author_handle=pointer.handle,
        author_name=pointer.handle,
        text=post_words(_member(item, "description")),
        posted_at=posted_at.astimezone(UTC),
        url=pointer.url,
    )


def _member(item: Tag, name: str) -> str:
    found = item.find(name)
    return found.get_text().strip() if isinstance(found, Tag) else ""
