"""Checkpoints: how long the custody log is and what its root is, as signed notes that any transparency tool reads.

Formats: C2SP signed-note, tlog-checkpoint and tlog-proof. Pure text; the signatures themselves are the signing room's.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.errors import InvalidInputError

ED25519 = b"\x01"
"""The algorithm byte of signed-note for Ed25519."""
PUBLIC_KEY_BYTES = 32
SIGNATURE_BYTES = 64
_DASH = "\u2014 "
_PROOF = "c2sp.org/tlog-proof@v1"
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")
_NAME = re.compile(r"[^\s+]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """The log of ``origin`` had ``size`` entries and the Merkle root ``root`` (32 bytes)."""

    origin: str
    size: int
    root: bytes

    def body(self) -> str:
        """The text that is signed: three lines."""
        return f"{self.origin}\n{self.size}\n{_encoded(self.root)}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifierKey:
    """A public Ed25519 key under a name; ``str`` writes it as ``name+hash+key``."""

    name: str
    public: bytes

    @property
    def key_hash(self) -> bytes:
        """The four bytes by which signatures name the key."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_hash.hex()}+{_encoded(ED25519 + self.public)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteSignature:
    """One signature under a note: by which name, by which key, and its bytes."""

    name: str
    key_hash: bytes
    signature: bytes

    def line(self) -> str:
        """The signature's line."""
        return f"{_DASH}{self.name} {_encoded(self.key_hash + self.signature)}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A text that ends with a line break, and who signed it."""

    text: str
    signatures: tuple[NoteSignature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(signature.line() for signature in self.signatures)

    def checkpoint(self) -> Checkpoint:
        """What the note says of the log. InvalidInputError ``bad_checkpoint``."""
        lines = self.text.split("\n")
        if len(lines) < 4 or not lines[0] or _NUMBER.fullmatch(lines[1]) is None or lines[-1]:
            raise _bad("The note is no checkpoint.")
        root = _decoded(lines[2])
        if len(root) != hashlib.sha256().digest_size:
            raise _bad("The checkpoint's root is no SHA-256 hash.")
        return Checkpoint(origin=lines[0], size=int(lines[1]), root=root)


def read_note(text: str) -> Note:
    """The note written in ``text``. InvalidInputError ``bad_checkpoint`` for anything else."""
    body, mark, tail = text.rpartition("\n\n")
    if not mark or not tail.endswith("\n") or any(ord(letter) < 32 and letter != "\n" for letter in text):
        raise _bad("This is no signed note.")
    return Note(text=body + "\n", signatures=tuple(_signature(line) for line in tail[:-1].split("\n")))


def read_verifier_key(text: str) -> VerifierKey:
    """The key written as ``name+hash+key``. InvalidInputError ``bad_verifier_key`` for anything else."""
    name, plus, rest = text.strip().partition("+")
    key_hash, second, encoded = rest.partition("+")
    decoded = _decoded(encoded) if plus and second and _NAME.fullmatch(name) else b""
    key = VerifierKey(name=name, public=decoded[1:])
    if decoded[:1] != ED25519 or len(key.public) != PUBLIC_KEY_BYTES or key.key_hash.hex() != key_hash:
        raise InvalidInputError("This is no verifier key of an Ed25519 signature.", code="bad_verifier_key")
    return key


def is_origin(text: str) -> bool:
    """Whether the text can name a log: no white space, no plus sign."""
    return _NAME.fullmatch(text) is not None


def origin_of(url: str) -> str:
    """The origin of the log published at an address: the address without its scheme."""
    return url.partition("://")[2].rstrip("/") or url


def write_proof(*, index: int, path: Sequence[bytes], note: str, extra: bytes = b"") -> str:
    """A ``.tlog-proof``: that a leaf is entry ``index`` of the log that the note signs."""
    lines = [_PROOF]
    if extra:
        lines.append(f"extra {_encoded(extra)}")
    return "\n".join([*lines, f"index {index}", *(_encoded(step) for step in path), "", note])


@dataclass(frozen=True, slots=True, kw_only=True)
class LogProof:
    """What a ``.tlog-proof`` says."""

    index: int
    path: tuple[bytes, ...]
    note: Note
    extra: bytes = b""


def read_proof(text: str) -> LogProof:
    """The proof written in ``text``. InvalidInputError ``bad_checkpoint`` for anything else."""
    head, _, note = text.partition("\n\n")
    first, *lines = head.split("\n")
    extra = b""
    if lines and lines[0].startswith("extra "):
        extra = _decoded(lines.pop(0).removeprefix("extra "))
    index = lines.pop(0).removeprefix("index ") if lines and lines[0].startswith("index ") else ""
    if first != _PROOF or _NUMBER.fullmatch(index) is None:
        raise _bad("This is no proof of a log entry.")
    path = tuple(_decoded(line) for line in lines)
    return LogProof(index=int(index), path=path, note=read_note(note), extra=extra)


def _signature(line: str) -> NoteSignature:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    decoded = _decoded(encoded) if line.startswith(_DASH) and space and _NAME.fullmatch(name) else b""
    if len(decoded) <= len(b"hash"):
        raise _bad("A line under the note is no signature.")
    return NoteSignature(name=name, key_hash=decoded[:4], signature=decoded[4:])


def _encoded(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _decoded(text: str) -> bytes:
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _bad("The note holds something that is no base64.") from error
    if _encoded(content) != text:
        raise _bad("The note holds base64 in another form than the only one.")
    return content


def _bad(sentence: str) -> InvalidInputError:
    return InvalidInputError(sentence, code="bad_checkpoint")
