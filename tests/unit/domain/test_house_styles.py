"""House styles: those that ship, and an operator's own from a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.domain.findings import FindingCode, Severity
from archive.domain.policies import POLICIES, policy_from, shipped_policy
from archive.errors import ConfigurationError
from archive.settings import load_settings

OWN = """
name = "gryphon-gazette"
like = "ap"

[severities]
R10 = "minor"
omission_unsignalled = "major"
"""


def test_short_names_stand_for_the_shipped_styles() -> None:
    assert shipped_policy("ap") is POLICIES["ap-like"]
    assert shipped_policy("reuters") is POLICIES["reuters-like"]
    assert shipped_policy("gazette") is None


def test_own_style_starts_from_another_and_weighs_its_own_codes(tmp_path: Path) -> None:
    path = tmp_path / "gazette.toml"
    path.write_text(OWN, encoding="utf-8")
    settings = load_settings(policy=str(path))
    style = settings.house_style
    assert style.name == "gryphon-gazette"
    assert style.severity_of(FindingCode.HOUSE_SPELLING) is Severity.MINOR
    assert style.severity_of(FindingCode.OMISSION_UNSIGNALLED) is Severity.MAJOR
    assert style.severity_of(FindingCode.TYPO_CORRECTED) is Severity.MINOR, "as ap-like has it"
    assert style.severity_of(FindingCode.NEGATION) is Severity.MAJOR, "as every style has it"
    assert settings.styles == ("gryphon-gazette", "standard", "strict", "ap-like", "reuters-like")
    assert dict(settings.shown())["ONRECORD_POLICY"] == f"{path} (gryphon-gazette)"


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({}, "needs a name"),
        ({"name": "two words"}, "needs a name"),
        ({"name": "strict"}, "belongs to a house style that ships"),
        ({"name": "ap"}, "belongs to a house style that ships"),
        ({"name": "own", "like": "the-times"}, "like must be one of"),
        ({"name": "own", "severities": "R10"}, "must be a table"),
        ({"name": "own", "severities": {"R99": "minor"}}, '"R99" is no code'),
        ({"name": "own", "severities": {"R10": "grave"}}, '"grave" is no weight'),
        ({"name": "own", "severities": {"R10": 2}}, '"2" is no weight'),
        ({"name": "own", "rules": {}}, '"rules" is no part of it'),
    ],
)
def test_mistake_in_a_style_is_named(table: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigurationError, match=said) as raised:
        policy_from(table, source="own.toml")
    assert raised.value.code == "bad_policy"
    assert "own.toml" in raised.value.message


@pytest.mark.parametrize("given", ["gazette", "missing.toml", "folder/none", "no-style.toml"])
def test_style_that_cannot_be_used_stops_the_start(given: str, tmp_path: Path) -> None:
    (tmp_path / "no-style.toml").write_bytes(b"\xff\xfe = [")
    with pytest.raises(ConfigurationError) as raised:
        load_settings(policy=given if given == "gazette" else str(tmp_path / given))
    assert raised.value.code == "bad_policy"
