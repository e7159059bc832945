"""Timelines: where the next page of an account's posts begins, and whether an answer is a timeline at all."""

from __future__ import annotations

from archive.domain.accounts import Platform
from archive.errors import ExtractionError
from archive.extraction.charsets import decoded
from archive.extraction.feeds import is_feed
from archive.extraction.markup import attribute, parse_markup
from archive.extraction.payloads import items, load_json, mapping, text_of


def next_cursor(platform: Platform, body: bytes) -> str | None:
    """What to ask for to see the posts before those on this page; None where the page is the last.

    ExtractionError ``payload_not_json``.
    """
    match platform:
        case Platform.BLUESKY:
            return text_of(mapping(load_json(body)), "cursor")
        case Platform.MASTODON:
            listed = items(load_json(body))
            return text_of(listed[-1], "id") if listed else None
        case Platform.TELEGRAM:
            return _earliest_message(body)
        case _:
            return None


def is_timeline(platform: Platform, body: bytes) -> bool:
    """Whether an answer has the shape of a timeline at all, even an empty one."""
    if platform is Platform.TELEGRAM:
        return b"tgme_widget_message" in body or b"tgme_channel_history" in body
    if platform in {Platform.YOUTUBE, Platform.WEB}:
        return is_feed(body)
    try:
        answer = load_json(body)
    except ExtractionError:
        return False
    return isinstance(answer, list) if platform is Platform.MASTODON else isinstance(mapping(answer).get("feed"), list)


def account_number(body: bytes) -> str | None:
    """The number of an account on its own Mastodon server, from its profile as JSON."""
    found = text_of(mapping(load_json(body)), "id")
    return found if found is not None and found.isdigit() else None


def _earliest_message(body: bytes) -> str | None:
    soup = parse_markup(decoded(body).text)
    posts = (attribute(tag, "data-post") for tag in soup.select(".tgme_widget_message[data-post]"))
    numbers = [int(number) for post in posts if (number := post.rpartition("/")[2]).isascii() and number.isdigit()]
    return str(min(numbers)) if numbers and min(numbers) > 1 else None
