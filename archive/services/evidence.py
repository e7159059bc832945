"""Evidence: what is stored and committed to in one transaction, so that no row stands without its custody entry."""

from __future__ import annotations

from datetime import datetime

from archive import storage
from archive.domain.articles import ArticleVersion
from archive.domain.captures import Captured
from archive.domain.custody import CustodyEvent, CustodyKind, commitment, instant
from archive.domain.verdicts import Judgement
from archive.storage.database import Session


def record(session: Session, kind: CustodyKind, subject: str, *, manifest: dict[str, object], at: datetime) -> CustodyEvent:
    """Append an entry that commits to ``manifest``."""
    return storage.custody.append(session, kind, subject, commitment(manifest), at)


def record_capture(session: Session, captured: Captured, *, at: datetime) -> CustodyEvent:
    """Store captured bytes and commit to them."""
    storage.captures.add(session, captured)
    return record(session, CustodyKind.CAPTURE, str(captured.capture.id), manifest=capture_manifest(captured), at=at)


def record_judgement(session: Session, judgement: Judgement, *, at: datetime) -> CustodyEvent:
    """Commit to a judgement that storage has taken in the same transaction."""
    manifest: dict[str, object] = {
        "v": 1,
        "number": judgement.number,
        "verdict": judgement.opinion.verdict.value,
        "engine_version": judgement.engine_version,
        "policy": judgement.policy,
        "decided_at": instant(judgement.decided_at),
        "decided_by": judgement.decided_by,
        "supersedes": str(judgement.supersedes) if judgement.supersedes is not None else None,
        "content": str(storage.judgement_json.digest(judgement)),
    }
    return record(session, CustodyKind.JUDGEMENT, str(judgement.id), manifest=manifest, at=at)


def capture_manifest(captured: Captured) -> dict[str, object]:
    """What a capture's custody entry commits to."""
    capture, provenance = captured.capture, captured.capture.provenance
    return {
        "v": 1,
        "body_sha256": str(capture.digest),
        "size": capture.size,
        "media_type": capture.media_type,
        "source": provenance.source,
        "final_url": provenance.final_url,
        "method": provenance.method.value,
        "status": provenance.status,
        "complete": provenance.complete,
        "requested_at": instant(provenance.requested_at),
        "received_at": instant(provenance.received_at),
        "collector": provenance.collector,
    }


def article_manifest(version: ArticleVersion) -> dict[str, object]:
    """What an article version's custody entry commits to."""
    return {
        "v": 1,
        "text_sha256": str(version.text_digest),
        "url": version.article.url,
        "capture": str(version.capture_id) if version.capture_id is not None else None,
        "read_at": instant(version.read_at),
    }
