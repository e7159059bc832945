"""Ed25519 keys: the one door to signatures."""

from __future__ import annotations

from collections.abc import Iterable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from archive.domain.checkpoints import Note, NoteSignature, VerifierKey
from archive.errors import ConfigurationError


class SigningKey:
    """A private key that signs notes under a name."""

    def __init__(self, name: str, private: Ed25519PrivateKey) -> None:
        """A key by its name and its secret."""
        self._name = name
        self._private = private

    @classmethod
    def new(cls, name: str) -> SigningKey:
        """A fresh key."""
        return cls(name, Ed25519PrivateKey.generate())

    @classmethod
    def from_pem(cls, name: str, pem: bytes) -> SigningKey:
        """The key in a PEM file. ConfigurationError for anything but a bare Ed25519 key."""
        try:
            private = serialization.load_pem_private_key(pem, password=None)
        except (ValueError, TypeError) as error:
            raise ConfigurationError("A signing key's file cannot be read.") from error
        if not isinstance(private, Ed25519PrivateKey):
            raise ConfigurationError("A signing key is not of the kind Ed25519.")
        return cls(name, private)

    def to_pem(self) -> bytes:
        """The key as a PEM file, not encrypted."""
        return self._private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    @property
    def verifier(self) -> VerifierKey:
        """The public half."""
        return VerifierKey(name=self._name, public=self._private.public_key().public_bytes_raw())

    def sign(self, text: str) -> NoteSignature:
        """The signature of a note's text."""
        signature = self._private.sign(text.encode("utf-8"))
        return NoteSignature(name=self._name, key_hash=self.verifier.key_hash, signature=signature)


def is_signed_by(note: Note, key: VerifierKey) -> bool:
    """Whether the note carries a valid signature by that key."""
    mine = [s for s in note.signatures if s.name == key.name and s.key_hash == key.key_hash]
    return any(_is_valid(signature.signature, key=key, text=note.text) for signature in mine)


def has_valid_signature(note: Note, keys: Iterable[VerifierKey]) -> bool:
    """Whether one of the keys signed the note, and no line that claims to be one of theirs is false."""
    named = {(key.name, key.key_hash): key for key in keys}
    claimed = [(named.get((s.name, s.key_hash)), s.signature) for s in note.signatures]
    known = [_is_valid(signature, key=key, text=note.text) for key, signature in claimed if key is not None]
    return bool(known) and all(known)


def _is_valid(signature: bytes, *, key: VerifierKey, text: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, text.encode("utf-8"))
    except (InvalidSignature, ValueError):
        return False
    return True
