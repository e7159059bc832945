"""Rows of a foreign registry: what one place of it states, in our own columns, or what is wrong with it."""

from __future__ import annotations

import re

from archive.errors import InvalidInputError

Row = dict[str, object]
NumberedRow = tuple[int, Row | InvalidInputError]
_ITEM = re.compile(r"Q[1-9][0-9]{0,11}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def given(**cells: object) -> Row:
    """A row of the cells that say something."""
    return {name: value for name, value in cells.items() if value not in (None, "", [], ())}


def item_in(text: str | None) -> str | None:
    """The Wikidata item that an identifier or an entity's address names; None where it names none."""
    last = (text or "").rstrip("/").rsplit("/", 1)[-1]
    return last if _ITEM.fullmatch(last) else None


def whole_day(text: str | None) -> str | None:
    """A day as ISO 8601 writes it; None for a year or a month alone, which are no days and are not made ones."""
    found = (text or "").strip().lstrip("+")[:10]
    return found if _DAY.fullmatch(found) and not found.endswith("-00") and "-00-" not in found else None


def fault(number: int, words: str, *, code: str = "row_missing_field") -> InvalidInputError:
    """The error that says what is wrong at that place."""
    return InvalidInputError(f"Line {number}: {words}.", code=code)
