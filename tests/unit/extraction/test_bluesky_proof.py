"""Proofs of Bluesky: a signed slice says what was there; after any change it says nothing, or that it is not signed."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import ExtractionError
from archive.extraction.posts.bluesky_proof import Identity, read_identity, read_proof
from archive.extraction.posts.content_addresses import cid_of_record
from tests.world.repositories import Repository, cid_of

DID = "did:plc:adagovexample"
RECORD = {"$type": "app.bsky.feed.post", "text": "Nets at nine.", "createdAt": "2024-02-08T10:00:00.000Z"}
RECORDS = {"3kkvjjxvm2222": RECORD, "3kkvjjxvm3333": {**RECORD, "text": "Another."}, "3zzzzzzzzz222": RECORD}


def named(repository: Repository) -> Identity:
    return Identity(did=DID, host="https://host.example", key=repository.multibase, handle="ada.gov.example")


@pytest.mark.parametrize("curve", [ec.SECP256R1(), ec.SECP256K1()], ids=["p256", "k256"])
def test_a_slice_proves_a_record_and_the_absence_of_others(curve) -> None:
    repository = Repository(DID, curve=curve)
    slice_ = repository.slice(RECORDS)
    for key, record in RECORDS.items():
        proof = read_proof(slice_, identity=named(repository), key=key)
        assert (proof.cid, proof.is_signed) == (cid_of(record), True)
    absent = read_proof(slice_, identity=named(repository), key="3kkvjjxvm2223")
    assert (absent.cid, absent.is_signed) == (None, True)


def test_another_key_did_not_sign_it() -> None:
    other = named(Repository(DID))
    assert not read_proof(Repository(DID).slice(RECORDS), identity=other, key="3kkvjjxvm2222").is_signed


def test_a_slice_of_another_account_is_refused() -> None:
    repository = Repository("did:plc:mallory")
    with pytest.raises(ExtractionError) as caught:
        read_proof(repository.slice(RECORDS), identity=named(repository), key="3kkvjjxvm2222")
    assert caught.value.code == "proof_damaged"


REPOSITORY = Repository(DID)
SLICE = REPOSITORY.slice(RECORDS)


@settings(max_examples=300)
@given(place=st.integers(0, len(SLICE) - 1), bit=st.integers(0, 7))
def test_no_flipped_bit_leaves_a_proof_that_says_something_else(place, bit) -> None:
    changed = bytearray(SLICE)
    changed[place] ^= 1 << bit
    try:
        proof = read_proof(bytes(changed), identity=named(REPOSITORY), key="3kkvjjxvm2222")
    except ExtractionError as error:
        assert error.code == "proof_damaged"
        return
    assert not proof.is_signed or proof.cid == cid_of(RECORD)


@given(st.binary(max_size=300))
def test_rubbish_is_a_damaged_proof(body) -> None:
    with pytest.raises(ExtractionError):
        read_proof(body, identity=named(REPOSITORY), key="3kkvjjxvm2222")


def test_an_address_is_recomputed_from_json() -> None:
    assert cid_of_record(RECORD) == cid_of(RECORD)
    assert cid_of_record({**RECORD, "text": "Nets at ten."}) != cid_of(RECORD)
    assert cid_of_record({"size": 1.5}) is None
    assert cid_of_record({"link": {"$link": "nonsense"}}) is None


def test_an_identity_names_host_key_and_handle() -> None:
    import json

    document = REPOSITORY.identity(host="https://host.example", handle="ada.gov.example")
    assert read_identity(json.dumps(document).encode()) == named(REPOSITORY)
    insecure = REPOSITORY.identity(host="http://host.example", handle="ada.gov.example")
    assert read_identity(json.dumps(insecure).encode()).host is None
