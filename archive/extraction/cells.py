"""Cells of imported rows: typed reading of foreign values, every fault a sentence with its line number and a code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime

from archive.domain.accounts import Platform, platform_named
from archive.errors import InvalidInputError
from archive.extraction.payloads import moment

EARLIEST, LATEST = 2000, 2100
"""The years a post can be of."""
_MANGLED = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]+|[0-9]{15,}\.[0-9]+")
_YES = frozenset({"1", "true", "t", "yes", "y"})
_NO = frozenset({"", "0", "false", "f", "no", "n", "none", "null"})
_OPEN_END = frozenset({"", "present", "now", "today", "null", "none", "~"})


def is_mangled(value: object) -> bool:
    """Whether an identifier was rounded by a spreadsheet or script (1.70344E+18) and cannot be recovered."""
    return isinstance(value, float) or (isinstance(value, str) and _MANGLED.fullmatch(value.strip()) is not None)


class Cells:
    """The cells of one row by name; InvalidInputError with ``row_…`` codes for what they cannot be."""

    def __init__(self, cells: Mapping[str, object], *, line: int) -> None:
        self.line = line
        self._cells = cells

    def fault(self, words: str, *, code: str) -> InvalidInputError:
        """The error that says what is wrong on this line."""
        return InvalidInputError(f"Line {self.line}: {words}.", code=code)

    def raw(self, name: str) -> object:
        """The cell as it came, None where it is missing."""
        return self._cells.get(name)

    def optional(self, name: str) -> str | None:
        """The cell's words without surrounding space, None where there are none; ``row_bad_value`` for structures."""
        value = self._cells.get(name)
        if value is None:
            return None
        if isinstance(value, str):
            return value.strip() or None
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        raise self.fault(f"{name} is not text", code="row_bad_value")

    def identifier(self, name: str) -> str | None:
        """A platform's identifier as text; ``row_mangled_id`` for what a spreadsheet rounded (1.70344E+18)."""
        value = self._cells.get(name)
        if is_mangled(value):
            raise self.fault(
                f"the {name} was rounded by a spreadsheet and cannot be recovered; export it as text",
                code="row_mangled_id",
            )
        return self.optional(name)

    def platform(self, name: str = "platform") -> Platform | None:
        """The platform named, None where none is; ``row_unknown_platform``."""
        words = self.optional(name)
        if words is None:
            return None
        found = platform_named(words)
        if found is None:
            raise self.fault(f"no platform is called {words[:40]!r}", code="row_unknown_platform")
        return found

    def moment(self, name: str) -> datetime | None:
        """A time as aware UTC, None where there is none; ``row_bad_date``."""
        words = self.optional(name)
        if words is None:
            return None
        found = moment(words)
        if found is None or not EARLIEST <= found.year <= LATEST:
            raise self.fault(f"{name} {words[:40]!r} is not a date such as 2024-02-08T10:00:00Z", code="row_bad_date")
        return found

    def day(self, name: str) -> date | None:
        """A day, None where there is none or it says "present"; ``row_bad_date``."""
        words = self.optional(name)
        if words is None or words.lower() in _OPEN_END:
            return None
        try:
            return date.fromisoformat(words[:10]) if re.match(r"\d{4}-\d{2}-\d{2}(?!\d)", words) else self._no_day(name)
        except ValueError:
            return self._no_day(name)

    def flag(self, name: str) -> bool:
        """A yes or no, no where the cell is missing; ``row_bad_value`` for other words."""
        value = self._cells.get(name)
        if value is None or isinstance(value, bool):
            return bool(value)
        word = str(value).strip().lower()
        if word not in _YES | _NO:
            raise self.fault(f"{name} must be true or false", code="row_bad_value")
        return word in _YES

    def listed(self, name: str) -> tuple[str, ...]:
        """Several values: a list, or one text parted by ``;`` or ``|``; each once, in order."""
        value = self._cells.get(name)
        if isinstance(value, list):
            if not all(isinstance(part, str) for part in value):
                raise self.fault(f"{name} must be a list of texts", code="row_bad_value")
            parts = [str(part) for part in value]
        else:
            parts = re.split(r"[;|]", self.optional(name) or "")
        return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))

    def _no_day(self, name: str) -> date:
        words = (self.optional(name) or "")[:40]
        raise self.fault(f"{name} {words!r} is not a day such as 2024-02-08", code="row_bad_date")
