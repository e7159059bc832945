"""Preparing a dump: batches of rows read, checked and turned into columns, in this process or in one of their own.

Reading costs about as much as writing, so that two processes halve the time; a small dump is not worth a process. What
travels between them is plain lists (``marshal``: both ends are this program, and one started the other).
"""

from __future__ import annotations

import marshal
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from signal import SIG_IGN, SIGINT, signal
from typing import cast

from archive.domain.accounts import Platform
from archive.domain.captures import Capture
from archive.domain.dumps import DumpFormat, Found, LeftOut, PassedOver, Place, Remark
from archive.domain.posts import PostReading
from archive.errors import ArchiveError, InvalidInputError
from archive.services.dump_readings import Dump, readings_of, size_of
from archive.services.dump_rows import readings_of as rows_read
from archive.services.garbage import uncollected
from archive.services.unpacking import Unpacking
from archive.storage.prepared import PreparedPosts, prepare

BATCH = 25_000
"""Rows read and written at once: large enough to be quick, small enough that nobody waits long for the lock."""
_FIRST = 5_000
"""Rows of the first batch: whoever writes waits for it, and begins the sooner the smaller it is."""
_AHEAD = 3
"""Batches taken over before they are asked for: now one side is quicker, now the other."""
_TURN = 0.0005
"""Seconds a thread of either process keeps its turn."""
_WORTH_A_PROCESS = 2_000_000
"""Bytes of a dump, packed or not, from which on a second process pays."""
_BYTES_A_POST = 80
"""What a post takes in a packed dump: 64 to 70 in those of parliaments. Unpacked it is some 400: then more are expected
than come."""

_PassedOver = tuple[int, str | None, str, str, str]
_Author = tuple[str, str | None, str, str]
_Batch = tuple[int, tuple[_PassedOver, ...], tuple[_Author, ...], tuple[list[object], ...]]
_Message = tuple[int | None, _Batch | None, tuple[str, str] | None]


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


class Preparation:
    """The batches of one dump, here. Close it when done, however that came about."""

    def __init__(self, dump: Dump, *, dialect: str) -> None:
        """Read the file to its end once: InvalidInputError as ``readings_of``."""
        self._dump = dump
        self._dialect = dialect
        self._size = size_of(dump)

    def batches(self) -> Iterator[PreparedBatch]:
        """The rows. Until ``whole`` was asked, the file may still turn out to be broken."""
        return _prepared(self._dump, dialect=self._dialect)

    def whole(self) -> int:
        """Wait until the file was read to its end: from then on its rows may stay. How many lines or items it has.

        InvalidInputError as ``readings_of``.
        """
        return self._size

    def size(self) -> int:
        """How many lines or items it has, 0 while that is not known."""
        return self._size

    def close(self) -> None:
        """Let go of it."""


class PreparationApart(Preparation):
    """The same in a process of its own, batches ahead of whoever asks, while the file is read to its end beside."""

    def __init__(self, dump: Dump, *, dialect: str) -> None:
        """Start the process."""
        self._told: int | None = None
        self._dialect = dialect
        self._waiting: deque[PreparedBatch | None] = deque()
        # Spawned, not forked: a database is open here, and perhaps a thread draws a progress bar.
        processes = get_context("spawn")
        self._pipe, theirs = processes.Pipe()
        bodiless = replace(dump, captured=replace(dump.captured, body=b""))
        self._process = processes.Process(target=serve, args=(theirs, bodiless, dialect), daemon=True)
        self._process.start()
        theirs.close()
        self._pipe.send_bytes(dump.captured.body)
        # Taking a batch over costs a twentieth of writing it; the database lets other threads run meanwhile.
        self._beside = ThreadPoolExecutor(1)
        # Whoever writes has a moment's work between two waits for the database, some thousand times a batch.
        self._usual_turn = sys.getswitchinterval()
        sys.setswitchinterval(_TURN)
        self._coming = deque(self._beside.submit(self._received) for _ in range(_AHEAD))

    def batches(self) -> Iterator[PreparedBatch]:
        """As in this process."""
        while (batch := self._waiting.popleft() if self._waiting else self._taken()) is not None:
            yield batch

    def whole(self) -> int:
        """As in this process."""
        while self._told is None:
            self._waiting.append(self._taken())
        return self._told

    def size(self) -> int:
        """As in this process."""
        return self._told or 0

    def close(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.join()
        # The thread that waits for a message has been told by now that none will come.
        self._beside.shutdown()
        sys.setswitchinterval(self._usual_turn)
        self._pipe.close()

    def _taken(self) -> PreparedBatch | None:
        size, batch = self._coming.popleft().result()
        self._told = size
        if batch is not None:
            self._coming.append(self._beside.submit(self._received))
        return batch

    def _received(self) -> tuple[int | None, PreparedBatch | None]:
        try:
            size, message, fault = cast(_Message, marshal.loads(self._pipe.recv_bytes()))
        except (EOFError, OSError) as error:
            raise ArchiveError("The process that reads the file has died.", code="reader_died") from error
        if fault is not None:
            raise InvalidInputError(fault[1], code=fault[0])
        if message is None:
            return size, None
        batch = _unpacked(message)
        return size, replace(batch, posts=batch.posts.ready_for(self._dialect))


def expected_posts(dump: Dump) -> int:
    """About how many posts a dump holds, by its size: for plans."""
    return len(dump.captured.body) // _BYTES_A_POST


def preparation(dump: Dump, *, dialect: str) -> Preparation:
    """How the dump is best prepared for a database of that kind."""
    kind = Preparation if len(dump.captured.body) < _WORTH_A_PROCESS else PreparationApart
    return kind(dump, dialect=dialect)


def serve(pipe: Connection, dump: Dump, dialect: str) -> None:
    """The other process: receive the bytes, send batches.

    A message is how many lines or items there are (None while unknown), a batch or None at the end, and a fault as its
    code and sentence or None.
    """
    # Whoever started us decides what an interruption means; when they leave, the pipe breaks and so do we.
    signal(SIGINT, SIG_IGN)
    # The unpacking beside needs its turn some thousand times, each for a moment.
    sys.setswitchinterval(_TURN)
    dump = replace(dump, captured=replace(dump.captured, body=pipe.recv_bytes()))
    with closing(pipe), uncollected(), ThreadPoolExecutor(1) as beside:
        unpacking = Unpacking(dump.captured) if dump.dump_format is DumpFormat.ROWS else None
        size = beside.submit(size_of, dump) if unpacking is None else beside.submit(unpacking.lines)
        chunks = None if unpacking is None else unpacking.chunks()
        try:
            for batch in _prepared(dump, dialect=dialect, chunks=chunks):
                _send(pipe, size.result() if size.done() else None, _packed(batch))
            _send(pipe, size.result(), None)
        except ArchiveError as error:
            _send(pipe, None, None, fault=(error.code, error.message))


def _send(pipe: Connection, size: int | None, batch: object, *, fault: tuple[str, str] | None = None) -> None:
    pipe.send_bytes(marshal.dumps((size, batch, fault)))  # type: ignore[arg-type]


def _prepared(dump: Dump, *, dialect: str, chunks: Iterator[bytes] | None = None) -> Iterator[PreparedBatch]:
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


def _packed(batch: PreparedBatch) -> tuple[object, ...]:
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


def _unpacked(message: _Batch) -> PreparedBatch:
    read, passed, authors, columns = message
    return PreparedBatch(
        read=read,
        passed=tuple((Place(number=line, member=member), _heard(*told)) for line, member, *told in passed),
        authors=tuple(
            Author(Platform(platform), native_id, handle, name) for platform, native_id, handle, name in authors
        ),
        posts=PreparedPosts.of_columns(columns),
    )
