"""Reading a profile's address: which platform, which handle – and the address of a profile, from both."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from archive.domain.accounts import Platform

_LONGEST_URL = 2_048
_NO_HANDLES = frozenset({
    "about", "embed", "explore", "hashtag", "home", "i", "intent", "login", "p", "pages", "plugins", "privacy", "reel",
    "s", "search", "settings", "share", "sharer", "sharer.php", "signup", "status", "tos", "tr", "watch", "web",
})  # fmt: skip
_FORMS: tuple[tuple[Platform, re.Pattern[str], re.Pattern[str], str], ...] = tuple(
    (platform, re.compile(rf"(?:(?:www|m|mobile)\.)?(?:{hosts})"), re.compile(path), url)
    for platform, hosts, path, url in (
        (Platform.X, r"x\.com|twitter\.com", r"/@?(\w{1,20})/?", "https://x.com/{}"),
        (
            Platform.BLUESKY,
            r"bsky\.app",
            r"/profile/(did:[a-z]+:[\w.:%-]+|[\w.-]+\.[\w-]+)/?",
            "https://bsky.app/profile/{}",
        ),
        (Platform.TRUTH_SOCIAL, r"truthsocial\.com", r"/@([\w.]{1,40})/?", "https://truthsocial.com/@{}"),
        (Platform.TELEGRAM, r"t\.me|telegram\.me", r"/(?:s/)?([A-Za-z]\w{3,31})/?", "https://t.me/{}"),
        (Platform.YOUTUBE, r"youtube\.com", r"/(?:@|c/|user/|channel/)([\w.-]{2,60})/?", "https://www.youtube.com/@{}"),
        (Platform.FACEBOOK, r"facebook\.com|fb\.com", r"/([\w.-]{2,60})/?", "https://www.facebook.com/{}"),
        (Platform.INSTAGRAM, r"instagram\.com", r"/([\w.]{1,40})/?", "https://www.instagram.com/{}/"),
        (Platform.THREADS, r"threads\.(?:net|com)", r"/@([\w.]{1,40})/?", "https://www.threads.com/@{}"),
    )
)
_FEDERATED = re.compile(r"/(?:@|users/)(\w{1,60})/?")


def parse_account_url(url: str) -> tuple[Platform, str] | None:
    """The platform and handle of a profile's address; None for other pages, posts included.

    Handles of Mastodon are ``user@server``; any server may run it, so only the shape tells.
    """
    text = url.strip()
    if not text or len(text) > _LONGEST_URL:
        return None
    try:
        parts = urlsplit(text if "://" in text[:10] else f"https://{text.removeprefix('//')}")
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or "." not in host:
        return None
    path = unquote(parts.path)
    for platform, hosts, shape, _ in _FORMS:
        if hosts.fullmatch(host):
            found = shape.fullmatch(path)
            return (platform, found[1]) if found and found[1].lower() not in _NO_HANDLES else None
    found = _FEDERATED.fullmatch(path)
    return (Platform.MASTODON, f"{found[1]}@{host}") if found else None


def account_url(platform: Platform, handle: str) -> str | None:
    """The address of a profile; None where the handle alone does not tell it."""
    bare = handle.strip().lstrip("@")
    if platform is Platform.MASTODON and bare.count("@") == 1:
        user, host = bare.split("@")
        return f"https://{host}/@{user}"
    return next((url.format(bare) for known, _, _, url in _FORMS if known is platform), None)
