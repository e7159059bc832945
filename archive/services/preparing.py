"""Preparing a dump: batches of rows read, checked and turned into columns, in this process or in one of their own.

Reading costs about as much as writing, so that two processes halve the time; a small dump is not worth a process. What
travels between them is plain lists (``marshal``: both ends are this program, and one started the other).
"""

from __future__ import annotations

import gc
import marshal
import sys
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from signal import SIG_IGN, SIGINT, signal
from typing import cast

from archive.capture.dumps import dump_lines
from archive.domain.accounts import Platform
from archive.domain.captures import Capture, Captured
from archive.domain.posts import PostReading
from archive.errors import ArchiveError, InvalidInputError
from archive.services.dump_rows import readings_of
from archive.storage.prepared import PreparedPosts, prepare

BATCH = 25_000
"""Rows read and written at once: large enough to be quick, small enough that nobody waits long for the lock."""
_TURN = 0.0005
"""Seconds a thread of the other process keeps its turn."""
_WORTH_A_PROCESS = 4_000_000
"""Bytes of a dump, packed or not, from which on a second process pays."""


_Batch = tuple[
    int, tuple[tuple[int, str, str], ...], tuple[tuple[str, str | None, str, str], ...], tuple[list[object], ...]
]
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
    """Rows of a dump: how many were read, what is wrong with some, and the others as columns."""

    read: int
    refused: tuple[tuple[int, InvalidInputError], ...]
    authors: tuple[Author, ...]
    posts: PreparedPosts


class Preparation:
    """The batches of one dump, here. Close it when done, however that came about."""

    def __init__(self, captured: Captured, *, dialect: str) -> None:
        """Unpack the file to its end: InvalidInputError as ``dump_lines``."""
        self._captured = captured
        self._dialect = dialect
        self._lines = _count(captured)

    def batches(self) -> Iterator[PreparedBatch]:
        """The rows. InvalidInputError where the file turns out to be broken; until ``whole``, that may still come."""
        return _prepared(self._captured, dialect=self._dialect)

    def whole(self) -> int:
        """Wait until the file was unpacked to its end: from then on its rows may stay. How many lines it has.

        InvalidInputError as ``dump_lines``.
        """
        return self._lines

    def lines(self) -> int:
        """How many lines it has, 0 while that is not known."""
        return self._lines

    def close(self) -> None:
        """Let go of it."""


class PreparationApart(Preparation):
    """The same in a process of its own, a batch ahead of whoever asks, while the file is unpacked to its end beside."""

    def __init__(self, captured: Captured, *, dialect: str) -> None:
        """Start the process."""
        self._told: int | None = None
        self._waiting: deque[PreparedBatch | None] = deque()
        # Spawned, not forked: a database is open here, and perhaps a thread draws a progress bar.
        processes = get_context("spawn")
        self._pipe, theirs = processes.Pipe()
        self._process = processes.Process(target=serve, args=(theirs, captured.capture, dialect), daemon=True)
        self._process.start()
        theirs.close()
        self._pipe.send_bytes(captured.body)

    def batches(self) -> Iterator[PreparedBatch]:
        """As in this process."""
        while (batch := self._waiting.popleft() if self._waiting else self._receive()) is not None:
            yield batch

    def whole(self) -> int:
        """As in this process."""
        while self._told is None:
            self._waiting.append(self._receive())
        return self._told

    def lines(self) -> int:
        """As in this process."""
        return self._told or 0

    def close(self) -> None:
        """End the process."""
        self._pipe.close()
        self._process.terminate()
        self._process.join()

    def _receive(self) -> PreparedBatch | None:
        try:
            lines, message, fault = cast(_Message, marshal.loads(self._pipe.recv_bytes()))
        except (EOFError, OSError) as error:
            raise ArchiveError("The process that reads the file has died.", code="reader_died") from error
        if fault is not None:
            raise InvalidInputError(fault[1], code=fault[0])
        self._told = lines
        return None if message is None else _unpacked(message)


def preparation(captured: Captured, *, dialect: str) -> Preparation:
    """How the dump is best prepared for a database of that kind."""
    kind = Preparation if len(captured.body) < _WORTH_A_PROCESS else PreparationApart
    return kind(captured, dialect=dialect)


def serve(pipe: Connection, capture: Capture, dialect: str) -> None:
    """The other process: receive the bytes, send batches.

    A message is how many lines there are (None while unknown), a batch or None at the end, and a fault as its code and
    sentence or None.
    """
    # Whoever started us decides what an interruption means; when they leave, the pipe breaks and so do we.
    signal(SIGINT, SIG_IGN)
    # Nothing here goes in circles, and looking for circles takes a third of the time.
    gc.disable()
    # The unpacking beside needs its turn some thousand times, each for a moment.
    sys.setswitchinterval(_TURN)
    captured = Captured(capture=capture, body=pipe.recv_bytes())
    with closing(pipe), ThreadPoolExecutor(1) as beside:
        whole = beside.submit(_count, captured)
        try:
            for batch in _prepared(captured, dialect=dialect):
                _send(pipe, whole.result() if whole.done() else None, _packed(batch))
            _send(pipe, whole.result(), None)
        except InvalidInputError as error:
            _send(pipe, None, None, fault=(error.code, error.message))


def _send(pipe: Connection, lines: int | None, batch: object, *, fault: tuple[str, str] | None = None) -> None:
    pipe.send_bytes(marshal.dumps((lines, batch, fault)))


def _count(captured: Captured) -> int:
    return sum(1 for _ in dump_lines(captured))


def _prepared(captured: Captured, *, dialect: str) -> Iterator[PreparedBatch]:
    found, first = readings_of(captured), 0
    while rows := list(islice(found, BATCH)):
        yield _batch(rows, captured.capture, dialect=dialect, first=first)
        first += len(rows)


def _batch(
    rows: list[tuple[int, PostReading | InvalidInputError]], capture: Capture, *, dialect: str, first: int
) -> PreparedBatch:
    readings = [row for _, row in rows if isinstance(row, PostReading)]
    places: dict[tuple[Platform, str | None, str], int] = {}
    authors: list[Author] = []
    numbers: list[int] = []
    for reading in readings:
        key = (reading.platform, reading.author_native_id, reading.author_handle)
        place = places.setdefault(key, len(authors))
        if place == len(authors):
            authors.append(Author(*key, reading.author_name))
        numbers.append(place)
    return PreparedBatch(
        read=len(rows),
        refused=tuple((line, row) for line, row in rows if isinstance(row, InvalidInputError)),
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


def _packed(batch: PreparedBatch) -> tuple[object, ...]:
    refused = tuple((line, error.code, error.message) for line, error in batch.refused)
    authors = tuple((author.platform.value, author.native_id, author.handle, author.name) for author in batch.authors)
    return batch.read, refused, authors, batch.posts.columns()


def _unpacked(message: _Batch) -> PreparedBatch:
    read, refused, authors, columns = message
    return PreparedBatch(
        read=read,
        refused=tuple((line, InvalidInputError(sentence, code=code)) for line, code, sentence in refused),
        authors=tuple(Author(Platform(platform), *rest) for platform, *rest in authors),
        posts=PreparedPosts.of_columns(columns),
    )
