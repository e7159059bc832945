"""The custody log's tree against the vectors published with RFC 6962 / RFC 9162 implementations, and its invariants."""

import hashlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.domain.captures import digest_of
from archive.domain.custody import (
    CustodyEvent,
    CustodyKind,
    batch_commitment,
    commitment,
    inclusion_proof,
    instant,
    proves_inclusion,
    root_of,
)

# The eight inputs and roots that Certificate Transparency implementations share (certificate-transparency-go, merkle tests).
VECTOR_INPUTS = (
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
)
VECTOR_ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def leaf(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def test_the_empty_log_has_the_hash_of_nothing() -> None:
    assert root_of([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize(("size", "root"), list(enumerate(VECTOR_ROOTS, start=1)))
def test_roots_are_those_other_logs_compute(size: int, root: str) -> None:
    leaves = [leaf(bytes.fromhex(text)) for text in VECTOR_INPUTS[:size]]
    assert root_of(leaves).hex() == root


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=40), st.data())
def test_every_entry_has_a_proof_and_no_other_entry_passes_with_it(entries: list[bytes], data: st.DataObject) -> None:
    leaves = [leaf(entry + bytes([number])) for number, entry in enumerate(entries)]
    index = data.draw(st.integers(0, len(leaves) - 1))
    path, root = inclusion_proof(leaves, index), root_of(leaves)
    assert proves_inclusion(leaves[index], index=index, size=len(leaves), path=path, root=root)
    assert not proves_inclusion(leaf(b"another"), index=index, size=len(leaves), path=path, root=root)
    assert not proves_inclusion(leaves[index], index=index, size=len(leaves), path=(*path, root), root=root)
    if path:
        assert not proves_inclusion(leaves[index], index=index, size=len(leaves), path=path[:-1], root=root)


def test_a_proof_outside_the_log_is_refused() -> None:
    with pytest.raises(ValueError, match="no such leaf"):
        inclusion_proof([leaf(b"a")], 1)
    assert not proves_inclusion(leaf(b"a"), index=1, size=1, path=(), root=leaf(b"a"))


def test_an_entry_is_canonical_json_with_fixed_microseconds() -> None:
    at = datetime(2026, 3, 6, 12, 0, tzinfo=UTC)
    event = CustodyEvent(index=0, kind=CustodyKind.CAPTURE, subject="s", commit=digest_of(b"x"), at=at)
    assert instant(at) == "2026-03-06T12:00:00.000000Z"
    assert event.canonical() == (
        b'{"at":"2026-03-06T12:00:00.000000Z","commit":"' + digest_of(b"x").encode() + b'","index":0,"kind":"capture",'
        b'"subject":"s","v":1}'
    )
    assert event.leaf() == leaf(event.canonical())


def test_a_commitment_does_not_depend_on_key_order_but_on_every_value() -> None:
    assert commitment({"a": "1", "b": 2}) == commitment({"b": 2, "a": "1"})
    assert commitment({"a": "1", "b": 2}) != commitment({"a": "1", "b": 3})


def test_a_batch_commitment_notices_a_swap_and_a_gap() -> None:
    one, two = str(digest_of(b"1")), str(digest_of(b"2"))
    assert len({batch_commitment(x) for x in ([one, two], [two, one], [one], [])}) == 4
