"""The commands of custody as an operator runs them: sign, keys, verify, and what they say when something is wrong."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.cli.entry import run
from web.__main__ import onrecord


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ONRECORD_DATA_DIRECTORY", str(tmp_path))
    monkeypatch.setenv("ONRECORD_ORIGIN", "records.velmora.example/log")
    return tmp_path


def test_an_operator_signs_verifies_and_changes_keys(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(onrecord, ["sign"]) == 2
    assert run(onrecord, ["key", "new"]) == 0
    first = capsys.readouterr().out.strip()
    assert run(onrecord, ["sign"]) == 0
    assert capsys.readouterr().out.startswith("records.velmora.example/log\n1\n")
    assert run(onrecord, ["sign"]) == 0
    assert "Nothing has happened" in capsys.readouterr().err
    assert run(onrecord, ["key", "retire", first.split("+")[1]]) == 2
    assert run(onrecord, ["key", "new"]) == 0
    assert run(onrecord, ["key", "retire", first.split("+")[1]]) == 0
    capsys.readouterr()
    assert run(onrecord, ["key", "list"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert [line.endswith(" signs") for line in listed] == [False, True]
    assert run(onrecord, ["verify"]) == 0
    assert "All is as it was recorded" in capsys.readouterr().out
    assert run(onrecord, ["database", "roles"]) == 2
    assert "[configuration]" in capsys.readouterr().err


def test_what_was_changed_behind_our_back_is_said_with_exit_1(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(onrecord, ["key", "new"]) == 0
    assert run(onrecord, ["sign"]) == 0
    connection = sqlite3.connect(folder / "archive.db")
    connection.execute("DROP TRIGGER custody_manifests_refuse_update")
    connection.execute("UPDATE custody_manifests SET manifest = '{}'")
    connection.commit()
    connection.close()
    capsys.readouterr()
    assert run(onrecord, ["verify", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert next(check for check in found["checks"] if check["name"] == "manifests")["problems"]
    assert run(onrecord, ["verify", "--since", "yesterday"]) == 2


def test_the_night_signs_where_there_is_a_key(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(onrecord, ["nightly", "--json"]) == 0
    assert "checkpoint" not in [step["name"] for step in json.loads(capsys.readouterr().out)["steps"]]
    assert run(onrecord, ["key", "new"]) == 0
    capsys.readouterr()
    assert run(onrecord, ["nightly", "--json"]) == 0
    assert "checkpoint" in [step["name"] for step in json.loads(capsys.readouterr().out)["steps"]]


def test_help_says_what_each_is_for() -> None:
    for command in (["sign"], ["verify"], ["key"], ["key", "new"], ["database", "roles"]):
        assert CliRunner().invoke(onrecord, [*command, "--help"]).exit_code == 0
