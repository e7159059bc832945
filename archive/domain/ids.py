"""Identifiers: UUIDs made before anything is stored, typed by what they name.

Random ones name events (a capture, a check); name-based ones (RFC 9562 version 5) name what the platform already
identifies, so that importing the same post twice meets the same identifier.
"""

from __future__ import annotations

import hashlib
import secrets
import uuid
from datetime import datetime
from typing import NewType
from uuid import UUID

PersonId = NewType("PersonId", UUID)
OfficeId = NewType("OfficeId", UUID)
HoldingId = NewType("HoldingId", UUID)
AccountId = NewType("AccountId", UUID)
ControlId = NewType("ControlId", UUID)
CaptureId = NewType("CaptureId", UUID)
PostId = NewType("PostId", UUID)
SnapshotId = NewType("SnapshotId", UUID)
ArticleId = NewType("ArticleId", UUID)
CheckId = NewType("CheckId", UUID)
JudgementId = NewType("JudgementId", UUID)
RunId = NewType("RunId", UUID)
ReviewId = NewType("ReviewId", UUID)
FollowId = NewType("FollowId", UUID)
SecondCopyId = NewType("SecondCopyId", UUID)

_NAMESPACE = UUID("5d2c3f0e-6f0b-5c1e-9a55-0d6a2f7f9c11")
_NAMESPACE_BYTES = _NAMESPACE.bytes
_sha1 = hashlib.sha1


def new_id() -> UUID:
    """A fresh random identifier (version 4)."""
    return uuid.uuid4()


def named_id(kind: str, *parts: str) -> UUID:
    """The identifier that ``kind`` and ``parts`` always lead to (version 5): the same input, the same identifier."""
    return uuid.uuid5(_NAMESPACE, "\x1f".join((kind, *parts)))


def named_bytes(kind: str, *parts: str) -> bytes:
    """The sixteen bytes of ``named_id``, seven times as quick: for taking in millions."""
    name = "\x1f".join((kind, *parts)).encode("utf-8")
    made = _sha1(_NAMESPACE_BYTES + name, usedforsecurity=False).digest()
    return made[:6] + _VERSIONS[made[6]] + made[7:8] + _VARIANT_BYTES[made[8]] + made[9:16]


def ordered_ids(count: int, *, at: datetime, first: int = 0) -> list[bytes]:
    """Fresh identifiers of 16 bytes that sort as they were made (RFC 9562 version 7).

    The milliseconds of ``at``, a counter of 26 bits from ``first`` (so that batches of one import follow one another),
    48 random bits. Ordered keys land on the last page of a database's index, random ones on every page.
    """
    stamp = (int(at.timestamp() * 1000) & (1 << 48) - 1).to_bytes(6, "big")
    noise = secrets.token_bytes(6 * count)
    return [
        stamp + _counter(first + number) + noise[start : start + 6]
        for number, start in enumerate(range(0, 6 * count, 6))
    ]


def _counter(number: int) -> bytes:
    """Twelve bits behind the version, fourteen behind the variant."""
    return (0x7000_8000 | (number >> 14 & 0xFFF) << 16 | number & 0x3FFF).to_bytes(4, "big")


def named_hex(kind: str, *parts: str) -> str:
    """The hexadecimal digits of ``named_id``, four times as quick: for checking millions of them."""
    name = "\x1f".join((kind, *parts)).encode("utf-8")
    digits = hashlib.sha1(_NAMESPACE_BYTES + name, usedforsecurity=False).hexdigest()
    return f"{digits[:12]}5{digits[13:16]}{_VARIANTS[digits[16]]}{digits[17:32]}"


_VERSIONS = [bytes([0x50 | byte & 0x0F]) for byte in range(256)]
_VARIANT_BYTES = [bytes([0x80 | byte & 0x3F]) for byte in range(256)]
_VARIANTS = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}
