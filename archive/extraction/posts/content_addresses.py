"""Content addresses of Bluesky: recomputed from what a record says, so that its JSON can be checked years later.

The one door to libipld: DAG-CBOR, CIDs and the blocks of a CAR file. A CID is ``sha2-256`` over the record's DAG-CBOR,
version 1, codec 0x71, in lower-case base 32. libipld writes bytes that are a CID as a link, and reads links as bytes.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterator

import libipld

from archive.errors import ExtractionError
from archive.extraction.payloads import Json, mapping

_HEAD = bytes((1, 0x71, 0x12, 0x20))
_CID_LENGTH = 36
_DEEPEST = 60
_MOST_BLOCKS = 20_000


def cid_of_record(record: Json) -> str | None:
    """The CID that a record given as JSON must have; None for what DAG-CBOR cannot say (a fraction, too deep)."""
    try:
        return cid_text(_HEAD + hashlib.sha256(libipld.encode_dag_cbor(_value(record, depth=0))).digest())
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None


def cid_text(cid: bytes) -> str:
    """A CID of 36 bytes as it is written."""
    return "b" + base64.b32encode(cid).decode("ascii").rstrip("=").lower()


def encoded(value: object) -> bytes:
    """The value as DAG-CBOR; ValueError for what it cannot say."""
    return bytes(libipld.encode_dag_cbor(value))


def multibase_bytes(text: str) -> bytes:
    """The bytes of a multibase text (a key); ValueError for what is none."""
    return bytes(libipld.decode_multibase(text)[1])


def car_blocks(car: bytes) -> tuple[bytes, dict[bytes, object]]:
    """The first root of a CAR file and its blocks by CID, each block's bytes checked against its CID.

    ExtractionError ``proof_damaged`` for what is no CAR file of version 1, or holds a block that is not its CID's.
    """
    try:
        sections = list(_sections(car))
        roots = mapping(libipld.decode_dag_cbor(sections[0])).get("roots")
        blocks: dict[bytes, object] = {}
        for section in sections[1:]:
            cid, block = section[:_CID_LENGTH], section[_CID_LENGTH:]
            if cid[:4] != _HEAD or hashlib.sha256(block).digest() != cid[4:]:
                raise ValueError("a block that is not its CID's")
            blocks[cid] = libipld.decode_dag_cbor(block)
        if not isinstance(roots, list) or not roots or not isinstance(roots[0], bytes):
            raise ValueError("no root")
    except (ValueError, TypeError, IndexError, OverflowError, RecursionError) as error:
        raise ExtractionError("The proof of the post is damaged.", code="proof_damaged") from error
    return roots[0], blocks


def _sections(car: bytes) -> Iterator[bytes]:
    """The header and the blocks of a CAR file, each behind its length."""
    place, count = 0, 0
    while place < len(car):
        length, shift = 0, 0
        while True:
            byte = car[place]
            place += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
            if shift > 35:
                raise ValueError("a length that is none")
        count += 1
        if length == 0 or place + length > len(car) or count > _MOST_BLOCKS:
            raise ValueError("a section longer than the file")
        yield car[place : place + length]
        place += length


def _value(value: object, *, depth: int) -> object:
    """JSON as DAG-CBOR's data model: ``{"$link": …}`` a link, ``{"$bytes": …}`` bytes."""
    if depth > _DEEPEST:
        raise ValueError("nested too deeply")
    if isinstance(value, dict):
        if set(value) == {"$link"}:
            return _bytes_of_cid(str(value["$link"]))
        if set(value) == {"$bytes"}:
            return _base64(str(value["$bytes"]))
        return {key: _value(held, depth=depth + 1) for key, held in value.items()}
    if isinstance(value, list):
        return [_value(held, depth=depth + 1) for held in value]
    if isinstance(value, float):
        raise ValueError("records hold no fractions")
    return value


def _bytes_of_cid(text: str) -> bytes:
    found = multibase_bytes(text)
    if len(found) != _CID_LENGTH:
        raise ValueError("not a CID of this kind")
    return found


def _base64(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except binascii.Error as error:
        raise ValueError("not base 64") from error
