"""The desk: what every command works at – settings, the runtime once it is needed, and where to print."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive import services
from archive.errors import InvalidInputError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from archive.runtime import Runtime
    from archive.settings import Settings

PLAIN_WIDTH = 160
"""Columns of a table that goes to a file or a pipe."""


class Desk:
    """One command's surroundings. Settings are read when first asked for, so that ``--help`` needs none.

    What a command does without is not loaded either: a batch of articles is read in a third of the memory.
    """

    def __init__(self) -> None:
        self._settings: Settings | None = None

    @cached_property
    def console(self) -> Console:
        """Standard output, for people."""
        from rich.console import Console  # noqa: PLC0415

        plain = None if sys.stdout.isatty() else PLAIN_WIDTH
        return Console(width=plain, highlight=False, markup=False, emoji=False, soft_wrap=False)

    @cached_property
    def notices(self) -> Console:
        """Standard error, for people."""
        from rich.console import Console  # noqa: PLC0415

        return Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)

    @property
    def settings(self) -> Settings:
        """The settings of this process; log lines are set up with them."""
        if self._settings is None:
            from archive.logs import configure_logs  # noqa: PLC0415
            from archive.settings import load_settings  # noqa: PLC0415

            self._settings = load_settings()
            configure_logs(form=self._settings.log_format, level=self._settings.log_level)
        return self._settings

    @contextmanager
    def runtime(self) -> Iterator[Runtime]:
        """The archive, made quietly where it is the default one and missing; closed at the end of the command."""
        from archive.runtime import build_runtime  # noqa: PLC0415

        services.database.make_default_archive(self.settings)
        with build_runtime(self.settings) as runtime:
            yield runtime

    @contextmanager
    def reader(self) -> Iterator[Runtime]:
        """A runtime that reads articles and needs no archive."""
        from archive.runtime import build_runtime  # noqa: PLC0415

        with build_runtime(self.settings) as runtime:
            yield runtime

    def say(self, sentence: str) -> None:
        """A line for people, on standard output: cut between words on a terminal, whole in a file."""
        self.console.print(cell(sentence), soft_wrap=not self.console.is_terminal)

    def notice(self, sentence: str) -> None:
        """A line for people, on standard error."""
        self.notices.print(cell(sentence))

    def table(self, table: Table) -> None:
        """A table for people."""
        self.console.print(table)

    def document(self, document: object) -> None:
        """One JSON document, and nothing else, on standard output."""
        write_json(document)


def write_json(document: object, *, output: Path | None = None) -> None:
    """Print one JSON document on standard output, or write it to a file; InvalidInputError ``unwritable_file``."""
    if output is None:
        click.echo(json.dumps(document, ensure_ascii=False, indent=2 if sys.stdout.isatty() else None))
        return
    try:
        output.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise InvalidInputError(f"{output} cannot be written: {error.strerror}.", code="unwritable_file") from error


def plain_table(*columns: str, title: str | None = None) -> Table:
    """A table with a heading row, lines between nothing, and room for long words."""
    from rich.table import Table  # noqa: PLC0415

    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold", show_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def cell(words: object, *, style: str = "") -> Text:
    """Words of others as one cell: never markup, never a control character."""
    from rich.text import Text  # noqa: PLC0415

    return Text(printable(str(words)), style=style)


def printable(words: str) -> str:
    """Words without the characters that drive a terminal or turn its writing direction; line breaks become spaces."""
    flat = " ".join(words.split())
    return "".join(
        letter if unicodedata.category(letter) not in ("Cc", "Cf", "Cs") else "\N{REPLACEMENT CHARACTER}"
        for letter in flat
    )


def shortened(words: str, most: int) -> str:
    """The beginning of a long text, cut at a word, with an ellipsis."""
    flat = " ".join(words.split())
    if len(flat) <= most:
        return flat
    head = flat[: most - 1]
    return (head if flat[most - 1] == " " else head.rsplit(" ", 1)[0]) + "…"


pass_desk = click.make_pass_decorator(Desk, ensure=True)
