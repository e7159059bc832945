"""Captures: one act of recording bytes – what, from where, when, by which method."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from archive.domain.ids import CaptureId

Digest = NewType("Digest", str)
"""SHA-256 in lower-case hexadecimal, 64 characters."""


def digest_of(body: bytes) -> Digest:
    """The SHA-256 digest of exactly these bytes."""
    return Digest(hashlib.sha256(body).hexdigest())


def text_digest(text: str) -> Digest:
    """The SHA-256 digest of the text's UTF-8 bytes; lone surrogates are kept (``surrogatepass``), nothing
    normalised."""
    return digest_of(text.encode("utf-8", "surrogatepass"))


class CaptureMethod(StrEnum):
    """How the bytes reached us."""

    FETCH = "fetch"
    IMPORT = "import"
    UPLOAD = "upload"
    PASTE = "paste"
    WEB_ARCHIVE = "web_archive"
    ARTICLE_EMBED = "article_embed"
    DEMO = "demo"
    """Written for the demonstration; never evidence of anything outside it."""


class CaptureClass(StrEnum):
    """Who vouches that these are the platform's bytes (platforms.md 1)."""

    VERIFIABLE = "verifiable"
    PLATFORM_ATTESTED = "platform_attested"
    THIRD_PARTY_ATTESTED = "third_party_attested"


class TermsClass(StrEnum):
    """What the platform's terms allow us to keep and show."""

    OPEN = "open"
    RESTRICTED = "restricted"
    POINTER_ONLY = "pointer_only"


class Retention(StrEnum):
    """What an operator keeps of a terms class."""

    KEEP = "keep"
    KEEP_DIGEST = "keep_digest"
    HIDE = "hide"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where bytes came from and how. Times are aware UTC. ``source`` is a URL, or the name of a file handed in."""

    method: CaptureMethod
    capture_class: CaptureClass
    source: str
    requested_at: datetime
    received_at: datetime
    final_url: str | None = None
    redirects: tuple[str, ...] = field(default=())
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = field(default=())
    peer: str | None = None
    complete: bool = True
    collector: str = "onrecord"
    exchanges: Digest | None = None
    """The digest over the questions and answers on the wire (``exchanges_digest``); None where none were recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One question and one answer on the wire, as the bytes went over the connection (beneath TLS, chunks and all).

    ``request`` is what was sent, with the value of an Authorization header masked; ``response`` what came back, status
    line first. ``addresses`` are what the name service answered, ``peer`` the one that was dialled; ``tls_chain`` the
    SHA-256 of each certificate as DER, the site's own first. ``milliseconds`` are of the monotonic clock.
    """

    number: int
    method: str
    url: str
    requested_at: datetime
    milliseconds: int
    status: int
    request: bytes
    response: bytes
    complete: bool = True
    peer: str | None = None
    addresses: tuple[str, ...] = field(default=())
    tls_version: str | None = None
    tls_chain: tuple[Digest, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One act of recording ``size`` bytes whose SHA-256 is ``digest``; appended, never changed."""

    id: CaptureId
    digest: Digest
    size: int
    media_type: str
    provenance: Provenance
    terms_class: TermsClass = TermsClass.OPEN
    retention: Retention = Retention.KEEP
    """KEEP_DIGEST: the bytes were seen and hashed, and not kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """A capture with the bytes it recorded, and with what went over the wire: one exchange per hop."""

    capture: Capture
    body: bytes
    exchanges: tuple[Exchange, ...] = field(default=())


def captured(
    body: bytes,
    *,
    capture_id: CaptureId,
    media_type: str,
    provenance: Provenance,
    terms: TermsClass = TermsClass.OPEN,
    exchanges: tuple[Exchange, ...] = (),
) -> Captured:
    """Bytes with the capture that describes them."""
    capture = Capture(
        id=capture_id,
        digest=digest_of(body),
        size=len(body),
        media_type=media_type,
        provenance=provenance,
        terms_class=terms,
    )
    return Captured(capture=capture, body=body, exchanges=exchanges)
