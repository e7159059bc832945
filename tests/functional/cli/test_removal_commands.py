"""Removal, backups, receipts and exports as an operator types them."""

import json
import re
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from .conftest import Command, a_row, posts_file

PEOPLE = (("--by", "Oda Brennick", "--role", "editor"), ("--by", "Piet Vastergard", "--role", "counsel"))
IDENTIFIER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture
def target(command: Command, tmp_path: Path) -> str:
    """An archived statement."""
    assert command("import", "posts", posts_file(tmp_path / "posts.jsonl", [a_row()])).status == 0
    results = command("search", "ferries", "--json").json()["results"]
    assert isinstance(results, list)
    return str(results[0]["id"])


def test_a_statement_is_removed_by_two_people(command: Command, target: str, data_directory: Path) -> None:
    asked = command("redact", target, "--basis", "erasure_request", *PEOPLE[0])
    assert asked.status == 0
    request = IDENTIFIER.findall(asked.out)[-1]
    alone = command("redactions", "confirm", request, *PEOPLE[0])
    assert (alone.status, "second_person_needed" in alone.err) == (2, True)
    done = command("redactions", "confirm", request, *PEOPLE[1])
    assert done.status == 0
    assert "its commitment" in done.out

    gone = command("statement", target, "--json")
    assert gone.status == 2
    error = gone.json()["error"]
    assert isinstance(error, dict)
    assert (error["code"], error["status"], error["removed"]["basis"]) == ("removed", 410, "erasure_request")
    listed = command("redactions", "list", "--json").json()["redactions"]
    assert isinstance(listed, list)
    assert listed[0]["decision"]["outcome"] == "confirmed"
    verified = command("verify")
    assert (verified.status, "1 removed on purpose, as recorded." in verified.out) == (0, True)
    assert b"last boat" not in (data_directory / "archive.db").read_bytes()


def test_a_removal_is_refused(command: Command, target: str) -> None:
    asked = command("redact", target, "--basis", "copyright", *PEOPLE[0])
    request = IDENTIFIER.findall(asked.out)[-1]
    assert command("redactions", "refuse", request, *PEOPLE[1]).out.strip() == "Refused: nothing is removed."
    assert command("statement", target).status == 0
    assert "refused by Piet Vastergard" in command("redactions", "list").out


def test_a_removal_is_finished_when_others_are_done(command: Command, target: str, data_directory: Path) -> None:
    request = IDENTIFIER.findall(command("redact", target, "--basis", "copyright", *PEOPLE[0]).out)[-1]
    reader = sqlite3.connect(data_directory / "archive.db")
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM posts").fetchone()
    late = command("redactions", "confirm", request, *PEOPLE[1])
    assert (late.status, "erasure_waits" in late.err) == (2, True)
    assert command("statement", target).status == 2
    reader.close()
    assert command("redactions", "erase").status == 0
    assert b"last boat" not in (data_directory / "archive.db").read_bytes()


def test_a_backup_is_restored_elsewhere(
    command: Command, target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = command("backup", tmp_path / "backup.zip")
    assert (made.status, "1 posts" in made.out) == (0, True)
    again = command("backup", tmp_path / "backup.zip")
    assert (again.status, "file_exists" in again.err) == (2, True)
    full = command("restore", tmp_path / "backup.zip")
    assert (full.status, "archive_not_empty" in full.err) == (2, True)
    monkeypatch.setenv("ONRECORD_DATA_DIRECTORY", str(tmp_path / "elsewhere"))
    restored = command("restore", tmp_path / "backup.zip")
    assert restored.status == 0, restored.out + restored.err
    assert "Everything is what the custody log committed to." in restored.out
    assert command("statement", target).status == 0
    assert command("verify").status == 0


def test_a_receipt_is_written_and_verified_elsewhere(
    command: Command, target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_ORIGIN", "archive.ostrelund.example")
    unsigned = command("receipt", target, "-o", tmp_path / "receipt.zip")
    assert (unsigned.status, "no_checkpoint" in unsigned.err) == (2, True)
    assert "`onrecord key new` makes a key" in unsigned.err
    nowhere = command("receipt", "00000000-0000-0000-0000-000000000000")
    assert (nowhere.status, "no_such_target" in nowhere.err) == (2, True), "the first thing amiss is told first"
    key = command("key", "new").out.strip()
    assert command("receipt", target, "-o", tmp_path / "receipt.zip").status == 0
    with zipfile.ZipFile(tmp_path / "receipt.zip") as packed:
        packed.extract("verify.py", tmp_path)
    call = [sys.executable, "-I", str(tmp_path / "verify.py"), str(tmp_path / "receipt.zip"), "--key", key]
    done = subprocess.run(call, capture_output=True, text=True, env={}, check=False)
    assert (done.returncode, "AUTHENTIC" in done.stdout) == (0, True), done.stdout + done.stderr
    (tmp_path / "receipt.zip").write_bytes((tmp_path / "receipt.zip").read_bytes().replace(b"nine", b"five", 1))
    assert subprocess.run(call, capture_output=True, text=True, env={}, check=False).returncode == 1
    assert subprocess.run([*call[:3]], capture_output=True, text=True, env={}, check=False).returncode == 2


@pytest.mark.parametrize("form", ["jsonld", "csv", "citation", "bibtex", "csl"])
def test_text_forms_go_to_the_terminal(command: Command, target: str, form: str) -> None:
    answer = command("export", target, "--as", form)
    assert answer.status == 0
    assert "Oskelbeck" in answer.out
    if form in ("jsonld", "csl"):
        json.loads(answer.out)


def test_a_web_archive_goes_to_a_file(
    command: Command, target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_ORIGIN", "archive.ostrelund.example")
    command("key", "new")
    answer = command("export", target, "--as", "wacz", "-o", tmp_path / "a.wacz")
    assert answer.status == 0, answer.err
    assert zipfile.is_zipfile(tmp_path / "a.wacz")


@pytest.mark.parametrize(
    "words",
    [
        ("redact", "x", "--basis", "copyright", *PEOPLE[0]),
        ("redact", "00000000-0000-0000-0000-000000000000", "--basis", "copyright", *PEOPLE[0]),
        ("redactions", "confirm", "00000000-0000-0000-0000-000000000000", *PEOPLE[0]),
        ("receipt", "x"),
        ("export", "00000000-0000-0000-0000-000000000000", "--as", "csv"),
        ("restore", "/nonexistent/backup.zip"),
        ("backup", "/nonexistent/folder/backup.zip"),
    ],
    ids=" ".join,
)
def test_bad_input_is_one_sentence_with_a_code(command: Command, words: tuple[str, ...]) -> None:
    answer = command(*words)
    assert answer.status == 2
    assert re.search(r"\[[a-z_]+\]$", answer.err.strip())
