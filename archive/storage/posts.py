"""Posts: kept once by platform and native id, with a snapshot for each text seen, a voice, and an availability."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from archive.domain.availability import AvailabilityState, Observation
from archive.domain.captures import text_digest
from archive.domain.custody import CustodyKind
from archive.domain.ids import AccountId, PostId
from archive.domain.posts import Post, PostReading, Snapshot, post_id_of
from archive.domain.voices import Voice
from archive.errors import NotFoundError
from archive.storage import attributions, commitments, custody, redactions, writing
from archive.storage.bulk import (
    BulkResult,
    add_prepared,
    add_readings,
    post_of,
    post_of_row,
    snapshot_of_row,
    storable_reading,
)
from archive.storage.rehearsal import Rehearsal
from archive.storage.rows.posts import ObservationRow, PostRow, SnapshotRow
from archive.storage.schedule import next_look
from archive.storage.stored import storable, unstorable_count
from archive.storage.voices import Voices
from archive.storage.writing import NewPost, NewSnapshot, snapshot_salt

__all__ = [
    "BulkResult",
    "Rehearsal",
    "add_prepared",
    "add_readings",
    "add_snapshot",
    "availability",
    "due",
    "ensure",
    "find",
    "get",
    "latest_snapshot",
    "observations",
    "set_availability",
    "set_voice",
    "snapshots",
]


def ensure(session: Session, reading: PostReading, account_id: AccountId, *, seen_at: datetime | None = None) -> Post:
    """The post a reading claims; made, without a text, where it is not held. What is held is never changed by it.

    RedactedError where the post was removed on purpose.
    """
    custody.lock(session)
    claimed = storable_reading(reading)
    post = post_of(claimed, account_id, post_id=post_id_of(claimed.platform, claimed.native_id))
    held = session.scalars(select(PostRow).where(PostRow.id == post.id)).one_or_none()
    if held is not None:
        return post_of_row(held)
    redactions.refuse_removed_statement(session, post.id)
    voice = Voices(session, (account_id,)).of(account_id, day=post.posted_at.date())
    seq = writing.next_number(session, PostRow.seq)
    new = NewPost(seq=seq, post=post, voice=voice, reported=False, next_look_at=post.posted_at)
    writing.write_posts(session, (new,))
    manifest = commitments.post_manifest(post)
    custody.append(session, CustodyKind.POST, f"post:{post.id}", manifest=manifest, at=seen_at or datetime.now(UTC))
    return post


def get(session: Session, post_id: PostId) -> Post:
    """The post; NotFoundError ``no_such_post`` where there is none."""
    return post_of_row(_row(session, post_id))


def find(session: Session, native_ids: Sequence[str]) -> tuple[Post, ...]:
    """Posts with any of these native ids, on whatever platform."""
    query = select(PostRow).where(PostRow.native_id.in_([storable(native_id) for native_id in native_ids]))
    return tuple(post_of_row(row) for row in session.scalars(query.order_by(PostRow.seq)))


def latest_snapshot(session: Session, post_id: PostId) -> Snapshot | None:
    """The newest snapshot of the post, None where it has no text yet."""
    found = snapshots(session, post_id)
    return found[-1] if found else None


def snapshots(session: Session, post_id: PostId) -> tuple[Snapshot, ...]:
    """Every snapshot of the post, the first one first."""
    query = (
        select(SnapshotRow)
        .join(PostRow, PostRow.seq == SnapshotRow.post_seq)
        .where(PostRow.id == post_id)
        .order_by(SnapshotRow.version)
    )
    return tuple(snapshot_of_row(row, post_id) for row in session.scalars(query))


def add_snapshot(session: Session, snapshot: Snapshot) -> Snapshot:
    """Append a snapshot to its post, with its own custody entry. As it was stored.

    A text that no database can hold is stored with those characters replaced, and counted; where that leaves the text
    held already, nothing is added. NotFoundError ``no_such_post``.
    """
    post = _row(session, snapshot.post_id)
    custody.lock(session)
    stored = _storable(snapshot)
    latest = latest_snapshot(session, snapshot.post_id)
    if latest is not None and latest.text == stored.text and stored is not snapshot:
        return latest
    new = NewSnapshot(
        seq=writing.next_number(session, SnapshotRow.seq),
        post_seq=post.seq,
        snapshot=stored,
        replaced=unstorable_count(snapshot.text),
        salt=snapshot_salt(),
    )
    index = writing.commit_snapshots(session, (new,), posts=(post_of_row(post),), at=stored.seen_at)
    writing.write_snapshots(session, (new,), custody_index=index)
    return stored


def set_voice(session: Session, post_id: PostId, voice: Voice) -> None:
    """Say whose words the post is, as the registry knows it today. NotFoundError ``no_such_post``."""
    custody.lock(session)
    row = _row(session, post_id)
    attributions.keep_voice(session, post_id, voice)
    row.voice_name = voice.name
    row.voice_basis = voice.basis
    row.voice_person_id = voice.person_id
    row.voice_office_id = voice.office_id
    session.flush()


def availability(session: Session, post_id: PostId) -> AvailabilityState:
    """Where the original stands. NotFoundError ``no_such_post``."""
    return availability_of_row(_row(session, post_id))


def set_availability(session: Session, post_id: PostId, state: AvailabilityState, *, observation: Observation) -> None:
    """Append one look and move the post to the state it led to; when it is due again follows from both."""
    custody.lock(session)
    row = _row(session, post_id)
    manifest = observation_manifest(observation, post_id)
    event = custody.append(
        session, CustodyKind.OBSERVATION, f"post:{post_id}", manifest=manifest, at=observation.seen_at
    )
    values = {
        "seq": writing.next_number(session, ObservationRow.seq),
        "post_seq": row.seq,
        "seen_at": observation.seen_at,
        "sighting": observation.sighting,
        "custody_index": event.index,
    }
    session.execute(insert(ObservationRow), values)
    row.availability = state.availability
    row.available_since = state.since
    row.last_seen_at = state.last_seen
    row.suspected_at = state.suspected_at
    row.next_look_at = next_look(published=row.posted_at, looked=observation.seen_at, availability=state.availability)
    session.flush()


def observations(session: Session, post_id: PostId) -> tuple[Observation, ...]:
    """Every look at the original, the first one first."""
    query = select(ObservationRow).where(ObservationRow.post_seq == _row(session, post_id).seq)
    rows = session.scalars(query.order_by(ObservationRow.seq))
    return tuple(observation_of_row(row) for row in rows)


def observation_manifest(observation: Observation, post_id: PostId) -> bytes:
    """What the custody entry of one look at an original commits to."""
    return commitments.values_manifest(post_id.hex, commitments.moment(observation.seen_at), observation.sighting.value)


def observation_of_row(row: ObservationRow) -> Observation:
    """The value of a look's row."""
    return Observation(seen_at=row.seen_at, sighting=row.sighting)


def due(session: Session, *, now: datetime, limit: int = 100) -> tuple[Post, ...]:
    """Posts whose originals are due to be looked at, those that have waited longest first; reported ones never are."""
    query = (
        select(PostRow)
        .where(PostRow.next_look_at <= now, PostRow.reported.is_(False))
        .order_by(PostRow.next_look_at, PostRow.seq)
        .limit(limit)
    )
    return tuple(post_of_row(row) for row in session.scalars(query))


def availability_of_row(row: PostRow) -> AvailabilityState:
    """The state a post's row says."""
    return AvailabilityState(
        availability=row.availability,
        since=row.available_since,
        last_seen=row.last_seen_at,
        suspected_at=row.suspected_at,
    )


def _row(session: Session, post_id: PostId) -> PostRow:
    row = session.scalars(select(PostRow).where(PostRow.id == post_id)).one_or_none()
    if row is None:
        raise NotFoundError("No such post.", code="no_such_post")
    return row


def _storable(snapshot: Snapshot) -> Snapshot:
    reading_fields = (snapshot.text, snapshot.language, snapshot.locator)
    if not any(text and unstorable_count(text) for text in reading_fields):
        return snapshot
    text = storable(snapshot.text)
    return replace(
        snapshot,
        text=text,
        text_digest=text_digest(text),
        language=None if snapshot.language is None else storable(snapshot.language),
        locator=None if snapshot.locator is None else storable(snapshot.locator),
    )
