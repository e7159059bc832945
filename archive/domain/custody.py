"""Custody: what happened to evidence, as an append-only log of commitments (RFC 9162 Merkle tree over canonical JSON).

A leaf is ``0x00 || entry``; an entry is the RFC 8785 form of ``{id, kind, subject, commit, at}`` and nothing in it is
ever changed: a correction is a later entry. The functions are pure; storing the log is the storage room's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import rfc8785

from archive.domain.captures import Digest, digest_of


class CustodyKind(StrEnum):
    """What happened."""

    CAPTURE = "capture"
    SNAPSHOTS = "snapshots"
    ARTICLE = "article"
    JUDGEMENT = "judgement"
    REGISTRY = "registry"
    REDACTION = "redaction"
    RUN = "run"


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyEvent:
    """Entry ``index`` of the log (dense from 0): what happened to ``subject``; ``commit`` is the digest of its
    manifest."""

    index: int
    kind: CustodyKind
    subject: str
    commit: Digest
    at: datetime

    def canonical(self) -> bytes:
        """The entry's RFC 8785 bytes."""
        return rfc8785.dumps(
            {
                "v": 1,
                "index": self.index,
                "kind": self.kind.value,
                "subject": self.subject,
                "commit": str(self.commit),
                "at": instant(self.at),
            }
        )

    def leaf(self) -> bytes:
        """The leaf hash, 32 bytes."""
        return hashlib.sha256(b"\x00" + self.canonical()).digest()


def instant(at: datetime) -> str:
    """A time as UTC text with fixed microseconds, as manifests write it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def commitment(manifest: dict[str, object]) -> Digest:
    """The digest of a manifest's canonical form: strings, integers, booleans, null, lists and objects only."""
    return digest_of(rfc8785.dumps(manifest))  # type: ignore[arg-type]


def batch_commitment(digests: Sequence[str]) -> Digest:
    """One commitment to many digests in their order, for bulk imports."""
    return digest_of("\n".join(digests).encode("ascii"))


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The Merkle tree hash of leaf hashes (RFC 9162, 2.1.1); the hash of nothing for an empty log."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = list(leaves)
    while len(level) > 1:
        paired = [_node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = paired + ([level[-1]] if len(level) % 2 else [])
    return level[0]


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The audit path of leaf ``index``, from its sibling upwards (RFC 9162, 2.1.3.1)."""
    if not 0 <= index < len(leaves):
        raise ValueError("no such leaf")
    path: list[bytes] = []
    level = list(leaves)
    while len(level) > 1:
        sibling = index ^ 1
        if sibling < len(level):
            path.append(level[sibling])
        paired = [_node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = paired + ([level[-1]] if len(level) % 2 else [])
        index //= 2
    return tuple(path)


def proves_inclusion(leaf: bytes, *, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether ``path`` proves that ``leaf`` is entry ``index`` of the log of ``size`` entries with that root."""
    if not 0 <= index < size:
        return False
    node, last, steps = leaf, size - 1, list(path)
    while last > 0:
        if index % 2 or index != last:
            if not steps:
                return False
            sibling = steps.pop(0)
            node = _node(sibling, node) if index % 2 else _node(node, sibling)
        index, last = index // 2, last // 2
    return not steps and node == root


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
