"""Custody: what happened to evidence, as an append-only log of salted commitments (an RFC 9162 tree of leaves).

A leaf is ``0x00 || entry``; an entry is the RFC 8785 form of ``{v, index, kind, subject, commit, at}`` and nothing in
it is ever changed: a correction is a later entry. ``commit`` is ``SHA-256(salt || manifest)``, so that an entry whose
salt and manifest were removed says nothing any more while the order, the number and the time of entries stay provable.
Entries of version 1 have no salt. The functions are pure; storing the log is the storage room's.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import rfc8785

from archive.domain.captures import Digest, digest_of
from archive.domain.merkle import leaf_hash, root_of

VERSION = 2
"""The version of entries written today."""
SALT_BYTES = 32
"""The length of an entry's salt."""
SNAPSHOT_SALT_BYTES = 16
"""The length of a snapshot's own salt."""
_TEXT = json.JSONEncoder(ensure_ascii=False).encode


class CustodyKind(StrEnum):
    """What happened."""

    CAPTURE = "capture"
    SNAPSHOTS = "snapshots"
    POST = "post"
    """A post was noted whose text is not held."""
    OBSERVATION = "observation"
    """An original was looked at again."""
    ATTRIBUTION = "attribution"
    """A person, office, account or who speaks through it was entered or corrected."""
    ARTICLE = "article"
    JUDGEMENT = "judgement"
    REGISTRY = "registry"
    """Coverage was noted or taken back, or a report of a statement, or how far a second copy is."""
    REDACTION = "redaction"
    RUN = "run"
    """A night's report."""
    MIGRATION = "migration"
    """The database's build changed."""
    RESTORE = "restore"
    KEY = "key"
    """A signing key came into use or went out of it."""
    CHECKPOINT = "checkpoint"
    TIMESTAMP = "timestamp"


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyEvent:
    """Entry ``index`` of the log (dense from 0): what happened to ``subject``; ``commit`` is the commitment to its
    manifest."""

    index: int
    kind: CustodyKind
    subject: str
    commit: Digest
    at: datetime
    version: int = VERSION

    def canonical(self) -> bytes:
        """The entry's RFC 8785 bytes."""
        return canonical_entry(
            self.version,
            index=self.index,
            kind=self.kind.value,
            subject=self.subject,
            commit=self.commit,
            at=instant(self.at),
        )

    def leaf(self) -> bytes:
        """The leaf hash, 32 bytes."""
        return leaf_hash(self.canonical())


def canonical_entry(version: int, *, index: int, kind: str, subject: str, commit: str, at: str) -> bytes:
    """An entry's RFC 8785 bytes: keys in order, no spaces, the subject as JSON writes text.

    Written out, because a general canonical form takes thirty times as long and logs have millions of entries.
    """
    return (
        f'{{"at":"{at}","commit":"{commit}","index":{index},"kind":"{kind}","subject":{_TEXT(subject)},"v":{version}}}'
    ).encode()


def instant(at: datetime) -> str:
    """A time as UTC text with fixed microseconds, as manifests write it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def canonical_manifest(manifest: dict[str, object]) -> bytes:
    """A manifest's RFC 8785 bytes: strings, integers, booleans, null, lists and objects only."""
    return rfc8785.dumps(manifest)  # type: ignore[arg-type]


def commitment(manifest: bytes, *, salt: bytes | None) -> Digest:
    """``SHA-256(salt || manifest)`` over a manifest's canonical bytes; version 1 had no salt."""
    return digest_of(manifest) if salt is None else digest_of(salt + manifest)


def salted_digest(manifest: bytes, *, salt: bytes | None) -> bytes:
    """One snapshot's digest, 32 bytes: ``SHA-256(salt || manifest)``; snapshots of version 1 had no salt."""
    return hashlib.sha256(manifest if salt is None else salt + manifest).digest()


def batch_root(digests: Sequence[bytes]) -> bytes:
    """The Merkle root over snapshot digests in their order: a leaf is ``SHA-256(0x00 || digest)``."""
    return root_of([leaf_hash(digest) for digest in digests])


def batch_manifest(digests: Sequence[bytes]) -> bytes:
    """What an entry on many snapshots commits to: their number and the Merkle root over their digests.

    So a receipt proves one snapshot of ten thousand by a path of fourteen hashes.
    """
    return canonical_manifest({"v": VERSION, "size": len(digests), "root": batch_root(digests).hex()})


def digest_list(digests: Sequence[str]) -> bytes:
    """Digests in hexadecimal, one a line: what an entry on judgements commits to, and one on snapshots in version 1."""
    return "\n".join(digests).encode("ascii")
