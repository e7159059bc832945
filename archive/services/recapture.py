"""Looking again: whether due originals are still there and unchanged, young ones often, old ones rarely.

An error says something about us or the way there, never about the post: only the platform's own "not here" counts
towards "gone", and only when seen twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from archive import storage
from archive.capture.posts import marks_of
from archive.domain.accounts import Platform
from archive.domain.availability import Availability, Observation, Sighting
from archive.domain.costs import X_POST_READ, X_USER_READ
from archive.domain.posts import Post, PostReading, is_ghost_edit
from archive.domain.runs import StepReport
from archive.errors import CaptureError
from archive.logs import logger_of
from archive.runtime import Runtime
from archive.services import keeping
from archive.services.answers import Answer, ask_for_post, endpoint_of, reading_of
from archive.services.proofs import Further, further_evidence
from archive.services.steps import StepLog

log = logger_of("services.recapture")

_A_REMNANT = 10
"""A page whose text is a tenth of what it was is an error page of some kind, not the statement edited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """What one more look came to: whether text or state changed, and what a person should know."""

    is_changed: bool
    alarms: tuple[str, ...] = field(default=())


def recapture_due(runtime: Runtime) -> StepReport:
    """Look again at the posts that are due, each in its own transaction; never more than the settings allow, and on a
    paid platform never for more than the night may cost."""
    step = StepLog("recapture")
    with runtime.database.reading() as session:
        due = storage.posts.due(session, now=runtime.now(), limit=runtime.settings.nightly_posts)
    for post in _affordable(runtime, due):
        step.looked()
        try:
            again = look_again(runtime, post)
        except Exception as error:
            step.failed(post.reference, error)
            continue
        if again.is_changed:
            step.changed()
        for alarm in again.alarms:
            step.alarm(alarm)
    return step.report()


def look_again(runtime: Runtime, post: Post) -> Again:
    """One look at one original."""
    answer = _answer(runtime, post)
    reading = reading_of(answer, native_id=post.native_id) if answer is not None else None
    further = None
    if answer is not None and reading is not None:
        further = _further(runtime, post, answer=answer, reading=reading)
    with runtime.database.writing() as session:
        kept = None
        if further is not None:
            keeping.keep_beside(session, further.beside, post_id=post.id)
            if further.versions and further.history is not None:
                kept = keeping.keep_versions(session, further.history, further.versions)
            last = keeping.keep_reading(session, further.captured, further.reading)
            kept = (
                last
                if kept is None
                else keeping.Kept(post=last.post, is_new=kept.is_new, added=(*kept.added, *last.added))
            )
        sighting = _sighting(answer, kept)
        if answer is not None and further is None and sighting in keeping.TELLING:
            keeping.keep_beside(session, (answer.captured,), post_id=post.id)
        before, after = keeping.observe(session, post.id, Observation(seen_at=runtime.now(), sighting=sighting))
        alarms = _alarms(session, post, kept)
    text_changed = kept is not None and bool(kept.added)
    return Again(is_changed=text_changed or after.availability is not before.availability, alarms=alarms)


def _affordable(runtime: Runtime, due: tuple[Post, ...]) -> tuple[Post, ...]:
    """The posts that the night's money suffices for; a post of the paid platform beyond it waits for another night."""
    if runtime.settings.x_route != "api":
        return due
    each = X_POST_READ + X_USER_READ
    left = Decimal(str(runtime.settings.x_api_limit)) // each
    chosen: list[Post] = []
    for post in due:
        if post.platform is Platform.X:
            left -= 1
            if left < 0:
                continue
        chosen.append(post)
    return tuple(chosen)


def _answer(runtime: Runtime, post: Post) -> Answer | None:
    """What stands at the post's address now; None where there is no address or no answer."""
    if post.url is None:
        return None
    try:
        return ask_for_post(runtime, post.url, posted_at=post.posted_at, marks=_marks(runtime, post))
    except CaptureError as error:
        log.info("recapture.unanswered", post=post.reference, code=error.code)
        return None


def _marks(runtime: Runtime, post: Post) -> Mapping[str, str]:
    """The marks of the last answer from the very address that will be asked; nothing while there is a doubt."""
    with runtime.database.reading() as session:
        latest = storage.posts.latest_snapshot(session, post.id)
        state = storage.posts.availability(session, post.id).availability
        if latest is None or state not in (Availability.LIVE, Availability.EDITED, Availability.RESTORED):
            return {}
        capture = storage.captures.get(session, latest.capture_id)
    is_same = capture.provenance.source == endpoint_of(runtime, post.url or "").url
    return marks_of(capture) if is_same else {}


def _further(runtime: Runtime, post: Post, *, answer: Answer, reading: PostReading) -> Further | None:
    """More evidence, only where there is something new to prove: the night asks as little as it can.

    None for a page that holds a tenth of what it held: an error page of some kind.
    """
    with runtime.database.reading() as session:
        latest = storage.posts.latest_snapshot(session, post.id)
    if latest is not None and latest.text == reading.text:
        return Further(captured=answer.captured, reading=reading)
    if latest is not None and post.platform is Platform.WEB and len(reading.text) * _A_REMNANT < len(latest.text):
        return None
    return further_evidence(runtime, answer, reading)


def _sighting(answer: Answer | None, kept: keeping.Kept | None) -> Sighting:
    if answer is None:
        return Sighting.FAILED
    if answer.is_unchanged:
        return Sighting.SEEN
    return keeping.sighting_of(answer.look, is_seen=kept is not None, is_changed=kept is not None and kept.is_changed)


def _alarms(session: storage.database.Session, post: Post, kept: keeping.Kept | None) -> tuple[str, ...]:
    """A text that changed without its platform's mark of an edit needs a person."""
    if kept is None or not kept.is_changed:
        return ()
    versions = storage.posts.snapshots(session, post.id)
    first = kept.added[0].version - 1
    pairs = zip(versions[max(0, first - 1) :], versions[first:], strict=False)
    ghosts = [after for before, after in pairs if is_ghost_edit(post.platform, before, after=after)]
    return tuple(
        f"{post.reference} says something else since version {after.version}, without a mark of an edit."
        for after in ghosts
    )
