"""Content-addressed archives (CAR): blocks whose names are the digests of their bytes; the only door to libipld.

Every block is checked against its name when it is read: a block that does not fit its name is no evidence of anything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import libipld

from archive.errors import InvalidInputError

_SHA256_DAG_CBOR = b"\x01\x71\x12\x20"
_CID_LENGTH = 36
_LARGEST_BLOCK = 2 << 20
_DEEPEST = 64

Cid = bytes


class Blocks:
    """The blocks of a CAR, found by name; InvalidInputError ``dump_damaged`` where anything does not fit."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        length, at = _number(body, 0)
        header = _mapping(_decoded(_slice(body, at, length)))
        roots = header.get("roots")
        if not isinstance(roots, list) or len(roots) != 1 or not isinstance(roots[0], bytes):
            raise _damaged("names no root")
        self.root: Cid = roots[0]
        self._places: dict[Cid, tuple[int, int]] = {}
        at += length
        while at < len(body):
            length, at = _number(body, at)
            block = _slice(body, at, length)
            if length < _CID_LENGTH or not block.startswith(_SHA256_DAG_CBOR):
                raise _damaged("holds a block of a kind that repositories do not have")
            self._places[block[:_CID_LENGTH]] = (at + _CID_LENGTH, at + length)
            at += length

    def __len__(self) -> int:
        return len(self._places)

    def get(self, cid: Cid) -> Mapping[str, object] | None:
        """The block of that name, checked; None where the file does not hold it."""
        place = self._places.get(cid)
        if place is None:
            return None
        data = self._body[place[0] : place[1]]
        if hashlib.sha256(data).digest() != cid[-32:]:
            raise _damaged("holds a block that is not what its name says")
        return _mapping(_decoded(data))


def written(cid: Cid) -> str:
    """A block's name as people write it (bafyrei…)."""
    return str(libipld.encode_cid(cid))


def encoded(value: object) -> bytes:
    """A value in the one canonical form of DAG-CBOR."""
    return bytes(libipld.encode_dag_cbor(value))


def _number(body: bytes, at: int) -> tuple[int, int]:
    """An unsigned LEB128 number and the place behind it."""
    value = 0
    for shift in range(0, 35, 7):
        if at >= len(body):
            raise _damaged("ends early")
        byte = body[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
    raise _damaged("holds a length that cannot be")


def _slice(body: bytes, at: int, length: int) -> bytes:
    if length == 0 or length > _LARGEST_BLOCK or at + length > len(body):
        raise _damaged("ends early or holds a block that is too large")
    return body[at : at + length]


def _decoded(data: bytes) -> object:
    try:
        value: object = libipld.decode_dag_cbor(data)
    except (ValueError, RecursionError, OverflowError, MemoryError) as error:
        raise _damaged("holds a block that is not DAG-CBOR") from error
    return value


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise _damaged("holds a block that is no record")
    return value


def _damaged(words: str) -> InvalidInputError:
    return InvalidInputError(f"The repository file {words}.", code="dump_damaged")
