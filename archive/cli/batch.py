"""``onrecord match --batch``: JSON lines in, JSON lines out, in one process."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator

import click

from archive import services
from archive.cli.desk import Desk, pass_desk
from archive.errors import InvalidInputError


@click.command()
@click.option("--batch", is_flag=True, help="Read JSON lines from standard input, write JSON lines.")
@pass_desk
def match(desk: Desk, *, batch: bool) -> int:
    """Find the posts that quotations rest on, one JSON line for each."""
    if not batch:
        raise InvalidInputError("Give --batch and JSON lines on standard input.", code="usage")
    with desk.runtime() as runtime:

        def answers(lines: Iterable[str]) -> Iterator[str]:
            return services.batch.match_batch(runtime, lines)

        return stream(answers)


def stream(answers: Callable[[Iterable[str]], Iterator[str]]) -> int:
    """Answer standard input line by line; 3 when some line could not be answered."""
    incoming = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", errors="replace", newline="\n")
    failed = False
    for answer in answers(incoming):
        # An article may hold the word itself; only what looks like an error is read again.
        failed = failed or ('"error"' in answer and "error" in json.loads(answer))
        click.echo(answer)
    return 3 if failed else 0


COMMANDS = (match,)
