"""Sources: what a person names on the command line – an address, a file, ``-`` – as a submission."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.errors import InvalidInputError

if TYPE_CHECKING:
    from archive.domain.checks import Submission

_ADDRESS = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_HTML = (".html", ".htm", ".xhtml")


def read_day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> date | None:
    """An option's day as YYYY-MM-DD; InvalidInputError ``bad_date``."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise InvalidInputError(f"{value!r} is no date: give YYYY-MM-DD.", code="bad_date") from error


def submission_of(source: str, *, published_on: date | None, policy: str, most_bytes: int) -> Submission:
    """The submission that ``source`` names; files and standard input are read up to ``most_bytes`` and one more."""
    # Verdicts and all that hangs on them, which options and batches do without.
    from archive.domain.checks import Submission, SubmissionKind  # noqa: PLC0415

    if not source.strip():
        raise InvalidInputError("Give an address, a file, or - for standard input.", code="nothing_submitted")
    if _ADDRESS.match(source):
        return Submission(kind=SubmissionKind.URL, url=source, published_on=published_on, policy=policy)
    body = _piped(most_bytes) if source == "-" else _read(Path(source), most_bytes)
    name = f"standard-input{_suffix(body)}" if source == "-" else Path(source).name
    if source != "-" and not name.lower().endswith((*_HTML, ".txt")):
        name += _suffix(body)
    return Submission(kind=SubmissionKind.FILE, file_name=name, body=body, published_on=published_on, policy=policy)


def _piped(most_bytes: int) -> bytes:
    return sys.stdin.buffer.read(most_bytes + 1)


def _read(path: Path, most_bytes: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most_bytes + 1)
    except FileNotFoundError as error:
        raise InvalidInputError(
            f"There is no file {path}; an address begins with https://.", code="no_such_file"
        ) from error
    except OSError as error:
        raise InvalidInputError(f"The file {path} cannot be read: {error.strerror}.", code="unreadable_file") from error
    except ValueError as error:
        raise InvalidInputError("That is no name of a file.", code="no_such_file") from error


def _suffix(body: bytes) -> str:
    return ".html" if body.lstrip()[:1] == b"<" else ".txt"
