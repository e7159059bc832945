"""Proofs: what else a platform shows of a post that was read – every version of it, its record, its author's signature.

Each is a capture of its own, kept beside the first; a part that cannot be had is named, never a reason to lose it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from archive.capture.endpoints import (
    Endpoint,
    history_endpoint,
    identity_endpoint,
    object_endpoint,
    record_endpoints,
)
from archive.capture.posts import capture_endpoint
from archive.domain.accounts import Platform
from archive.domain.captures import CaptureClass, Captured, Retention
from archive.domain.posts import PostReading
from archive.errors import CaptureError, ExtractionError
from archive.extraction.payloads import load_json, mapping, text_of
from archive.extraction.posts import Asked, read_posts
from archive.extraction.posts.bluesky_proof import Identity, read_identity, read_proof
from archive.extraction.posts.content_addresses import cid_of_record
from archive.logs import logger_of
from archive.runtime import Runtime
from archive.services.answers import Answer

log = logger_of("services.proofs")


class ProofNote(StrEnum):
    """What further evidence says of a post."""

    SIGNED = "signed_by_author"
    ADDRESS_HOLDS = "content_address_holds"
    ADDRESS_DIFFERS = "content_address_differs"
    VIEWS_DIFFER = "views_differ"
    PROVEN_ABSENT = "proven_absent"
    HISTORY_READ = "history_read"
    OBJECT_AGREES = "object_agrees"
    NOT_HAD = "further_evidence_not_had"


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """Further evidence: the capture that carries the post's own words now, every version where the platform shows them
    (oldest first), captures to keep beside it, and what they say."""

    captured: Captured
    reading: PostReading
    versions: tuple[PostReading, ...] = field(default=())
    history: Captured | None = None
    beside: tuple[Captured, ...] = field(default=())
    notes: tuple[ProofNote, ...] = field(default=())


def further_evidence(runtime: Runtime, answer: Answer, reading: PostReading) -> Further:
    """Whatever the platform shows beyond the first answer. Never fails: what cannot be had is noted."""
    plain = Further(captured=answer.captured, reading=reading)
    if answer.captured.capture.retention is Retention.KEEP_DIGEST:
        return plain
    try:
        if reading.platform is Platform.MASTODON:
            return _mastodon(runtime, answer, plain)
        if reading.platform is Platform.BLUESKY:
            return _bluesky(runtime, plain)
    except (CaptureError, ExtractionError) as error:
        log.info("proofs.not_had", platform=reading.platform.value, code=error.code)
        return replace(plain, notes=(ProofNote.NOT_HAD,))
    return plain


def _mastodon(runtime: Runtime, answer: Answer, plain: Further) -> Further:
    """The ActivityPub object under the post's own name, and the edit history where the post says it was edited."""
    reading, found = plain.reading, plain
    if reading.native_id.startswith("https://"):
        note = capture_endpoint(runtime.fetcher, object_endpoint(reading.native_id))
        if note.capture.provenance.status == 200:
            agrees = _object_text(note) == reading.text
            said = ProofNote.OBJECT_AGREES if agrees else ProofNote.VIEWS_DIFFER
            found = replace(found, beside=(*found.beside, note), notes=(*found.notes, said))
    pointer = answer.endpoint.pointer
    endpoint = history_endpoint(pointer) if pointer is not None and reading.edited_at is not None else None
    if endpoint is None:
        return found
    history = capture_endpoint(runtime.fetcher, endpoint)
    if history.capture.provenance.status != 200:
        return replace(found, notes=(*found.notes, ProofNote.NOT_HAD))
    versions = read_posts(Platform.MASTODON, history.body, asked=Asked(url=endpoint.url))
    named = tuple(
        version._replace(native_id=reading.native_id, author_native_id=reading.author_native_id, url=reading.url)
        for version in versions
    )
    return replace(found, versions=named, history=history, notes=(*found.notes, ProofNote.HISTORY_READ))


def _object_text(note: Captured) -> str | None:
    try:
        return next((reading.text for reading in read_posts(Platform.MASTODON, note.body)), None)
    except ExtractionError:
        return None


def _bluesky(runtime: Runtime, plain: Further) -> Further:
    """The record from the author's own host and the signed slice of the author's repository that proves it."""
    reading = plain.reading
    did, key = reading.author_native_id or "", reading.native_id.rsplit("/", 1)[-1]
    endpoint = identity_endpoint(did)
    if endpoint is None:
        return replace(plain, notes=(ProofNote.NOT_HAD,))
    named = capture_endpoint(runtime.fetcher, endpoint)
    identity = read_identity(named.body)
    if identity.host is None or identity.did != did:
        return replace(plain, beside=(named,), notes=(ProofNote.NOT_HAD,))
    record_at, proof_at = record_endpoints(identity.host, did=did, key=key)
    record = capture_endpoint(runtime.fetcher, record_at)
    found = replace(plain, beside=(named, plain.captured), captured=record)
    address, own = _record(record, reading=reading)
    if own is None or address is None:
        return replace(plain, beside=(named, record), notes=(ProofNote.NOT_HAD,))
    notes = [ProofNote.ADDRESS_HOLDS if address.holds else ProofNote.ADDRESS_DIFFERS]
    if own.text != reading.text:
        notes.append(ProofNote.VIEWS_DIFFER)
    signed, proof = _proof(runtime, proof_at, identity=identity, key=key, cid=address.cid)
    if proof is not None:
        found = replace(found, beside=(*found.beside, proof))
    if signed and address.holds:
        notes.append(ProofNote.SIGNED)
        provenance = replace(record.capture.provenance, capture_class=CaptureClass.VERIFIABLE)
        found = replace(found, captured=replace(record, capture=replace(record.capture, provenance=provenance)))
    return replace(found, reading=own, notes=tuple(notes))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Address:
    cid: str
    holds: bool


def _record(record: Captured, *, reading: PostReading) -> tuple[_Address | None, PostReading | None]:
    """What the author's host says: the record's address recomputed, and the words with the names of the first view."""
    if record.capture.provenance.status != 200:
        return None, None
    answer = mapping(load_json(record.body))
    cid = text_of(answer, "cid")
    asked = Asked(handle=reading.author_handle, author_name=reading.author_name)
    own = next(iter(read_posts(Platform.BLUESKY, record.body, asked=asked)), None)
    if cid is None or own is None or own.native_id != reading.native_id:
        return None, None
    address = _Address(cid=cid, holds=cid_of_record(mapping(answer.get("value"))) == cid)
    return address, own._replace(is_repost=reading.is_repost)


def _proof(
    runtime: Runtime, endpoint: Endpoint, *, identity: Identity, key: str, cid: str
) -> tuple[bool, Captured | None]:
    """Whether the author's key signed a repository that holds the record under this address, and the slice."""
    try:
        captured = capture_endpoint(runtime.fetcher, endpoint)
        if captured.capture.provenance.status != 200:
            return False, None
        proof = read_proof(captured.body, identity=identity, key=key)
    except (CaptureError, ExtractionError) as error:
        log.info("proofs.not_had", platform="bluesky", code=error.code)
        return False, None
    return proof.is_signed and proof.cid == cid, captured
