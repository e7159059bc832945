"""Recorded and saved pages: each answer read by the reader that also reads fresh captures of its address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import SplitResult, urlsplit

from archive.domain.accounts import Platform
from archive.domain.dumps import Found, LeftOut, Place
from archive.domain.posts import PostReading
from archive.errors import ArchiveError, InvalidInputError
from archive.extraction.dumps.checking import Located, checked
from archive.extraction.posts import read_posts
from archive.extraction.posts.asking import Asked
from archive.text.post_urls import parse_post_url

_SINGLE_FILE = re.compile(
    rb"<!--\s*(?:Page saved with SingleFile|Archive processed by SingleFile)\s*url:\s*(?P<url>https?://[^\s<>]{1,2000})",
)
_HEAD = 64_000
_X_ANSWERS = re.compile(
    r"(?:publish\.(?:x|twitter)\.com/oembed|cdn\.syndication\.twimg\.com/tweet-result|api\.(?:x|twitter)\.com/)"
)
_BLUESKY_ANSWERS = re.compile(
    r"/xrpc/(?:app\.bsky\.feed\.(?:getPosts|getPostThread|getAuthorFeed)|com\.atproto\.repo\.getRecord)"
)
_MASTODON_ANSWERS = re.compile(r"/api/v1/(?:statuses|accounts/[^/]+/statuses)")
_YOUTUBE_HOSTS = frozenset({"www.youtube.com", "youtube.com", "m.youtube.com"})
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_DATA = frozenset({"application/json", "application/activity+json", "application/ld+json", "text/javascript"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedAnswer:
    """One answer that somebody else recorded: of which address, when, with which status."""

    url: str
    status: int
    media_type: str
    body: bytes
    charset: str | None = None
    at: datetime | None = None


def saved_address(body: bytes) -> str | None:
    """The address of a page that SingleFile saved, from the comment it writes; None for any other page."""
    found = _SINGLE_FILE.search(body[:_HEAD])
    return found["url"].decode("ascii", "replace") if found else None


def read_page(body: bytes) -> Iterator[Located]:
    """The one page of a SingleFile upload; InvalidInputError ``page_unaddressed`` where its address is not in it."""
    url = saved_address(body)
    if url is None:
        raise InvalidInputError(
            "The page does not say where it was saved from; SingleFile writes that into a comment.",
            code="page_unaddressed",
        )
    answer = SavedAnswer(url=url, status=200, media_type="text/html", body=body)
    for place, found in read_answer(answer, place=Place(number=1)):
        if found is LeftOut.NOT_A_POST:
            words = (
                "A saved page of this platform is built by script and cannot be read; import the platform's own export."
            )
            yield place, InvalidInputError(words, code="page_unreadable")
        else:
            yield place, found


def read_answer(answer: SavedAnswer, *, place: Place) -> Iterator[Located]:
    """Every post of one recorded answer; pictures, scripts and pages that are no statement as left out."""
    if not 200 <= answer.status < 300:
        yield place, LeftOut.NOT_AVAILABLE
        return
    platform = reader_of(answer)
    if platform is None:
        yield place, LeftOut.NOT_A_POST
        return
    asked = Asked(url=answer.url, media_type=answer.media_type or "text/html", charset=answer.charset)
    try:
        readings = read_posts(platform, answer.body, asked=asked)
    except ArchiveError as error:
        yield place, LeftOut.NOT_A_POST if _is_mere_page(platform, answer) else error
        return
    if not readings:
        yield place, LeftOut.NOT_A_POST
    recorded = f", recorded {answer.at.isoformat()}" if answer.at is not None else ""
    for reading in readings:
        located = reading._replace(locator=f"{place}: {answer.url[:300]}{recorded}")
        yield place, _checked(located)


def _checked(reading: PostReading) -> Found:
    try:
        return checked(reading, otherwise="")
    except ArchiveError as error:
        return error


def _is_mere_page(platform: Platform, answer: SavedAnswer) -> bool:
    """Frames, advertisements and lists lie in every recording: a page that is no dated article is no fault."""
    return platform is Platform.WEB and answer.at is not None


def reader_of(answer: SavedAnswer) -> Platform | None:
    """The platform whose reader reads an answer; None where no reader does."""
    try:
        parts = urlsplit(answer.url)
    except ValueError:
        return None
    if answer.media_type in _DATA:
        return _data_reader(parts, media_type=answer.media_type)
    if answer.media_type not in _PAGES or parts.scheme not in {"http", "https"}:
        return None
    if parts.hostname in {"t.me", "telegram.me"}:
        return Platform.TELEGRAM
    if parts.hostname in _YOUTUBE_HOSTS:
        return Platform.YOUTUBE if parts.path == "/watch" else None
    # A post's own page on the other platforms is built by script: what lies in the recording is an empty frame.
    return Platform.WEB if parse_post_url(answer.url) is None else None


def _data_reader(parts: SplitResult, *, media_type: str) -> Platform | None:
    whole = f"{parts.hostname or ''}{parts.path}"
    if _X_ANSWERS.match(whole):
        return Platform.X
    if parts.hostname == "truthsocial.com":
        return Platform.TRUTH_SOCIAL if _MASTODON_ANSWERS.match(parts.path) else None
    if _BLUESKY_ANSWERS.match(parts.path):
        return Platform.BLUESKY
    if parts.hostname in _YOUTUBE_HOSTS:
        return Platform.YOUTUBE if parts.path == "/oembed" else None
    if _MASTODON_ANSWERS.match(parts.path) or media_type == "application/activity+json":
        return Platform.MASTODON
    return None
