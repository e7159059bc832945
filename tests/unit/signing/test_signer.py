"""The signer: signs what continues the log it signed before, and nothing else, whatever the database says."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.domain.checkpoints import (
    Checkpoint,
    Note,
    VerifierKey,
    origin_of,
    read_note,
    read_proof,
    read_verifier_key,
    write_proof,
)
from archive.domain.merkle import consistency_proof, leaf_hash, root_of
from archive.errors import ArchiveError, ConfigurationError, ConflictError, CustodyError, InvalidInputError
from archive.signing import Signer, has_valid_signature, is_signed_by
from archive.signing.keys import SigningKey

ORIGIN = "records.velmora.example/log"


@pytest.fixture
def signer(tmp_path: Path) -> Signer:
    made = Signer(tmp_path / "signer", origin=ORIGIN)
    made.new_key()
    return made


def a_log(size: int, *, rewritten: int | None = None) -> list[bytes]:
    return [leaf_hash(f"{number}{'*' if number == rewritten else ''}".encode()) for number in range(size)]


def signed(signer: Signer, leaves: list[bytes]) -> Note:
    last = signer.last()
    old = 0 if last is None else last.checkpoint().size
    proof = consistency_proof(leaves, old) if old <= len(leaves) else ()
    return signer.sign(Checkpoint(origin=ORIGIN, size=len(leaves), root=root_of(leaves)), proof=proof)


def test_a_growing_log_is_signed_again_and_again(signer: Signer) -> None:
    for size in (0, 1, 3, 3, 8, 21):
        note = signed(signer, a_log(size))
        assert note.checkpoint() == Checkpoint(origin=ORIGIN, size=size, root=root_of(a_log(size)))
        assert has_valid_signature(note, signer.known_keys())
        assert signer.last() == note == read_note(str(note))


@pytest.mark.parametrize(
    ("leaves", "code"),
    [
        (a_log(299), "log_went_back"),
        ([], "log_went_back"),
        (a_log(300, rewritten=10), "log_rewritten"),
        (a_log(400, rewritten=10), "log_rewritten"),
        (a_log(301, rewritten=299), "log_rewritten"),
        (list(reversed(a_log(300))), "log_rewritten"),
    ],
    ids=["older backup", "emptied", "entry 10 of 300", "the same, longer", "the last one", "swapped"],
)
def test_a_log_that_is_no_continuation_is_not_signed(signer: Signer, leaves: list[bytes], code: str) -> None:
    before = signed(signer, a_log(300))
    with pytest.raises(CustodyError) as caught:
        signed(signer, leaves)
    assert caught.value.code == code
    assert signer.last() == before


def test_another_proof_than_the_right_one_does_not_help(signer: Signer) -> None:
    signed(signer, a_log(6))
    root = root_of(a_log(8, rewritten=2))
    for proof in ((), consistency_proof(a_log(8), 6), consistency_proof(a_log(8, rewritten=2), 6), (b"\0" * 32,)):
        with pytest.raises(CustodyError):
            signer.sign(Checkpoint(origin=ORIGIN, size=8, root=root), proof=proof)


def test_the_memory_of_the_signer_is_signed_too(signer: Signer, tmp_path: Path) -> None:
    signed(signer, a_log(5))
    file = tmp_path / "signer" / "last-checkpoint.txt"
    file.write_text(file.read_text("utf-8").replace("\n5\n", "\n4\n"), "utf-8")
    with pytest.raises(CustodyError):
        signed(signer, a_log(5))


def test_another_log_is_not_signed(signer: Signer) -> None:
    signed(signer, a_log(5))
    with pytest.raises(CustodyError):
        signer.sign(Checkpoint(origin="elsewhere.example", size=5, root=root_of(a_log(5))), proof=())


def test_keys_change_with_a_time_of_two_signatures(signer: Signer, tmp_path: Path) -> None:
    old = signer.active_keys()[0]
    first = signed(signer, a_log(2))
    new = signer.new_key()
    both = signed(signer, a_log(3))
    assert [is_signed_by(both, key) for key in (old, new)] == [True, True]
    assert not signer.is_signed_by_all(first)
    assert signer.retire_key(old.key_hash.hex()) == old
    alone = signed(signer, a_log(4))
    assert [is_signed_by(alone, key) for key in (old, new)] == [False, True]
    assert all(has_valid_signature(note, signer.known_keys()) for note in (first, both, alone))
    with pytest.raises(ConflictError) as caught:
        signer.retire_key(new.key_hash.hex())
    assert caught.value.code == "last_key"
    with pytest.raises(ConflictError) as caught:
        signer.retire_key(old.key_hash.hex())
    assert caught.value.code == "no_such_key"


def test_a_key_is_for_its_owner_only(signer: Signer, tmp_path: Path) -> None:
    files = list((tmp_path / "signer" / "keys").iterdir())
    assert len(files) == 1
    assert stat.S_IMODE(files[0].stat().st_mode) == 0o600


def test_without_a_key_nothing_is_signed(tmp_path: Path) -> None:
    nobody = Signer(tmp_path, origin=ORIGIN)
    assert not nobody.has_key
    with pytest.raises(ConfigurationError):
        signed(nobody, a_log(1))


@pytest.mark.parametrize("pem", [b"", b"nonsense", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_a_file_that_is_no_key_is_refused(tmp_path: Path, pem: bytes) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "x.pem").write_bytes(pem)
    with pytest.raises(ConfigurationError):
        Signer(tmp_path, origin=ORIGIN).active_keys()


@pytest.mark.parametrize("origin", ["", "two words", "a+b", "line\nbreak"])
def test_an_origin_that_no_note_can_hold_is_refused(tmp_path: Path, origin: str) -> None:
    with pytest.raises(ConfigurationError):
        Signer(tmp_path, origin=origin).new_key()


def test_a_false_signature_spoils_the_note_and_a_strangers_does_not(signer: Signer) -> None:
    note = signed(signer, a_log(3))
    stranger = SigningKey.new("witness.example")
    joined = Note(text=note.text, signatures=(*note.signatures, stranger.sign(note.text)))
    assert has_valid_signature(joined, signer.known_keys())
    assert not has_valid_signature(joined, [SigningKey.new(ORIGIN).verifier])
    moved = Note(text=note.text.replace("\n3\n", "\n4\n"), signatures=note.signatures)
    assert not has_valid_signature(moved, signer.known_keys())
    assert not has_valid_signature(Note(text=note.text, signatures=()), signer.known_keys())


@given(st.binary(min_size=32, max_size=32))
def test_a_verifier_key_is_read_as_written(public: bytes) -> None:
    key = VerifierKey(name=ORIGIN, public=public)
    assert read_verifier_key(str(key)) == key


def test_a_verifier_key_is_that_of_the_published_example() -> None:
    """The example of the note package's documentation (golang.org/x/mod/sumdb/note)."""
    key = read_verifier_key("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    note = read_note(
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
        "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    )
    assert is_signed_by(note, key)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "text\n",
        "text\n\n",
        "text\n\nno dash\n",
        "text\n\n\u2014 name\n",
        "text\n\n\u2014 name !!!!\n",
        "text\n\n\u2014 name AAAA\n",
        "text\n\n\u2014 name AAAAAAAAAB=\n",
        "te\rxt\n\n\u2014 name AAAAAAAA\n",
        "text\n\n\u2014 name AAAAAAAA",
        "<html></html>",
    ],
)
def test_what_is_no_note_is_refused(text: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        read_note(text)
    assert caught.value.code == "bad_checkpoint"


@pytest.mark.parametrize(
    "text", ["a\n", "a\n1\n", "a\n01\n" + "A" * 43 + "=\n", "a\n-1\nAA==\n", "a\n1\nAA==\n", "\n1\nAA==\n"]
)
def test_a_note_that_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(InvalidInputError):
        Note(text=text, signatures=()).checkpoint()


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    for read in (read_note, read_proof, read_verifier_key):
        with pytest.raises(ArchiveError):
            read(text)


@given(st.integers(0, 2**40), st.lists(st.binary(min_size=32, max_size=32), max_size=5), st.binary(max_size=9))
def test_a_proof_is_read_as_written(index: int, path: list[bytes], extra: bytes) -> None:
    key = SigningKey.new(ORIGIN)
    body = Checkpoint(origin=ORIGIN, size=7, root=b"\1" * 32).body()
    note = Note(text=body, signatures=(key.sign(body),))
    proof = read_proof(write_proof(index=index, path=path, note=str(note), extra=extra))
    assert (proof.index, proof.path, proof.note, proof.extra) == (index, tuple(path), note, extra)


@pytest.mark.parametrize(
    ("url", "origin"), [("https://a.example/log/", "a.example/log"), ("http://a.example", "a.example"), ("", "")]
)
def test_the_origin_is_the_address_without_its_scheme(url: str, origin: str) -> None:
    assert origin_of(url) == origin
