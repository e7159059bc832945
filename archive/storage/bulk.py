"""Taking many readings in at once: posts, snapshots, words, search and custody in one transaction, safe to repeat."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from archive.domain.captures import Digest
from archive.domain.ids import AccountId, CaptureId, PostId, SnapshotId
from archive.domain.posts import Post, PostReading, Snapshot, next_snapshot, post_id_of
from archive.storage import custody, redactions, writing
from archive.storage.rows.posts import PostRow, SnapshotRow
from archive.storage.types import storable, unstorable_count
from archive.storage.voices import Voices
from archive.storage.writing import NewPost, NewSnapshot, snapshot_salt

_ASKED_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkResult:
    """What a batch added: posts never seen before, snapshots (theirs too), and readings that showed nothing new."""

    new_posts: int
    new_snapshots: int
    unchanged: int


@dataclass(slots=True, kw_only=True)
class _Known:
    """A post that is held, or about to be: its number, the text and state of its latest snapshot, and the post itself
    once that is needed."""

    seq: int
    version: int = 0
    text: str = ""
    truncated: bool = False
    seen_at: datetime | None = None
    post: Post | None = None


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
    custody.lock(session)
    batch = _Batch(session, rows, capture_id=capture_id, seen_at=seen_at)
    for post_id, (reading, account_id) in zip(batch.ids, rows, strict=True):
        batch.take(post_id, reading, account_id=account_id)
    batch.write()
    return BulkResult(
        new_posts=len(batch.posts), new_snapshots=len(batch.snapshots), unchanged=len(rows) - len(batch.snapshots)
    )


def storable_reading(reading: PostReading) -> PostReading:
    """The reading with what no database can hold replaced in every text of it (``types.storable``)."""
    rest = (reading.native_id, reading.url, reading.in_reply_to, reading.language, reading.locator)
    if not unstorable_count(reading.text + "".join(filter(None, rest))):
        return reading
    return replace(
        reading,
        text=storable(reading.text),
        native_id=storable(reading.native_id),
        url=_storable(reading.url),
        in_reply_to=_storable(reading.in_reply_to),
        language=_storable(reading.language),
        locator=_storable(reading.locator),
    )


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


class _Batch:
    """One call's posts and snapshots, numbered and committed to before any of them is written."""

    def __init__(
        self,
        session: Session,
        rows: Sequence[tuple[PostReading, AccountId]],
        *,
        capture_id: CaptureId,
        seen_at: datetime,
    ) -> None:
        self._session = session
        self._capture_id = capture_id
        self._seen_at = seen_at
        self.ids = [post_id_of(reading.platform, storable(reading.native_id)) for reading, _ in rows]
        self._known = _known(session, dict.fromkeys(self.ids))
        self._removed = redactions.removed_posts(session)
        self._voices = Voices(session, {account_id for _, account_id in rows})
        self._post_seq = writing.next_number(session, PostRow.seq)
        self._snapshot_seq = writing.next_number(session, SnapshotRow.seq)
        self.posts: list[NewPost] = []
        self.snapshots: list[NewSnapshot] = []
        self._posts_of: list[Post] = []

    def take(self, post_id: PostId, raw: PostReading, *, account_id: AccountId) -> None:
        """Plan what one reading adds; of a post that was removed on purpose, nothing."""
        if post_id in self._removed:
            return
        reading = storable_reading(raw)
        known = self._known.get(post_id)
        if known is None:
            known = self._new_post(post_id, reading, account_id=account_id)
        elif known.text == reading.text and known.truncated == reading.truncated:
            return
        elif known.seen_at is not None and self._seen_at < known.seen_at:
            # An older dump taken in again shows what the post was, not what it became.
            return
        snapshot = next_snapshot(
            reading,
            post_id=post_id,
            capture_id=self._capture_id,
            seen_at=self._seen_at,
            latest=_latest(known, post_id, capture_id=self._capture_id, seen_at=self._seen_at),
        )
        if snapshot is None:
            return
        if known.post is None:
            known.post = _held_post(self._session, post_id)
        known.version, known.text, known.truncated = snapshot.version, snapshot.text, snapshot.truncated
        replaced = unstorable_count(raw.text) if reading is not raw else 0
        new = NewSnapshot(
            seq=self._snapshot_seq + len(self.snapshots),
            post_seq=known.seq,
            snapshot=snapshot,
            replaced=replaced,
            salt=snapshot_salt(),
        )
        self.snapshots.append(new)
        self._posts_of.append(known.post)

    def write(self) -> None:
        """Append the custody entry, then write all that was planned."""
        if not self.snapshots:
            return
        index = writing.commit_snapshots(self._session, self.snapshots, posts=self._posts_of, at=self._seen_at)
        writing.write_posts(self._session, self.posts)
        writing.write_snapshots(self._session, self.snapshots, custody_index=index)

    def _new_post(self, post_id: PostId, reading: PostReading, *, account_id: AccountId) -> _Known:
        seq = self._post_seq + len(self.posts)
        post = post_of(reading, account_id, post_id=post_id)
        self.posts.append(
            NewPost(
                seq=seq,
                post=post,
                voice=self._voices.of(account_id, day=reading.posted_at.date()),
                reported=False,
                next_look_at=self._seen_at,
            )
        )
        known = _Known(seq=seq, post=post)
        self._known[post_id] = known
        return known


def _known(session: Session, ids: Iterable[PostId]) -> dict[PostId, _Known]:
    wanted = list(ids)
    found: dict[PostId, _Known] = {}
    later = aliased(SnapshotRow)
    newest = select(func.max(later.version)).where(later.post_seq == PostRow.seq).scalar_subquery()
    shown = (SnapshotRow.version, SnapshotRow.text, SnapshotRow.truncated, SnapshotRow.seen_at)
    query = select(PostRow.id, PostRow.seq, *shown).outerjoin(
        SnapshotRow, and_(SnapshotRow.post_seq == PostRow.seq, SnapshotRow.version == newest)
    )
    for start in range(0, len(wanted), _ASKED_AT_ONCE):
        some: list[UUID] = list(wanted[start : start + _ASKED_AT_ONCE])
        for post_id, seq, version, text, truncated, seen_at in session.execute(query.where(PostRow.id.in_(some))):
            known = _Known(seq=seq, version=version or 0, text=text or "", truncated=bool(truncated), seen_at=seen_at)
            found[PostId(post_id)] = known
    return found


def _latest(known: _Known, post_id: PostId, *, capture_id: CaptureId, seen_at: datetime) -> Snapshot | None:
    """The latest snapshot as far as the rule of the next one asks: its version, its text, whether that is cut."""
    if not known.version:
        return None
    return Snapshot(
        id=SnapshotId(post_id),
        post_id=post_id,
        capture_id=capture_id,
        version=known.version,
        seen_at=seen_at,
        text=known.text,
        text_digest=Digest(""),
        truncated=known.truncated,
    )


def _held_post(session: Session, post_id: PostId) -> Post:
    return post_of_row(session.scalars(select(PostRow).where(PostRow.id == post_id)).one())


def post_of_row(row: PostRow) -> Post:
    """The value of a post's row."""
    return Post(
        id=PostId(row.id),
        platform=row.platform,
        native_id=row.native_id,
        account_id=AccountId(row.account_id),
        posted_at=row.posted_at,
        url=row.url,
        in_reply_to=row.in_reply_to,
        is_repost=row.is_repost,
    )


def snapshot_of_row(row: SnapshotRow, post_id: PostId) -> Snapshot:
    """The value of a snapshot's row."""
    return Snapshot(
        id=SnapshotId(row.id),
        post_id=post_id,
        capture_id=CaptureId(row.capture_id),
        version=row.version,
        seen_at=row.seen_at,
        text=row.text,
        text_digest=Digest(row.text_digest),
        language=row.language,
        edited_at=row.edited_at,
        truncated=row.truncated,
        locator=row.locator,
    )


def _storable(text: str | None) -> str | None:
    return None if text is None else storable(text)
