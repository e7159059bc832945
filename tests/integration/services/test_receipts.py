"""Receipts: verified by a stranger's Python without packages, and refused after any one changed byte."""

import io
import json
import random
import subprocess
import sys
import zipfile
from importlib import resources
from pathlib import Path

import pytest

from archive import services
from archive.errors import NotFoundError
from archive.receipts import verify
from archive.runtime import Runtime, build_runtime
from archive.settings import load_settings
from tests.integration.services.given import WORDS, a_dump, a_registry, a_row, a_text

CHANGED = f'Ferries\n\n"{WORDS[:-1].replace("nine", "ten")}," Tavrin Oskelbeck posted on X on February 12.\n'
NOBODY = 'Tolls\n\n"No bridge toll will be raised before the winter of next year," Tavrin Oskelbeck posted on X on February 12.\n'


@pytest.fixture
def signing(migrated_url, tmp_path, clock):
    settings = load_settings(
        data_directory=tmp_path / "data",
        database_url=migrated_url,
        index_directory=None,
        origin="archive.ostrelund.example",
    )
    with build_runtime(settings, now=clock) as runtime:
        services.curate.take_registry(runtime, a_registry())
        rows = [a_row(), *(a_row(post_id=f"4{number}", text=f"Another word, {number} of them.") for number in range(6))]
        services.ingest.take_posts(runtime, a_dump(*rows))
        services.checkpoints.make_key(runtime)
        yield runtime


def receipt_of(runtime: Runtime, text: str) -> bytes:
    check = services.checks.judge_article(runtime, a_text(text))
    return services.receipts.write_receipt(runtime, check.id)


def is_refused(body: bytes) -> bool:
    try:
        verify.verify(body)
    except verify.Refused:
        return True
    return False


@pytest.mark.parametrize("text", [None, CHANGED, NOBODY], ids=["verbatim", "altered", "not found"])
def test_a_stranger_verifies_it_without_packages(signing, tmp_path, text) -> None:
    body = receipt_of(signing, text or a_text().text or "")
    path: Path = tmp_path / "receipt.zip"
    path.write_bytes(body)
    with zipfile.ZipFile(path) as packed:
        packed.extract("verify.py", tmp_path)
    key = services.checkpoints.published_keys(signing)[0]
    for more in ((), ("--key", key)):
        command = [sys.executable, "-I", "-S", str(tmp_path / "verify.py"), str(path), *more]
        done = subprocess.run(command, capture_output=True, text=True, env={}, cwd="/", check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "AUTHENTIC" in done.stdout
        assert "Quotation 1" in done.stdout


def test_the_verifier_in_it_is_the_one_that_is_documented(signing) -> None:
    with zipfile.ZipFile(io.BytesIO(receipt_of(signing, a_text().text or ""))) as packed:
        assert packed.read("verify.py") == resources.files("archive.receipts").joinpath("verify.py").read_bytes()


def test_a_statement_has_a_receipt_of_its_own(signing) -> None:
    check = services.checks.judge_article(signing, a_text())
    target = check.judgements[0].opinion.evidence[0].statement.post.id
    said: list[str] = []
    verify.verify(services.receipts.write_receipt(signing, target), say=said.append)
    assert any(WORDS in line for line in said)


def test_any_one_changed_byte_is_refused(signing) -> None:
    body = receipt_of(signing, CHANGED)
    assert not is_refused(body)
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        members = packed.infolist()
    inside = [
        member.header_offset + 30 + len(member.filename) + int(member.file_size * share)
        for member in members
        for share in (0, 0.01, 0.25, 0.5, 0.75, 0.99)
        if member.file_size
    ]
    rng = random.Random(7)
    places = sorted({*inside, *(rng.randrange(len(body)) for _ in range(600))})
    assert len(places) >= 500
    accepted = []
    for place in places:
        changed = bytearray(body)
        changed[place] ^= 1 << rng.randrange(8)
        if not is_refused(bytes(changed)):
            accepted.append(place)
    assert accepted == []


def forged(body: bytes, change) -> bytes:
    """The receipt with its contents changed by somebody who knows how receipts are packed."""
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        files = [(member.filename, packed.read(member)) for member in packed.infolist()]
    held = dict(files)
    receipt = json.loads(held["receipt.json"])
    change(receipt, held)
    held["receipt.json"] = json.dumps(receipt, indent=1).encode()
    listed = [(name, held[name]) for name, _ in files if name != "SHA256SUMS"]
    sums = "".join(f"{verify.sha256(content).hex()}  {name}\n" for name, content in listed)
    return verify.packed([*listed, ("SHA256SUMS", sums.encode())])


def _other_text(receipt, held) -> None:
    receipt["statements"][0]["text"] = receipt["statements"][0]["text"].replace("nine", "ten")


def _other_verdict(receipt, held) -> None:
    judgement = receipt["judgements"][0]
    judgement["document"] = judgement["document"].replace("altered_review", "verbatim")


def _other_verdict_and_digest(receipt, held) -> None:
    _other_verdict(receipt, held)
    judgement = receipt["judgements"][0]
    judgement["digests"][judgement["place"]] = verify.sha256(judgement["document"].encode()).hex()


def _other_bytes(receipt, held) -> None:
    name = next(name for name in held if name.startswith("bodies/"))
    held[name] = held[name] + b" "


def _other_time(receipt, held) -> None:
    for entry in receipt["entries"].values():
        entry["entry"] = entry["entry"].replace("2026", "2025", 1)


def _other_key(receipt, held) -> None:
    held["keys.txt"] = b""


def _capture_left_out(receipt, held) -> None:
    receipt["captures"] = receipt["captures"][1:]


def _longer_proof(receipt, held) -> None:
    next(iter(receipt["entries"].values()))["path"].append("00" * 32)


FORGERIES = [
    _other_text, _other_verdict, _other_verdict_and_digest, _other_bytes, _other_time, _other_key, _capture_left_out, _longer_proof,
]  # fmt: skip


@pytest.mark.parametrize("change", FORGERIES, ids=lambda change: change.__name__.strip("_"))
def test_a_forgery_that_is_packed_right_is_refused(signing, change) -> None:
    body = receipt_of(signing, CHANGED)
    assert not is_refused(forged(body, lambda receipt, held: None))
    assert is_refused(forged(body, change))


def _flipped(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def test_a_changed_byte_of_the_evidence_that_is_packed_right_is_refused(signing) -> None:
    """Somebody who mends the list of digests too: each byte of a body and of the checkpoint counts for itself."""
    body = receipt_of(signing, CHANGED)
    held = verify.unpacked(body)
    rng, accepted = random.Random(7), []
    for name in (name for name in held if name.startswith("bodies/") or name == "checkpoint.txt"):
        size = len(held[name])
        assert size > 0
        for place in sorted({0, size // 2, size - 1, *(rng.randrange(size) for _ in range(60))}):

            def flip(receipt, files, name=name, place=place) -> None:
                files[name] = _flipped(files[name], place)

            if not is_refused(forged(body, flip)):
                accepted.append((name, place))
    assert accepted == []


def _texts_in(value: object, way: tuple[object, ...] = ()) -> list[tuple[tuple[object, ...], str]]:
    """Every text in a document with the way to it."""
    if isinstance(value, str):
        return [(way, value)] if value else []
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, inner in pairs for found in _texts_in(inner, (*way, key))]


def test_a_changed_letter_of_what_a_receipt_says_that_is_packed_right_is_refused(signing) -> None:
    """Of every text of its entries, captures, statements, articles and judgements, one letter at a time."""
    body = receipt_of(signing, CHANGED)
    receipt = json.loads(verify.unpacked(body)["receipt.json"])
    evidence = ("entries", "captures", "statements", "articles", "judgements")
    texts = [(way, text) for name in evidence for way, text in _texts_in(receipt[name], (name,))]
    assert len(texts) > 20 and {way[0] for way, _ in texts} == set(evidence)
    accepted = []
    for way, text in texts:
        for place in {0, len(text) // 2, len(text) - 1}:

            def swap(receipt, files, way=way, text=text, place=place) -> None:
                for key in way[:-1]:
                    receipt = receipt[key]
                other = "0" if text[place] != "0" else "1"
                receipt[way[-1]] = text[:place] + other + text[place + 1 :]

            if not is_refused(forged(body, swap)):
                accepted.append((way, place, text[:60]))
    assert accepted == []


def test_a_receipt_signed_by_another_key_than_the_pinned_one_is_refused(signing) -> None:
    body = receipt_of(signing, CHANGED)
    with pytest.raises(verify.Refused):
        verify.verify(body, pinned="other.example+00000000+" + "A" * 44)


def test_a_person_who_decided_otherwise_stands_in_the_receipt(signing) -> None:
    check = services.checks.judge_article(signing, a_text(CHANGED))
    services.reviews.review_judgement(
        signing,
        check.judgements[0].id,
        action=services.reviews.ReviewAction.CONFIRM,
        reviewer="R. Calder",
        reason="Ten is not nine.",
    )
    said: list[str] = []
    verify.verify(services.receipts.write_receipt(signing, check.id), say=said.append)
    assert any("decided by R. Calder" in line for line in said)


def test_a_check_on_a_removed_statement_still_has_a_receipt_of_its_article(signing) -> None:
    check = services.checks.judge_article(signing, a_text())
    target = check.judgements[0].opinion.evidence[0].statement.post.id
    people = [
        services.removal.Signatory(name=name, role=role) for name, role in (("O. B.", "editor"), ("P. V.", "counsel"))
    ]
    asked = services.removal.request_redaction(
        signing, target, basis=services.removal.RedactionBasis.COURT_ORDER, by=people[0]
    )
    services.removal.confirm_redaction(signing, asked.request.id, by=people[1])
    said: list[str] = []
    body = services.receipts.write_receipt(signing, check.id)
    verify.verify(body, say=said.append)
    assert any(line.startswith("Article") for line in said)
    assert not any(line.startswith("Statement") for line in said)
    # Another statement of the same import still proves itself beside the removed one.
    page = services.search.search_statements(signing, services.search.parse_query("another"))
    other = page.hits[0].statement.post.id
    verify.verify(services.receipts.write_receipt(signing, other))
    assert services.exports.export(signing, other, services.exports.ExportForm.WACZ).body


def test_an_archive_that_signed_nothing_has_no_receipts(runtime) -> None:
    services.ingest.take_posts(runtime, a_dump())
    check = services.checks.judge_article(runtime, a_text())
    with pytest.raises(NotFoundError) as caught:
        services.receipts.write_receipt(runtime, check.id)
    assert caught.value.code == "no_checkpoint"
