"""Bookmarks of pages: where the next page begins, as text that a URL can carry and nobody needs to understand."""

from __future__ import annotations

import base64
import json
import math
from datetime import datetime

from archive.errors import InvalidInputError
from archive.storage.stored import LARGEST_INTEGER

_LONGEST = 200


def by_time(at: datetime, number: int) -> str:
    """The bookmark after an item of that time and number."""
    return _packed(["t", at.isoformat(), number])


def by_score(score: float, number: int) -> str:
    """The bookmark after an item of that score and number."""
    return _packed(["s", repr(score), number])


def read_time(bookmark: str) -> tuple[datetime, int]:
    """What ``by_time`` packed; InvalidInputError ``bad_bookmark`` for anything else."""
    value, number = _unpacked(bookmark, "t")
    try:
        at = datetime.fromisoformat(value)
        at.timestamp()
    except (ValueError, OverflowError) as error:
        raise _bad() from error
    if at.tzinfo is None:
        raise _bad()
    return at, number


def read_score(bookmark: str) -> tuple[float, int]:
    """What ``by_score`` packed; InvalidInputError ``bad_bookmark`` for anything else."""
    value, number = _unpacked(bookmark, "s")
    try:
        score = float(value)
    except ValueError as error:
        raise _bad() from error
    if not math.isfinite(score):
        raise _bad()
    return score, number


def _packed(parts: list[object]) -> str:
    text = json.dumps(parts, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode("ascii")).decode("ascii").rstrip("=")


def _unpacked(bookmark: str, kind: str) -> tuple[str, int]:
    if len(bookmark) > _LONGEST or not bookmark.isascii():
        raise _bad()
    try:
        data: object = json.loads(base64.urlsafe_b64decode(bookmark + "=" * (-len(bookmark) % 4)))
    except (ValueError, RecursionError) as error:
        raise _bad() from error
    match data:
        case [str(found), str(value), int(number)] if found == kind and 0 <= number <= LARGEST_INTEGER:
            return value, number
        case _:
            raise _bad()


def _bad() -> InvalidInputError:
    return InvalidInputError("That is no bookmark of a page.", code="bad_bookmark")
