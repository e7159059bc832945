"""What is held already of the posts that an import names: their numbers, and the newest text of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from archive.domain.captures import Digest
from archive.domain.ids import AccountId, CaptureId, PostId, SnapshotId
from archive.domain.posts import Post, Snapshot, next_snapshot, post_id_of
from archive.storage.prepared import PreparedPosts
from archive.storage.rows.posts import PostRow, SnapshotRow

_ASKED_AT_ONCE = 5_000
# Plain SQL: the mapped columns would look at every identifier twice, and most imports find none of them.
_SQLITE = "SELECT id, seq FROM posts WHERE id IN ({})"
_POSTGRESQL = "SELECT id, seq FROM posts WHERE id = ANY(string_to_array(%s, ' ')::uuid[])"


@dataclass(slots=True, kw_only=True)
class Held:
    """A post that is held or about to be: its number and the state of its newest snapshot (version 0: none).

    ``seen_at`` is None for what the running import has added itself; ``post`` once that is needed.
    """

    seq: int
    version: int = 0
    text: str = ""
    truncated: bool = False
    seen_at: datetime | None = None
    post: Post | None = None

    def latest(self, post_id: PostId, *, capture_id: CaptureId, seen_at: datetime) -> Snapshot | None:
        """The newest snapshot as far as the rule of the next one asks: its version, its text, whether that is cut."""
        if not self.version:
            return None
        return Snapshot(
            id=SnapshotId(post_id),
            post_id=post_id,
            capture_id=capture_id,
            version=self.version,
            seen_at=seen_at,
            text=self.text,
            text_digest=Digest(""),
            truncated=self.truncated,
        )


def numbers(session: Session, ids: Sequence[bytes]) -> dict[bytes, int]:
    """The numbers of those posts that are held, by identifier."""
    connection = session.connection()
    found: dict[bytes, int] = {}
    # In their order, so that neighbours are looked up on one page of the index.
    for some in _pages(sorted(ids)):
        if connection.dialect.name == "sqlite":
            query = _SQLITE.format(", ".join("?" * len(some)))
            rows = connection.exec_driver_sql(query, tuple(map(bytearray, some)))
            found.update((identifier, seq) for identifier, seq in rows)
        else:
            rows = connection.exec_driver_sql(_POSTGRESQL, (" ".join(map(bytes.hex, some)),))
            found.update((identifier.bytes, seq) for identifier, seq in rows)
    return found


def newest(session: Session, ids: Iterable[bytes]) -> dict[bytes, Held]:
    """The state of those posts that are held, by identifier."""
    found: dict[bytes, Held] = {}
    later = aliased(SnapshotRow)
    version = select(func.max(later.version)).where(later.post_seq == PostRow.seq).scalar_subquery()
    shown = (SnapshotRow.version, SnapshotRow.text, SnapshotRow.truncated, SnapshotRow.seen_at)
    query = select(PostRow.id, PostRow.seq, *shown).outerjoin(
        SnapshotRow, and_(SnapshotRow.post_seq == PostRow.seq, SnapshotRow.version == version)
    )
    for some in _pages(ids):
        wanted = [UUID(bytes=identifier) for identifier in some]
        for post_id, seq, number, text, truncated, seen_at in session.execute(query.where(PostRow.id.in_(wanted))):
            found[post_id.bytes] = Held(
                seq=seq, version=number or 0, text=text or "", truncated=bool(truncated), seen_at=seen_at
            )
    return found


def next_version(
    known: Held, batch: PreparedPosts, place: int, *, capture_id: CaptureId, seen_at: datetime
) -> Snapshot | None:
    """The snapshot that one reading of a batch adds to a post that is held; None where it shows nothing new."""
    if known.version and known.text == batch.texts[place] and known.truncated == batch.truncated[place]:
        return None
    if known.seen_at is not None and seen_at < known.seen_at:
        # An older dump taken in again shows what the post was, not what it became.
        return None
    reading = batch.reading(place)
    post_id = post_id_of(reading.platform, reading.native_id)
    latest = known.latest(post_id, capture_id=capture_id, seen_at=seen_at)
    return next_snapshot(reading, post_id=post_id, capture_id=capture_id, seen_at=seen_at, latest=latest)


def post(session: Session, post_id: PostId) -> Post:
    """A post that is held."""
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


def _pages(ids: Iterable[bytes]) -> Iterator[list[bytes]]:
    waiting = iter(ids)
    while page := list(islice(waiting, _ASKED_AT_ONCE)):
        yield page
