import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from archive import __version__, services
from archive.runtime import build_runtime
from archive.settings import load_settings


def started(*words: str, data: Path, **more: object) -> "subprocess.Popen[bytes]":
    environment = {key: value for key, value in os.environ.items() if not key.startswith("ONRECORD_")}
    environment["ONRECORD_DATA_DIRECTORY"] = str(data)
    return subprocess.Popen(
        [sys.executable, "-m", "web", *words],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
        **more,  # type: ignore[call-overload]
    )


def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    line = json.dumps({"id": 1, "text": '"The last boat leaves at nine," Tavrin Oskelbeck posted on X.'}) + "\n"
    process = started("extract", "--batch", data=tmp_path)
    assert process.stdin is not None and process.stdout is not None and process.stderr is not None
    process.stdin.write((line * 2).encode())
    process.stdin.flush()
    process.stdout.close()
    try:
        process.stdin.write((line * 3_000).encode())
        process.stdin.close()
    except BrokenPipeError:
        pass
    said = process.stderr.read().decode()
    assert process.wait(timeout=60) == 141
    assert said == ""


def test_each_line_is_answered_as_it_comes(command, data_directory: Path) -> None:
    command("search", "boat")
    process = started("match", "--batch", data=data_directory)
    assert process.stdin is not None and process.stdout is not None
    for number in range(3):
        line = json.dumps({"id": number, "quote": f"The boat number {number} leaves the harbour at nine."})
        process.stdin.write(line.encode() + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == number, "answered before the next line is written"
    process.stdin.write(b'{"id": "last", "quote": "no end of line"}')
    process.stdin.close()
    assert json.loads(process.stdout.readline())["id"] == "last"
    assert process.wait(timeout=60) == 0


def test_the_version_needs_no_archive_and_no_settings(tmp_path: Path) -> None:
    process = started("--version", data=tmp_path / "data")
    out, err = process.communicate(timeout=60)

    assert __version__ in out.decode()
    assert err == b""
    assert not (tmp_path / "data").exists()


def test_a_second_night_leaves_with_75(command, data_directory: Path) -> None:
    command("search", "boat")
    with build_runtime(load_settings()) as runtime:
        services.runs.begin_run(runtime)

    answer = command("nightly")

    assert answer.status == 75
    assert answer.err.rstrip().endswith("[busy]")


def test_a_wrong_setting_is_one_sentence(command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_PORT", "harbour")

    answer = command("config", "show")

    assert answer.status == 2
    assert answer.err.startswith("The setting ONRECORD_PORT is wrong")
    assert answer.err.rstrip().endswith("[configuration]")


def test_shown_settings_hide_secrets(command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_SECRET_KEY", "squid")

    answer = command("config", "show", "--json")

    assert answer.json()["ONRECORD_SECRET_KEY"] == "********"
    assert "squid" not in answer.out + answer.err


def test_a_directory_that_cannot_be_written_is_one_sentence(
    command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("ONRECORD_DATA_DIRECTORY", str(tmp_path / "file" / "data"))

    answer = command("search", "boat")

    assert answer.status == 2
    assert answer.err.rstrip().endswith("[database_unreachable]")


def test_a_worker_judges_what_waits_and_leaves(command, data_directory: Path) -> None:
    assert command("worker", "--once").err == "0 checks judged.\n"


def test_the_index_can_be_built_anew(command, data_directory: Path) -> None:
    for options in ((), ("--from-texts",)):
        assert command("database", "rebuild-index", *options).out == "The word index holds 0 texts.\n"


def test_lost_words_are_derived_from_the_texts(command, data_directory: Path) -> None:
    command("demo", "--directory", data_directory)
    with closing(sqlite3.connect(next(data_directory.rglob("archive.db")))) as connection, connection:
        connection.execute("DELETE FROM post_words")
    assert command("verify").status == 1
    assert command("database", "rebuild-index").out == "The word index holds 0 texts.\n"

    again = command("database", "rebuild-index", "--from-texts").out

    assert again.startswith("The word index holds ") and again != "The word index holds 0 texts.\n"
    assert command("verify").status == 0


def test_coverage_is_declared_shown_and_taken_back(command, tmp_path: Path) -> None:
    registry = tmp_path / "registry.jsonl"
    registry.write_text(json.dumps({"platform": "x", "handle": "harbour_office_ostrelund", "person": "Ada Ostrel"}))
    command("import", "registry", registry)
    account = "x:@Harbour_Office_Ostrelund"

    command("coverage", "add", account, "--since", "2026-01-01", "--until", "2026-01-31", "--how", "an export")
    command("coverage", "retract", account, "--since", "2026-01-10", "--until", "2026-01-10", "--reason", "lost")

    held = command("coverage", "show", account, "--json").json()["intervals"]
    assert [(interval["since"][:10], interval["until"][:10]) for interval in held] == [
        ("2026-01-01", "2026-01-10"),
        ("2026-01-11", "2026-02-01"),
    ]
