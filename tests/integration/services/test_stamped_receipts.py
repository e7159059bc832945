"""Receipts with a time stamp of a real authority (``openssl ts``): what a stranger's Python checks of it, and refuses."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive import services, storage
from archive.delivery import question_for
from archive.domain.checks import Check
from archive.receipts import verify
from archive.runtime import Runtime
from archive.services.stamps import Stamping
from archive.storage.checkpoints import Stamp
from tests.harness.authority import POLICY, LocalAuthority, make_authority, serving
from tests.integration.services.given import a_text
from tests.integration.services.test_receipts import CHANGED, forged, is_refused, receipt_of, signing

__all__ = ["signing"]
pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
STAMP = "timestamps/0.tsr"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """A receipt whose checkpoint the authority stamped, and the authority."""

    body: bytes
    authority: LocalAuthority

    def file(self, name: str) -> bytes:
        return verify.unpacked(self.body)[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unstamped:
    """An archive with a signed checkpoint that no authority has stamped yet, and the authority it will ask."""

    runtime: Runtime
    authority: LocalAuthority
    check: Check

    def stamp(self, answer: Callable[[bytes], bytes]) -> Stamping:
        """Ask for the stamp, which ``answer`` gives."""
        folder = self.runtime.settings.authorities
        with serving(answer) as url:
            (folder / "velm.toml").write_text(f'url = "{url}"\npolicy = "{POLICY}"\n', "utf-8")
            return services.stamps.stamp_pending(self.runtime)

    def receipt(self) -> bytes:
        return services.receipts.write_receipt(self.runtime, self.check.id)


@pytest.fixture
def unstamped(signing: Runtime, tmp_path: Path) -> Unstamped:
    runtime = replace(signing, now=lambda: datetime.now(UTC))
    authority = make_authority(tmp_path / "authority")
    folder = runtime.settings.authorities
    folder.mkdir(parents=True)
    (folder / "velm.pem").write_bytes(authority.root)
    check = services.checks.judge_article(runtime, a_text(CHANGED))
    services.checkpoints.sign(runtime)
    return Unstamped(runtime=runtime, authority=authority, check=check)


@pytest.fixture
def stamped(unstamped: Unstamped) -> Stamped:
    assert unstamped.stamp(unstamped.authority.answer).stamped == 1
    return Stamped(body=unstamped.receipt(), authority=unstamped.authority)


def told(body: bytes, folder: Path, *options: str) -> tuple[int, str]:
    """How a stranger's Python without packages ends on a receipt, and what it prints."""
    path = folder / "receipt.zip"
    path.write_bytes(body)
    command = [sys.executable, "-I", "-S", verify.__file__, str(path), *options]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
    return done.returncode, done.stdout + done.stderr


def test_a_stranger_reads_the_time_and_is_told_what_was_not_checked(stamped: Stamped, tmp_path: Path) -> None:
    code, said = told(stamped.body, tmp_path)
    assert (code, "AUTHENTIC" in said) == (0, True), said
    assert f"Time stamp by velm: {datetime.now(UTC):%Y-%m-%d}" in said
    assert "Not checked: whether that authority signed it." in said
    assert "Not checked: the nonce and the policy" in said


def test_with_the_authoritys_certificates_openssl_is_asked(stamped: Stamped, tmp_path: Path) -> None:
    code, said = told(stamped.body, tmp_path, "--roots", str(stamped.authority.folder / "root.pem"))
    assert (code, "openssl says: signed" in said) == (0, True), said
    other = make_authority(tmp_path / "somebody else")
    code, said = told(stamped.body, tmp_path, "--roots", str(other.folder / "root.pem"))
    assert code == 1 and "no certificate you gave vouches" in said


def test_where_openssl_does_not_run_nothing_asked_of_it_counts(stamped: Stamped, monkeypatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(verify.Refused, match="openssl does not run here"):
        verify.verify(stamped.body, roots=str(stamped.authority.folder / "root.pem"))


def _answer(stamped: Stamped, content: bytes) -> bytes:
    return stamped.authority.answer(question_for(content).request)


def _swapped(stamped: Stamped) -> bytes:
    """A stamp of the checkpoint before: an old one in place of the new."""
    return _answer(stamped, b"another checkpoint\n")


def _truncated(stamped: Stamped) -> bytes:
    return stamped.file(STAMP)[:-20]


def _longer(stamped: Stamped) -> bytes:
    return stamped.file(STAMP) + b"\x00"


def _only_the_digest(stamped: Stamped) -> bytes:
    """What named the checkpoint's digest and was no time stamp passed once."""
    return b"".join((b"\x30\x22\x04\x20", verify.sha256(stamped.file("checkpoint.txt"))))


def _other_imprint(stamped: Stamped) -> bytes:
    """The token of something else with this checkpoint's digest written into it."""
    content = b"another checkpoint\n"
    mine, other = verify.sha256(stamped.file("checkpoint.txt")), verify.sha256(content)
    answer = _answer(stamped, content)
    assert answer.count(other) == 1
    return answer.replace(other, mine)


def _other_time(stamped: Stamped) -> bytes:
    """The same token with another year written into it."""
    year = f"{datetime.now(UTC):%Y%m%d}".encode()
    return stamped.file(STAMP).replace(year, b"20010203", 1)


def _refused_by_authority(stamped: Stamped) -> bytes:
    """An authority's "no": a status and no token."""
    return bytes.fromhex("30053003020102")


def _web_page(stamped: Stamped) -> bytes:
    return b"<html>Try again later.</html>"


def _empty(stamped: Stamped) -> bytes:
    return b""


WRONG = [
    _swapped, _truncated, _longer, _only_the_digest, _other_imprint, _other_time, _refused_by_authority, _web_page, _empty,
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.__name__.strip("_"))
def test_a_wrong_answer_in_a_receipt_that_is_packed_right_is_refused(
    stamped: Stamped, wrong: Callable[[Stamped], bytes]
) -> None:
    def put(receipt, held) -> None:
        held[STAMP] = wrong(stamped)

    assert not is_refused(forged(stamped.body, lambda receipt, held: None))
    assert is_refused(forged(stamped.body, put))


def test_no_flipped_bit_of_what_the_authority_signed_passes(stamped: Stamped) -> None:
    """All of the TSTInfo; of the signature itself only openssl can tell."""
    answer = stamped.file(STAMP)
    info, _ = verify.token(answer)
    start = answer.index(info)
    passed = []
    for place in range(start, start + len(info)):
        changed = bytearray(answer)
        changed[place] ^= 1
        try:
            verify.stamped(bytes(changed), stamped.file("checkpoint.txt"))
        except verify.Refused:
            continue
        except Exception:  # what cannot be read is refused by whoever calls this
            continue
        passed.append(place)
    assert passed == []


def test_a_time_in_the_receipt_that_the_token_does_not_say_is_refused(stamped: Stamped) -> None:
    def later(receipt, held) -> None:
        receipt["timestamps"][0]["stamped_at"] = "2031-01-01T00:00:00.000000Z"

    assert is_refused(forged(stamped.body, later))


def test_a_stamp_from_before_what_it_is_said_to_cover_is_refused(signing: Runtime, tmp_path: Path) -> None:
    """A receipt pieced together, or an authority whose clock runs years behind."""
    later = replace(signing, now=lambda: datetime.now(UTC) + timedelta(days=400))
    files = verify.unpacked(receipt_of(later, CHANGED))
    authority = make_authority(tmp_path / "authority")
    answer = authority.answer(question_for(files["checkpoint.txt"]).request)
    at = verify.stamped(answer, files["checkpoint.txt"])
    receipt = json.loads(files["receipt.json"])
    receipt["timestamps"] = [{"file": STAMP, "authority": "velm", "stamped_at": at.isoformat()}]
    files |= {"receipt.json": json.dumps(receipt).encode(), STAMP: answer}
    sums = "".join(f"{verify.sha256(body).hex()}  {name}\n" for name, body in files.items() if name != "SHA256SUMS")
    listed = [(name, body) for name, body in files.items() if name != "SHA256SUMS"]
    with pytest.raises(verify.Refused, match="older than what it is said to cover"):
        verify.verify(verify.packed([*listed, ("SHA256SUMS", sums.encode())]))


def in_ber(body: bytes, *, depth: int) -> bytes:
    """The same elements without lengths, as far down as ``depth``: each ends where two zeros stand."""
    found, place = b"", 0
    while place < len(body):
        length, start = body[place + 1], place + 2
        if length > 127:
            start += length - 128
            length = int.from_bytes(body[place + 2 : start], "big")
        end = start + length
        if depth and body[place] & 0x20:
            found += bytes([body[place], 0x80]) + in_ber(body[start:end], depth=depth - 1) + b"\0\0"
        else:
            found += body[place:end]
        place = end
    return found


@pytest.mark.parametrize(
    "otherwise",
    [lambda answer: in_ber(answer, depth=1), lambda answer: in_ber(answer, depth=4), lambda answer: answer + b"\0"],
    ids=["BER", "BER all the way", "a byte behind it"],
)
def test_an_answer_that_no_receipt_could_carry_stays_pending(
    unstamped: Unstamped, otherwise: Callable[[bytes], bytes]
) -> None:
    """OpenSSL believes such an answer; the verifier in receipts would refuse the whole receipt for it."""
    stamping = unstamped.stamp(lambda request: otherwise(unstamped.authority.answer(request)))
    assert stamping.stamped == 0 and len(stamping.pending) == 1
    assert "in DER as RFC 3161 asks, so receipts could not carry it" in stamping.pending[0].reason
    assert not is_refused(unstamped.receipt())


def test_a_stamp_held_from_before_that_no_verifier_reads_is_left_out_of_receipts(unstamped: Unstamped) -> None:
    """Its own archive believed it once; the receipt is worth no less without it, and nothing with it."""
    runtime = unstamped.runtime
    with runtime.database.reading() as session:
        (signed,) = storage.checkpoints.latest(session)
    answer = unstamped.authority.answer(question_for(str(signed.note).encode()).request)
    at = verify.stamped(answer, str(signed.note).encode())
    held = Stamp(
        checkpoint=signed.number, authority="velm", token=in_ber(answer, depth=4), stamped_at=at, received_at=at
    )
    with runtime.database.writing() as session:
        storage.checkpoints.add_stamp(session, held)

    receipt = unstamped.receipt()

    assert json.loads(verify.unpacked(receipt)["receipt.json"])["timestamps"] == []
    assert not is_refused(receipt)
