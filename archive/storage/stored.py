"""Stored values: what texts, times and numbers look like in either database, for whoever writes them without one."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache

REPLACEMENT = "\ufffd"
LARGEST_INTEGER = 2**63 - 1
_TWO = tuple(f"{number:02d}" for number in range(60))
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """The text with U+0000 and lone surrogates replaced by U+FFFD.

    PostgreSQL refuses U+0000 in text and no database can hold a lone surrogate as UTF-8; a hostile post that carries
    one must not stop an import. Both databases get the same text.
    """
    return text if _UNSTORABLE.search(text) is None else _UNSTORABLE.sub(REPLACEMENT, text)


def is_storable(text: str) -> bool:
    """Whether ``storable`` leaves the text as it is; quicker for long texts."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return "\x00" not in text


def unstorable_count(text: str) -> int:
    """How many characters ``storable`` replaces in the text."""
    return 0 if _UNSTORABLE.search(text) is None else len(_UNSTORABLE.findall(text))


@lru_cache(maxsize=1 << 14)
def stored_time(moment: datetime) -> str:
    """A time as SQLite keeps it: UTC, a space, six decimals. Sorts as text."""
    return time_text(moment)


def time_text(moment: datetime) -> str:
    """``stored_time`` without its memory, for times of which none comes twice."""
    in_utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    # A time's own isoformat takes three times as long: posts come many to a day.
    clock = f"{_TWO[in_utc.hour]}:{_TWO[in_utc.minute]}:{_TWO[in_utc.second]}.{in_utc.microsecond:06d}"
    return _day_text(in_utc.toordinal()) + clock


@lru_cache(maxsize=1 << 14)
def _day_text(ordinal: int) -> str:
    return f"{date.fromordinal(ordinal).isoformat()} "
