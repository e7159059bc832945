"""``onrecord match --batch``: JSON lines in, JSON lines out, in two processes where there are many."""

from __future__ import annotations

import codecs
import io
import json
import select
import sys
from collections.abc import Callable, Iterable, Iterator
from io import BufferedReader
from typing import cast

import click

from archive import services
from archive.cli.desk import Desk, pass_desk
from archive.errors import InvalidInputError

_READ = 4 * 1024 * 1024
_MOMENT = 0.02
"""Seconds to wait for more before what is there is answered: nothing to a person, much to a program that writes."""


@click.command()
@click.option("--batch", is_flag=True, help="Read JSON lines from standard input, write JSON lines.")
@pass_desk
def match(desk: Desk, *, batch: bool) -> int:
    """Find the posts that quotations rest on, one JSON line for each."""
    if not batch:
        raise InvalidInputError("Give --batch and JSON lines on standard input.", code="usage")
    with desk.runtime() as runtime:
        return _print(services.batch.match_arriving(runtime, arriving()))


def stream(answers: Callable[[Iterable[str]], Iterator[str]]) -> int:
    """Answer standard input line by line; 3 when some line could not be answered."""
    return _print(answers(io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", errors="replace", newline="\n")))


def arriving() -> Iterator[tuple[str, ...]]:
    """The lines of standard input as they come: all that are there, some thousands at most, with no wait for more."""
    decode = codecs.getincrementaldecoder("utf-8-sig")(errors="replace").decode
    begun: list[str] = []
    while chunk := _read_what_is_there():
        *whole, last = decode(chunk).split("\n")
        if whole:
            yield ("".join((*begun, whole[0])), *whole[1:])
            begun = []
        begun.append(last)
    rest = "".join((*begun, decode(b"", final=True)))
    if rest:
        yield (rest,)


def _read_what_is_there() -> bytes:
    """At least a byte, unless the input is at its end; then whatever else can be had at once."""
    source = cast(BufferedReader, sys.stdin.buffer)
    found = [source.read1(_READ)]
    while found[-1] and sum(map(len, found)) < _READ and _has_more(source):
        found.append(source.read1(_READ))
    return b"".join(found)


def _has_more(source: BufferedReader) -> bool:
    """Whether more can be read, or comes within a moment; never for what is no file of the system's."""
    try:
        return bool(select.select([source.fileno()], [], [], _MOMENT)[0])
    except (OSError, ValueError):
        return False


def _print(answers: Iterable[str]) -> int:
    failed = False
    for answer in answers:
        # An article may hold the word itself; only what looks like an error is read again.
        failed = failed or ('"error"' in answer and "error" in json.loads(answer))
        click.echo(answer)
    return 3 if failed else 0


COMMANDS = (match,)
