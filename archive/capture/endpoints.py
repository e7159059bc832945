"""Which address shows a post or a channel on which platform, without credentials.

Platforms whose terms or walls leave no such address (Truth Social, Meta) have none: imports and pasted text serve them.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from archive.capture.questions import HTML_ACCEPT, JSON_ACCEPT
from archive.domain.accounts import Platform
from archive.domain.captures import TermsClass
from archive.text.post_urls import PostPointer, parse_post_url

_BLUESKY_VIEW = "https://public.api.bsky.app/xrpc"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """The address to ask, what to accept, whose post it is, and what the platform's terms allow of the answer.

    ``pointer`` is None for a generic page; ``reads_as`` names the platform whose reader understands the answer.
    """

    url: str
    accept: str
    reads_as: Platform
    terms: TermsClass
    pointer: PostPointer | None = None


def post_endpoint(url: str) -> Endpoint | None:
    """Where the post behind ``url`` can be captured; a page that is no post is captured itself; None for neither."""
    pointer = parse_post_url(url)
    if pointer is None:
        return Endpoint(url=url, accept=HTML_ACCEPT, reads_as=Platform.WEB, terms=TermsClass.OPEN)
    address = _address(pointer)
    if address is None:
        return None
    is_page = pointer.platform in {Platform.TELEGRAM, Platform.YOUTUBE}
    is_open = pointer.platform in {Platform.MASTODON, Platform.BLUESKY}
    return Endpoint(
        url=address,
        accept=HTML_ACCEPT if is_page else JSON_ACCEPT,
        reads_as=pointer.platform,
        terms=TermsClass.OPEN if is_open else TermsClass.RESTRICTED,
        pointer=pointer,
    )


def history_endpoint(pointer: PostPointer) -> Endpoint | None:
    """Where every version of a post stands: Mastodon's edit history; None on every other platform."""
    address = _mastodon(pointer) if pointer.platform is Platform.MASTODON else None
    if address is None:
        return None
    return Endpoint(
        url=f"{address}/history",
        accept=JSON_ACCEPT,
        reads_as=Platform.MASTODON,
        terms=TermsClass.OPEN,
        pointer=pointer,
    )


def timeline_endpoint(platform: Platform, handle: str, *, native_id: str | None = None) -> Endpoint | None:
    """Where an account's latest posts stand, newest page first; None where nothing is shown without credentials.

    Mastodon needs ``native_id``, the account's number on its server, and a handle with the server (``user@server``).
    """
    name = handle.lstrip("@")
    if platform is Platform.BLUESKY:
        asked = urlencode({"actor": native_id or name, "limit": 100, "filter": "posts_with_replies"})
        return Endpoint(
            url=f"{_BLUESKY_VIEW}/app.bsky.feed.getAuthorFeed?{asked}",
            accept=JSON_ACCEPT,
            reads_as=platform,
            terms=TermsClass.OPEN,
        )
    if platform is Platform.TELEGRAM:
        url = f"https://t.me/s/{quote(name, safe='')}"
        return Endpoint(url=url, accept=HTML_ACCEPT, reads_as=platform, terms=TermsClass.RESTRICTED)
    if platform is Platform.MASTODON and native_id is not None and native_id.isdigit() and "@" in name:
        host = name.rsplit("@", 1)[1]
        url = f"https://{host}/api/v1/accounts/{native_id}/statuses?exclude_reblogs=true&limit=40"
        return Endpoint(url=url, accept=JSON_ACCEPT, reads_as=platform, terms=TermsClass.OPEN)
    return None


def _address(pointer: PostPointer) -> str | None:
    match pointer.platform:
        case Platform.X:
            asked = {"url": pointer.url, "omit_script": "true", "dnt": "true", "hide_thread": "true", "lang": "en"}
            return f"https://publish.x.com/oembed?{urlencode(asked)}"
        case Platform.MASTODON:
            return _mastodon(pointer)
        case Platform.BLUESKY:
            asked = {"uri": pointer.native_id or "", "depth": "0", "parentHeight": "0"}
            return f"{_BLUESKY_VIEW}/app.bsky.feed.getPostThread?{urlencode(asked)}"
        case Platform.TELEGRAM:
            return f"{pointer.url}?embed=1&mode=tme"
        case Platform.YOUTUBE:
            return pointer.url
        case _:
            return None


def _mastodon(pointer: PostPointer) -> str | None:
    parts = urlsplit(pointer.url)
    number = parts.path.rstrip("/").rsplit("/", 1)[-1]
    return f"https://{parts.netloc}/api/v1/statuses/{number}" if number.isdigit() else None
