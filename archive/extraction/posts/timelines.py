"""Timelines: where the next page of an account's posts begins, what a feed lists, and where a page's feed stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from bs4.element import Tag

from archive.domain.accounts import Platform
from archive.errors import ExtractionError
from archive.extraction.charsets import decoded
from archive.extraction.markup import attribute, parse_feed, parse_markup
from archive.extraction.payloads import items, load_json, mapping, moment, text_of

_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One entry of a feed: its address, title and moment of publication (aware UTC; None where it has none)."""

    url: str
    title: str
    published: datetime | None


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


def is_feed(body: bytes) -> bool:
    """Whether the bytes are an RSS or Atom feed."""
    head = body[:2_000].lstrip().lower()
    return head.startswith(b"<") and (b"<rss" in head or b"<feed" in head or b"<rdf" in head)


def read_feed(body: bytes, *, url: str) -> tuple[FeedItem, ...]:
    """The entries of an RSS or Atom feed in its order; those without an address are left out.

    ExtractionError ``not_a_feed``, ``article_too_complex``.
    """
    if not is_feed(body):
        raise ExtractionError("The address leads to something other than a feed.", code="not_a_feed")
    soup = parse_feed(decoded(body).text)
    found = (_item(tag, url=url) for tag in soup.find_all(["item", "entry"]))
    return tuple(item for item in found if item is not None)


def feed_of_page(body: bytes, *, url: str) -> str | None:
    """The feed that a page names as its own, as a whole address; None where it names none."""
    soup = parse_markup(decoded(body).text)
    for link in soup.find_all("link", rel="alternate", href=True):
        if attribute(link, "type").lower() in _FEED_TYPES:
            return urljoin(url, attribute(link, "href"))
    return None


def _earliest_message(body: bytes) -> str | None:
    soup: BeautifulSoup = parse_markup(decoded(body).text)
    posts = (attribute(tag, "data-post") for tag in soup.select(".tgme_widget_message[data-post]"))
    numbers = [int(number) for post in posts if (number := post.rpartition("/")[2]).isascii() and number.isdigit()]
    return str(min(numbers)) if numbers and min(numbers) > 1 else None


def _item(tag: Tag, *, url: str) -> FeedItem | None:
    address = _address(tag)
    if not address:
        return None
    stamp = _member(tag, "pubDate") or _member(tag, "published") or _member(tag, "updated") or _member(tag, "date")
    return FeedItem(url=urljoin(url, address), title=_member(tag, "title"), published=_moment(stamp))


def _address(tag: Tag) -> str:
    """RSS writes the address as text, Atom as an attribute; the one called "alternate" is the page."""
    links = tag.find_all("link", recursive=False)
    marked = [link for link in links if attribute(link, "rel") in ("", "alternate") and attribute(link, "href")]
    if marked:
        return attribute(marked[0], "href")
    return next((text for link in links if (text := link.get_text().strip())), "")


def _member(tag: Tag, name: str) -> str:
    found = tag.find(name, recursive=False)
    return found.get_text().strip() if isinstance(found, Tag) else ""


def _moment(stamp: str) -> datetime | None:
    found = moment(stamp)
    if found is not None or not stamp:
        return found
    try:
        parsed = parsedate_to_datetime(stamp)
    except ValueError:
        return None
    return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
