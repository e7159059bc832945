"""Capture: one address of a post, a press release or a page – asked for, read, kept, with everything that proves it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from archive import storage
from archive.capture.policies import POINTER_ONLY
from archive.domain.accounts import Account, Platform
from archive.domain.availability import Availability, Observation, Sighting
from archive.domain.captures import Capture, Captured, Retention
from archive.domain.costs import CostEstimate, x_estimate
from archive.domain.posts import Post, PostReading, Snapshot
from archive.errors import CaptureError
from archive.extraction.clocks import hidden_time, is_clock_consistent
from archive.extraction.posts.conditions import PostState
from archive.logs import logger_of
from archive.runtime import Runtime
from archive.services import keeping, second_copies
from archive.services.answers import Answer, ask_for_post, check_switch, plain_address, reading_of
from archive.services.proofs import Further, further_evidence
from archive.services.web_archives import post_from_copies
from archive.storage.database import Session
from archive.text.post_urls import PostPointer, parse_post_url

log = logger_of("services.capture")

POINTER_STATE = "pointer_only"
"""The state of a post whose platform allows its address to be kept and nothing else."""
STATES: dict[str, str] = {
    PostState.LIVE: "live: the original was there",
    PostState.WITHDRAWN: "withdrawn: still shown, and marked as no longer valid",
    PostState.GONE: "not there: it counts as gone only when a second look, six hours later, says so too",
    PostState.ACCOUNT_GONE: "the account is not there",
    PostState.WITHHELD: "withheld: there, but not shown to us",
    PostState.MOVED: "moved to another address",
    PostState.BLOCKED_US: "blocked: the site did not let us see it, which says nothing of the post",
    PostState.UNKNOWN: "unknown: the answer shows no such post, which says nothing of it",
    POINTER_STATE: "pointer only: the platform's terms allow its address to be kept, not its text",
}
"""What each state of an outcome means, for people."""

NOTES: dict[str, str] = {
    "text_cut": "the platform cut the text: what lies beyond cannot be checked against this capture",
    "clock_agrees": "the time hidden in the identifier agrees with the time claimed",
    "clock_disagrees": "the time hidden in the identifier does not agree with the time claimed",
    "digest_only": "only digest and metadata were kept, as the operator chose for such terms (ONRECORD_RETENTION_…)",
    "repost": "these are another account's words",
    "third_party_copy": "read from a copy at a public web archive, not from the platform",
    "pointer_only": "paste the text or import it, and name where it is from",
    "answer_is_a_wall": "a log-in, consent, challenge or error page stood in the way",
    "answer_incomplete": "the answer ended before it was whole",
    "signed_by_author": "the author's own key signed the repository that holds it (proof kept)",
    "content_address_holds": "its content address, recomputed, is the one published",
    "content_address_differs": "its content address, recomputed, is NOT the one published",
    "views_differ": "two of the platform's own addresses show different words",
    "history_read": "every version that the platform shows was kept",
    "object_agrees": "its ActivityPub object shows the same words",
    "further_evidence_not_had": "further evidence could not be had this time",
}
"""What each note of an outcome means, for people."""

_WEB_ARCHIVES_ONLY = frozenset({Platform.TRUTH_SOCIAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What capturing one address came to.

    ``state`` is what the look showed (a ``PostState`` or ``pointer_only``); post, account and snapshot are there where
    the archive holds the post. ``notes`` are codes of what a person should know; ``posted_hint`` is the time hidden in
    the address where nothing else is known.
    """

    url: str
    platform: Platform
    state: str
    capture: Capture | None = None
    post: Post | None = None
    account: Account | None = None
    snapshot: Snapshot | None = None
    availability: Availability | None = None
    is_new: bool = False
    is_changed: bool = False
    notes: tuple[str, ...] = field(default=())
    posted_hint: str | None = None

    @property
    def is_held(self) -> bool:
        """Whether the post was read and is in the archive now: its words, or their digest where no more may be kept."""
        return self.post is not None and self.state in (PostState.LIVE, PostState.WITHDRAWN)


def estimate(runtime: Runtime, urls: Sequence[str]) -> CostEstimate | None:
    """What capturing these addresses may cost; None where nothing is paid for."""
    if runtime.settings.x_route != "api":
        return None
    paid = sum(1 for url in urls if (pointer := parse_post_url(url)) is not None and pointer.platform is Platform.X)
    return x_estimate(paid) if paid else None


def require_affordable(runtime: Runtime, urls: Sequence[str], *, limit: Decimal | None) -> CostEstimate | None:
    """The estimate; CaptureError ``cost_not_accepted`` where it is above the limit or no limit was given."""
    cost = estimate(runtime, urls)
    if cost is None or (limit is not None and cost.within(limit)):
        return cost
    raise CaptureError(f"{cost.sentence()} Allow it with a limit that covers it.", code="cost_not_accepted")


def capture_url(runtime: Runtime, url: str, *, cost_limit: Decimal | None = None, second_copy: bool = False) -> Outcome:
    """Ask for the post or page at ``url``, keep what it shows, and say what came of it.

    CaptureError where nothing answered or nothing may be asked (``platform_off``, ``cost_not_accepted``, those of
    ``Fetcher.fetch``); an answer that shows no post is an outcome with its state.
    """
    require_affordable(runtime, (url,), limit=cost_limit)
    pointer = parse_post_url(url)
    if second_copy:
        second_copies.want(runtime, pointer.url if pointer is not None else url)
    if pointer is not None and pointer.platform in POINTER_ONLY:
        return _pointed(url, pointer)
    if pointer is not None and pointer.platform in _WEB_ARCHIVES_ONLY:
        return _from_web_archives(runtime, url, pointer)
    answer = ask_for_post(runtime, url)
    reading = reading_of(answer)
    if reading is not None and _is_remote_copy(answer, reading):
        # Another server's copy of a Mastodon post: the post's own server is asked instead.
        origin = ask_for_post(runtime, reading.url or "")
        own = reading_of(origin, native_id=reading.native_id)
        answer, reading = (origin, own) if own is not None else (answer, reading)
    if reading is None:
        return _unread(runtime, url, answer)
    return _kept(runtime, url, answer, further=further_evidence(runtime, answer, reading))


def _pointed(url: str, pointer: PostPointer) -> Outcome:
    hidden = hidden_time(pointer.platform, pointer.native_id) if pointer.native_id is not None else None
    return Outcome(
        url=url,
        platform=pointer.platform,
        state=POINTER_STATE,
        notes=("pointer_only",),
        posted_hint=hidden.isoformat() if hidden is not None else None,
    )


def _from_web_archives(runtime: Runtime, url: str, pointer: PostPointer) -> Outcome:
    check_switch(runtime, pointer.platform)
    found = post_from_copies(runtime, pointer)
    if found is None:
        raise CaptureError(
            "This platform shows nothing openly, and no web archive holds a copy that can be read; import the post "
            "or paste its text.",
            code="capture_not_offered",
        )
    captured, reading = found
    captured = keeping.as_allowed(runtime.settings, captured)
    with runtime.database.writing() as session:
        kept = keeping.keep_reading(session, captured, reading)
        return _outcome(session, url, kept, captured=captured, state=PostState.LIVE, notes=("third_party_copy",))


def _is_remote_copy(answer: Answer, reading: PostReading) -> bool:
    if reading.platform is not Platform.MASTODON or not (reading.url or "").startswith("https://"):
        return False
    asked = answer.endpoint.url.split("/")[2]
    return (reading.url or "").split("/")[2] != asked and reading.native_id.split("/")[2:3] != [asked]


def _unread(runtime: Runtime, url: str, answer: Answer) -> Outcome:
    """An answer without the post: kept as evidence where it says something of the post."""
    captured, look = answer.captured, answer.look
    sighting = keeping.SIGHTINGS[look.state]
    notes = (look.reason,) if look.reason is not None else ()
    pointer = answer.endpoint.pointer
    with runtime.database.writing() as session:
        if sighting in keeping.TELLING:
            storage.captures.add(session, captured)
        native_id = _native_id(session, pointer) if pointer is not None else plain_address(url)
        post = _known(session, answer, native_id=native_id)
        if post is None:
            return Outcome(
                url=url,
                platform=answer.endpoint.reads_as,
                state=look.state,
                capture=captured.capture if sighting in keeping.TELLING else None,
                notes=notes,
            )
        keeping.observe(session, post.id, Observation(seen_at=runtime.now(), sighting=sighting))
        kept = keeping.Kept(post=post, is_new=False, added=())
        return _outcome(session, url, kept, captured=captured, state=look.state, notes=notes)


def _native_id(session: Session, pointer: PostPointer) -> str | None:
    """The key of the post behind an address. A Bluesky address names a handle where the key has the account's DID."""
    if pointer.platform is not Platform.BLUESKY or pointer.handle is None or pointer.native_id is None:
        return pointer.native_id
    account = storage.accounts.find_by_handle(session, Platform.BLUESKY, pointer.handle)
    if account is None or not account.has_stable_id:
        return pointer.native_id
    return f"at://{account.native_id}/app.bsky.feed.post/{pointer.native_id.rsplit('/', 1)[-1]}"


def _known(session: Session, answer: Answer, *, native_id: str | None) -> Post | None:
    if native_id is None:
        return None
    held = storage.posts.find(session, (native_id,))
    return next((post for post in held if post.platform is answer.endpoint.reads_as), None)


def _kept(runtime: Runtime, url: str, answer: Answer, *, further: Further) -> Outcome:
    reading = further.reading
    with runtime.database.writing() as session:
        if further.versions and further.history is not None:
            earlier = keeping.keep_versions(session, further.history, further.versions)
        else:
            earlier = None
        kept = keeping.keep_reading(session, further.captured, reading)
        keeping.keep_beside(session, further.beside, post_id=kept.post.id)
        if earlier is not None:
            kept = keeping.Kept(post=kept.post, is_new=earlier.is_new, added=(*earlier.added, *kept.added))
        sighting = keeping.sighting_of(answer.look, is_seen=True, is_changed=kept.is_changed)
        if kept.is_new and sighting is Sighting.SEEN and reading.edited_at is not None:
            sighting = Sighting.CHANGED
        keeping.observe(session, kept.post.id, Observation(seen_at=runtime.now(), sighting=sighting))
        digest_only = further.captured.capture.retention is Retention.KEEP_DIGEST
        kept_so = ("digest_only",) if digest_only else ()
        notes = (*_notes(reading), *(note.value for note in further.notes), *kept_so)
        return _outcome(session, url, kept, captured=further.captured, state=answer.look.state, notes=notes)


def _notes(reading: PostReading) -> tuple[str, ...]:
    agrees = is_clock_consistent(reading.platform, reading.native_id, claimed=reading.posted_at)
    found = {
        "text_cut": reading.truncated,
        "clock_agrees": agrees is True,
        "clock_disagrees": agrees is False,
        "repost": reading.is_repost,
    }
    return tuple(code for code, holds in found.items() if holds)


def _outcome(
    session: Session, url: str, kept: keeping.Kept, *, captured: Captured, state: PostState, notes: tuple[str, ...]
) -> Outcome:
    post = kept.post
    return Outcome(
        url=url,
        platform=post.platform,
        state=state,
        capture=captured.capture,
        post=post,
        account=storage.accounts.get(session, post.account_id),
        snapshot=storage.posts.latest_snapshot(session, post.id),
        availability=storage.posts.availability(session, post.id).availability,
        is_new=kept.is_new,
        is_changed=kept.is_changed,
        notes=notes,
    )
