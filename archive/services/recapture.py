"""Looking again: whether due originals are still there and unchanged, young ones often, old ones rarely.

An error says something about us or the way there, never about the post: only the platform's own "not here" counts
towards "gone", and only when seen twice.
"""

from __future__ import annotations

from archive import storage
from archive.capture.posts import capture_post
from archive.domain.availability import Observation, Sighting, next_availability
from archive.domain.captures import Captured
from archive.domain.posts import Post, PostReading
from archive.domain.runs import StepReport
from archive.errors import CaptureError, ExtractionError
from archive.extraction.posts import Asked, read_posts
from archive.extraction.posts.states import PostState, read_state
from archive.logs import logger_of
from archive.runtime import Runtime
from archive.services.ingest import ensure_author
from archive.services.steps import StepLog

log = logger_of("services.recapture")

_SIGHTINGS: dict[PostState, Sighting] = {
    PostState.LIVE: Sighting.FAILED,
    PostState.GONE: Sighting.ABSENT,
    PostState.WITHHELD: Sighting.WITHHELD,
    PostState.ACCOUNT_GONE: Sighting.ACCOUNT_ABSENT,
    PostState.BLOCKED_US: Sighting.BLOCKED,
    PostState.UNKNOWN: Sighting.FAILED,
}
"""LIVE without a reading tells nothing: a page that shows no such post may be a log-in wall or a new layout."""


def recapture_due(runtime: Runtime) -> StepReport:
    """Look again at the posts that are due, each in its own transaction; never more than the settings allow."""
    step = StepLog("recapture")
    with runtime.database.reading() as session:
        due = storage.posts.due(session, now=runtime.now(), limit=runtime.settings.nightly_posts)
    for post in due:
        step.looked()
        try:
            if look_again(runtime, post):
                step.changed()
        except Exception as error:
            step.failed(post.reference, error)
    return step.report()


def look_again(runtime: Runtime, post: Post) -> bool:
    """One look at one original; whether its text or its state changed."""
    captured = _captured(runtime, post)
    reading = _reading(post, captured) if captured is not None else None
    with runtime.database.writing() as session:
        text_changed = False
        if captured is not None and reading is not None:
            storage.captures.add(session, captured)
            result = storage.posts.add_readings(
                session,
                [(reading, ensure_author(session, reading))],
                capture_id=captured.capture.id,
                seen_at=captured.capture.provenance.received_at,
            )
            text_changed = bool(result.new_snapshots)
        observation = Observation(
            seen_at=runtime.now(), sighting=_sighting(post, captured, reading=reading, changed=text_changed)
        )
        before = storage.posts.availability(session, post.id)
        after = next_availability(before, observation)
        storage.posts.set_availability(session, post.id, after, observation=observation)
    return text_changed or after.availability is not before.availability


def _captured(runtime: Runtime, post: Post) -> Captured | None:
    """What stands at the post's address now; None where there is no address or no answer."""
    if post.url is None:
        return None
    try:
        return capture_post(runtime.fetcher, post.url)
    except CaptureError as error:
        log.info("recapture.unanswered", post=post.reference, code=error.code)
        return None


def _reading(post: Post, captured: Captured) -> PostReading | None:
    try:
        readings = read_posts(post.platform, captured.body, asked=Asked(url=post.url, posted_at=post.posted_at))
    except ExtractionError:
        return None
    return next((reading for reading in readings if reading.native_id == post.native_id), None)


def _sighting(post: Post, captured: Captured | None, *, reading: PostReading | None, changed: bool) -> Sighting:
    if reading is not None:
        return Sighting.CHANGED if changed else Sighting.SEEN
    if captured is None:
        return Sighting.FAILED
    status = captured.capture.provenance.status or 0
    return _SIGHTINGS[read_state(post.platform, status=status, body=captured.body)]
