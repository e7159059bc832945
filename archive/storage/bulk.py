"""Taking many readings in at once: posts, snapshots, words, search and custody in one transaction, safe to repeat."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from archive.domain.custody import CustodyKind, batch_manifest
from archive.domain.ids import AccountId, CaptureId, PostId
from archive.domain.posts import Post, PostReading, Snapshot, post_id_of
from archive.storage import commitments, custody, held, redactions, writing
from archive.storage.fresh import FreshPosts
from archive.storage.held import Held, post_of_row, snapshot_of_row
from archive.storage.prepared import PreparedPosts, prepare, storable_reading
from archive.storage.rows.posts import PostRow, SnapshotRow
from archive.storage.writing import NewSnapshot

__all__ = [
    "BulkResult",
    "add_prepared",
    "add_readings",
    "post_of",
    "post_of_row",
    "snapshot_of_row",
    "storable_reading",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkResult:
    """What a batch added: posts never seen before, snapshots (theirs too), and readings that showed nothing new."""

    new_posts: int
    new_snapshots: int
    unchanged: int


def add_readings(
    session: Session,
    rows: Sequence[tuple[PostReading, AccountId]],
    *,
    capture_id: CaptureId,
    seen_at: datetime,
) -> BulkResult:
    """Keep what these readings of one capture show: new posts, and a snapshot where a text is new.

    One custody entry commits to all snapshots of the call, in their order. The same readings again add nothing.
    """
    places = {account_id: place for place, account_id in enumerate(dict.fromkeys(account for _, account in rows))}
    batch = prepare(
        [reading for reading, _ in rows],
        [places[account_id] for _, account_id in rows],
        capture_id=capture_id,
        seen_at=seen_at,
        dialect=session.connection().dialect.name,
    )
    return add_prepared(session, batch, tuple(places), capture_id=capture_id, seen_at=seen_at)


def add_prepared(
    session: Session,
    batch: PreparedPosts,
    accounts: Sequence[AccountId],
    *,
    capture_id: CaptureId,
    seen_at: datetime,
) -> BulkResult:
    """``add_readings`` for readings that are prepared; ``accounts`` are those that they number.

    Of a post that was removed on purpose, nothing is kept.
    """
    custody.lock(session)
    shown, batch = len(batch), _without_removed(session, batch)
    firsts, others = _parted(batch, held.numbers(session, batch.ids).keys())
    fresh = FreshPosts(
        batch=batch.only(firsts) if others else batch,
        accounts=accounts,
        post_seq=writing.next_number(session, PostRow.seq),
        snapshot_seq=writing.next_number(session, SnapshotRow.seq),
    )
    edits = _Edits(session, fresh, capture_id=capture_id, seen_at=seen_at)
    edits.plan(batch.only(others))
    if firsts or edits.snapshots:
        manifest = batch_manifest([*fresh.digests(), *edits.digests])
        event = custody.append(session, CustodyKind.SNAPSHOTS, str(capture_id), manifest=manifest, at=seen_at)
        fresh.write(session, capture_id=capture_id, seen_at=seen_at, custody_index=event.index)
        writing.write_snapshots(session, edits.snapshots, custody_index=event.index)
    added = len(firsts) + len(edits.snapshots)
    return BulkResult(new_posts=len(firsts), new_snapshots=added, unchanged=shown - added)


def post_of(reading: PostReading, account_id: AccountId, *, post_id: PostId) -> Post:
    """The post that a reading claims."""
    return Post(
        id=post_id,
        platform=reading.platform,
        native_id=reading.native_id,
        account_id=account_id,
        posted_at=reading.posted_at,
        url=reading.url,
        in_reply_to=reading.in_reply_to,
        is_repost=reading.is_repost,
    )


class _Edits:
    """Readings of posts that are held, or stand in the batch already: planned one by one, in their order."""

    def __init__(self, session: Session, fresh: FreshPosts, *, capture_id: CaptureId, seen_at: datetime) -> None:
        self._session = session
        self._fresh = fresh
        self._capture_id = capture_id
        self._seen_at = seen_at
        self._held: dict[bytes, Held] = {}
        self.snapshots: list[NewSnapshot] = []
        self.digests: list[bytes] = []

    def plan(self, batch: PreparedPosts) -> None:
        """Plan what each reading adds."""
        if not len(batch):
            return
        self._held = self._new_ones(set(batch.ids)) | held.newest(self._session, dict.fromkeys(batch.ids))
        for place, identifier in enumerate(batch.ids):
            known = self._held[identifier]
            snapshot = held.next_version(known, batch, place, capture_id=self._capture_id, seen_at=self._seen_at)
            if snapshot is not None:
                self._take(snapshot, known, replaced=batch.replaced[place])

    def _take(self, snapshot: Snapshot, known: Held, *, replaced: int) -> None:
        if known.post is None:
            known.post = held.post(self._session, snapshot.post_id)
        known.version, known.text, known.truncated = snapshot.version, snapshot.text, snapshot.truncated
        seq = self._fresh.snapshot_seq + len(self._fresh.batch) + len(self.snapshots)
        new = NewSnapshot(
            seq=seq, post_seq=known.seq, snapshot=snapshot, replaced=replaced, salt=writing.snapshot_salt()
        )
        self.snapshots.append(new)
        self.digests.append(commitments.snapshot_digest(known.post, snapshot, replaced=replaced, salt=new.salt))

    def _new_ones(self, asked: set[bytes]) -> dict[bytes, Held]:
        """Posts of the batch itself of which it shows more than one reading."""
        batch, found = self._fresh.batch, dict[bytes, Held]()
        for place, identifier in enumerate(batch.ids):
            if identifier in asked:
                reading = batch.reading(place)
                account_id = self._fresh.accounts[batch.authors[place]]
                post = post_of(reading, account_id, post_id=post_id_of(reading.platform, reading.native_id))
                seq = self._fresh.post_seq + place
                found[identifier] = Held(seq=seq, version=1, text=reading.text, truncated=reading.truncated, post=post)
        return found


def _without_removed(session: Session, batch: PreparedPosts) -> PreparedPosts:
    removed = {post_id.bytes for post_id in redactions.removed_posts(session)}
    if removed.isdisjoint(batch.ids):
        return batch
    return batch.only([place for place, identifier in enumerate(batch.ids) if identifier not in removed])


def _parted(batch: PreparedPosts, known: Collection[bytes]) -> tuple[list[int], list[int]]:
    """The places of posts met for the first time, and those of all other readings."""
    firsts: dict[bytes, int] = {}
    others: list[int] = []
    for place, identifier in enumerate(batch.ids):
        if identifier in known or identifier in firsts:
            others.append(place)
        else:
            firsts[identifier] = place
    return list(firsts.values()), others
