"""The world: what its people publish, edit and delete, and how its sites answer when asked."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import parse_qs

import httpx

from archive.capture.fetcher import Fetcher
from archive.capture.limits import FetchLimits
from archive.domain.accounts import Platform
from archive.errors import CaptureError
from tests.world import platforms
from tests.world.faults import Fault, answer_of
from tests.world.repositories import Repository

PUBLIC_ADDRESS = "93.184.215.14"
_LIMITS = FetchLimits(per_host=None, retry_wait=0.0, attempts=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldPost:
    """A post in the world; ``versions`` are (moment, text), oldest first."""

    platform: Platform
    handle: str
    name: str
    native_id: str
    url: str
    versions: tuple[tuple[datetime, str], ...]
    deleted: bool = False
    unmarked: bool = False
    """Its edits carry no mark."""
    labels: tuple[str, ...] = ()
    """What its author's profile says of itself (Bluesky)."""

    @property
    def posted_at(self) -> datetime:
        """When it first appeared."""
        return self.versions[0][0]

    @property
    def text(self) -> str:
        """What it says now."""
        return self.versions[-1][1]


class World:
    """Sites by address. Everything not published answers 404; hosts nobody mentioned cannot be found."""

    def __init__(self) -> None:
        self.requests: list[str] = []
        self._pages: dict[str, httpx.Response | bytes] = {}
        self._posts: dict[tuple[Platform, str], WorldPost] = {}
        self._suspended: set[str] = set()
        self._faults: dict[str, list[Fault | None]] = {}
        self._addresses: dict[str, tuple[str, ...]] = {}
        self._repositories: dict[str, Repository] = {}
        self.page_size = 20
        self.copies: dict[str, str] = {}
        """Addresses of which the web archive lists one copy, made on 9 March 2025."""
        self.marks = False
        """Whether pages carry an ETag, and are not sent again to whoever has them."""

    def article(self, url: str, html: str | bytes, *, media_type: str = "text/html; charset=utf-8") -> str:
        """Put a page at ``url``; a second call replaces it."""
        body = html.encode() if isinstance(html, str) else html
        self._pages[url] = httpx.Response(200, headers={"content-type": media_type}, content=body)
        return url

    def redirect(self, url: str, target: str, *, status: int = 302) -> str:
        """Make ``url`` lead to ``target``."""
        self._pages[url] = httpx.Response(status, headers={"location": target})
        return url

    def remove(self, url: str) -> None:
        """Take a page away."""
        self._pages.pop(url, None)

    def publish(
        self, platform: Platform, handle: str, text: str, *, name: str | None = None, at: datetime | None = None
    ) -> WorldPost:
        """A new post; its identifier carries its time as the platform's own does."""
        moment = at or datetime(2024, 2, 8, 10, 0, tzinfo=UTC)
        native_id, url = platforms.identify(platform, handle, moment, serial=len(self._posts))
        post = WorldPost(
            platform=platform,
            handle=handle,
            name=name or handle,
            native_id=native_id,
            url=url,
            versions=((moment, text),),
        )
        self._posts[platform, native_id] = post
        return post

    def edit(self, post: WorldPost, text: str, *, at: datetime, unmarked: bool = False) -> WorldPost:
        """The post says something else from now on; ``unmarked``: the platform does not say so."""
        current = self._posts[post.platform, post.native_id]
        return self._put(replace(current, versions=(*current.versions, (at, text)), unmarked=unmarked))

    def delete(self, post: WorldPost) -> WorldPost:
        """The post is gone."""
        return self._put(replace(self._posts[post.platform, post.native_id], deleted=True))

    def restore(self, post: WorldPost) -> WorldPost:
        """The post is back."""
        return self._put(replace(self._posts[post.platform, post.native_id], deleted=False))

    def label(self, post: WorldPost, *labels: str) -> WorldPost:
        """The profile of the post's author says this of itself from now on."""
        return self._put(replace(self._posts[post.platform, post.native_id], labels=labels))

    def repository(self, handle: str) -> Repository:
        """The repository of a Bluesky account, with its key."""
        did = platforms.did_of(handle)
        return self._repositories.setdefault(did, Repository(did))

    def suspend(self, handle: str) -> None:
        """The account is gone with all its posts."""
        self._suspended.add(handle)

    def fault(self, url_or_host: str, *faults: Fault | None) -> None:
        """How the address or host misbehaves: one fault for ever, or several for one request each (None: none)."""
        self._faults[url_or_host] = list(faults)

    def heal(self, url_or_host: str) -> None:
        """The address or host behaves again."""
        self._faults.pop(url_or_host, None)

    def lives_at(self, host: str, *addresses: str) -> None:
        """The name service answers ``addresses`` for ``host``."""
        self._addresses[host] = addresses

    def resolve(self, host: str, port: int) -> tuple[str, ...]:
        """The world's name service."""
        if host in self._addresses:
            return self._addresses[host]
        if host.replace(".", "").isdigit() or ":" in host:
            return (host.strip("[]"),)
        if host.endswith(".invalid"):
            raise CaptureError("The host name cannot be found.", code="capture_unreachable")
        return (PUBLIC_ADDRESS,)

    def transport(self) -> httpx.MockTransport:
        """The network of this world."""
        return httpx.MockTransport(self._answer)

    def fetcher(
        self, limits: FetchLimits = _LIMITS, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> Fetcher:
        """A fetcher that lives in this world."""
        return Fetcher(limits, transport=self.transport(), resolve=self.resolve, now=now)

    def _put(self, post: WorldPost) -> WorldPost:
        self._posts[post.platform, post.native_id] = post
        return post

    def _answer(self, request: httpx.Request) -> httpx.Response:
        url = str(request.url)
        self.requests.append(url)
        for key in (url, request.url.host):
            fault = self._next_fault(key)
            if fault is not None:
                return answer_of(fault, request)
        if url in self._pages:
            return self._page(url, request)
        return self._platform_answer(request)

    def _next_fault(self, key: str) -> Fault | None:
        waiting = self._faults.get(key)
        if not waiting:
            return None
        return waiting[0] if len(waiting) == 1 else waiting.pop(0)

    def _page(self, url: str, request: httpx.Request) -> httpx.Response:
        held = self._pages[url]
        assert isinstance(held, httpx.Response)
        mark = f'"{hashlib.sha256(held.content).hexdigest()[:12]}"'
        if self.marks and request.headers.get("if-none-match") == mark:
            return httpx.Response(304, headers={"etag": mark})
        marked = {"etag": mark} if self.marks else {}
        return httpx.Response(held.status_code, headers={**held.headers, **marked}, content=held.content)

    def _platform_answer(self, request: httpx.Request) -> httpx.Response:
        asked = {key: values[0] for key, values in parse_qs(request.url.query.decode()).items()}
        if request.url.host == "publish.x.com":
            return platforms.x_oembed(self._shown(Platform.X, asked["url"].rsplit("/", 1)[-1]))
        for part, answer in self._routes.items():
            if part in f"{request.url.host}{request.url.path}":
                return answer(request, asked)
        return httpx.Response(404, html="<html><body><h1>Not found</h1></body></html>")

    @property
    def _routes(self) -> dict[str, Callable[[httpx.Request, dict[str, str]], httpx.Response]]:
        return {
            "app.bsky.feed.getPostThread": lambda _, asked: platforms.bluesky_thread(
                self._by_key(Platform.BLUESKY, asked["uri"])
            ),
            "app.bsky.feed.getAuthorFeed": self._bluesky_feed,
            "plc.directory/": self._identity,
            "com.atproto.repo.getRecord": lambda _, asked: platforms.bluesky_own_record(
                self._by_key(Platform.BLUESKY, asked["rkey"])
            ),
            "com.atproto.sync.getRecord": self._slice,
            "t.me/s/": self._telegram_page,
            "t.me/": lambda request, _: platforms.telegram_widget(
                self._shown(Platform.TELEGRAM, request.url.path.strip("/"))
            ),
            "web.archive.org/cdx/": self._listed_copies,
            "archive.org/wayback/available": lambda _, asked: httpx.Response(200, json={"archived_snapshots": {}}),
            "/api/v1/accounts/lookup": self._profile,
            "/api/v1/accounts/": self._statuses,
            "/api/v1/statuses/": self._status,
            "/users/": lambda request, _: platforms.mastodon_note(self._shown(Platform.MASTODON, str(request.url))),
        }

    def _status(self, request: httpx.Request, _: dict[str, str]) -> httpx.Response:
        number = request.url.path.split("/statuses/")[1]
        post = self._by_key(Platform.MASTODON, number.split("/")[0])
        return platforms.mastodon_history(post) if number.endswith("/history") else platforms.mastodon_status(post)

    def _bluesky_feed(self, _: httpx.Request, asked: dict[str, str]) -> httpx.Response:
        actor = asked["actor"]
        mine = [
            post for post in self._newest(Platform.BLUESKY) if actor in (post.handle, platforms.did_of(post.handle))
        ]
        start = int(asked.get("cursor", "0"))
        more = start + self.page_size < len(mine)
        return platforms.bluesky_feed(
            mine[start : start + self.page_size], cursor=str(start + self.page_size) if more else None
        )

    def _identity(self, request: httpx.Request, _: dict[str, str]) -> httpx.Response:
        did = request.url.path.strip("/")
        held = next((post for post in self._newest(Platform.BLUESKY) if platforms.did_of(post.handle) == did), None)
        if held is None:
            return httpx.Response(404, json={"message": "DID not registered"})
        document = self.repository(held.handle).identity(host="https://host.bsky.example", handle=held.handle)
        return httpx.Response(200, json=document)

    def _slice(self, _: httpx.Request, asked: dict[str, str]) -> httpx.Response:
        records = {
            post.native_id.rsplit("/", 1)[-1]: platforms.bluesky_record(post)
            for post in self._newest(Platform.BLUESKY)
            if platforms.did_of(post.handle) == asked["did"]
        }
        car = self._repositories.setdefault(asked["did"], Repository(asked["did"])).slice(records)
        return httpx.Response(200, headers={"content-type": "application/vnd.ipld.car"}, content=car)

    def _profile(self, request: httpx.Request, asked: dict[str, str]) -> httpx.Response:
        handle = f"{asked['acct']}@{request.url.host}"
        names = [post.name for post in self._newest(Platform.MASTODON) if post.handle == handle]
        if not names:
            return httpx.Response(404, json={"error": "Record not found"})
        return platforms.mastodon_profile(handle, name=names[0])

    def _statuses(self, request: httpx.Request, asked: dict[str, str]) -> httpx.Response:
        before = int(asked.get("max_id", "0")) or None
        mine = [post for post in self._newest(Platform.MASTODON) if post.handle.endswith(f"@{request.url.host}")]
        older = [post for post in mine if before is None or int(post.native_id.rsplit("/", 1)[-1]) < before]
        return platforms.mastodon_timeline(older[: self.page_size])

    def _telegram_page(self, request: httpx.Request, asked: dict[str, str]) -> httpx.Response:
        channel, before = request.url.path.rsplit("/", 1)[-1], int(asked.get("before", "0")) or None
        mine = [post for post in self._newest(Platform.TELEGRAM) if post.handle == channel]
        older = [post for post in mine if before is None or int(post.native_id.rsplit("/", 1)[-1]) < before]
        return platforms.telegram_page(older[: self.page_size])

    def _listed_copies(self, _: httpx.Request, asked: dict[str, str]) -> httpx.Response:
        names = ["timestamp", "original", "statuscode", "mimetype", "digest", "length"]
        rows = (
            [["20250309120000", asked["url"], "200", "text/html", "ABC", "100"]] if asked["url"] in self.copies else []
        )
        return httpx.Response(200, json=[names, *rows] if rows else [])

    def _newest(self, platform: Platform) -> list[WorldPost]:
        held = [post for post in self._posts.values() if post.platform is platform]
        shown = [post for post in held if not post.deleted and post.handle not in self._suspended]
        return sorted(shown, key=lambda post: post.posted_at, reverse=True)

    def _shown(self, platform: Platform, native_id: str) -> WorldPost | None:
        post = self._posts.get((platform, native_id))
        return None if post is None or post.deleted or post.handle in self._suspended else post

    def _by_key(self, platform: Platform, key: str) -> WorldPost | None:
        tail = key.rsplit("/", 1)[-1]
        found = (native_id for kind, native_id in self._posts if kind is platform and native_id.endswith(f"/{tail}"))
        return self._shown(platform, next(found, ""))
