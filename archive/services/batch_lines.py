"""The lines of a batch: JSON objects in, JSON objects out, one answer for each question, whatever a line holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date

from archive.errors import ArchiveError, InvalidInputError
from archive.logs import logger_of

log = logger_of("services.batch")

Row = Mapping[str, object]
Document = dict[str, object]
Answer = Callable[[Row], Document]


def answered(lines: Iterable[str], answer: Answer) -> Iterator[str]:
    """An answer for each line that is not empty, in their order; a line that cannot be answered says why."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield written(answer_to(line, number=number, answer=answer))


def written(document: Document) -> str:
    """One line of JSON."""
    return json.dumps(document, ensure_ascii=False)


def answer_to(line: str, *, number: int, answer: Answer) -> Document:
    """The answer to a line, or what is wrong with it or with the archive."""
    try:
        return checked(line, number=number, answer=answer)
    except ArchiveError as error:
        return _refused(line, number=number, code=error.code, message=error.message)
    except Exception:
        log.exception("batch.broken", line=number)
        message = "Something went wrong inside the archive."
        return _refused(line, number=number, code="internal_error", message=message)


def checked(line: str, *, number: int, answer: Answer) -> Document:
    """The answer to a line, or what is wrong with it."""
    try:
        return answer(row_of(line))
    except InvalidInputError as error:
        return _refused(line, number=number, code=error.code, message=error.message)


def _refused(line: str, *, number: int, code: str, message: str) -> Document:
    identifier: object = None
    with suppress(InvalidInputError):
        identifier = row_of(line).get("id")
    return {"id": identifier, "line": number, "error": {"code": code, "message": message}}


def row_of(line: str) -> Row:
    """The object in a line; InvalidInputError ``bad_row``."""
    try:
        row = json.loads(line)
    except ValueError as error:
        raise InvalidInputError("The line is no JSON object.", code="bad_row") from error
    except RecursionError as error:
        raise InvalidInputError("The line is nested too deeply.", code="bad_row") from error
    if not isinstance(row, dict):
        raise InvalidInputError("The line is no JSON object.", code="bad_row")
    return row


def text_of(row: Row, key: str) -> str | None:
    """A field's text, None where it is missing; InvalidInputError ``bad_row``."""
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise InvalidInputError(f"The field {key!r} is no text.", code="bad_row")
    return value


def day_of(row: Row, key: str) -> date | None:
    """A field's day, None where it is missing or empty; InvalidInputError ``bad_date``."""
    value = text_of(row, key)
    if not value:
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError as error:
        raise InvalidInputError(f"The field {key!r} is no date: give YYYY-MM-DD.", code="bad_date") from error
