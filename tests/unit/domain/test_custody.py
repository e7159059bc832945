"""The custody log's tree against the vectors published with RFC 6962 / RFC 9162 implementations, and its invariants."""

import hashlib
from datetime import UTC, datetime

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from archive.domain.captures import digest_of
from archive.domain.custody import (
    CustodyEvent,
    CustodyKind,
    batch_manifest,
    canonical_manifest,
    commitment,
    instant,
)
from archive.domain.merkle import (
    consistency_proof,
    grown,
    inclusion_proof,
    proves_consistency,
    proves_inclusion,
    root_of,
    root_of_subtrees,
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
        b'"subject":"s","v":2}'
    )
    assert event.leaf() == leaf(event.canonical())


@given(st.text(), st.integers(0, 2**53 - 1), st.sampled_from(CustodyKind))
def test_every_entry_is_written_as_rfc_8785_says(subject: str, index: int, kind: CustodyKind) -> None:
    at, commit = datetime(2026, 3, 6, 12, 0, tzinfo=UTC), digest_of(b"x")
    event = CustodyEvent(index=index, kind=kind, subject=subject, commit=commit, at=at)
    values = {"v": 2, "index": index, "kind": kind.value, "subject": subject, "commit": commit, "at": instant(at)}
    assert event.canonical() == rfc8785.dumps(values)


def test_a_commitment_does_not_depend_on_key_order_but_on_every_value_and_the_salt() -> None:
    one = canonical_manifest({"a": "1", "b": 2})
    assert one == canonical_manifest({"b": 2, "a": "1"})
    found = {commitment(one, salt=None), commitment(one, salt=b"1" * 32), commitment(one, salt=b"2" * 32)}
    assert len(found | {commitment(canonical_manifest({"a": "1", "b": 3}), salt=None)}) == 4


def test_a_batch_commits_to_number_order_and_content() -> None:
    one, two = b"1" * 32, b"2" * 32
    batches = ([one, two], [two, one], [one], [], [two, two], [one, one, two], [one, two, two])
    assert len({batch_manifest(batch) for batch in batches}) == len(batches)


@given(st.lists(st.binary(max_size=8), min_size=0, max_size=70), st.data())
def test_a_log_proves_each_of_its_beginnings_and_nothing_else(entries: list[bytes], data: st.DataObject) -> None:
    leaves = [leaf(entry + bytes([number])) for number, entry in enumerate(entries)]
    old_size = data.draw(st.integers(0, len(leaves)))
    old, new = root_of(leaves[:old_size]), root_of(leaves)
    path = consistency_proof(leaves, old_size)
    sizes = {"old_size": old_size, "new_size": len(leaves)}
    assert proves_consistency(**sizes, old_root=old, new_root=new, path=path)
    if old_size:
        changed = [leaf(b"rewritten"), *leaves[1:]]
        rewritten = root_of(changed)
        others = (path, consistency_proof(changed, old_size))
        assert not any(proves_consistency(**sizes, old_root=old, new_root=rewritten, path=other) for other in others)
        assert not any(
            proves_consistency(**sizes, old_root=root_of(changed[:old_size]), new_root=new, path=other)
            for other in others
        )
    assert not proves_consistency(**sizes, old_root=old, new_root=new, path=(*path, new))
    if path:
        assert not proves_consistency(**sizes, old_root=old, new_root=new, path=path[:-1])
        assert not proves_consistency(**sizes, old_root=old, new_root=new, path=path[::-1] if len(path) > 1 else ())


# The consistency proofs that Certificate Transparency implementations share for the eight inputs above.
VECTOR_PROOFS = {
    (1, 1): (),
    (1, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (6, 8): (
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
    (2, 5): (
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ),
}


@pytest.mark.parametrize(("sizes", "path"), VECTOR_PROOFS.items(), ids=str)
def test_consistency_proofs_are_those_other_logs_give(sizes: tuple[int, int], path: tuple[str, ...]) -> None:
    old, new = sizes
    leaves = [leaf(bytes.fromhex(text)) for text in VECTOR_INPUTS[:new]]
    assert tuple(step.hex() for step in consistency_proof(leaves, old)) == path
    roots = {"old_root": bytes.fromhex(VECTOR_ROOTS[old - 1]), "new_root": bytes.fromhex(VECTOR_ROOTS[new - 1])}
    steps = [bytes.fromhex(step) for step in path]
    assert proves_consistency(old_size=old, new_size=new, path=steps, **roots)


def test_a_tree_longer_than_the_log_has_no_proof() -> None:
    with pytest.raises(ValueError, match="no such earlier tree"):
        consistency_proof([leaf(b"a")], 2)
    root = root_of([leaf(b"a")])
    assert not proves_consistency(old_size=2, new_size=1, old_root=root, new_root=root, path=())
    assert not proves_consistency(old_size=-1, new_size=1, old_root=root, new_root=root, path=())


@given(st.lists(st.binary(max_size=4), max_size=70))
def test_a_root_grows_leaf_by_leaf(entries: list[bytes]) -> None:
    leaves, subtrees = [leaf(entry) for entry in entries], []
    for size, one in enumerate(leaves):
        subtrees = grown(subtrees, one, size=size)
    assert root_of_subtrees(subtrees) == root_of(leaves)
