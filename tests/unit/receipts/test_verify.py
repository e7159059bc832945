"""The verifier that strangers run: its table is the engine's, its signatures are Ed25519, its proofs RFC 9162."""

import hashlib
import random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from archive.domain.merkle import inclusion_proof, leaf_hash, root_of
from archive.receipts import verify
from archive.verification.precedence import PRECEDENCE, PROPOSED_BY


def test_the_published_table_is_the_engines() -> None:
    assert {code.value: verdict.value for code, verdict in PROPOSED_BY.items()} == verify.PROPOSED_BY
    assert [verdict.value for verdict in PRECEDENCE] == verify.PRECEDENCE


@pytest.mark.parametrize("length", [0, 1, 31, 64, 1_000])
def test_signatures_hold_and_a_changed_bit_does_not(length: int) -> None:
    rng = random.Random(length)
    key = Ed25519PrivateKey.from_private_bytes(rng.randbytes(32))
    public, message = key.public_key().public_bytes_raw(), rng.randbytes(length)
    signature = key.sign(message)
    assert verify.is_signed(public, message, signature)
    for place in range(0, 64, 7):
        changed = bytearray(signature)
        changed[place] ^= 1
        assert not verify.is_signed(public, message, bytes(changed))
    assert not verify.is_signed(public, message + b"x", signature)


def test_a_signature_with_a_scalar_too_large_is_another_spelling_and_refused() -> None:
    key = Ed25519PrivateKey.from_private_bytes(b"\x05" * 32)
    signature = key.sign(b"note")
    order = 2**252 + 27742317777372353535851937790883648493
    scalar = int.from_bytes(signature[32:], "little") + order
    malleable = signature[:32] + scalar.to_bytes(32, "little")
    assert not verify.is_signed(key.public_key().public_bytes_raw(), b"note", malleable)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 33])
def test_every_path_leads_to_the_root_from_its_own_place_only(size: int) -> None:
    leaves = [leaf_hash(bytes([number])) for number in range(size)]
    for place in range(size):
        path = [step.hex() for step in inclusion_proof(leaves, place)]
        assert verify.root_by(leaves[place], place=place, size=size, path=path) == root_of(leaves)
        for other in range(size):
            if other != place:
                try:
                    assert verify.root_by(leaves[other], place=place, size=size, path=path) != root_of(leaves)
                except verify.Refused:
                    continue


@pytest.mark.parametrize("body", [b"", b"PK\x05\x06" + b"\0" * 18, b"no zip", hashlib.sha256(b"").digest() * 50])
def test_anything_else_is_refused_without_a_traceback(body: bytes) -> None:
    with pytest.raises(verify.Refused):
        verify.verify(body)
