"""What users may rely on is documented: settings, commands, error codes, verdicts, finding codes, words."""

from __future__ import annotations

import ast
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

ERROR_CODE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
CODE_BEFORE_SENTENCE = re.compile(r"\A([a-z]+(?:_[a-z]+)+): (?=[A-Z])")
WRITTEN_CODE = re.compile(r"[A-Z_]*(?:CODE|ERROR)|code")


def commands(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Every command of the console program, as the words that call it."""
    found: list[tuple[str, ...]] = []
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        found += commands(command, (*path, name)) if isinstance(command, click.Group) else [(*path, name)]
    return found


def options(group: click.Group, words: tuple[str, ...]) -> list[str]:
    """The long options of one command."""
    command: click.Command = group
    for word in words:
        assert isinstance(command, click.Group)
        inner = command.get_command(click.Context(command), word)
        assert inner is not None
        command = inner
    return [name for parameter in command.params for name in parameter.opts if name.startswith("--")]


def section(heading: str) -> str:
    """The part of the commands page below one heading."""
    found = re.search(rf"^## `{re.escape(heading)}[^\n]*\n(.*?)(?=^## |\Z)", COMMANDS, re.M | re.S)
    assert found, f"docs/reference/commands.md has no section for: {heading}"
    return found.group(0)


SOURCES = {
    path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for room in ("archive", "web")
    for path in sorted((ROOT / room).rglob("*.py"))
}


def code_in(node: ast.expr | None) -> set[str]:
    """The code that an expression spells out."""
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return {str(node.value)} if is_text and ERROR_CODE.fullmatch(str(node.value)) else set()


def codes_written(tree: ast.Module) -> set[str]:
    """Codes that stand as ``code="…"``: given to an error, to a class of errors, or to a constant of that name; and
    those in front of a bare sentence (``"unknown_host: …"``)."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found |= set(CODE_BEFORE_SENTENCE.findall(node.value))
        if isinstance(node, ast.keyword) and node.arg == "code":
            found |= code_in(node.value)
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        if any(isinstance(target, ast.Name) and WRITTEN_CODE.fullmatch(target.id) for target in targets):
            found |= code_in(node.value)  # type: ignore[attr-defined]
    return found


def looks_codes_up(function: ast.FunctionDef) -> bool:
    """Whether a function gives an error a code that it was not handed, but took from a table: ``code=_TABLE[…]``."""
    arguments = function.args
    handed = {argument.arg for argument in (*arguments.args, *arguments.kwonlyargs)}
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    given = [
        keyword.value
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id.endswith("Error")
        for keyword in call.keywords
        if keyword.arg == "code"
    ]
    names = [name.id for value in given for name in ast.walk(value) if isinstance(name, ast.Name)]
    return any(
        name == "code" or name.isupper() for name in names if name not in handed and name not in ("getattr", "error")
    )


def codes_in_tables(tree: ast.Module) -> set[str]:
    """Codes of modules that look them up: whatever looks like one in their tables and in what they fall back to."""
    if not any(looks_codes_up(node) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        return set()
    tables = [
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Dict | ast.Tuple)
    ]
    fallbacks = [
        call.args[1]
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "get"
        and call.args[1:]
    ]
    return {code for part in (*tables, *fallbacks) for node in ast.walk(part) for code in code_in(node)}  # type: ignore[arg-type]


def error_codes() -> set[str]:
    """Every code an error of ours can carry, read off the source."""
    return set().union(*(codes_written(tree) | codes_in_tables(tree) for tree in SOURCES.values()))


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
    """One of each way to write a code: on a class, at a raise, in a table, as a fallback, through a helper, a constant."""
    assert {
        "invalid_input",
        "no_quotations",
        "database_not_upgraded",
        "too_many_requests",
        "refused",
        "row_missing_field",
        "internal_error",
    } <= error_codes()


@pytest.mark.parametrize("code", sorted(error_codes()))
def test_error_code_is_documented(code: str) -> None:
    assert f"`{code}`" in ERRORS


def test_no_error_code_is_documented_that_does_not_exist() -> None:
    documented = set(re.findall(r"^\| `([a-z0-9_]+)` \| [0-9]", ERRORS, re.M))
    assert documented == error_codes()


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


def pages() -> list[Path]:
    """The README and whatever people read beside it."""
    return [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]


def links(page: Path) -> list[tuple[Path, str]]:
    """The files of this project that a page links to, each with the heading asked for ("" for the top)."""
    prose = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    found = re.findall(r"\]\(([^()\s]+)\)", prose)
    own = [target.partition("#") for target in found if "://" not in target and not target.startswith("mailto:")]
    return [((page.parent / path).resolve() if path else page, heading) for path, _, heading in own]


def headings(page: Path) -> set[str]:
    """The anchors of a page, as the usual renderers make them."""
    lines = re.findall(r"^#+ +(.*)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in lines}


def is_awaited(target: Path) -> bool:
    """Whether it is a picture in a checkout that has none: they are made from a running site."""
    return target.parent == DOCS / "images" and not target.parent.exists()


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_of_a_page_lead_somewhere(page: Path) -> None:
    for target, heading in links(page):
        assert target.exists() or is_awaited(target), f"{page.name} links to {target}"
        assert not heading or heading in headings(target), f"{page.name}: {target.name} has no heading {heading}"


def test_every_file_of_the_documentation_is_reached_from_the_readme() -> None:
    reached, waiting = {ROOT / "README.md"}, [ROOT / "README.md"]
    while waiting:
        for target, _ in links(waiting.pop()):
            if target not in reached and target.exists():
                reached.add(target)
                waiting += [target] if target.suffix == ".md" else []
    assert {path for path in DOCS.rglob("*") if path.is_file()} <= reached


def test_the_first_page_shows_the_site() -> None:
    pictures = {target.name for target, _ in links(ROOT / "README.md") if target.parent == DOCS / "images"}
    assert pictures == {"check.png", "search.png", "statement.png"}
