"""Identifiers: UUIDs made before anything is stored, typed by what they name.

Random ones name events (a capture, a check); name-based ones (RFC 9562 version 5) name what the platform already
identifies, so that importing the same post twice meets the same identifier.
"""

from __future__ import annotations

import hashlib
import uuid
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

_NAMESPACE = UUID("5d2c3f0e-6f0b-5c1e-9a55-0d6a2f7f9c11")


def new_id() -> UUID:
    """A fresh random identifier (version 4)."""
    return uuid.uuid4()


def named_id(kind: str, *parts: str) -> UUID:
    """The identifier that ``kind`` and ``parts`` always lead to (version 5): the same input, the same identifier."""
    return uuid.uuid5(_NAMESPACE, "\x1f".join((kind, *parts)))


def named_hex(kind: str, *parts: str) -> str:
    """The hexadecimal digits of ``named_id``, four times as quick: for checking millions of them."""
    name = "\x1f".join((kind, *parts)).encode("utf-8")
    digits = hashlib.sha1(_NAMESPACE.bytes + name, usedforsecurity=False).hexdigest()
    return f"{digits[:12]}5{digits[13:16]}{_VARIANTS[digits[16]]}{digits[17:32]}"


_VARIANTS = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}
