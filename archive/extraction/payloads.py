"""Narrowing foreign JSON: ``object`` in, typed pieces out; nothing is believed to be there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from archive.errors import ExtractionError

Json = Mapping[str, object]
_NOTHING: Json = {}


def load_json(body: bytes) -> object:
    """The JSON value in ``body``; ExtractionError ``payload_not_json`` for pages, challenge walls and rubbish."""
    try:
        value: object = json.loads(body.decode("utf-8-sig"), parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        raise ExtractionError("The platform's answer is not the JSON it promised.", code="payload_not_json") from error
    return value


def mapping(value: object) -> Json:
    """``value`` if it is an object, else an empty one."""
    return value if isinstance(value, dict) else _NOTHING


def items(value: object) -> tuple[Json, ...]:
    """The objects in a list; nothing where ``value`` is no list."""
    return tuple(item for item in value if isinstance(item, dict)) if isinstance(value, list) else ()


def texts(value: object) -> tuple[str, ...]:
    """The strings in a list; nothing where ``value`` is no list."""
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def text_of(value: Json, *names: str) -> str | None:
    """The first non-empty string among the named members; whole numbers are written out (ids), other things are not."""
    for name in names:
        found = value.get(name)
        if isinstance(found, str) and found.strip():
            return found
        if isinstance(found, int) and not isinstance(found, bool):
            return str(found)
    return None


def number_pair(value: object) -> tuple[int, int] | None:
    """Two whole numbers in a list, such as a range of characters."""
    if isinstance(value, list) and len(value) == 2 and all(type(part) is int for part in value):
        return value[0], value[1]
    return None


def moment(text: str | None) -> datetime | None:
    """A platform's time stamp as aware UTC: ISO 8601, or X's "Tue May 03 15:01:09 +0000 2016".

    Without a zone it is taken as UTC: every platform here stamps in UTC.
    """
    if not text:
        return None
    try:
        parsed = datetime.fromisoformat(_six_digits(text.strip()))
    except ValueError:
        try:
            parsed = datetime.strptime(text.strip(), "%a %b %d %H:%M:%S %z %Y")
        except ValueError:
            return None
    try:
        return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
    except OverflowError:
        return None


def _six_digits(text: str) -> str:
    """Fractions of a second cut to microseconds: some Bluesky clients write nanoseconds."""
    head, dot, tail = text.partition(".")
    digits = tail[: len(tail) - len(tail.lstrip("0123456789"))]
    return f"{head}.{digits[:6]}{tail[len(digits) :]}" if dot and digits else text
