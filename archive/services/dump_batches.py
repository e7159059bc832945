"""Batches of a dump: rows read, checked and turned into columns, some thousands at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from archive.domain.accounts import Platform
from archive.domain.captures import Capture
from archive.domain.dumps import DumpFormat, Found, LeftOut, PassedOver, Place, Remark
from archive.domain.posts import PostReading
from archive.errors import ArchiveError, InvalidInputError
from archive.services.dump_readings import Dump, readings_of
from archive.services.dump_rows import readings_of as rows_read
from archive.storage.prepared import PreparedPosts, prepare

BATCH = 25_000
"""Rows read and written at once: large enough to be quick, small enough that nobody waits long for the lock."""
_FIRST = 5_000
"""Rows of the first batch: whoever writes waits for it, and begins the sooner the smaller it is."""

_PassedOver = tuple[int, str | None, str, str, str]
_Author = tuple[str, str | None, str, str]
PackedBatch = tuple[int, tuple[_PassedOver, ...], tuple[_Author, ...], tuple[list[object], ...]]


@dataclass(frozen=True, slots=True)
class Author:
    """The account that readings name, with the names it was first met under."""

    platform: Platform
    native_id: str | None
    handle: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedBatch:
    """Rows of a dump: how many were read, which were passed over and why, and the others as columns."""

    read: int
    passed: tuple[tuple[Place, PassedOver], ...]
    authors: tuple[Author, ...]
    posts: PreparedPosts


def batches_of(dump: Dump, *, dialect: str, chunks: Iterator[bytes] | None = None) -> Iterator[PreparedBatch]:
    """The rows of a dump, some thousands at a time, for a database of that kind.

    ``chunks`` are its bytes, where somebody unpacks them already. InvalidInputError as ``readings_of``.
    """
    found, first = _found(dump, chunks), 0
    while rows := list(islice(found, BATCH if first else _FIRST)):
        yield _batch(rows, dump.captured.capture, dialect=dialect, first=first)
        first += len(rows)


def _found(dump: Dump, chunks: Iterator[bytes] | None) -> Iterator[tuple[int | Place, Found]]:
    """What the dump holds; rows of our own by their line alone, since a million places take their time."""
    if dump.dump_format is DumpFormat.ROWS:
        yield from rows_read(dump.captured, chunks)
    else:
        yield from readings_of(dump)


def _batch(rows: list[tuple[int | Place, Found]], capture: Capture, *, dialect: str, first: int) -> PreparedBatch:
    readings = [row for _, row in rows if isinstance(row, PostReading)]
    authors, numbers = _authors(readings)
    return PreparedBatch(
        read=sum(not isinstance(row, Remark) for _, row in rows),
        passed=tuple((_place(at), row) for at, row in rows if not isinstance(row, PostReading)),
        authors=tuple(authors),
        posts=prepare(
            readings,
            numbers,
            capture_id=capture.id,
            seen_at=capture.provenance.received_at,
            dialect=dialect,
            first=first,
        ),
    )


def _authors(readings: Sequence[PostReading]) -> tuple[list[Author], list[int]]:
    """The accounts that readings name, and which of them each one is by."""
    places: dict[tuple[Platform, str | None, str], int] = {}
    authors: list[Author] = []
    numbers: list[int] = []
    last, place = None, 0
    for reading in readings:
        key = (reading.platform, reading.author_native_id, reading.author_handle)
        # Most dumps go account by account.
        if key != last:
            last, place = key, places.setdefault(key, len(authors))
            if place == len(authors):
                authors.append(Author(*key, reading.author_name))
        numbers.append(place)
    return authors, numbers


def _place(at: int | Place) -> Place:
    return at if isinstance(at, Place) else Place(number=at)


def packed(batch: PreparedBatch) -> tuple[object, ...]:
    """A batch as plain values, for another process."""
    passed = tuple((place.number, place.member, *_told(found)) for place, found in batch.passed)
    authors = tuple((author.platform.value, author.native_id, author.handle, author.name) for author in batch.authors)
    return batch.read, passed, authors, batch.posts.columns()


def _told(found: PassedOver) -> tuple[str, str, str]:
    """What was passed over as three texts: its kind, its code, its sentence."""
    match found:
        case Remark():
            return "remark", "", found.sentence
        case LeftOut():
            return "left out", found.value, ""
        case ArchiveError():
            return "fault", found.code, found.message


def _heard(kind: str, code: str, sentence: str) -> PassedOver:
    if kind == "remark":
        return Remark(sentence=sentence)
    return LeftOut(code) if kind == "left out" else InvalidInputError(sentence, code=code)


def unpacked_batch(message: PackedBatch) -> PreparedBatch:
    """The batch that was packed."""
    read, passed, authors, columns = message
    return PreparedBatch(
        read=read,
        passed=tuple((Place(number=line, member=member), _heard(*told)) for line, member, *told in passed),
        authors=tuple(
            Author(Platform(platform), native_id, handle, name) for platform, native_id, handle, name in authors
        ),
        posts=PreparedPosts.of_columns(columns),
    )
