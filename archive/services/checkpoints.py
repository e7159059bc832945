"""Checkpoints: signing the custody log as it stands, publishing what was signed, and proofs of single entries."""

from __future__ import annotations

import json
from dataclasses import dataclass

from archive import storage
from archive.domain.checkpoints import Checkpoint, Note, VerifierKey, is_origin, origin_of, write_proof
from archive.domain.custody import CustodyKind, canonical_manifest
from archive.domain.ids import SnapshotId
from archive.domain.merkle import consistency_proof, inclusion_proof, root_of
from archive.errors import ConfigurationError, CustodyError, NotFoundError
from archive.logs import logger_of
from archive.runtime import Runtime
from archive.settings import Settings
from archive.signing import Signer
from archive.storage.checkpoints import Signed

__all__ = [
    "KeyRing",
    "Signed",
    "get_checkpoint",
    "get_consistency",
    "get_entry_proof",
    "get_keys",
    "get_statement_proof",
    "latest_checkpoint",
    "make_key",
    "origin",
    "published_keys",
    "recent_checkpoints",
    "retire_key",
    "sign",
    "signer_of",
    "signs",
]

log = logger_of("services.checkpoints")

_RECENT = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRing:
    """The keys that sign today, and all that ever signed."""

    active: tuple[VerifierKey, ...]
    known: tuple[VerifierKey, ...]


def origin(settings: Settings) -> str:
    """The name of this archive's log: as set, else the site's address without its scheme.

    ConfigurationError where neither is set or the name holds white space or a plus sign.
    """
    name = settings.origin or origin_of(settings.base_url)
    if not is_origin(name):
        raise ConfigurationError("A log needs a name before it is signed: set ONRECORD_ORIGIN or ONRECORD_BASE_URL.")
    return name


def signer_of(settings: Settings) -> Signer:
    """The signer of this archive's log."""
    return Signer(settings.signer, origin=origin(settings))


def signs(settings: Settings) -> bool:
    """Whether this process has a key to sign with."""
    return is_origin(settings.origin or origin_of(settings.base_url)) and signer_of(settings).has_key


def make_key(runtime: Runtime) -> VerifierKey:
    """Make a signing key and note it in the log; from the next checkpoint on it signs beside those there already."""
    key = signer_of(runtime.settings).new_key()
    _note_key(runtime, key, action="new")
    return key


def retire_key(runtime: Runtime, key_hash: str) -> VerifierKey:
    """Destroy a signing key and note that in the log; what it signed stays verifiable."""
    key = signer_of(runtime.settings).retire_key(key_hash)
    _note_key(runtime, key, action="retired")
    return key


def get_keys(runtime: Runtime) -> KeyRing:
    """The signer's keys."""
    signer = signer_of(runtime.settings)
    return KeyRing(active=signer.active_keys(), known=signer.known_keys())


def published_keys(runtime: Runtime) -> tuple[str, ...]:
    """Every key the log ever announced, as text: what a site without the signer's folder can publish."""
    with runtime.database.reading() as session:
        documents = storage.custody.documents(session, CustodyKind.KEY)
    return tuple(dict.fromkeys(str(json.loads(document)["key"]) for document in documents))


def sign(runtime: Runtime) -> Signed | None:
    """Sign the log as it stands; None where nothing but signing happened since the last time.

    CustodyError where the log is not a continuation of what was signed before; nothing is signed then.
    """
    signer = signer_of(runtime.settings)
    last = signer.last()
    size = 0 if last is None else last.checkpoint().size
    with runtime.database.reading() as session:
        if last is None and storage.checkpoints.latest(session):
            raise CustodyError(
                "Checkpoints were signed before, but the signer remembers none: give it back its folder.",
                code="signer_forgot",
            )
        leaves = storage.custody.recomputed_leaves(session)
        is_news = storage.checkpoints.has_news(session, size) or storage.checkpoints.of_size(session, size) is None
    checkpoint = Checkpoint(origin=origin(runtime.settings), size=len(leaves), root=root_of(leaves))
    proof = consistency_proof(leaves, size) if size <= len(leaves) else ()
    signer.demand_consistency(checkpoint, proof=proof)
    if last is not None and not is_news and signer.is_signed_by_all(last):
        return None
    return _published(runtime, signer.sign(checkpoint, proof=proof))


def latest_checkpoint(runtime: Runtime) -> Signed:
    """The checkpoint signed last. NotFoundError ``no_checkpoint``."""
    with runtime.database.reading() as session:
        found = storage.checkpoints.latest(session)
    if not found:
        raise NotFoundError(
            "The log of this archive was never signed: `onrecord key new` makes a key, `onrecord sign` signs.",
            code="no_checkpoint",
        )
    return found[0]


def recent_checkpoints(runtime: Runtime) -> tuple[Signed, ...]:
    """The last fifty checkpoints, the newest first; none where nothing was signed."""
    with runtime.database.reading() as session:
        return storage.checkpoints.latest(session, limit=_RECENT)


def get_checkpoint(runtime: Runtime, size: int) -> Signed:
    """The checkpoint signed last on the log's first ``size`` entries. NotFoundError ``no_checkpoint``."""
    with runtime.database.reading() as session:
        return _found(storage.checkpoints.of_size(session, size))


def get_consistency(runtime: Runtime, *, old: int, new: int) -> tuple[str, ...]:
    """The proof, in hexadecimal, that the log's first ``old`` entries begin its first ``new``.

    NotFoundError ``no_checkpoint`` where the log is shorter.
    """
    with runtime.database.reading() as session:
        leaves = storage.custody.leaves(session, size=new)
    if not 0 <= old <= new == len(leaves):
        raise NotFoundError("The log is not that long, or was not shorter then.", code="no_checkpoint")
    return tuple(step.hex() for step in consistency_proof(leaves, old))


def get_entry_proof(runtime: Runtime, index: int, *, extra: bytes = b"") -> str:
    """A ``.tlog-proof`` of entry ``index`` under the first checkpoint that covers it. NotFoundError
    ``no_checkpoint``."""
    with runtime.database.reading() as session:
        signed = _found(storage.checkpoints.covering(session, index))
        leaves = storage.custody.leaves(session, size=signed.note.checkpoint().size)
    return write_proof(index=index, path=inclusion_proof(leaves, index), note=str(signed.note), extra=extra)


def get_statement_proof(runtime: Runtime, snapshot_id: SnapshotId) -> str:
    """A ``.tlog-proof`` of one snapshot: its entry's place in the log, and in ``extra`` the way from the snapshot to
    the entry as JSON. NotFoundError ``no_such_snapshot``, ``no_checkpoint``."""
    with runtime.database.reading() as session:
        membership = storage.custody_members.of_snapshot(session, snapshot_id)
    extra = json.dumps(membership.document(), sort_keys=True, separators=(",", ":")).encode("ascii")
    return get_entry_proof(runtime, membership.event.index, extra=extra)


def _published(runtime: Runtime, note: Note) -> Signed:
    with runtime.database.writing() as session:
        storage.checkpoints.add(session, note, at=runtime.now())
    log.info("checkpoint.signed", size=note.checkpoint().size)
    return latest_checkpoint(runtime)


def _note_key(runtime: Runtime, key: VerifierKey, *, action: str) -> None:
    manifest = canonical_manifest({"v": 2, "action": action, "key": str(key)})
    with runtime.database.writing() as session:
        subject = f"key:{key.key_hash.hex()}"
        storage.custody.append_document(session, CustodyKind.KEY, subject, manifest=manifest, at=runtime.now())


def _found(signed: Signed | None) -> Signed:
    if signed is None:
        raise NotFoundError("There is no such checkpoint.", code="no_checkpoint")
    return signed
