"""Plain rows of a dump in a third of the time: what ``json_row`` and ``read_row`` would read, where no cell needs care.

A line is plain when its columns are known and each cell is of the type that it should be: text for text, true or false
for a flag, an identifier of digits only. Everything else is left to the slow reader, whose rule this is; a property
test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from archive.domain.accounts import Platform, platform_named
from archive.domain.posts import PostReading
from archive.extraction.cells import EARLIEST, LATEST
from archive.extraction.posts.dump import IGNORED, LONGEST_TEXT, MEANINGS
from archive.text.quick_json import quick_json

_FLAGS = frozenset({"is_repost", "truncated"})
_NEEDED = frozenset({"platform", "handle", "post_id", "posted_at", "text"})
_SCALARS = frozenset({str, int, float, bool, type(None)})
_STAMP = len("2024-02-08T10:00:00Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """The name under which a row has each column; None where it has none, or nothing in it."""

    platform: str
    handle: str
    post_id: str
    posted_at: str
    text: str
    author_name: str | None = None
    author_id: str | None = None
    url: str | None = None
    language: str | None = None
    edited_at: str | None = None
    is_repost: str | None = None
    truncated: str | None = None
    in_reply_to: str | None = None
    quoted: str | None = None


def quick_reading(line: bytes, *, number: int) -> PostReading | None:
    """The post that a line of a JSON-lines file describes; None where the slow reader has to say."""
    row = quick_json(line)
    if not isinstance(row, dict):
        return None
    shape = _shape(tuple(row), tuple(map(type, row.values())))
    return None if shape is None else _reading(row, shape, number=number)


@lru_cache(maxsize=1024)
def _shape(names: tuple[str, ...], types: tuple[type, ...]) -> _Shape | None:
    """How to read every row of these names and types; None where one is unknown, of another type, or meant twice."""
    found: dict[str, str] = {}
    for name, kind in zip(names, types, strict=True):
        plain = name.strip().lower()
        meaning = MEANINGS.get(plain)
        if kind not in _SCALARS or (meaning is None and plain not in IGNORED) or meaning in found:
            return None
        if meaning is None or kind is type(None):
            continue
        if kind is not (bool if meaning in _FLAGS else str):
            return None
        found[meaning] = name
    return _Shape(**found) if found.keys() >= _NEEDED else None


def _reading(row: dict[str, str], shape: _Shape, *, number: int) -> PostReading | None:
    platform, native_id, text = _platform(row[shape.platform]), row[shape.post_id], row[shape.text]
    posted_at = _moment(row[shape.posted_at])
    edited_at = None if shape.edited_at is None else _moment(row[shape.edited_at])
    handle = row[shape.handle].strip()
    if platform is None or posted_at is None or not handle or len(text) > LONGEST_TEXT:
        return None
    if not (native_id.isascii() and native_id.isdigit()) or (edited_at is None and shape.edited_at is not None):
        return None
    bare = handle.lstrip("@")
    return PostReading(
        platform=platform,
        native_id=native_id,
        author_handle=bare,
        author_name=_optional(row, shape.author_name) or bare,
        text=text,
        posted_at=posted_at,
        author_native_id=_optional(row, shape.author_id),
        url=_optional(row, shape.url),
        language=_optional(row, shape.language),
        edited_at=edited_at,
        in_reply_to=_optional(row, shape.in_reply_to),
        is_repost=_flag(row, shape.is_repost),
        quoted_native_id=_optional(row, shape.quoted),
        truncated=_flag(row, shape.truncated),
        locator=f"line {number}",
    )


@lru_cache(maxsize=256)
def _platform(words: str) -> Platform | None:
    return platform_named(words.strip())


def _moment(words: str) -> datetime | None:
    """A time in UTC to the second, as most dumps write it."""
    if len(words) != _STAMP or words[-1] != "Z":
        return None
    try:
        found = datetime.fromisoformat(words)
    except ValueError:
        return None
    return found if EARLIEST <= found.year <= LATEST and found.tzinfo is UTC else None


def _optional(row: dict[str, str], name: str | None) -> str | None:
    return None if name is None else row[name].strip() or None


def _flag(row: dict[str, str], name: str | None) -> bool:
    return name is not None and bool(row[name])
