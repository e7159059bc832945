"""Reading a post's address: which platform, which post, whose – from the URL alone, in all the forms a platform has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from archive.domain.accounts import Platform

_LONGEST_URL = 2_048


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPointer:
    """What an address says of a post.

    ``native_id`` is the platform's key: X, Truth Social the numeric id as text; Mastodon the object's usual URI, None
    for another server's copy; Bluesky the at-URI (with the handle where the address has no DID); Telegram
    ``channel/number``; YouTube, Instagram, Threads, Facebook the code. ``url`` is the canonical address.
    """

    platform: Platform
    native_id: str | None
    handle: str | None
    url: str


@dataclass(frozen=True, slots=True)
class _Form:
    """One shape of address: hosts (None: any host), a pattern of the path, and how key and address are written."""

    platform: Platform
    hosts: re.Pattern[str] | None
    path: re.Pattern[str]
    native_id: str | None
    url: str


def _hosts(*names: str) -> re.Pattern[str]:
    return re.compile(rf"(?:(?:www|m|mobile|web)\.)?(?:{'|'.join(names)})")


_X = _hosts(
    r"x\.com", r"twitter\.com", r"fxtwitter\.com", r"vxtwitter\.com", r"fixupx\.com", r"fixvx\.com", r"twittpr\.com",
    r"xcancel\.com", r"nitter\.[a-z0-9.-]+",
)  # fmt: skip
_X_FRAMES = _hosts(r"platform\.(?:twitter|x)\.com", r"(?:cdn\.)?syndication\.twimg\.com", r"api\.fxtwitter\.com")
_TRUTH = _hosts(r"truthsocial\.com")
_BLUESKY = _hosts(r"bsky\.app", r"main\.bsky\.dev", r"staging\.bsky\.app", r"fxbsky\.app", r"bskyx\.app", r"bsyy\.app")
_TELEGRAM = _hosts(r"t\.me", r"telegram\.me", r"telegram\.dog")
_YOUTUBE = _hosts(r"youtube\.com", r"youtube-nocookie\.com", r"music\.youtube\.com")
_FACEBOOK = _hosts(r"facebook\.com", r"fb\.com", r"[a-z]{2}-[a-z]{2}\.facebook\.com")
_INSTAGRAM = _hosts(r"instagram\.com", r"ddinstagram\.com")
_THREADS = _hosts(r"threads\.net", r"threads\.com")

_X_URL = "https://x.com/{handle}/status/{id}"
_BLUESKY_ID = "at://{handle}/app.bsky.feed.post/{id}"
_BLUESKY_URL = "https://bsky.app/profile/{handle}/post/{id}"
_MASTODON_ID = "https://{host}/users/{handle}/statuses/{id}"
_YOUTUBE_URL = "https://www.youtube.com/watch?v={id}"
_INSTAGRAM_URL = "https://www.instagram.com/p/{id}/"


def _form(platform: Platform, hosts: re.Pattern[str] | None, path: str, *, url: str, native_id: str | None) -> _Form:
    return _Form(platform, hosts, re.compile(path, re.ASCII), native_id, url)


def _forms(
    platform: Platform, hosts: re.Pattern[str] | None, *paths: str, url: str, native_id: str | None = "{id}"
) -> tuple[_Form, ...]:
    return tuple(_form(platform, hosts, path, url=url, native_id=native_id) for path in paths)


_FORMS: tuple[_Form, ...] = (
    *_forms(
        Platform.X,
        _X,
        r"/i/(?:web/)?status(?:es)?/(?P<id>\d{1,20})(?!\d)",
        r"/(?P<handle>\w{1,20})/(?:web/)?status(?:es)?/(?P<id>\d{1,20})(?!\d)",
        r"/status(?:es)?/(?P<id>\d{1,20})(?!\d)",
        url=_X_URL,
    ),
    *_forms(
        Platform.X,
        _X_FRAMES,
        r"/embed/Tweet\.html\?(?:.*&)?id=(?P<id>\d{1,20})(?!\d)",
        r"/tweet-result\?(?:.*&)?id=(?P<id>\d{1,20})(?!\d)",
        r"/(?:(?P<handle>\w{1,20})/)?status/(?P<id>\d{1,20})(?!\d)",
        url=_X_URL,
    ),
    *_forms(
        Platform.TRUTH_SOCIAL,
        _TRUTH,
        r"/@(?P<handle>[\w.]+)/(?:posts/)?(?P<id>\d{6,20})(?!\d)",
        r"/users/(?P<handle>[\w.]+)/statuses/(?P<id>\d{6,20})(?!\d)",
        url="https://truthsocial.com/@{handle}/{id}",
    ),
    *_forms(
        Platform.BLUESKY,
        _BLUESKY,
        r"/profile/(?P<handle>did:[a-z]+:[\w.:%-]+|[\w.-]+\.[\w-]+)/post/(?P<id>[a-z0-9]{5,20})(?![a-z0-9])",
        url=_BLUESKY_URL,
        native_id=_BLUESKY_ID,
    ),
    *_forms(
        Platform.BLUESKY,
        _hosts(r"embed\.bsky\.app"),
        r"/embed/(?P<handle>did:[a-z]+:[\w.:%-]+)/app\.bsky\.feed\.post/(?P<id>[a-z0-9]{5,20})(?![a-z0-9])",
        url=_BLUESKY_URL,
        native_id=_BLUESKY_ID,
    ),
    *_forms(
        Platform.TELEGRAM,
        _TELEGRAM,
        r"/(?:s/)?(?P<handle>[A-Za-z]\w{3,31})/(?P<id>\d{1,10})(?!\d)",
        url="https://t.me/{handle}/{id}",
        native_id="{handle}/{id}",
    ),
    *_forms(
        Platform.YOUTUBE,
        _YOUTUBE,
        r"/watch/?\?(?:.*&)?v=(?P<id>[\w-]{11})(?![\w-])",
        r"/(?:shorts|live|embed|v)/(?P<id>[\w-]{11})(?![\w-])",
        url=_YOUTUBE_URL,
    ),
    *_forms(Platform.YOUTUBE, _hosts(r"youtu\.be"), r"/(?P<id>[\w-]{11})(?![\w-])", url=_YOUTUBE_URL),
    *_forms(
        Platform.FACEBOOK,
        _FACEBOOK,
        r"/(?P<handle>[\w.-]+)/(?:posts|videos|photos)/(?:[^/?]+/)*(?P<id>pfbid\w+|\d{5,25})(?!\w)",
        r"/permalink\.php\?(?:.*&)?story_fbid=(?P<id>pfbid\w+|\d{5,25})(?!\w)",
        r"/story\.php\?(?:.*&)?story_fbid=(?P<id>pfbid\w+|\d{5,25})(?!\w)",
        r"/(?:photo|photo\.php|photo/)\?(?:.*&)?fbid=(?P<id>\d{5,25})(?!\w)",
        r"/watch/?\?(?:.*&)?v=(?P<id>\d{5,25})(?!\w)",
        r"/(?:video\.php\?v=|reel/)(?P<id>\d{5,25})(?!\w)",
        url="https://www.facebook.com/{id}",
    ),
    *_forms(
        Platform.INSTAGRAM,
        _INSTAGRAM,
        r"/(?:p|reel|reels|tv)/(?P<id>[\w-]{5,45})(?![\w-])",
        r"/(?P<handle>[\w.]+)/(?:p|reel|tv)/(?P<id>[\w-]{5,45})(?![\w-])",
        url=_INSTAGRAM_URL,
    ),
    *_forms(
        Platform.THREADS,
        _THREADS,
        r"/@(?P<handle>[\w.]+)/post/(?P<id>[\w-]{5,45})(?![\w-])",
        r"/t/(?P<id>[\w-]{5,45})(?![\w-])",
        url="https://www.threads.com/@{handle}/post/{id}",
    ),
    # Any server may run Mastodon: only the shape tells. A copy of another server's post has no key here.
    *_forms(
        Platform.MASTODON,
        None,
        r"/(?:web/|deck/)?@(?P<handle>\w+@[\w.-]+)/(?P<id>\d{8,20})(?:/embed)?/?(?:$|\?)",
        url="https://{host}/@{handle}/{id}",
        native_id=None,
    ),
    *_forms(
        Platform.MASTODON,
        None,
        r"/(?:web/|deck/)?@(?P<handle>\w+)/(?P<id>\d{8,20})(?:/embed)?/?(?:$|\?)",
        r"/users/(?P<handle>\w+)/statuses/(?P<id>\d{8,20})(?:/(?:embed|activity))?/?(?:$|\?)",
        url="https://{host}/@{handle}/{id}",
        native_id=_MASTODON_ID,
    ),
    *_forms(
        Platform.MASTODON,
        None,
        r"/ap/users/(?P<account>\d+)/statuses/(?P<id>\d{8,20})/?(?:$|\?)",
        url="https://{host}/ap/users/{account}/statuses/{id}",
        native_id="https://{host}/ap/users/{account}/statuses/{id}",
    ),
)

_AT_URI = re.compile(r"at://(?P<handle>did:[a-z]+:[\w.:%-]+|[\w.-]+)/app\.bsky\.feed\.post/(?P<id>[a-z0-9]{5,20})")
_WEB_ARCHIVE = re.compile(r"/web/\d{4,14}(?:[a-z]{2}_)?/(?P<url>https?:/{1,2}.+)")
_NO_HANDLES = frozenset({"i", "web", "status", "statuses", "intent", "share", "joinchat", "c", "proxy"})
_WRAPPERS = ("href", "url", "u")


def parse_post_url(url: str) -> PostPointer | None:
    """The post behind ``url``, or None where it is no post's address.

    Reads through web archive addresses and embedding frames (``plugins/post.php?href=…``), so that a link to a saved
    copy still names the post.
    """
    text = url.strip()
    if not text or len(text) > _LONGEST_URL:
        return None
    if at_uri := _AT_URI.match(text):
        return _bluesky(at_uri)
    parts = _parts(text)
    if parts is None:
        return None
    wrapped = _wrapped(parts)
    if wrapped is not None:
        return parse_post_url(wrapped)
    return _matched(parts)


def _parts(text: str) -> SplitResult | None:
    if text.startswith("//"):
        text = "https:" + text
    if "://" not in text[:10]:
        text = "https://" + text
    try:
        parts = urlsplit(text)
        return parts if parts.scheme in {"http", "https"} and parts.hostname and "." in parts.hostname else None
    except ValueError:
        return None


def _wrapped(parts: SplitResult) -> str | None:
    """The address inside an archive's or a frame's address; shorter than the outer one, so this ends."""
    host = parts.hostname or ""
    saved = _WEB_ARCHIVE.match(parts.path + (f"?{parts.query}" if parts.query else ""))
    if saved and host.endswith("archive.org"):
        return re.sub(r"^(https?):/+", r"\1://", saved["url"])
    if "/plugins/" in parts.path or "oembed" in parts.path or host.startswith("l."):
        asked = parse_qs(parts.query)
        return next((asked[name][0] for name in _WRAPPERS if name in asked), None)
    return None


def _matched(parts: SplitResult) -> PostPointer | None:
    host = (parts.hostname or "").rstrip(".")
    path = unquote(parts.path)
    if parts.fragment.startswith("!/"):  # twitter.com/#!/user/status/1, until 2012
        path = parts.fragment[1:]
    whole = path + (f"?{parts.query}" if parts.query else "")
    for form in _FORMS:
        if form.hosts is not None and not form.hosts.fullmatch(host):
            continue
        found = form.path.match(whole)
        if found and _is_handle(found.groupdict().get("handle")):
            return _pointer(form, found, host=host)
    return None


def _is_handle(handle: str | None) -> bool:
    return handle is None or handle.lower() not in _NO_HANDLES


def _pointer(form: _Form, found: re.Match[str], *, host: str) -> PostPointer:
    held = {name: value for name, value in found.groupdict().items() if value}
    handle = held.get("handle")
    values = {"host": host, "handle": handle or "i", **held}
    native_id = form.native_id.format_map(values) if form.native_id is not None else None
    shown = None if handle is None or handle.startswith("did:") else handle
    return PostPointer(
        platform=form.platform, native_id=native_id, handle=shown, url=_address(form, values, handle=handle)
    )


def _address(form: _Form, values: dict[str, str], *, handle: str | None) -> str:
    if form.platform is Platform.THREADS and handle is None:
        return f"https://www.threads.com/t/{values['id']}"
    if form.platform is Platform.FACEBOOK and handle is not None:
        return f"https://www.facebook.com/{handle}/posts/{values['id']}"
    return form.url.format_map(values)


def _bluesky(found: re.Match[str]) -> PostPointer:
    handle = found["handle"]
    return PostPointer(
        platform=Platform.BLUESKY,
        native_id=_BLUESKY_ID.format_map(found.groupdict()),
        handle=None if handle.startswith("did:") else handle,
        url=_BLUESKY_URL.format_map(found.groupdict()),
    )
