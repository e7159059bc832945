"""Which address shows a post on which platform, without credentials or, for X by its operator's choice, with them.

Platforms whose terms or walls leave no such address (Truth Social, Meta) have none: imports, web archives and pasted
text serve them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from archive.capture.policies import POLICIES, XRoute
from archive.capture.questions import ACTIVITY_ACCEPT, HTML_ACCEPT, JSON_ACCEPT
from archive.domain.accounts import Platform
from archive.domain.captures import TermsClass
from archive.text.post_urls import PostPointer, parse_post_url

BLUESKY_VIEW = "https://public.api.bsky.app/xrpc"
_GOV_UK = frozenset({"www.gov.uk", "gov.uk"})
_ADDRESS_BOOK = "https://plc.directory"
_X_FIELDS = {
    "tweet.fields": "created_at,author_id,lang,entities,edit_controls,note_tweet,referenced_tweets,withheld",
    "expansions": "author_id,edit_history_tweet_ids",
    "user.fields": "verified,verified_type,created_at",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """The address to ask, what to accept, whose post it is, and what the platform's terms allow of the answer.

    ``pointer`` is None for a generic page; ``reads_as`` names the platform whose reader understands the answer.
    ``headers`` are sent too (a credential, say).
    """

    url: str
    accept: str
    reads_as: Platform
    terms: TermsClass
    pointer: PostPointer | None = None
    headers: tuple[tuple[str, str], ...] = ()


def post_endpoint(url: str, *, x_route: XRoute = XRoute.OEMBED, x_token: str = "") -> Endpoint | None:
    """Where the post behind ``url`` can be captured; a page that is no post is captured itself; None for neither."""
    pointer = parse_post_url(url)
    if pointer is None:
        return _page(url)
    address = _x(pointer, route=x_route) if pointer.platform is Platform.X else _address(pointer)
    if address is None:
        return None
    is_paid = pointer.platform is Platform.X and x_route is XRoute.API
    return Endpoint(
        url=address,
        accept=HTML_ACCEPT if pointer.platform is Platform.TELEGRAM else JSON_ACCEPT,
        reads_as=pointer.platform,
        terms=POLICIES[pointer.platform].terms,
        pointer=pointer,
        headers=(("Authorization", f"Bearer {x_token}"),) if is_paid else (),
    )


def history_endpoint(pointer: PostPointer) -> Endpoint | None:
    """Where every version of a post stands: Mastodon's edit history; None on every other platform."""
    address = _mastodon(pointer) if pointer.platform is Platform.MASTODON else None
    return None if address is None else _open(f"{address}/history", platform=Platform.MASTODON, pointer=pointer)


def object_endpoint(uri: str) -> Endpoint:
    """Where the ActivityPub object of a Mastodon post stands: its own name."""
    return _open(uri, platform=Platform.MASTODON, accept=ACTIVITY_ACCEPT)


def identity_endpoint(did: str) -> Endpoint | None:
    """Where the keys and the host of a Bluesky account are written down; None for kinds of identifier unknown here."""
    if did.startswith("did:plc:"):
        return _open(f"{_ADDRESS_BOOK}/{quote(did, safe=':')}", platform=Platform.BLUESKY)
    host = did.removeprefix("did:web:")
    if host != did and host and not set(host) & set("/?#@:%"):
        return _open(f"https://{host}/.well-known/did.json", platform=Platform.BLUESKY)
    return None


def record_endpoints(host: str, *, did: str, key: str) -> tuple[Endpoint, Endpoint]:
    """Where the author's own host shows a Bluesky post: the record, and the signed proof that it is there or is not."""
    names = {"collection": "app.bsky.feed.post", "rkey": key}
    record = f"{host.rstrip('/')}/xrpc/com.atproto.repo.getRecord?{urlencode({'repo': did, **names})}"
    proof = f"{host.rstrip('/')}/xrpc/com.atproto.sync.getRecord?{urlencode({'did': did, **names})}"
    return (
        _open(record, platform=Platform.BLUESKY),
        _open(proof, platform=Platform.BLUESKY, accept="application/vnd.ipld.car"),
    )


def watch_endpoint(pointer: PostPointer) -> Endpoint:
    """The page of a video: oEmbed names no date."""
    terms = POLICIES[pointer.platform].terms
    return Endpoint(url=pointer.url, accept=HTML_ACCEPT, reads_as=pointer.platform, terms=terms, pointer=pointer)


def x_embed_token(native_id: str) -> str:
    """The token that X's embedded posts send: ``((id / 1e15) * π)`` in base 36, without zeros and the point.

    JavaScript writes the shortest fraction that leads back to the same number; so does this.
    """
    value = int(native_id) / 1e15 * math.pi
    return _base_36(value).replace("0", "").replace(".", "")


def _base_36(value: float) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    whole, fraction = divmod(value, 1)
    head = ""
    number = int(whole)
    while number:
        number, digit = divmod(number, 36)
        head = digits[digit] + head
    # Half the distance to the next number: digits beyond it say nothing (the rule of V8's DoubleToRadixCString).
    delta = max(0.5 * (math.nextafter(value, math.inf) - value), math.ulp(0.0))
    tail: list[int] = []
    while fraction >= delta:
        fraction, delta = fraction * 36, delta * 36
        digit = int(fraction)
        tail.append(digit)
        fraction -= digit
        if (fraction > 0.5 or (fraction == 0.5 and digit % 2)) and fraction + delta > 1:
            tail[-1] += 1
            break
    return (head or "0") + ("." + "".join(digits[min(digit, 35)] for digit in tail) if tail else "")


def _open(url: str, *, platform: Platform, accept: str = JSON_ACCEPT, pointer: PostPointer | None = None) -> Endpoint:
    return Endpoint(url=url, accept=accept, reads_as=platform, terms=TermsClass.OPEN, pointer=pointer)


def _page(url: str) -> Endpoint:
    parts = urlsplit(url)
    if parts.netloc.lower() in _GOV_UK and parts.path.strip("/") and not parts.path.startswith("/api/"):
        return _open(f"https://www.gov.uk/api/content{parts.path.rstrip('/')}", platform=Platform.WEB)
    return _open(url, platform=Platform.WEB, accept=HTML_ACCEPT)


def _x(pointer: PostPointer, *, route: XRoute) -> str:
    native_id = pointer.native_id or ""
    if route is XRoute.API:
        return f"https://api.x.com/2/tweets?{urlencode({'ids': native_id, **_X_FIELDS})}"
    if route is XRoute.EMBED:
        asked = {"id": native_id, "lang": "en", "token": x_embed_token(native_id)}
        return f"https://cdn.syndication.twimg.com/tweet-result?{urlencode(asked)}"
    asked = {"url": pointer.url, "omit_script": "true", "dnt": "true", "hide_thread": "true", "lang": "en"}
    return f"https://publish.x.com/oembed?{urlencode(asked)}"


def _address(pointer: PostPointer) -> str | None:
    match pointer.platform:
        case Platform.MASTODON:
            return _mastodon(pointer)
        case Platform.BLUESKY:
            asked = {"uri": pointer.native_id or "", "depth": "0", "parentHeight": "0"}
            return f"{BLUESKY_VIEW}/app.bsky.feed.getPostThread?{urlencode(asked)}"
        case Platform.TELEGRAM:
            return f"{pointer.url}?embed=1&mode=tme"
        case Platform.YOUTUBE:
            return f"https://www.youtube.com/oembed?{urlencode({'url': pointer.url, 'format': 'json'})}"
        case _:
            return None


def _mastodon(pointer: PostPointer) -> str | None:
    parts = urlsplit(pointer.url)
    number = parts.path.rstrip("/").rsplit("/", 1)[-1]
    return f"https://{parts.netloc}/api/v1/statuses/{number}" if number.isdigit() else None
