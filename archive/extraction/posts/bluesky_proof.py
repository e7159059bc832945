"""Proofs of Bluesky: the slice of an author's repository that shows a record is in it, or is not, under a signature.

The slice (``com.atproto.sync.getRecord``) holds the signed commit, the path through the tree, and the record. Whoever
holds it can check years later, without anybody's help, what stood there and that the author's key signed it.
"""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

from archive.errors import ExtractionError
from archive.extraction.payloads import Json, items, load_json, mapping, text_of
from archive.extraction.posts.content_addresses import car_blocks, cid_text, encoded, multibase_bytes

_CURVES: dict[bytes, tuple[ec.EllipticCurve, int]] = {
    b"\xe7\x01": (ec.SECP256K1(), 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141),
    b"\x80\x24": (ec.SECP256R1(), 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551),
}
"""Curves by the mark in front of a key, with the number of their points."""
_COLLECTION = "app.bsky.feed.post"
_DEEPEST = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What an identity document says: the account's own host, its signing key (multibase) and its handle."""

    did: str
    host: str | None
    key: str | None
    handle: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordProof:
    """What a proof shows: the record's CID (None: it is proven not to be there), the repository's revision, and whether
    the account's key signed it."""

    cid: str | None
    revision: str
    is_signed: bool


def read_identity(body: bytes) -> Identity:
    """The identity in a DID document. ExtractionError ``payload_not_json``."""
    document = mapping(load_json(body))
    names = document.get("alsoKnownAs")
    handles = [name for name in names if isinstance(name, str)] if isinstance(names, list) else []
    keys = (
        text_of(method, "publicKeyMultibase")
        for method in items(document.get("verificationMethod"))
        if (text_of(method, "id") or "").endswith("#atproto")
    )
    hosts = (
        text_of(service, "serviceEndpoint")
        for service in items(document.get("service"))
        if text_of(service, "type") == "AtprotoPersonalDataServer"
    )
    return Identity(
        did=text_of(document, "id") or "",
        host=next((host for host in hosts if host and host.startswith("https://")), None),
        key=next((key for key in keys if key), None),
        handle=next((name.removeprefix("at://") for name in handles if name.startswith("at://")), None),
    )


def read_proof(car: bytes, *, identity: Identity, key: str) -> RecordProof:
    """What the slice proves of the record ``key`` of that account.

    ExtractionError ``proof_damaged`` for a slice that is broken, of another account, or lacks a part of the path.
    """
    root, blocks = car_blocks(car)
    commit = mapping(blocks.get(root))
    data = commit.get("data")
    if text_of(commit, "did") != identity.did or not isinstance(data, bytes):
        raise ExtractionError("The proof is not one of this account.", code="proof_damaged")
    found = _found(data, blocks, wanted=f"{_COLLECTION}/{key}".encode())
    if found is not None and found not in blocks:
        raise ExtractionError("The proof lacks the post itself.", code="proof_damaged")
    return RecordProof(
        cid=None if found is None else cid_text(found),
        revision=text_of(commit, "rev") or "",
        is_signed=is_signed(commit, key=identity.key),
    )


def _found(node_id: bytes, blocks: dict[bytes, object], *, wanted: bytes) -> bytes | None:
    """The value beside ``wanted`` in the tree: keys are in order, each written as what differs from the one before."""
    place: bytes | None = node_id
    for _ in range(_DEEPEST):
        if place is None:
            return None
        if place not in blocks:
            raise ExtractionError("The proof lacks a part of the path.", code="proof_damaged")
        node = mapping(blocks[place])
        place, held = _step(node, wanted=wanted)
        if held is not None:
            return held
    raise ExtractionError("The proof nests too deeply.", code="proof_damaged")


def _step(node: Json, *, wanted: bytes) -> tuple[bytes | None, bytes | None]:
    """Where to look next, or the value; both None where the tree ends."""
    below = node.get("l")
    key = b""
    for entry in items(node.get("e")):
        shared, rest, value = entry.get("p"), entry.get("k"), entry.get("v")
        if not isinstance(shared, int) or not isinstance(rest, bytes) or not isinstance(value, bytes):
            raise ExtractionError("The proof's tree is damaged.", code="proof_damaged")
        key = key[:shared] + rest
        if key == wanted:
            return None, value
        if key > wanted:
            break
        below = entry.get("t")
    return (below if isinstance(below, bytes) else None), None


def is_signed(commit: Json, *, key: str | None) -> bool:
    """Whether that key (multibase) signed a repository's commit; False for a key of a kind unknown here."""
    signature = commit.get("sig")
    if key is None or not isinstance(signature, bytes) or len(signature) != 64:
        return False
    r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
    try:
        packed = multibase_bytes(key)
        curve, points = _CURVES[packed[:2]]
        if s > points // 2:  # each signature has a twin; only the low one counts
            return False
        unsigned = encoded({name: value for name, value in commit.items() if name != "sig"})
        public = ec.EllipticCurvePublicKey.from_encoded_point(curve, packed[2:])
        public.verify(utils.encode_dss_signature(r, s), unsigned, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError, KeyError, TypeError):
        return False
    return True
