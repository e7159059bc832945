"""Walks: an account's newest posts, page after page, until they meet what was seen before."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from archive import storage
from archive.capture.endpoints import Endpoint
from archive.capture.posts import capture_endpoint, conditional, header
from archive.capture.timelines import page_before, route_endpoint
from archive.domain.accounts import Account, Platform, bare_handle
from archive.domain.availability import Availability, Observation, Sighting
from archive.domain.captures import Captured, Retention
from archive.domain.coverage import CoverageInterval
from archive.domain.follows import Follow
from archive.domain.ids import AccountId
from archive.domain.posts import Post, PostReading, post_id_of
from archive.domain.walks import seen_since
from archive.errors import ArchiveError, CaptureError
from archive.extraction.clocks import hidden_time
from archive.extraction.feeds import read_feed
from archive.extraction.posts import Asked, read_posts
from archive.extraction.posts.timelines import is_timeline, next_cursor
from archive.logs import logger_of
from archive.runtime import Runtime
from archive.services import keeping
from archive.services.answers import ask_for_post, check_switch, plain_address, reading_of
from archive.services.ingest import ensure_author
from archive.settings import Settings
from archive.storage.database import Session

log = logger_of("services.walks")

HOW = "followed: the account's newest posts, read page by page"
_NOT_MODIFIED = 304
_MOST_PAGES_OF_A_SITE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One captured page of a walk and the account's own posts on it."""

    captured: Captured
    readings: tuple[PostReading, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """What one look at a followed account read. ``seen_since`` is how far back nothing was missed, None where that
    cannot be said; ``left_gap``: the pages ended before they met what was seen before."""

    asked_at: datetime
    pages: tuple[Page, ...] = field(default=())
    seen_since: datetime | None = None
    left_gap: bool = False
    is_unchanged: bool = False
    etag: str | None = None
    last_modified: str | None = None

    @property
    def captures(self) -> tuple[Captured, ...]:
        """The pages as captured."""
        return tuple(page.captured for page in self.pages)

    @property
    def readings(self) -> tuple[PostReading, ...]:
        """The account's own posts, newest first."""
        return tuple(reading for page in self.pages for reading in page.readings)

    def interval(self, account_id: AccountId) -> CoverageInterval | None:
        """What may be said in the ledger of coverage; None where nothing may."""
        if self.seen_since is None or self.seen_since >= self.asked_at:
            return None
        return CoverageInterval(account_id=account_id, since=self.seen_since, until=self.asked_at, how=HOW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a walk added: posts never seen before, and new versions of known ones."""

    added: int
    changed: int


def walk(runtime: Runtime, follow: Follow, *, account: Account, reached: datetime | None) -> Walk:
    """Read the account's newest posts until they reach back to ``reached``, or to their end, or the settings stop it.

    CaptureError where a page does not answer, and ``timeline_unreadable`` for one that is no timeline (a wall).
    """
    check_switch(runtime, account.platform)
    endpoint = route_endpoint(account.platform, follow.route)
    marks = conditional(etag=follow.etag, last_modified=follow.last_modified)
    first = capture_endpoint(runtime.fetcher, endpoint, marks=marks)
    asked_at = first.capture.provenance.requested_at
    if first.capture.provenance.status == _NOT_MODIFIED and marks:
        is_ledger = account.platform is not Platform.WEB
        return Walk(asked_at=asked_at, is_unchanged=True, seen_since=follow.answered_at if is_ledger else None)
    _require_timeline(account.platform, first)
    etag, modified = header(first.capture, "etag"), header(first.capture, "last-modified")
    if account.platform is Platform.WEB:
        pages = _site_pages(runtime, first)
        return Walk(asked_at=asked_at, pages=pages, etag=etag, last_modified=modified)
    pages, is_met = _pages(runtime, endpoint, first, account=account, reached=reached)
    readings = [reading for page in pages for reading in page.readings]
    since = seen_since([_time(reading) for reading in readings if _is_in_order(reading)])
    return Walk(
        asked_at=asked_at,
        pages=pages,
        seen_since=since,
        left_gap=not is_met and reached is not None and since is not None and since > reached,
        etag=etag,
        last_modified=modified,
    )


def keep_walk(session: Session, walked: Walk, *, account: Account) -> Counts:
    """Keep the pages of a walk and what they show: new posts at once, known ones where they changed or came back."""
    added = changed = 0
    for page in walked.pages:
        storage.captures.add(session, page.captured)
        if page.captured.capture.retention is Retention.KEEP_DIGEST:
            added += sum(keeping.keep_reading(session, page.captured, reading).is_new for reading in page.readings)
            continue
        known = {post.native_id: post for post in _known(session, page, platform=account.platform)}
        fresh = [reading for reading in page.readings if reading.native_id not in known]
        result = storage.posts.add_readings(
            session,
            [(reading, ensure_author(session, reading)) for reading in fresh],
            capture_id=page.captured.capture.id,
            seen_at=page.captured.capture.provenance.received_at,
        )
        added += result.new_posts
        shown = [post_id_of(reading.platform, reading.native_id) for reading in page.readings]
        storage.exchanges.note_posts(session, page.captured.capture.id, shown)
        for reading in page.readings:
            if reading.native_id in known:
                changed += _kept_again(session, page.captured, reading, post=known[reading.native_id])
    return Counts(added=added, changed=changed)


def _known(session: Session, page: Page, *, platform: Platform) -> tuple[Post, ...]:
    held = storage.posts.find(session, [reading.native_id for reading in page.readings])
    return tuple(post for post in held if post.platform is platform)


def _kept_again(session: Session, captured: Captured, reading: PostReading, *, post: Post) -> bool:
    """Keep a known post as this page shows it; whether it changed. Its state moves only where there is news: a page of
    a hundred posts is no hundred looks."""
    kept = keeping.keep_reading(session, captured, reading)
    state = storage.posts.availability(session, post.id).availability
    gone = state in (Availability.GONE, Availability.ACCOUNT_GONE, Availability.SUSPECTED_GONE)
    if kept.is_changed or gone:
        sighting = Sighting.CHANGED if kept.is_changed else Sighting.SEEN
        seen_at = captured.capture.provenance.received_at
        keeping.observe(session, post.id, Observation(seen_at=seen_at, sighting=sighting))
    return kept.is_changed


def _require_timeline(platform: Platform, captured: Captured) -> None:
    provenance = captured.capture.provenance
    if provenance.status == 200 and provenance.complete and is_timeline(platform, captured.body):
        return
    raise CaptureError("The platform does not show the account's newest posts just now.", code="timeline_unreadable")


def _pages(
    runtime: Runtime, endpoint: Endpoint, first: Captured, *, account: Account, reached: datetime | None
) -> tuple[tuple[Page, ...], bool]:
    """The pages read, and whether they met what was seen before or the account's first post."""
    found: list[Page] = []
    captured, platform = first, account.platform
    while True:
        page = _page(captured, account=account, url=endpoint.url, settings=runtime.settings)
        found.append(page)
        times = [_time(reading) for each in found for reading in each.readings if _is_in_order(reading)]
        since = seen_since(times)
        if reached is not None and since is not None and since <= reached:
            return tuple(found), True
        cursor = next_cursor(platform, captured.body)
        if cursor is None:
            return tuple(found), platform is not Platform.YOUTUBE
        if len(found) >= runtime.settings.follow_pages:
            return tuple(found), False
        try:
            captured = capture_endpoint(runtime.fetcher, page_before(platform, endpoint.url, cursor=cursor))
            _require_timeline(platform, captured)
        except CaptureError as error:
            # What was read so far is whole; how far it reached is what counts.
            log.info("follow.cut_short", route=endpoint.url, code=error.code)
            return tuple(found), False


def _page(captured: Captured, *, account: Account, url: str, settings: Settings) -> Page:
    readings = read_posts(account.platform, captured.body, asked=Asked(url=url, handle=account.handle))
    if account.platform is Platform.TELEGRAM:  # its pages end with the newest message
        readings = readings[::-1]
    own = tuple(reading for reading in readings if _is_own(reading, account))
    return Page(captured=keeping.as_allowed(settings, captured), readings=own)


def _is_own(reading: PostReading, account: Account) -> bool:
    if account.has_stable_id and reading.author_native_id is not None:
        return reading.author_native_id == account.native_id
    return bare_handle(reading.author_handle) == bare_handle(account.handle)


def _is_in_order(reading: PostReading) -> bool:
    """Whether a post stands in the timeline by its own time: a repost stands where it was reposted."""
    return reading.platform is Platform.TELEGRAM or not reading.is_repost


def _time(reading: PostReading) -> datetime:
    """When the platform numbered the post: a claimed time may be anything."""
    hidden = hidden_time(reading.platform, reading.native_id)
    return max(hidden, reading.posted_at - timedelta(minutes=2)) if hidden is not None else reading.posted_at


def _site_pages(runtime: Runtime, feed: Captured) -> tuple[Page, ...]:
    """The pages that a site's feed lists and the archive does not hold, each captured by itself; one that cannot be
    read is passed over. What a feed leaves out nobody can know: a site's feed covers nothing."""
    items = read_feed(feed.body, url=feed.capture.provenance.final_url or feed.capture.provenance.source)
    addresses = {plain_address(item.url): item for item in items}
    with runtime.database.reading() as session:
        held = {post.native_id for post in storage.posts.find(session, list(addresses))}
    found = [Page(captured=keeping.as_allowed(runtime.settings, feed), readings=())]
    for item in [item for address, item in addresses.items() if address not in held][:_MOST_PAGES_OF_A_SITE]:
        try:
            answer = ask_for_post(runtime, item.url, posted_at=item.published)
        except ArchiveError as error:
            log.info("follow.page_not_had", url=item.url, code=error.code)
            continue
        reading = reading_of(answer)
        if reading is not None:
            found.append(Page(captured=answer.captured, readings=(reading,)))
    return tuple(found)
