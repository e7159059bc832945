"""Writing many rows of posts at once: tuples straight to the driver, inside the session's own transaction.

The mapped classes would cost more than half of an import, so this one path goes round them. Everything else in the
storage room uses them.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from archive.domain.availability import Availability
from archive.domain.custody import SNAPSHOT_SALT_BYTES, CustodyKind, batch_manifest
from archive.domain.posts import Post, Snapshot
from archive.domain.voices import Voice
from archive.storage import commitments, custody, fulltext, redactions, searchable_forms
from archive.storage.stored import stored_time
from archive.text.shingles import pack, word_hashes

_POSTS = (
    "seq, id, platform, native_id, account_id, posted_at, url, in_reply_to, is_repost, reported, "
    "voice_name, voice_basis, voice_person_id, voice_office_id, availability, next_look_at"
)
_SNAPSHOTS = (
    "seq, id, post_seq, capture_id, version, seen_at, text, text_digest, language, edited_at, truncated, locator, "
    "replaced, custody_index, salt"
)
_WORDS = "seq, post_seq, words"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPost:
    """A post to be written, with its number and whose words it is. ``next_look_at`` None: never looked at again."""

    seq: int
    post: Post
    voice: Voice
    reported: bool
    next_look_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSnapshot:
    """A snapshot to be written, with its number, its post's number, how many characters were replaced in it, and the
    salt of its digest."""

    seq: int
    post_seq: int
    snapshot: Snapshot
    replaced: int
    salt: bytes


def next_number(session: Session, column: InstrumentedAttribute[int]) -> int:
    """The next free number of a table that is numbered in order; only safe while the custody log is locked.

    The number of a removed row is never given out again: what names it would then name another.
    """
    highest = session.scalar(select(func.max(column))) or 0
    return max(highest, redactions.highest_removed(session, column.class_.__tablename__)) + 1


def snapshot_salt() -> bytes:
    """A fresh salt for one snapshot."""
    return secrets.token_bytes(SNAPSHOT_SALT_BYTES)


def commit_snapshots(session: Session, snapshots: Sequence[NewSnapshot], *, posts: Iterable[Post], at: datetime) -> int:
    """Append one custody entry for snapshots of one capture, each with its post, in the order of their numbers; its
    index."""
    digests = [
        commitments.snapshot_digest(post, new.snapshot, replaced=new.replaced, salt=new.salt)
        for new, post in zip(snapshots, posts, strict=True)
    ]
    subject = str(snapshots[0].snapshot.capture_id)
    return custody.append(session, CustodyKind.SNAPSHOTS, subject, manifest=batch_manifest(digests), at=at).index


def write_posts(session: Session, posts: Sequence[NewPost]) -> None:
    """Write posts."""
    encode = _sqlite_post if _is_sqlite(session) else _postgresql_post
    _insert(session, "posts", _POSTS, rows=[encode(new) for new in posts])


def write_snapshots(session: Session, snapshots: Sequence[NewSnapshot], *, custody_index: int) -> None:
    """Write snapshots and make their words findable, by quotation and by search."""
    if not snapshots:
        return
    encode = _sqlite_snapshot if _is_sqlite(session) else _postgresql_snapshot
    _insert(session, "snapshots", _SNAPSHOTS, rows=[encode(new, custody_index) for new in snapshots])
    words = [(new.seq, new.post_seq, pack(word_hashes(new.snapshot.text))) for new in snapshots]
    _insert(session, "post_words", _WORDS, rows=words)
    form = searchable_forms.form_for(session.connection().dialect.name)
    texts = [new.snapshot.text for new in snapshots]
    fulltext.index(session, [new.seq for new in snapshots], texts=texts, forms=list(map(form, texts)))


def _is_sqlite(session: Session) -> bool:
    return session.connection().dialect.name == "sqlite"


def _insert(session: Session, table: str, columns: str, *, rows: Sequence[tuple[object, ...]]) -> None:
    if not rows:
        return
    session.flush()
    place = "?" if _is_sqlite(session) else "%s"
    places = ", ".join([place] * len(rows[0]))
    session.connection().exec_driver_sql(f"INSERT INTO {table} ({columns}) VALUES ({places})", list(rows))


def _voice_of(voice: Voice) -> tuple[str, str, UUID | None, UUID | None]:
    return voice.name, voice.basis.value, voice.person_id, voice.office_id


def _sqlite_post(new: NewPost) -> tuple[object, ...]:
    post, (name, basis, person, office) = new.post, _voice_of(new.voice)
    return (
        new.seq,
        post.id.bytes,
        post.platform.value,
        post.native_id,
        post.account_id.bytes,
        stored_time(post.posted_at),
        post.url,
        post.in_reply_to,
        post.is_repost,
        new.reported,
        name,
        basis,
        None if person is None else person.bytes,
        None if office is None else office.bytes,
        Availability.NOT_CHECKED.value,
        None if new.next_look_at is None else stored_time(new.next_look_at),
    )


def _postgresql_post(new: NewPost) -> tuple[object, ...]:
    post = new.post
    return (
        new.seq,
        post.id,
        post.platform.value,
        post.native_id,
        post.account_id,
        post.posted_at,
        post.url,
        post.in_reply_to,
        post.is_repost,
        new.reported,
        *_voice_of(new.voice),
        Availability.NOT_CHECKED.value,
        new.next_look_at,
    )


def _sqlite_snapshot(new: NewSnapshot, custody_index: int) -> tuple[object, ...]:
    snapshot = new.snapshot
    return (
        new.seq,
        snapshot.id.bytes,
        new.post_seq,
        snapshot.capture_id.bytes,
        snapshot.version,
        stored_time(snapshot.seen_at),
        snapshot.text,
        bytes.fromhex(snapshot.text_digest),
        snapshot.language,
        None if snapshot.edited_at is None else stored_time(snapshot.edited_at),
        snapshot.truncated,
        snapshot.locator,
        new.replaced,
        custody_index,
        new.salt,
    )


def _postgresql_snapshot(new: NewSnapshot, custody_index: int) -> tuple[object, ...]:
    snapshot = new.snapshot
    return (
        new.seq,
        snapshot.id,
        new.post_seq,
        snapshot.capture_id,
        snapshot.version,
        snapshot.seen_at,
        snapshot.text,
        bytes.fromhex(snapshot.text_digest),
        snapshot.language,
        snapshot.edited_at,
        snapshot.truncated,
        snapshot.locator,
        new.replaced,
        custody_index,
        new.salt,
    )
