"""Vectors that fix the custody formulas for ever: what was signed once must be provable in fifty years.

Never edit ``custody_vectors.json``: a new formula is a new version with vectors of its own.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from archive.domain.accounts import Platform
from archive.domain.captures import Capture, CaptureClass, CaptureMethod, Digest, Provenance, TermsClass, text_digest
from archive.domain.custody import CustodyEvent, CustodyKind, batch_manifest, batch_root, commitment, digest_list
from archive.domain.ids import AccountId, CaptureId, SnapshotId
from archive.domain.merkle import inclusion_proof, leaf_hash, proves_inclusion
from archive.domain.posts import Post, Snapshot, post_id_of
from archive.storage import commitments

VECTORS = json.loads((Path(__file__).parent / "custody_vectors.json").read_text("utf-8"))
SALTS = [bytes([number]) * 16 for number in range(1, 4)]


def a_capture() -> Capture:
    return Capture(
        id=CaptureId(UUID("00000000-0000-4000-8000-000000000001")),
        digest=Digest("aa" * 32),
        size=17,
        media_type="application/json",
        terms_class=TermsClass.OPEN,
        provenance=Provenance(
            method=CaptureMethod.FETCH,
            capture_class=CaptureClass.PLATFORM_ATTESTED,
            source="https://social.velmora.example/@fisheries/1",
            requested_at=datetime(2031, 5, 14, 11, 59, 59, 500000, tzinfo=UTC),
            received_at=datetime(2031, 5, 14, 12, tzinfo=UTC),
            final_url="https://social.velmora.example/@fisheries/1?lang=en",
            redirects=("https://velmora.example/1",),
            status=200,
            headers=(("Content-Type", "application/json"), ("X-Name", "Zoë")),
            peer="192.0.2.7:443",
        ),
    )


def a_post(number: int) -> Post:
    return Post(
        id=post_id_of(Platform.MASTODON, f"https://social.velmora.example/{number}"),
        platform=Platform.MASTODON,
        native_id=f"https://social.velmora.example/{number}",
        account_id=AccountId(UUID("00000000-0000-4000-8000-0000000000aa")),
        posted_at=datetime(2031, 5, 13, 9, 30, tzinfo=UTC),
        url=f"https://social.velmora.example/{number}",
    )


def a_snapshot(number: int, text: str) -> Snapshot:
    return Snapshot(
        id=SnapshotId(UUID(int=number)),
        post_id=a_post(number).id,
        capture_id=a_capture().id,
        version=1,
        seen_at=datetime(2031, 5, 14, 12, tzinfo=UTC),
        text=text,
        text_digest=text_digest(text),
        language="fr" if number == 2 else None,
        edited_at=datetime(2031, 5, 13, 10, tzinfo=UTC) if number == 2 else None,
        truncated=number == 3,
        locator=f"line {number}",
    )


TEXTS = ("The harbour stays open.", "Le port reste ouvert à tous.", "Every boat\x7f will be pa")


def digests(*, salted: bool) -> list[bytes]:
    return [
        commitments.snapshot_digest(
            a_post(number),
            a_snapshot(number, text),
            replaced=number - 1,
            salt=SALTS[number - 1] if salted else None,
        )
        for number, text in enumerate(TEXTS, start=1)
    ]


def entry(manifest: bytes, *, kind: CustodyKind, salt: bytes | None) -> CustodyEvent:
    return CustodyEvent(
        index=7,
        version=1 if salt is None else 2,
        kind=kind,
        subject="Zoë's",
        commit=commitment(manifest, salt=salt),
        at=datetime(2031, 5, 14, 12, tzinfo=UTC),
    )


def computed() -> dict[str, object]:
    """Every vector as the program computes it today."""
    capture = commitments.capture_manifest(a_capture())
    salt = bytes(range(32))
    salted, plain = digests(salted=True), digests(salted=False)
    return {
        "capture manifest": capture.decode("utf-8"),
        "capture commitment v1": commitment(capture, salt=None),
        "capture commitment v2": commitment(capture, salt=salt),
        "snapshot values": commitments.canonical_values(
            commitments.snapshot_values(a_post(2), a_snapshot(2, TEXTS[1]), replaced=1)
        ).decode("ascii"),
        "snapshot digests v1": [digest.hex() for digest in plain],
        "snapshot digests v2": [digest.hex() for digest in salted],
        "batch commitment v1": commitment(digest_list([digest.hex() for digest in plain]), salt=None),
        "batch root v2": batch_root(salted).hex(),
        "batch manifest v2": batch_manifest(salted).decode("ascii"),
        "batch commitment v2": commitment(batch_manifest(salted), salt=salt),
        "post manifest": commitments.post_manifest(a_post(1)).decode("ascii"),
        "entry v1": entry(capture, kind=CustodyKind.CAPTURE, salt=None).canonical().decode("utf-8"),
        "entry v2": entry(batch_manifest(salted), kind=CustodyKind.SNAPSHOTS, salt=salt).canonical().decode("utf-8"),
        "leaf v1": entry(capture, kind=CustodyKind.CAPTURE, salt=None).leaf().hex(),
        "leaf v2": entry(batch_manifest(salted), kind=CustodyKind.SNAPSHOTS, salt=salt).leaf().hex(),
    }


@pytest.mark.parametrize("name", VECTORS)
def test_a_formula_gives_what_it_gave_when_the_vector_was_written(name: str) -> None:
    assert computed()[name] == VECTORS[name]


def test_every_formula_has_a_vector() -> None:
    assert set(computed()) == set(VECTORS)


def test_the_formulas_are_the_documented_ones() -> None:
    """The vectors once more with the standard library alone, as a stranger would."""
    values = VECTORS["snapshot values"].encode("ascii")
    salt = bytes(range(32))
    assert json.loads(values)[0] == "mastodon"
    assert hashlib.sha256(SALTS[1] + values).hexdigest() == VECTORS["snapshot digests v2"][1]
    leaves = [hashlib.sha256(b"\x00" + bytes.fromhex(digest)).digest() for digest in VECTORS["snapshot digests v2"]]
    node = hashlib.sha256(b"\x01" + leaves[0] + leaves[1]).digest()
    assert hashlib.sha256(b"\x01" + node + leaves[2]).hexdigest() == VECTORS["batch root v2"]
    assert json.loads(VECTORS["batch manifest v2"]) == {"v": 2, "size": 3, "root": VECTORS["batch root v2"]}
    sealed = hashlib.sha256(salt + VECTORS["batch manifest v2"].encode()).hexdigest()
    assert sealed == VECTORS["batch commitment v2"] == json.loads(VECTORS["entry v2"])["commit"]
    assert hashlib.sha256(b"\x00" + VECTORS["entry v2"].encode()).hexdigest() == VECTORS["leaf v2"]


def test_one_snapshot_of_a_batch_is_proved_by_a_short_path() -> None:
    batch = digests(salted=True)
    leaves = [leaf_hash(digest) for digest in batch]
    path = inclusion_proof(leaves, 2)
    assert len(path) == 1
    assert proves_inclusion(leaf_hash(batch[2]), index=2, size=3, path=path, root=batch_root(batch))
