"""The JSON documents of captures, followed accounts and second copies."""

from __future__ import annotations

from collections.abc import Sequence

from archive.domain.captures import Capture
from archive.domain.second_copy import SecondCopy
from archive.errors import ArchiveError
from archive.extraction.web_archives import Memento
from archive.services.capture import Outcome
from archive.services.follow import Fetched, FollowState
from archive.services.moments import instant

Document = dict[str, object]


def outcomes_document(outcomes: Sequence[Outcome], errors: Sequence[tuple[str, ArchiveError]]) -> Document:
    """What capturing several addresses came to; those that could not be asked stand apart."""
    return {
        "captures": [outcome_document(outcome) for outcome in outcomes],
        "errors": [{"url": url, "error": {"code": error.code, "message": error.message}} for url, error in errors],
    }


def fetches_document(fetches: Sequence[Fetched], errors: Sequence[tuple[str, ArchiveError]]) -> Document:
    """What looking at several followed accounts came to."""
    return {
        "fetched": [fetched_document(fetched) for fetched in fetches],
        "errors": [
            {"account": name, "error": {"code": error.code, "message": error.message}} for name, error in errors
        ],
    }


def memento_document(memento: Memento) -> Document:
    """One copy at a web archive."""
    return {
        "url": memento.url,
        "original": memento.original,
        "made_at": instant(memento.made_at),
        "status": memento.status,
        "media_type": memento.media_type,
        "digest": memento.digest,
    }


def outcome_document(outcome: Outcome) -> Document:
    """What capturing one address came to."""
    return {
        "url": outcome.url,
        "platform": outcome.platform.value,
        "state": str(outcome.state),
        "held": outcome.is_held,
        "new": outcome.is_new,
        "changed": outcome.is_changed,
        "post": _post(outcome),
        "capture": None if outcome.capture is None else capture_document(outcome.capture),
        "notes": list(outcome.notes),
        "posted_hint": outcome.posted_hint,
    }


def _post(outcome: Outcome) -> Document | None:
    if outcome.post is None or outcome.account is None:
        return None
    snapshot = outcome.snapshot
    return {
        "id": str(outcome.post.id),
        "reference": outcome.post.reference,
        "url": outcome.post.url,
        "posted_at": instant(outcome.post.posted_at),
        "account": {
            "id": str(outcome.account.id),
            "platform": outcome.account.platform.value,
            "handle": outcome.account.handle,
            "display_name": outcome.account.display_name,
        },
        "text": None if snapshot is None or snapshot.is_hidden else snapshot.text,
        "text_sha256": None if snapshot is None else str(snapshot.text_digest),
        "version": None if snapshot is None else snapshot.version,
        "edited_at": None if snapshot is None else instant(snapshot.edited_at),
        "truncated": None if snapshot is None else snapshot.truncated,
        "availability": None if outcome.availability is None else outcome.availability.value,
    }


def capture_document(capture: Capture) -> Document:
    """One act of recording, with what ties it to the wire."""
    provenance = capture.provenance
    return {
        "id": str(capture.id),
        "sha256": str(capture.digest),
        "size": capture.size,
        "source": provenance.source,
        "status": provenance.status,
        "method": provenance.method.value,
        "class": provenance.capture_class.value,
        "terms": capture.terms_class.value,
        "received_at": instant(provenance.received_at),
        "complete": provenance.complete,
        "exchanges_sha256": None if provenance.exchanges is None else str(provenance.exchanges),
    }


def fetched_document(fetched: Fetched) -> Document:
    """One look at a followed account."""
    return {
        "follow": follow_document(fetched.state),
        "posts": fetched.posts,
        "added": fetched.added,
        "changed": fetched.changed,
        "pages": fetched.pages,
        "covered_since": instant(fetched.covered_since),
        "covered_until": instant(fetched.covered_until),
        "gap": fetched.gap,
    }


def follow_document(state: FollowState) -> Document:
    """A followed account and how it stands."""
    follow, account, silence = state.follow, state.account, state.silence
    return {
        "account": {"platform": account.platform.value, "handle": account.handle, "id": str(account.id)},
        "shown_as": follow.shown_as,
        "route": follow.route,
        "since": instant(follow.since),
        "asked_at": instant(follow.asked_at),
        "answered_at": instant(follow.answered_at),
        "failures": follow.failures,
        "last_code": follow.last_code,
        "silence": None
        if silence is None
        else {
            "since": instant(silence.since),
            "posts": silence.posts,
            "days": silence.days,
            "gap_suspected_from": instant(silence.doubtful_from),
        },
    }


def copy_document(copy: SecondCopy) -> Document:
    """A second copy and how far it is."""
    return {
        "url": copy.url,
        "state": copy.state.value,
        "wanted_at": instant(copy.wanted_at),
        "next_try_at": instant(copy.next_try_at),
        "attempts": copy.attempts,
        "copy_url": copy.copy_url,
        "copied_at": instant(copy.copied_at),
        "last_code": copy.last_code,
        "counts": copy.counts,
    }
