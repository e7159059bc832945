"""Reading an account's address: which platform and whose, from a profile's URL or ``platform:handle``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from archive.domain.accounts import Platform, platform_named


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilePointer:
    """What an address says of an account. ``native_id`` is the platform's own key where the address holds it (a
    Bluesky DID, a YouTube channel); ``url`` a page or feed to be asked for more, None where the handle says all."""

    platform: Platform
    handle: str | None = None
    native_id: str | None = None
    url: str | None = None


_WWW = r"(?:(?:www|m|mobile)\.)?"
_FORMS: tuple[tuple[Platform, re.Pattern[str]], ...] = tuple(
    (platform, re.compile(pattern, re.ASCII))
    for platform, pattern in (
        (Platform.BLUESKY, rf"{_WWW}bsky\.app/profile/(?:(?P<key>did:[a-z]+:[\w.:%-]+)|(?P<handle>[\w.-]+\.[\w-]+))"),
        (Platform.X, rf"{_WWW}(?:x|twitter)\.com/@?(?P<handle>\w{{1,20}})"),
        (Platform.TRUTH_SOCIAL, rf"{_WWW}truthsocial\.com/@(?P<handle>[\w.]+)"),
        (Platform.TELEGRAM, r"(?:t\.me|telegram\.me)/(?:s/)?(?P<handle>[A-Za-z]\w{3,31})"),
        (Platform.YOUTUBE, rf"{_WWW}youtube\.com/channel/(?P<key>UC[\w-]{{22}})(?:/\w+)?"),
        (Platform.YOUTUBE, rf"{_WWW}youtube\.com/feeds/videos\.xml\?channel_id=(?P<key>UC[\w-]{{22}})"),
        (Platform.YOUTUBE, rf"{_WWW}youtube\.com/@(?P<handle>[\w.-]+)(?:/\w+)?"),
        (Platform.THREADS, rf"{_WWW}threads\.(?:net|com)/@(?P<handle>[\w.]+)"),
        (Platform.INSTAGRAM, rf"{_WWW}instagram\.com/(?P<handle>[\w.]+)"),
        (Platform.FACEBOOK, rf"{_WWW}facebook\.com/(?P<handle>[\w.-]+)"),
        (Platform.MASTODON, r"(?P<host>[\w.-]+\.[\w-]+)/(?:@|users/)(?P<handle>\w+)"),
        (Platform.MASTODON, r"[\w.-]+\.[\w-]+/@(?P<handle>\w+@[\w.-]+)"),
    )
)
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_FEDIVERSE = re.compile(r"@?(?P<handle>\w+@[\w-]+(?:\.[\w-]+)+)", re.ASCII)


def parse_profile(given: str) -> ProfilePointer | None:
    """The account that ``given`` names: a profile's or feed's address, ``platform:handle``, ``@user@server``.

    None for what names no account; an address of no known platform is a site with a feed.
    """
    text = given.strip()
    if _ADDRESS.match(text):
        return _of_address(text)
    if found := _FEDIVERSE.fullmatch(text):
        return ProfilePointer(platform=Platform.MASTODON, handle=found["handle"])
    name, colon, handle = text.partition(":")
    platform = platform_named(name) if colon else None
    if platform is None or not handle.strip():
        return None
    return _named(platform, handle.strip().lstrip("@"))


def _named(platform: Platform, handle: str) -> ProfilePointer | None:
    if platform is Platform.WEB:
        url = handle if _ADDRESS.match(handle) else f"https://{handle.lstrip('/')}"
        return ProfilePointer(platform=platform, url=url)
    if platform is Platform.BLUESKY and handle.startswith("did:"):
        return ProfilePointer(platform=platform, native_id=handle)
    if platform is Platform.YOUTUBE and re.fullmatch(r"UC[\w-]{22}", handle, re.ASCII):
        return ProfilePointer(platform=platform, native_id=handle)
    if platform is Platform.YOUTUBE:
        return ProfilePointer(platform=platform, handle=handle, url=f"https://www.youtube.com/@{handle}")
    return ProfilePointer(platform=platform, handle=handle)


def _of_address(url: str) -> ProfilePointer | None:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    if "." not in host:
        return None
    plain = f"{host}{parts.path.rstrip('/')}" + (f"?{parts.query}" if "feeds/videos.xml" in parts.path else "")
    for platform, form in _FORMS:
        if found := form.fullmatch(plain):
            held = found.groupdict()
            handle = held.get("handle")
            if held.get("host") and handle:
                handle = f"{handle}@{held['host']}"
            needs_page = platform is Platform.YOUTUBE and not held.get("key")
            return ProfilePointer(
                platform=platform, handle=handle, native_id=held.get("key"), url=url if needs_page else None
            )
    return ProfilePointer(platform=Platform.WEB, url=url)
