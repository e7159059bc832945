"""The signer: keeps its keys and the last checkpoint it signed in a folder of its own, outside the database.

It signs a longer log only with a proof that the log it signed before is its beginning (RFC 9162, 2.1.4). So neither an
older backup put back nor one rewritten entry gets a signature, whatever the database says.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from archive.domain.checkpoints import Checkpoint, Note, VerifierKey, is_origin, read_note, read_verifier_key
from archive.domain.merkle import proves_consistency
from archive.errors import ConfigurationError, ConflictError, CustodyError
from archive.signing.keys import SigningKey, has_valid_signature, is_signed_by

LAST = "last-checkpoint.txt"
KNOWN = "known-keys.txt"
_KEYS = "keys"


class Signer:
    """The signer whose files stand in one folder; nobody else needs to read it."""

    def __init__(self, directory: Path, *, origin: str) -> None:
        """A signer for the log of that origin."""
        self._directory = directory
        self._origin = origin

    @property
    def has_key(self) -> bool:
        """Whether there is a key to sign with."""
        return bool(self._key_files())

    def new_key(self) -> VerifierKey:
        """Make a key. From then on it signs beside the keys that are there already. ConfigurationError for a bad
        origin."""
        if not is_origin(self._origin):
            raise ConfigurationError("The log's origin may hold neither white space nor a plus sign.")
        key = SigningKey.new(self._origin)
        self._keys_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(self._keys_folder() / f"{key.verifier.key_hash.hex()}.pem", key.to_pem(), mode=0o600)
        known = (*self.known_keys(), key.verifier)
        _write(self._directory / KNOWN, "".join(f"{one}\n" for one in known).encode(), mode=0o644)
        return key.verifier

    def retire_key(self, key_hash: str) -> VerifierKey:
        """Destroy a key; what it signed stays verifiable. ConflictError ``last_key`` for the only one,
        ``no_such_key``."""
        files = {path.stem: path for path in self._key_files()}
        if key_hash not in files:
            raise ConflictError("The signer has no such key.", code="no_such_key")
        if len(files) == 1:
            raise ConflictError("The only key is not retired: make its successor first.", code="last_key")
        retired = SigningKey.from_pem(self._origin, files[key_hash].read_bytes()).verifier
        files[key_hash].unlink()
        return retired

    def active_keys(self) -> tuple[VerifierKey, ...]:
        """The keys that sign today."""
        return tuple(key.verifier for key in self._keys())

    def known_keys(self) -> tuple[VerifierKey, ...]:
        """Every key that ever signed, the first one first."""
        path = self._directory / KNOWN
        return tuple(read_verifier_key(line) for line in path.read_text("utf-8").split()) if path.exists() else ()

    def last(self) -> Note | None:
        """The checkpoint signed last, None before the first.

        Raises CustodyError where the file that says so is not of our signing.
        """
        path = self._directory / LAST
        if not path.exists():
            return None
        note = read_note(path.read_text("utf-8"))
        if not has_valid_signature(note, self.known_keys()):
            raise CustodyError("The signer's own last checkpoint bears no valid signature: its folder was changed.")
        return note

    def is_signed_by_all(self, note: Note) -> bool:
        """Whether every key that signs today signed that note."""
        return all(is_signed_by(note, key) for key in self.active_keys())

    def sign(self, checkpoint: Checkpoint, *, proof: Sequence[bytes]) -> Note:
        """Sign a checkpoint and remember it, before anybody sees it.

        CustodyError where the log is shorter than it was, or does not begin with what was signed last.
        """
        self.demand_consistency(checkpoint, proof=proof)
        keys = self._keys()
        if not keys:
            raise ConfigurationError("The signer has no key: make one with `onrecord key new`.")
        body = checkpoint.body()
        note = Note(text=body, signatures=tuple(key.sign(body) for key in keys))
        _write(self._directory / LAST, str(note).encode("utf-8"), mode=0o644)
        return note

    def demand_consistency(self, checkpoint: Checkpoint, *, proof: Sequence[bytes]) -> None:
        """Refuse a log that is shorter than what was signed last, or does not begin with it: CustodyError
        ``log_went_back``, ``log_rewritten``."""
        last = self.last()
        if last is None:
            return
        before = last.checkpoint()
        if before.origin != checkpoint.origin:
            raise CustodyError(f"The signer signs the log of {before.origin}, not that of {checkpoint.origin}.")
        if checkpoint.size < before.size:
            raise CustodyError(
                f"The log has {checkpoint.size} entries, but {before.size} were signed before: it went back.",
                code="log_went_back",
            )
        if not proves_consistency(
            old_size=before.size, old_root=before.root, new_size=checkpoint.size, new_root=checkpoint.root, path=proof
        ):
            raise CustodyError(
                f"The log does not begin with the {before.size} entries signed before: it was rewritten.",
                code="log_rewritten",
            )

    def _keys(self) -> tuple[SigningKey, ...]:
        return tuple(SigningKey.from_pem(self._origin, path.read_bytes()) for path in self._key_files())

    def _key_files(self) -> list[Path]:
        folder = self._keys_folder()
        files = sorted(folder.glob("*.pem")) if folder.is_dir() else []
        return sorted(files, key=lambda path: path.stat().st_mtime_ns)

    def _keys_folder(self) -> Path:
        return self._directory / _KEYS


def _write(path: Path, content: bytes, *, mode: int) -> None:
    """Write a file as a whole or not at all, on disk before the call returns."""
    part = path.with_name(path.name + ".part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
