"""Commitments: the manifests that the custody log's entries commit to, one formula for each kind of evidence.

Every column that could be tampered with is part of its manifest, so that a change behind the application's back
shows. ``tests/unit/domain/custody_vectors.json`` fixes the bytes for ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from archive.domain.captures import Capture, Retention
from archive.domain.custody import canonical_manifest, instant, salted_digest
from archive.domain.posts import Post, Snapshot
from archive.storage.stored import storable, stored_time
from archive.text.quick_json import ascii_list


def capture_manifest(capture: Capture) -> bytes:
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
    if capture.retention is not Retention.KEEP:
        manifest["retention"] = capture.retention.value
    return canonical_manifest(manifest)


def values_manifest(*values: object) -> bytes:
    """The manifest of a plain row: its values in order."""
    return canonical_values(values)


def canonical_values(values: Sequence[object]) -> bytes:
    """The values as a JSON list in ASCII, without spaces."""
    return ascii_list(values)


def snapshot_digest(post: Post, snapshot: Snapshot, *, replaced: int, salt: bytes | None) -> bytes:
    """A snapshot's part of its batch: the post it belongs to, the capture, the digest of its text.

    ``replaced`` counts characters that no database can hold. A snapshot without salt is one of version 1.
    """
    return digest_of_snapshot_values(snapshot_values(post, snapshot, replaced=replaced), salt=salt)


def snapshot_values(post: Post, snapshot: Snapshot, *, replaced: int) -> tuple[object, ...]:
    """The values of a snapshot in the order of its manifest; identifiers as bare hexadecimal, times as SQLite keeps
    them."""
    return (
        post.platform.value,
        post.native_id,
        post.account_id.hex,
        stored_time(post.posted_at),
        post.url,
        post.in_reply_to,
        post.is_repost,
        snapshot.id.hex,
        snapshot.version,
        snapshot.capture_id.hex,
        stored_time(snapshot.seen_at),
        snapshot.text_digest,
        snapshot.language,
        None if snapshot.edited_at is None else stored_time(snapshot.edited_at),
        snapshot.truncated,
        snapshot.locator,
        replaced,
    )


def digest_of_snapshot_values(values: tuple[object, ...], *, salt: bytes | None) -> bytes:
    """The digest of what ``snapshot_values`` gives; the formula of version 1 knows no salt and no replacements."""
    return salted_digest(canonical_values(values if salt is not None else values[:-1]), salt=salt)


def before_account(platform: str, native_id: str) -> bytes:
    """The beginning of a snapshot's values, as far as the account's identifier: bulk imports learn that one last."""
    if native_id.isascii() and native_id.isdigit():
        # Most platforms number their posts: nothing to escape.
        return f'["{platform}","{native_id}","'.encode("ascii")
    return canonical_values((platform, native_id))[:-1] + b',"'


def behind_account(values: tuple[object, ...]) -> bytes:
    """The rest of a snapshot's values, behind the account's identifier."""
    return b'",' + canonical_values(values)[1:]


def post_manifest(post: Post) -> bytes:
    """The manifest of a post whose text is not held."""
    return values_manifest(
        post.platform.value,
        post.native_id,
        post.account_id.hex,
        stored_time(post.posted_at),
        post.url,
        post.in_reply_to,
        post.is_repost,
    )


def moment(at: datetime | None) -> str | None:
    """A time as manifests of rows write it."""
    return None if at is None else stored_time(at)
