"""Time stamps: a real authority's answer is believed, and nothing else is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.delivery import Authority, answered_at, ask, question_for, read_authorities, stamped_at
from archive.errors import ArchiveError, ConfigurationError, DeliveryError
from tests.harness.authority import POLICY, LocalAuthority, make_authority, serving

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
NOTE = b"records.velmora.example/log\n3\nroot\n"


@pytest.fixture(scope="module", params=["root.pem", ""], ids=["two certificates", "one certificate"])
def local(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> LocalAuthority:
    return make_authority(tmp_path_factory.mktemp("authority"), certs=request.param)


@pytest.fixture
def authority(local: LocalAuthority) -> Authority:
    return Authority(name="velm", url="http://127.0.0.1:9/", roots=local.root, policy=POLICY)


def refused(answer: bytes, authority: Authority, *, content: bytes = NOTE) -> str:
    question = question_for(content)
    with pytest.raises(DeliveryError) as caught:
        answered_at(answer, question, authority=authority)
    with pytest.raises(DeliveryError):
        stamped_at(answer, b"other bytes", authority=authority)
    return caught.value.code


def test_a_real_answer_is_believed_and_says_now(local: LocalAuthority, authority: Authority) -> None:
    question = question_for(NOTE)
    answer = local.answer(question.request)
    at = answered_at(answer, question, authority=authority)
    assert abs(at - datetime.now(UTC)) < timedelta(minutes=2)
    assert stamped_at(answer, NOTE, authority=authority).replace(microsecond=0) == at.replace(microsecond=0)


def test_an_answer_to_another_question_is_refused(local: LocalAuthority, authority: Authority) -> None:
    # Other data, and the same data under another nonce: an answer that was kept and is sent again.
    assert refused(local.answer(question_for(b"other data").request), authority) == "bad_time_stamp"
    question, again = question_for(NOTE), question_for(NOTE)
    with pytest.raises(DeliveryError):
        answered_at(local.answer(question.request), again, authority=authority)


def test_another_policy_is_refused(local: LocalAuthority, authority: Authority) -> None:
    question = question_for(NOTE)
    answer = local.answer(question.request, policy="1.2.3.4.99")
    for check in (
        lambda: answered_at(answer, question, authority=authority),
        lambda: stamped_at(answer, NOTE, authority=authority),
    ):
        with pytest.raises(DeliveryError):
            check()


def test_an_untrusted_signer_is_refused(local: LocalAuthority, authority: Authority, tmp_path: Path) -> None:
    question = question_for(NOTE)
    stranger = make_authority(tmp_path / "stranger", certs=local.certs)
    with pytest.raises(DeliveryError):
        answered_at(stranger.answer(question.request), question, authority=authority)


def test_a_signer_that_may_not_stamp_is_not_even_able_to(tmp_path: Path, local: LocalAuthority) -> None:
    # OpenSSL itself refuses to stamp with a certificate for mail; an authority that lies would use other software.
    mail = make_authority(tmp_path / "mail", purpose="signs_mail", certs=local.certs)
    with pytest.raises(AssertionError):
        mail.answer(question_for(NOTE).request)


def test_an_expired_signer_is_refused(local: LocalAuthority, tmp_path: Path) -> None:
    expired = make_authority(tmp_path / "expired", days=-1, certs=local.certs)
    question = question_for(NOTE)
    authority = Authority(name="velm", url="", roots=expired.root, policy=None)
    with pytest.raises(DeliveryError):
        answered_at(expired.answer(question.request), question, authority=authority)


@pytest.mark.parametrize(
    "answer",
    [b"", b"garbage", b"<!doctype html><title>503</title>", b"\x30\x80", b"\x30\x03\x02\x01\x00", bytes(5000)],
    ids=["empty", "garbage", "a page", "endless", "granted and nothing else", "zeros"],
)
def test_what_is_no_answer_is_refused(authority: Authority, answer: bytes) -> None:
    assert refused(answer, authority) == "bad_time_stamp"


def test_no_changed_byte_of_an_answer_moves_its_time(local: LocalAuthority, authority: Authority) -> None:
    """Bytes outside the signed part may change (security.md, trap b): what counts never does."""
    question = question_for(NOTE)
    answer = local.answer(question.request)
    at = answered_at(answer, question, authority=authority)
    for place in range(0, len(answer), max(1, len(answer) // 40)):
        changed = answer[:place] + bytes([answer[place] ^ 1]) + answer[place + 1 :]
        try:
            assert answered_at(changed, question, authority=authority) == at
        except DeliveryError as error:
            assert error.code == "bad_time_stamp"


def test_an_authority_is_asked_over_http(local: LocalAuthority, authority: Authority) -> None:
    question = question_for(NOTE)
    with serving(local.answer) as url:
        there = Authority(name="velm", url=url, roots=local.root)
        answer = ask(there, question.request)
    assert answered_at(answer, question, authority=authority)


@pytest.mark.parametrize(
    ("answer", "status", "code"),
    [
        (lambda _: b"busy", 503, "authority_refused"),
        (lambda _: b"", 302, "authority_refused"),
        (lambda _: b"x" * 200_000, 200, "authority_refused"),
    ],
    ids=["busy", "redirect", "without end"],
)
def test_an_authority_that_does_not_answer_is_said_to(answer: Callable[[bytes], bytes], status: int, code: str) -> None:
    with serving(answer, status=status) as url, pytest.raises(DeliveryError) as caught:
        ask(Authority(name="velm", url=url, roots=b""), b"request")
    assert caught.value.code == code


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "nonsense", "ftp://127.0.0.1/", "http://[", ""])
def test_an_authority_out_of_reach_is_said_to_be(url: str) -> None:
    with pytest.raises(DeliveryError) as caught:
        ask(Authority(name="velm", url=url, roots=b""), b"request")
    assert caught.value.code == "authority_unreachable"


def test_authorities_are_described_in_a_folder(tmp_path: Path) -> None:
    assert read_authorities(tmp_path / "none") == ()
    (tmp_path / "velm.toml").write_text('url = "https://stamps.velmora.example"\npolicy = "1.2.3"\n', "utf-8")
    (tmp_path / "velm.pem").write_bytes(b"root")
    described = Authority(name="velm", url="https://stamps.velmora.example", roots=b"root", policy="1.2.3")
    assert read_authorities(tmp_path) == (described,)


@pytest.mark.parametrize("text", ["", "url = 3", "nonsense", 'url = "x"\npolicy = 3', 'url = "https://no.pem.example"'])
def test_an_authority_that_cannot_be_read_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "velm.toml").write_text(text, "utf-8")
    with pytest.raises(ConfigurationError):
        read_authorities(tmp_path)


@pytest.mark.parametrize("roots", [b"", b"nonsense"])
def test_roots_that_are_none_are_refused(local: LocalAuthority, roots: bytes) -> None:
    question = question_for(NOTE)
    with pytest.raises(ArchiveError):
        answered_at(local.answer(question.request), question, authority=Authority(name="v", url="", roots=roots))
