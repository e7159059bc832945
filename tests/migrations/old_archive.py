"""An archive as revision 0005 left it: a capture, a post with its text and a look at it, under entries of version 1."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from archive.domain.accounts import AccountKind, Platform
from archive.domain.availability import Availability, Sighting
from archive.domain.captures import Captured
from archive.domain.custody import CustodyEvent, CustodyKind, commitment, digest_list
from archive.domain.ids import AccountId
from archive.domain.merkle import grown
from archive.domain.posts import Post, Snapshot
from archive.domain.voices import VoiceBasis
from archive.storage import commitments, fulltext
from archive.storage.database import Database
from archive.storage.rows.accounts import AccountRow
from archive.storage.rows.captures import BodyPartRow, BodyRow, CaptureRow
from archive.storage.rows.custody import CustodyHeadRow, CustodyRow
from archive.storage.rows.posts import ObservationRow, PostRow, PostWordsRow, SnapshotRow
from archive.text.searchable import searchable
from archive.text.shingles import pack, word_hashes
from tests.factories import NOON, a_capture, a_post, a_snapshot, an_id

ACCOUNT = an_id("the account of long ago")
TEXT = "The ferry to Port Velm runs until the lake freezes."


def fill(url: str) -> None:
    """Write it, column by column: what is added to the tables later keeps out of these statements."""
    database = Database(url)
    with database.writing() as session:
        _write(session)
    database.dispose()


def _write(session: Session) -> None:
    captured = a_capture(b"payload", at=NOON)
    post = replace(a_post(native_id="1"), account_id=AccountId(ACCOUNT))
    snapshot = replace(a_snapshot(post, TEXT), capture_id=captured.capture.id)
    manifests = {
        (CustodyKind.CAPTURE, str(captured.capture.id)): commitments.capture_manifest(captured.capture),
        (CustodyKind.SNAPSHOTS, str(captured.capture.id)): digest_list(
            [commitments.snapshot_digest(post, snapshot, replaced=0, salt=None).hex()]
        ),
        (CustodyKind.RUN, "run"): b"{}",
    }
    _write_log(session, manifests)
    _write_capture(session, captured)
    account = {
        "id": ACCOUNT,
        "platform": Platform.X,
        "native_id": "9",
        "handle": "PortVelm",
        "handle_key": "portvelm",
        "display_name": "Port Velm",
        "kind": AccountKind.OFFICIAL,
    }
    session.execute(insert(AccountRow), account)
    _write_post(session, snapshot, post=post)


def _write_log(session: Session, manifests: dict[tuple[CustodyKind, str], bytes]) -> None:
    subtrees: list[bytes] = []
    for index, ((kind, subject), manifest) in enumerate(manifests.items()):
        commit = commitment(manifest, salt=None)
        event = CustodyEvent(index=index, version=1, kind=kind, subject=subject, commit=commit, at=NOON)
        entry = {"kind": kind, "subject": subject, "commitment": commit, "at": NOON, "leaf": event.leaf().hex()}
        session.execute(insert(CustodyRow), {"position": index, **entry})
        subtrees = grown(subtrees, event.leaf(), size=index)
    session.execute(delete(CustodyHeadRow))
    head = {"id": 1, "size": len(manifests), "subtrees": b"".join(subtrees)}
    session.execute(insert(CustodyHeadRow), head)


def _write_capture(session: Session, captured: Captured) -> None:
    capture = captured.capture
    session.execute(insert(BodyRow), {"digest": capture.digest, "size": capture.size})
    session.execute(insert(BodyPartRow), {"digest": capture.digest, "number": 0, "bytes": captured.body})
    provenance = capture.provenance
    values = {
        "id": capture.id,
        "digest": capture.digest,
        "size": capture.size,
        "media_type": capture.media_type,
        "terms_class": capture.terms_class,
        "method": provenance.method,
        "capture_class": provenance.capture_class,
        "source": provenance.source,
        "requested_at": provenance.requested_at,
        "received_at": provenance.received_at,
        "final_url": provenance.final_url,
        "redirects": json.dumps(provenance.redirects),
        "status": provenance.status,
        "headers": json.dumps(provenance.headers),
        "peer": provenance.peer,
        "complete": provenance.complete,
        "collector": provenance.collector,
    }
    session.execute(insert(CaptureRow), values)


def _write_post(session: Session, snapshot: Snapshot, *, post: Post) -> None:
    values = {
        "seq": 1,
        "id": post.id,
        "platform": post.platform,
        "native_id": post.native_id,
        "account_id": ACCOUNT,
        "posted_at": post.posted_at,
        "url": post.url,
        "in_reply_to": post.in_reply_to,
        "is_repost": post.is_repost,
        "reported": False,
        "voice_name": "Port Velm",
        "voice_basis": VoiceBasis.PROFILE,
        "availability": Availability.LIVE,
        "available_since": NOON,
        "last_seen_at": NOON,
        "next_look_at": NOON + timedelta(days=1),
    }
    session.execute(insert(PostRow), values)
    words = {
        "seq": 1,
        "id": snapshot.id,
        "post_seq": 1,
        "capture_id": snapshot.capture_id,
        "version": 1,
        "seen_at": snapshot.seen_at,
        "text": snapshot.text,
        "text_digest": snapshot.text_digest,
        "language": snapshot.language,
        "truncated": snapshot.truncated,
        "locator": snapshot.locator,
        "replaced": 0,
        "custody_index": 1,
    }
    session.execute(insert(SnapshotRow), words)
    session.execute(insert(PostWordsRow), {"seq": 1, "post_seq": 1, "words": pack(word_hashes(snapshot.text))})
    fulltext.index(session, [1], texts=[snapshot.text], forms=[searchable(snapshot.text)])
    look = {"seq": 1, "post_seq": 1, "seen_at": NOON, "sighting": Sighting.SEEN}
    session.execute(insert(ObservationRow), look)
