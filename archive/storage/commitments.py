"""Commitments: what the custody log's entries commit to, one formula for each kind of evidence.

Every column that could be tampered with is part of it, so that a change behind the application's back shows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

import orjson

from archive.domain.captures import Capture, Digest, digest_of
from archive.domain.custody import commitment, instant
from archive.domain.posts import Post, Snapshot
from archive.storage.types import storable, stored_time

_encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


def of_capture(capture: Capture) -> Digest:
    """What a capture's entry commits to: its whole provenance and the digest of its bytes."""
    provenance = capture.provenance
    manifest: dict[str, object] = {
        "v": 1,
        "id": str(capture.id),
        "body_sha256": str(capture.digest),
        "size": capture.size,
        "media_type": storable(capture.media_type),
        "terms_class": capture.terms_class.value,
        "method": provenance.method.value,
        "capture_class": provenance.capture_class.value,
        "source": storable(provenance.source),
        "requested_at": instant(provenance.requested_at),
        "received_at": instant(provenance.received_at),
        "final_url": None if provenance.final_url is None else storable(provenance.final_url),
        "redirects": [storable(url) for url in provenance.redirects],
        "status": provenance.status,
        "headers": [[storable(name), storable(value)] for name, value in provenance.headers],
        "peer": None if provenance.peer is None else storable(provenance.peer),
        "complete": provenance.complete,
        "collector": storable(provenance.collector),
    }
    if provenance.exchanges is not None:
        manifest["exchanges_sha256"] = str(provenance.exchanges)
    return commitment(manifest)


def of_values(*values: object) -> Digest:
    """What an entry on a plain row commits to: its values in order."""
    return digest_of(canonical_values(values))


def canonical_values(values: tuple[object, ...]) -> bytes:
    """The values as a JSON list in ASCII, without spaces."""
    try:
        quick = orjson.dumps(values)
    except TypeError:
        return _encode(values).encode("ascii")
    # Beyond ASCII, and for U+007F, the two differ; the formula is what the slow one writes.
    return quick if quick.isascii() and b"\x7f" not in quick else _encode(values).encode("ascii")


def of_snapshot(post: Post, snapshot: Snapshot) -> Digest:
    """One snapshot's part of a batch commitment: the post it belongs to, the capture, and the digest of its text."""
    return snapshot_line(
        post.platform.value,
        post.native_id,
        account=post.account_id.hex,
        posted_at=stored_time(post.posted_at),
        rest=(post.url, post.in_reply_to, post.is_repost),
        snapshot=(
            snapshot.id.hex,
            snapshot.version,
            snapshot.capture_id.hex,
            stored_time(snapshot.seen_at),
            snapshot.text_digest,
            snapshot.language,
            None if snapshot.edited_at is None else stored_time(snapshot.edited_at),
            snapshot.truncated,
            snapshot.locator,
        ),
    )


def snapshot_line(
    platform: str,
    native_id: str,
    *,
    account: str,
    posted_at: str,
    rest: tuple[object, ...],
    snapshot: tuple[object, ...],
) -> Digest:
    """The digest of a snapshot's values, as ``of_snapshot`` orders them; times as ``stored_time`` writes them."""
    return of_values(platform, native_id, account, posted_at, *rest, *snapshot)


def of_texts(documents: Iterable[str]) -> Digest:
    """What an entry on canonical JSON texts commits to: the digest of each, in order."""
    return of_values(*(digest_of(document.encode("ascii")) for document in documents))


def moment(at: datetime | None) -> str | None:
    """A time as commitments write it."""
    return None if at is None else stored_time(at)
