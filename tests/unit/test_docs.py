"""What users may rely on is documented: settings, commands, error codes, verdicts, finding codes, words."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from archive.domain.evidence import EvidenceGrade
from archive.domain.findings import FindingCode
from archive.domain.policies import POLICIES
from archive.domain.verdicts import (
    AttributionFit,
    ChannelFit,
    Decidability,
    SourceState,
    Verdict,
    VerdictGroup,
    Wording,
)
from archive.settings import Settings
from web.__main__ import onrecord

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
VERDICTS = (DOCS / "reference" / "verdicts.md").read_text(encoding="utf-8")
SETTINGS = (DOCS / "reference" / "settings.md").read_text(encoding="utf-8")
COMMANDS = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")
ERRORS = (DOCS / "reference" / "errors.md").read_text(encoding="utf-8")
GLOSSARY = (DOCS / "glossary.md").read_text(encoding="utf-8")

CODE_IN_SOURCE = re.compile(r"""\bcode(?:: str)?\s*=\s*["']([a-z][a-z0-9_]+)["']""")


def commands(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Every command of the console program, as the words that call it."""
    found: list[tuple[str, ...]] = []
    for name, command in group.commands.items():
        found += commands(command, (*path, name)) if isinstance(command, click.Group) else [(*path, name)]
    return found


def options(group: click.Group, words: tuple[str, ...]) -> list[str]:
    """The long options of one command."""
    command: click.Command = group
    for word in words:
        assert isinstance(command, click.Group)
        command = command.commands[word]
    return [name for parameter in command.params for name in parameter.opts if name.startswith("--")]


def section(heading: str) -> str:
    """The part of the commands page below one heading."""
    found = re.search(rf"^## `{re.escape(heading)}[^\n]*\n(.*?)(?=^## |\Z)", COMMANDS, re.M | re.S)
    assert found, f"docs/reference/commands.md has no section for: {heading}"
    return found.group(0)


def error_codes() -> set[str]:
    """Every code an error of ours can carry, read off the source."""
    sources = [path for room in ("archive", "web") for path in (ROOT / room).rglob("*.py")]
    return {code for path in sources for code in CODE_IN_SOURCE.findall(path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_setting_is_documented(name: str) -> None:
    assert f"`ONRECORD_{name.upper()}`" in SETTINGS


def test_no_setting_is_documented_that_does_not_exist() -> None:
    known = {f"ONRECORD_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"^\| `(ONRECORD_[A-Z_]+)`", SETTINGS, re.M)) == known


@pytest.mark.parametrize("words", commands(onrecord), ids=" ".join)
def test_command_and_its_options_are_documented(words: tuple[str, ...]) -> None:
    text = section("onrecord " + " ".join(words))
    missing = [option for option in options(onrecord, words) if option != "--help" and f"`{option}" not in text]
    assert not missing


def test_no_command_is_documented_that_does_not_exist() -> None:
    headings = re.findall(r"^## `onrecord ([a-z -]+?)(?: [A-Z\[\-].*)?`", COMMANDS, re.M)
    assert {heading.strip() for heading in headings} == {" ".join(words) for words in commands(onrecord)}


def test_error_codes_are_found_in_the_source() -> None:
    assert {"invalid_input", "egress_denied", "database_not_upgraded"} <= error_codes()


@pytest.mark.parametrize("code", sorted(error_codes()))
def test_error_code_is_documented(code: str) -> None:
    assert f"`{code}`" in ERRORS


@pytest.mark.parametrize(
    "word",
    [
        value.value
        for scale in (Verdict, Wording, AttributionFit, ChannelFit, SourceState, Decidability)
        for value in scale
    ],
)
def test_word_of_the_scale_is_documented(word: str) -> None:
    assert f"`{word}`" in VERDICTS


@pytest.mark.parametrize("code", [*FindingCode, *EvidenceGrade], ids=lambda code: code.value)
def test_code_is_documented(code: FindingCode | EvidenceGrade) -> None:
    assert f"| {code.value} |" in VERDICTS


@pytest.mark.parametrize("group", list(VerdictGroup))
def test_group_is_documented(group: VerdictGroup) -> None:
    assert group.value.replace("_", " ") in VERDICTS


@pytest.mark.parametrize("name", sorted(POLICIES))
def test_policy_is_documented(name: str) -> None:
    assert f"`{name}`" in VERDICTS


@pytest.mark.parametrize(
    "word",
    sorted(
        path.stem.replace("_", " ")
        for path in (ROOT / "archive" / "domain").glob("*.py")
        if path.stem not in {"__init__", "ids", "spans", "directory", "registry"}
    ),
)
def test_word_of_the_domain_is_in_the_glossary(word: str) -> None:
    singular = {"people": "person", "policies": "policy", "evidence": "evidence"}.get(word, word.removesuffix("s"))
    aliases = {"article": "article", "voice": "voice", "claim": "claim"}
    assert aliases.get(singular, singular) in GLOSSARY
