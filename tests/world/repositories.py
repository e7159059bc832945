"""Repositories of Bluesky accounts in the world: signed commits, trees and the slices that prove one record."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping

import libipld
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_HEAD = bytes((1, 0x71, 0x12, 0x20))
_BASE_58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_MARKS = {"secp256r1": b"\x80\x24", "secp256k1": b"\xe7\x01"}


class Repository:
    """One account's records under one key. Every record of the world's is in one node of the tree."""

    def __init__(self, did: str, *, curve: ec.EllipticCurve | None = None) -> None:
        self.did = did
        self._key = ec.generate_private_key(curve or ec.SECP256R1())

    @property
    def multibase(self) -> str:
        """The public key as identity documents write it."""
        packed = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
        return "z" + _base_58(_MARKS[self._key.curve.name] + packed)

    def identity(self, *, host: str, handle: str) -> dict[str, object]:
        """The identity document of the account."""
        return {
            "id": self.did,
            "alsoKnownAs": [f"at://{handle}"],
            "verificationMethod": [
                {"id": f"{self.did}#atproto", "type": "Multikey", "publicKeyMultibase": self.multibase}
            ],
            "service": [{"id": "#atproto_pds", "type": "AtprotoPersonalDataServer", "serviceEndpoint": host}],
        }

    def slice(self, records: Mapping[str, object]) -> bytes:
        """A CAR file with the signed commit, the tree and all records, by record key."""
        blocks: dict[bytes, bytes] = {}
        entries, before = [], b""
        for key in sorted(records):
            full = f"app.bsky.feed.post/{key}".encode()
            shared = next((i for i, (a, b) in enumerate(zip(before, full, strict=False)) if a != b), len(before))
            cid = _put(blocks, records[key])
            entries.append({"p": shared if before else 0, "k": full[shared:] if before else full, "v": cid, "t": None})
            before = full
        data = _put(blocks, {"l": None, "e": entries})
        commit: dict[str, object] = {"did": self.did, "version": 3, "data": data, "rev": "3kaaaaaaaaaaa", "prev": None}
        root = _put(blocks, {**commit, "sig": self._signature(libipld.encode_dag_cbor(commit))})
        header = libipld.encode_dag_cbor({"roots": [root], "version": 1})
        return _section(header) + b"".join(_section(cid + block) for cid, block in blocks.items())

    def _signature(self, message: bytes) -> bytes:
        order = {
            "secp256r1": 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
            "secp256k1": 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141,
        }[self._key.curve.name]
        r, s = utils.decode_dss_signature(self._key.sign(message, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32) + min(s, order - s).to_bytes(32)


def cid_of(record: object) -> str:
    """The content address of a record without links."""
    cid = _HEAD + hashlib.sha256(libipld.encode_dag_cbor(record)).digest()
    return "b" + base64.b32encode(cid).decode().rstrip("=").lower()


def _put(blocks: dict[bytes, bytes], value: object) -> bytes:
    block = libipld.encode_dag_cbor(value)
    cid = _HEAD + hashlib.sha256(block).digest()
    blocks[cid] = block
    return cid


def _section(content: bytes) -> bytes:
    length, head = len(content), b""
    while length > 0x7F:
        head += bytes((length & 0x7F | 0x80,))
        length >>= 7
    return head + bytes((length,)) + content


def _base_58(raw: bytes) -> str:
    number, text = int.from_bytes(raw), ""
    while number:
        number, digit = divmod(number, 58)
        text = _BASE_58[digit] + text
    return "1" * (len(raw) - len(raw.lstrip(b"\0"))) + text
