"""Feeds: what an RSS or Atom feed lists, and which feed a page names as its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from bs4.element import Tag

from archive.errors import ExtractionError
from archive.extraction.charsets import decoded
from archive.extraction.markup import attribute, parse_feed, parse_markup
from archive.extraction.payloads import moment

_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One entry of a feed: its address, title and moment of publication (aware UTC; None where it has none)."""

    url: str
    title: str
    published: datetime | None


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
