"""The tutorial and the README are played on an empty archive: every command runs and prints what the page shows."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import Command

ROOT = Path(__file__).parents[3]
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.M | re.S)
PROMPT = "$ onrecord "
IDENTIFIER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
CHECK = re.compile(rf"Check ({IDENTIFIER.pattern})$", re.M)
FINE = (0, 1)


def shown(page: str) -> Iterator[tuple[str, str]]:
    """The commands of a page with the output printed below each, empty where the page shows none."""
    for block in CONSOLE.findall((ROOT / page).read_text(encoding="utf-8")):
        for part in re.split(r"^(?=\$ )", block, flags=re.M):
            if part.startswith(PROMPT):
                words, _, output = part.removeprefix(PROMPT).partition("\n")
                yield words, output.strip()


def lines(output: str) -> list[str]:
    """Lines without the identifiers of checks, which differ every time, and without the space that ends a row."""
    return [line.rstrip() for line in CHECK.sub("Check …", output).strip().splitlines()]


@pytest.mark.parametrize("page", ["docs/tutorial.md", "README.md"])
def test_every_command_of_the_page_prints_what_the_page_shows(
    page: str, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("ONRECORD_NIGHTLY_POSTS", "0")
    actual: dict[str, str] = {}
    for words, output in shown(page):
        given = [actual.get(word, word) for word in shlex.split(words)]
        answer = command(*given)
        assert answer.status in FINE, answer.err
        if output:
            assert lines(answer.out + answer.err) == lines(output), words
        actual |= zip(CHECK.findall(output), CHECK.findall(answer.out), strict=True)


def test_the_pages_show_commands() -> None:
    assert len(list(shown("docs/tutorial.md"))) >= 10
    assert len(list(shown("README.md"))) >= 5


def test_bad_rows_are_named_as_the_page_on_imports_shows(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    output = next(output for words, output in shown("docs/howto/import-posts.md") if "mistakes" in words)
    answer = command("import", "posts", "docs/examples/posts-with-mistakes.csv")
    assert answer.status == 3
    assert lines(answer.err + answer.out) == lines(output)
