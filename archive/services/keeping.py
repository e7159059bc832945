"""Keeping what a look showed: captures with their wire, the versions of a post, and where the original stands now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from archive import storage
from archive.domain.availability import AvailabilityState, Observation, Sighting, next_availability
from archive.domain.captures import Captured, Retention, TermsClass, text_digest
from archive.domain.ids import PostId
from archive.domain.posts import Post, PostReading, Snapshot, post_id_of
from archive.extraction.posts.conditions import PostState
from archive.extraction.posts.looks import Look
from archive.services.ingest import ensure_author
from archive.settings import Settings
from archive.storage.database import Session

SIGHTINGS: dict[PostState, Sighting] = {
    PostState.LIVE: Sighting.FAILED,
    PostState.GONE: Sighting.ABSENT,
    PostState.WITHHELD: Sighting.WITHHELD,
    PostState.WITHDRAWN: Sighting.MARKED_WITHDRAWN,
    PostState.MOVED: Sighting.MOVED,
    PostState.ACCOUNT_GONE: Sighting.ACCOUNT_ABSENT,
    PostState.BLOCKED_US: Sighting.BLOCKED,
    PostState.UNKNOWN: Sighting.FAILED,
}
"""LIVE without a reading tells nothing: a page that shows no such post may be a log-in wall or a new layout."""

TELLING = frozenset({
    Sighting.ABSENT, Sighting.TOMBSTONE, Sighting.ACCOUNT_ABSENT, Sighting.WITHHELD, Sighting.MOVED,
    Sighting.MARKED_WITHDRAWN,
})  # fmt: skip
"""Looks whose answer is evidence and kept; those about us and the way there are not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What was new in a look: the post, whether it was never seen before, and the versions it added (oldest first)."""

    post: Post
    is_new: bool
    added: tuple[Snapshot, ...]

    @property
    def is_changed(self) -> bool:
        """Whether a post that was known says something else now."""
        return bool(self.added) and not self.is_new


def as_allowed(settings: Settings, captured: Captured) -> Captured:
    """The capture as the operator lets captures of its terms class be kept.

    KEEP_DIGEST keeps the digest, the size and how it came, neither the bytes nor what went over the wire.
    """
    chosen = {
        TermsClass.OPEN: Retention(settings.retention_open),
        TermsClass.RESTRICTED: Retention(settings.retention_restricted),
        TermsClass.POINTER_ONLY: Retention.KEEP_DIGEST,
    }[captured.capture.terms_class]
    if chosen is not Retention.KEEP_DIGEST:
        return captured
    provenance = replace(captured.capture.provenance, exchanges=None)
    capture = replace(captured.capture, retention=chosen, provenance=provenance)
    return replace(captured, capture=capture, exchanges=())


def keep_reading(session: Session, captured: Captured, reading: PostReading) -> Kept:
    """Keep a capture and what one reading of it shows."""
    return keep_versions(session, captured, (reading,))


def keep_versions(session: Session, captured: Captured, readings: Iterable[PostReading]) -> Kept:
    """Keep a capture and all versions of one post it shows, oldest first; those held already are not kept again."""
    versions = tuple(readings)
    last = versions[-1]
    storage.captures.add(session, captured)
    post_id = post_id_of(last.platform, last.native_id)
    before = _held(session, post_id)
    account_id = ensure_author(session, last)
    if captured.capture.retention is Retention.KEEP_DIGEST:
        # That it was there, whose it is and when: its words are not kept, so there is no version of them.
        is_new = not storage.posts.find(session, (last.native_id,))
        post = storage.posts.ensure(session, last, account_id)
        storage.exchanges.note_posts(session, captured.capture.id, (post.id,))
        return Kept(post=post, is_new=is_new, added=())
    for reading in _unheld(versions, before):
        storage.posts.add_readings(
            session,
            [(reading, account_id)],
            capture_id=captured.capture.id,
            seen_at=captured.capture.provenance.received_at,
        )
    post = storage.posts.ensure(session, last, account_id)
    storage.exchanges.note_posts(session, captured.capture.id, (post.id,))
    added = storage.posts.snapshots(session, post.id)[len(before) :]
    return Kept(post=post, is_new=not before, added=added)


def keep_beside(session: Session, captures: Iterable[Captured], *, post_id: PostId) -> None:
    """Keep what else was captured of a post: records, proofs, objects."""
    for captured in captures:
        storage.captures.add(session, captured)
        storage.exchanges.note_posts(session, captured.capture.id, (post_id,))


def sighting_of(look: Look, *, is_seen: bool, is_changed: bool) -> Sighting:
    """What a look says of the post: seen, changed, or what its state stands for."""
    if look.state is PostState.WITHDRAWN:
        return Sighting.MARKED_WITHDRAWN
    if is_seen:
        return Sighting.CHANGED if is_changed else Sighting.SEEN
    return SIGHTINGS[look.state]


def observe(session: Session, post_id: PostId, observation: Observation) -> tuple[AvailabilityState, AvailabilityState]:
    """Note one look at a post; where it stood before, and where it stands now."""
    before = storage.posts.availability(session, post_id)
    after = next_availability(before, observation)
    storage.posts.set_availability(session, post_id, after, observation=observation)
    return before, after


def _held(session: Session, post_id: PostId) -> tuple[Snapshot, ...]:
    return storage.posts.snapshots(session, post_id)


def _unheld(versions: tuple[PostReading, ...], before: tuple[Snapshot, ...]) -> tuple[PostReading, ...]:
    """The versions that follow the newest one held. A history begins at the post's beginning each time: taken in
    whole, its first version would look like an edit back to the old words."""
    if not before or len(versions) == 1:
        return versions
    latest, known = before[-1].text_digest, {snapshot.text_digest for snapshot in before}
    digests = [text_digest(version.text) for version in versions]
    places = [place for place, digest in enumerate(digests) if digest == latest]
    if places:
        return versions[places[-1] + 1 :]
    return tuple(version for version, digest in zip(versions, digests, strict=True) if digest not in known)
