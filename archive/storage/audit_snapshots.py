"""The audit of posts and their texts: every row read raw and hashed again, batch by batch, as it was committed to.

Snapshots are numbered in the order of their custody entries, so one pass in that order checks a million of them
without keeping any.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, cast
from uuid import UUID

from sqlalchemy.orm import Session

from archive.domain.custody import batch_manifest, digest_list
from archive.domain.ids import named_hex
from archive.storage import commitments, redactions
from archive.storage.entries import Entry
from archive.storage.raw import Raw

_BOOLEAN = {0: False, 1: True}
_REPORTED = "reported:"
_EARLIEST = -(2**63)
Row = Sequence[Any]
"""Columns of any type: a tampered database may hold whatever its owner likes."""


@dataclass(slots=True)
class _Batch:
    """The digests of one entry's snapshots so far."""

    index: int
    digests: list[tuple[int, bytes]] = field(default_factory=list)
    is_broken: bool = False


def snapshot_problems(session: Session, *, since: int = 0, until: int | None = None) -> Iterator[str]:
    """Everything amiss with the snapshots of custody entries ``since`` up to but without ``until``, and with the
    posts they belong to.

    Snapshots removed as recorded are taken into account by what they contributed.
    """
    raw = Raw(session)
    gone = redactions.everything(session).snapshot_digests()
    entries = _entries(raw, since=since, until=until)
    expected = next(entries, None)
    for found in _batches(raw, since=since, until=until):
        if isinstance(found, str):
            yield found
            continue
        while expected is not None and expected[0] < found.index:
            yield from _missing(expected, gone)
            expected = next(entries, None)
        if expected is None or expected[0] != found.index:
            yield f"Snapshots name custody entry {found.index}, which commits to none."
            continue
        if not _fits(expected[1], found, gone.get(found.index, [])):
            yield f"Snapshots of custody entry {found.index} differ from what it committed to."
        expected = next(entries, None)
    while expected is not None:
        yield from _missing(expected, gone)
        expected = next(entries, None)


def count(session: Session) -> int:
    """How many snapshots there are."""
    return int(str(Raw(session).rows("SELECT count(*) FROM snapshots")[0][0]))


def border(session: Session, *, percent: int) -> int:
    """A custody entry before which about so many of a hundred snapshots stand; 0 where there are few."""
    part = f"SELECT max(seq) * {percent:d} / 100 FROM snapshots"
    found = Raw(session).rows(f"SELECT custody_index FROM snapshots WHERE seq >= ({part}) ORDER BY seq LIMIT 1")
    return int(str(found[0][0])) if found else 0


def _fits(entry: Entry, batch: _Batch, gone: list[tuple[int, bytes]]) -> bool:
    digests = [digest for _, digest in (sorted([*batch.digests, *gone]) if gone else batch.digests)]
    if batch.is_broken:
        return False
    manifest = batch_manifest(digests) if entry.version > 1 else digest_list([digest.hex() for digest in digests])
    return entry.fits(manifest)


def _missing(expected: tuple[int, Entry], gone: dict[int, list[tuple[int, bytes]]]) -> Iterator[str]:
    index, entry = expected
    if index not in gone or not _fits(entry, _Batch(index), gone[index]):
        yield f"The snapshots of custody entry {index} are no longer held."


def _entries(raw: Raw, *, since: int, until: int | None) -> Iterator[tuple[int, Entry]]:
    end = "" if until is None else f"AND l.position < {until:d}"
    statement = (
        f"SELECT l.position, l.version, {raw.digest('l.commitment')}, s.salt FROM custody_log l "
        "LEFT JOIN custody_salts s ON s.position = l.position "
        f"WHERE l.position > ? AND l.kind = 'snapshots' {end} ORDER BY l.position LIMIT ?"
    )
    for rows in raw.pages(statement, start=since - 1):
        for position, version, commit, salt in rows:
            yield int(str(position)), Entry(int(str(version)), str(commit), _bytes(salt))


def _batches(raw: Raw, *, since: int, until: int | None) -> Iterator[_Batch | str]:
    """The snapshots of each entry in turn, and a sentence on each row that is wrong in itself."""
    key_hex = _sqlite_hex if raw.is_sqlite else _postgresql_hex
    batch: _Batch | None = None
    for rows in raw.pages(_statement(raw, since=since, until=until), start=_EARLIEST):
        for row in cast("Sequence[Row]", rows):
            index = row[1]
            if batch is None or index != batch.index:
                if batch is not None:
                    yield batch
                    if not isinstance(index, int) or index < batch.index:
                        yield f"Snapshot {row[0]} is not in the order of its custody entry."
                batch = _Batch(index if isinstance(index, int) else -1)
            try:
                digest, problem = _checked(row, key_hex)
            except (TypeError, ValueError, KeyError, AttributeError):
                digest, problem = None, f"Snapshot number {row[0]} cannot be read."
            if problem is not None:
                yield problem
            if digest is None:
                batch.is_broken = True
            else:
                batch.digests.append((row[0], digest))
    if batch is not None:
        yield batch


def _statement(raw: Raw, *, since: int, until: int | None) -> str:
    # Bounds by number, not by entry: one index to follow, in the order of the rows.
    first = _number_at(raw, since) if since else None
    end = None if until is None else _number_at(raw, until)
    part = "" if first is None else f"AND s.seq >= {first:d}"
    part += "" if end is None else f" AND s.seq < {end:d}"
    return (
        "SELECT s.seq, s.custody_index, s.salt, s.text, s.replaced, p.reported, "
        f"p.platform, p.native_id, p.account_id, {raw.time('p.posted_at')}, p.url, p.in_reply_to, "
        f"p.is_repost, s.id, s.version, s.capture_id, {raw.time('s.seen_at')}, "
        f"s.text_digest, s.language, {raw.time('s.edited_at')}, s.truncated, s.locator, "
        "p.id FROM snapshots s LEFT JOIN posts p ON p.seq = s.post_seq "
        f"WHERE s.seq > ? {part} ORDER BY s.seq LIMIT ?"
    )


def _number_at(raw: Raw, index: int) -> int:
    """The number of the first snapshot of that entry or a later one; beyond the last where there is none."""
    number = raw.rows("SELECT min(seq) FROM snapshots WHERE custody_index >= ?", index)[0][0]
    return number if isinstance(number, int) else 2**63 - 1


_sqlite_hex: Callable[[Any], str] = bytes.hex
_postgresql_hex: Callable[[Any], str] = attrgetter("hex")


def _checked(row: Row, key_hex: Callable[[Any], str]) -> tuple[bytes | None, str | None]:
    """A snapshot's digest as held, and what is wrong with it or its post apart from that.

    What the columns hold may be of any type in a tampered database: the caller catches what that leads to.
    """
    seq, _, salt, text, replaced, reported, *of_post = row[:13]
    platform, native_id, account, posted, url, answered, repost = of_post
    own, version, capture, seen, text_digest, language, edited, truncated, locator, post_id = row[13:]
    if platform is None:
        return None, f"Snapshot number {seq} belongs to no post."
    key = key_hex(own)
    # In the order of ``commitments.snapshot_values``.
    values = (
        platform, native_id, key_hex(account), posted, url, answered, _BOOLEAN[repost], key, version, key_hex(capture),
        seen, text_digest.hex(), language, edited, _BOOLEAN[truncated], locator, replaced,
    )  # fmt: skip
    digest = commitments.digest_of_snapshot_values(values, salt=salt)
    if hashlib.sha256(text.encode("utf-8")).digest() != text_digest:
        return digest, f"The text of snapshot {UUID(key)} no longer has its digest."
    is_reported = native_id.startswith(_REPORTED)
    if key_hex(post_id) != named_hex("post", platform, native_id) or _BOOLEAN[reported] is not is_reported:
        return digest, f"Post {platform}:{native_id} is not what its own key says."
    return digest, None


def _bytes(value: object) -> bytes | None:
    return None if value is None else bytes(value)  # type: ignore[call-overload]
