"""Which address shows an account's newest posts, and the pages before them."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from archive.capture.endpoints import BLUESKY_VIEW, Endpoint
from archive.capture.policies import POLICIES
from archive.capture.questions import FEED_ACCEPT, HTML_ACCEPT, JSON_ACCEPT
from archive.domain.accounts import Platform

_CURSORS = {Platform.BLUESKY: "cursor", Platform.MASTODON: "max_id", Platform.TELEGRAM: "before"}


def timeline_endpoint(platform: Platform, handle: str, *, native_id: str | None = None) -> Endpoint | None:
    """Where an account's latest posts stand, newest page first; None where nothing is shown without credentials.

    Mastodon needs ``native_id``, the account's number on its server, and a handle with the server (``user@server``);
    YouTube the channel's identifier.
    """
    name = handle.lstrip("@")
    if platform is Platform.BLUESKY:
        asked = urlencode({"actor": native_id or name, "limit": 100, "filter": "posts_with_replies"})
        return route_endpoint(platform, f"{BLUESKY_VIEW}/app.bsky.feed.getAuthorFeed?{asked}")
    if platform is Platform.TELEGRAM:
        return route_endpoint(platform, f"https://t.me/s/{quote(name, safe='')}")
    if platform is Platform.MASTODON and native_id is not None and native_id.isdigit() and "@" in name:
        host = name.rsplit("@", 1)[1]
        url = f"https://{host}/api/v1/accounts/{native_id}/statuses?exclude_reblogs=true&limit=40"
        return route_endpoint(platform, url)
    if platform is Platform.YOUTUBE and native_id is not None:
        return route_endpoint(
            platform, f"https://www.youtube.com/feeds/videos.xml?channel_id={quote(native_id, safe='')}"
        )
    return None


def lookup_endpoint(handle: str) -> Endpoint | None:
    """Where a Mastodon server gives an account's number; None for a handle without its server."""
    user, at, host = handle.lstrip("@").rpartition("@")
    if not at:
        return None
    return route_endpoint(Platform.MASTODON, f"https://{host}/api/v1/accounts/lookup?{urlencode({'acct': user})}")


def route_endpoint(platform: Platform, route: str) -> Endpoint:
    """A known address of newest posts, to be asked as its platform wants to be asked."""
    accept = {Platform.TELEGRAM: HTML_ACCEPT, Platform.YOUTUBE: FEED_ACCEPT, Platform.WEB: FEED_ACCEPT}
    return Endpoint(
        url=route,
        accept=accept.get(platform, JSON_ACCEPT),
        reads_as=platform,
        terms=POLICIES[platform].terms,
    )


def page_before(platform: Platform, route: str, *, cursor: str) -> Endpoint:
    """The page of a timeline that ends where the page with ``cursor`` began."""
    parts = urlsplit(route)
    name = _CURSORS[platform]
    asked = [(key, value) for key, value in parse_qsl(parts.query) if key != name]
    return route_endpoint(platform, urlunsplit(parts._replace(query=urlencode([*asked, (name, cursor)]))))
