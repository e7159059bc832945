"""A finished check under another house style: codes stay, weights change, nothing is stored."""

from __future__ import annotations

import pytest

from tests.functional.cli.conftest import a_row, posts_file


@pytest.fixture
def check(command, news, tmp_path) -> str:
    """A check of a quotation that lacks only its post's closing hashtag."""
    command("import", "posts", posts_file(tmp_path / "posts.jsonl", [a_row()]))
    return str(command("check", news, "--json", "--published", "2026-02-13").json()["check"]["id"])


def severities(document: dict[str, object]) -> dict[str, str]:
    (quotation,) = document["quotations"]  # type: ignore[misc]
    return {finding["code"]: finding["severity"] for finding in quotation["findings"]}


def test_a_stricter_house_weighs_a_rendering_that_the_standard_only_notes(command, check) -> None:
    standard = command("rejudge", check, "--policy", "standard", "--json")
    strict = command("rejudge", check, "--policy", "strict", "--json")
    assert (severities(standard.json())["R5"], severities(strict.json())["R5"]) == ("note", "minor")
    verdicts = [answer.json()["quotations"][0]["verdict"] for answer in (standard, strict)]
    assert verdicts == ["verbatim_rendered", "verbatim_rendered"]
    assert strict.json()["check"]["policy"] == "strict"


def test_nothing_is_stored(command, check) -> None:
    command("rejudge", check, "--policy", "strict", "--json")
    again = command("rejudge", check, "--policy", "standard", "--json").json()
    assert severities(again)["R5"] == "note"
    assert command("verify").status == 0


@pytest.mark.parametrize(("policy", "status", "said"), [("strict", 1, "1 of 1"), ("standard", 0, "None of 1")])
def test_what_is_to_look_at_follows_the_house(command, check, policy: str, status: int, said: str) -> None:
    answer = command("rejudge", check, "--policy", policy)
    assert answer.status == status
    assert f"{said} to look at. Check {check}" in answer.out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["{check}", "--policy", "lenient"], "unknown_policy"),
        (["00000000-0000-5000-8000-000000000000", "--policy", "strict"], "no_such_check"),
        (["no-check", "--policy", "strict"], "bad_identifier"),
    ],
)
def test_what_cannot_be_weighed_is_one_sentence(command, check, words: list[str], code: str) -> None:
    answer = command("rejudge", *(word.format(check=check) for word in words))
    assert answer.status == 2
    assert f"[{code}]" in answer.err
    assert answer.err.count("\n") == 1
