"""Rows of import files: one post each, in our own shape or one of the usual ones, with every fault named by its line.

Spreadsheets turn long ids into 1.70344E+18 and cannot turn them back: such a row is refused, never repaired.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping

from archive.domain.posts import PostReading
from archive.errors import InvalidInputError
from archive.extraction.cells import Cells
from archive.text.post_urls import parse_post_url

_COLUMNS: dict[str, tuple[str, ...]] = {
    "platform": ("platform", "network", "service"),
    "handle": ("handle", "account_handle", "screen_name", "username", "user"),
    "author_name": ("author_name", "name", "display_name", "person"),
    "author_id": ("author_id", "account_id", "user_id"),
    "post_id": ("post_id", "id_str", "id", "native_id", "tweet_id", "status_id"),
    "posted_at": ("posted_at", "created_at", "time", "date", "timestamp", "published"),
    "text": ("text", "full_text", "content", "body"),
    "url": ("url", "link", "permalink"),
    "language": ("lang", "language"),
    "is_repost": ("is_retweet", "is_repost", "retweet", "repost"),
    "truncated": ("truncated", "is_truncated"),
    "edited_at": ("edited_at",),
    "in_reply_to": ("in_reply_to", "in_reply_to_id", "in_reply_to_status_id"),
    "quoted": ("quoted_id", "quoted_native_id"),
}
IGNORED = frozenset({
    "country", "device", "favorite_count", "favorites", "favourites_count", "is_deleted", "is_flagged",
    "like_count", "media", "media_urls", "note", "office", "party", "reblogs_count", "replies_count",
    "reply_count", "retweet_count", "retweets", "source", "source_note"
})  # fmt: skip
"""Columns that are passed over."""
MEANINGS = {alias: column for column, aliases in _COLUMNS.items() for alias in aliases}
"""The column that each usual name means."""
LONGEST_TEXT = 200_000
"""Characters of the longest text that can be a post."""


def read_row(row: Mapping[str, object], *, line: int) -> PostReading:
    """The post one row of an import describes; keys may be any of the usual column names.

    InvalidInputError with the line number and one of: ``row_missing_field``, ``row_bad_date``,
    ``row_unknown_platform``, ``row_mangled_id``, ``row_unknown_column``, ``row_bad_value``.
    """
    cells = Cells(_columns(row, line=line), line=line)
    url = cells.optional("url")
    pointer = parse_post_url(url) if url else None
    platform = cells.platform() or (pointer.platform if pointer else None)
    if platform is None:
        raise cells.fault("the platform is missing", code="row_missing_field")
    native_id = cells.identifier("post_id") or (pointer.native_id if pointer else None)
    handle = cells.optional("handle") or (pointer.handle if pointer else None)
    if native_id is None or not handle:
        raise cells.fault(f"the {'post_id' if native_id is None else 'handle'} is missing", code="row_missing_field")
    posted_at = cells.moment("posted_at")
    if posted_at is None:
        raise cells.fault("posted_at is missing", code="row_missing_field")
    return PostReading(
        platform=platform,
        native_id=native_id,
        author_handle=handle.strip().lstrip("@"),
        author_name=cells.optional("author_name") or handle.strip().lstrip("@"),
        text=_text(cells),
        posted_at=posted_at,
        author_native_id=cells.optional("author_id"),
        url=url,
        language=cells.optional("language"),
        edited_at=cells.moment("edited_at"),
        in_reply_to=cells.optional("in_reply_to"),
        is_repost=cells.flag("is_repost"),
        quoted_native_id=cells.optional("quoted"),
        truncated=cells.flag("truncated"),
        locator=f"line {line}",
    )


def read_rows(lines: Iterable[tuple[int, bytes]], *, name: str) -> Iterator[tuple[int, dict[str, object]]]:
    """Rows of a dump by line number: CSV where the file's name says so, else one JSON object a line; blanks skipped.

    A whole JSON list is read too; its rows count as lines from 1. InvalidInputError as in ``json_row``, ``csv_rows``.
    """
    if re.search(r"\.csv(?:\.(?:gz|xz))?$", name, re.IGNORECASE):
        yield from csv_rows(lines)
        return
    waiting = iter(lines)
    for line, raw in waiting:
        if not raw.strip(b" \t\xef\xbb\xbf"):
            continue
        if raw.lstrip(b" \t\xef\xbb\xbf").startswith(b"["):
            yield from enumerate(_listed(raw, (rest for _, rest in waiting)), start=1)
            return
        yield line, json_row(raw, line=line)


def _listed(first: bytes, rest: Iterable[bytes]) -> tuple[dict[str, object], ...]:
    try:
        value: object = json.loads(b"\n".join((first, *rest)).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InvalidInputError("The file begins like a JSON list but is none.", code="row_not_json") from error
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise InvalidInputError("The list must hold one JSON object a post.", code="row_not_json")
    return tuple(value)


def json_row(text: bytes, *, line: int) -> dict[str, object]:
    """One line of a JSON-lines file as a row; InvalidInputError ``row_not_json``."""
    try:
        value: object = json.loads(text.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InvalidInputError(f"Line {line}: this is not JSON.", code="row_not_json") from error
    if not isinstance(value, dict):
        raise InvalidInputError(f"Line {line}: a row must be a JSON object.", code="row_not_json")
    return value


def csv_rows(lines: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, dict[str, object]]]:
    """Rows of a CSV file by line number; the first line names the columns; a quoted cell may span lines.

    InvalidInputError ``row_not_csv`` for bytes that are not UTF-8, broken quoting or a row of another width.
    """
    current = [0]

    def texts() -> Iterator[str]:
        for line, raw in lines:
            current[0] = line
            try:
                yield raw.decode("utf-8-sig" if line == 1 else "utf-8") + "\n"
            except UnicodeDecodeError as error:
                raise InvalidInputError(f"Line {line}: the file is not UTF-8.", code="row_not_csv") from error

    reader = csv.reader(texts(), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                raise InvalidInputError(
                    f"Line {current[0]}: {len(cells)} cells where the first line names {len(header)}.",
                    code="row_not_csv",
                )
            yield current[0], dict(zip(header, cells, strict=True))
    except csv.Error as error:
        raise InvalidInputError(
            f"Line {current[0]}: the row cannot be read as CSV ({error}).", code="row_not_csv"
        ) from error


def _text(cells: Cells) -> str:
    """The post's text as it stands, space around it included; empty is a text (a post of pictures), missing is not."""
    value = cells.raw("text")
    if value is None:
        raise cells.fault("the text is missing", code="row_missing_field")
    if not isinstance(value, str):
        raise cells.fault("the text is not text", code="row_bad_value")
    if len(value) > LONGEST_TEXT:
        raise cells.fault("the text is too long for a post", code="row_bad_value")
    return value


def _columns(row: Mapping[str, object], *, line: int) -> dict[str, object]:
    """The row by our own column names; of several aliases the first of the list wins (``id_str`` before ``id``)."""
    known: dict[str, object] = {}
    ranks: dict[str, int] = {}
    for key, value in row.items():
        name = str(key).strip().lower()
        meaning = MEANINGS.get(name)
        if meaning is None:
            if name not in IGNORED:
                raise InvalidInputError(f"Line {line}: no column is called {name[:40]!r}.", code="row_unknown_column")
            continue
        rank = _COLUMNS[meaning].index(name)
        if value is not None and (value != "" or meaning == "text") and rank <= ranks.get(meaning, rank):
            known[meaning], ranks[meaning] = value, rank
    return known
