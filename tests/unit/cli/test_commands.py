"""Commands are loaded when they are asked for, each from the place that says it has it."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest

import archive.cli
from web.__main__ import onrecord


def test_every_command_of_the_command_line_has_its_place() -> None:
    files = sorted(Path(archive.cli.__file__).parent.glob("*.py"))
    modules = [import_module(f"archive.cli.{path.stem}") for path in files if path.stem != "__init__"]
    held = {command.name: module.__name__ for module in modules for command in getattr(module, "COMMANDS", ())}
    assert held == {name: place for name, place in onrecord.places.items() if place != "web.commands"}


@pytest.mark.parametrize("name", sorted(onrecord.places))
def test_a_command_is_found_in_its_place(name: str) -> None:
    command = onrecord.get_command(click.Context(onrecord), name)
    assert command is not None
    assert command.name == name


def test_an_unknown_command_is_none() -> None:
    assert onrecord.get_command(click.Context(onrecord), "swerve") is None


@pytest.mark.parametrize("library", ["sqlalchemy", "numpy", "flask", "trafilatura", "pydantic_settings", "httpx"])
def test_a_batch_of_plain_articles_is_read_without(library: str) -> None:
    """What a batch does without costs it no memory: five times as much when everything was loaded."""
    program = (
        "import sys; from web.__main__ import onrecord, run; status = run(onrecord, ['extract', '--batch']);"
        f"sys.exit(9 if {library!r} in sys.modules else status)"
    )
    line = '{"id": 1, "text": "\\"The harbour will be rebuilt,\\" Tavrin Oskelbeck said on X."}\n'
    done = subprocess.run([sys.executable, "-c", program], input=line, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Oskelbeck" in done.stdout


@pytest.mark.parametrize("library", ["alembic", "trafilatura", "bs4", "htmldate", "confusable_homoglyphs"])
def test_the_process_that_reads_a_dump_starts_without(library: str) -> None:
    """It is started for every large import, and the writer waits for it."""
    program = f"import sys, archive.services.reading_apart; sys.exit(9 if {library!r} in sys.modules else 0)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("library", ["sqlalchemy", "numpy", "rich", "pydantic", "httpx"])
def test_the_command_that_imports_posts_starts_its_reader_before_it_loads(library: str) -> None:
    """The reader takes as long to start as all of this takes to load."""
    program = f"import sys, archive.cli.imports; sys.exit(9 if {library!r} in sys.modules else 0)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_telling_what_rows_are_does_not_load_the_reader_of_web_pages() -> None:
    """Recognising a dump stands before everything else of an import."""
    program = (
        'import sys; from archive.extraction.dumps.recognition import of_bytes; of_bytes(b\'{"platform": "x"}\'); '
        "sys.exit(9 if 'bs4' in sys.modules else 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
