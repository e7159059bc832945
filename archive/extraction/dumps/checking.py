"""Checking single items of dumps: identifiers that spreadsheets rounded, texts that are too long, readers that gave
nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from archive.domain.dumps import Found, Place
from archive.domain.posts import PostReading
from archive.errors import ArchiveError, InvalidInputError
from archive.extraction.cells import is_mangled
from archive.extraction.json_stream import JsonStream
from archive.extraction.payloads import Json
from archive.extraction.posts.dump import json_row

Located = tuple[Place, Found]
Objects = Iterable[tuple[Place, Json | ArchiveError]]
"""What ``objects`` gives: each object of a JSON file with its place, or what is wrong there."""
_LONGEST_TEXT = 200_000


def require_identifier(item: Json, *names: str) -> None:
    """InvalidInputError ``row_mangled_id`` for a number that was rounded, ``row_missing_field`` where none is there."""
    for name in names:
        value = item.get(name)
        if is_mangled(value):
            raise InvalidInputError(
                f"The {name} was rounded by a spreadsheet or script and cannot be recovered.", code="row_mangled_id"
            )
        if value not in (None, ""):
            return
    raise InvalidInputError(f"The {names[0]} is missing.", code="row_missing_field")


def checked(reading: PostReading | None, *, otherwise: str) -> PostReading:
    """The reading; InvalidInputError ``row_bad_value`` with ``otherwise`` where there is none or no end."""
    if reading is None:
        raise InvalidInputError(otherwise, code="row_bad_value")
    if len(reading.text) > _LONGEST_TEXT:
        raise InvalidInputError("The text is too long for a post.", code="row_bad_value")
    return reading


def listed(stream: JsonStream, *, member: str | None = None) -> Iterator[tuple[Place, Json | ArchiveError]]:
    """The objects of a list with their places; a broken item is the last, since nobody can tell where the next is."""
    number = 0
    items = stream.list_items()
    while True:
        number += 1
        place = Place(number=number, member=member)
        try:
            value = next(items, items)
        except ArchiveError as error:
            yield place, error
            return
        if value is items:
            return
        if isinstance(value, dict):
            yield place, value
        else:
            yield place, InvalidInputError("The item is no JSON object.", code="row_not_json")


def objects(
    chunks: Iterable[bytes], *, lines: Iterable[tuple[int, bytes]]
) -> Iterator[tuple[Place, Json | ArchiveError]]:
    """The objects of a JSON file: of its list, one a line, or the one that it is; ``chunks`` and ``lines`` are both of
    the whole file. A broken line costs only itself."""
    stream = JsonStream(chunks, where="The file")
    if stream.peek() == "w":
        stream.skip_to("[", within=200)
    if stream.peek() == "[":
        yield from listed(stream)
        return
    waiting = ((line, raw) for line, raw in lines if raw.strip(b" \t\xef\xbb\xbf"))
    first = next(waiting, None)
    if first is not None and not first[1].rstrip().endswith(b"}"):
        yield from _values(stream)
        return
    for line, raw in chain(() if first is None else (first,), waiting):
        try:
            yield Place(number=line), json_row(raw, line=line)
        except InvalidInputError as error:
            yield Place(number=line), error


def _values(stream: JsonStream) -> Iterator[tuple[Place, Json | ArchiveError]]:
    """Objects written over many lines each, one after another."""
    number = 0
    while stream.peek():
        place = Place(number=(number := number + 1))
        try:
            value = stream.value()
        except ArchiveError as error:
            yield place, error
            return
        if isinstance(value, dict):
            yield place, value
        else:
            yield place, InvalidInputError("The item is no JSON object.", code="row_not_json")
