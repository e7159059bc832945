"""Preparing a dump: its batches, made in this process or in one of their own.

Reading costs about as much as writing, so that two processes halve the time; a small dump is not worth a process.
"""

from __future__ import annotations

import marshal
import sys
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import cast

from archive.errors import InvalidInputError
from archive.services.dump_batches import PackedBatch, PreparedBatch, batches_of, unpacked_batch
from archive.services.dump_readings import Dump, size_of
from archive.services.reading_apart import TURN
from archive.services.reading_process import ReadingProcess, pays

_AHEAD = 3
"""Batches taken over before they are asked for: now one side is quicker, now the other."""
_BYTES_A_POST = 80
"""What a post takes in a packed dump: 64 to 70 in those of parliaments. Unpacked it is some 400: then more are expected
than come."""

_Message = tuple[int | None, PackedBatch | None, tuple[str, str] | None]


class Preparation:
    """The batches of one dump, here. Close it when done, however that came about."""

    def __init__(self, dump: Dump, *, dialect: str) -> None:
        """Read the file to its end once: InvalidInputError as ``readings_of``."""
        self._dump = dump
        self._dialect = dialect
        self._size = size_of(dump)

    def batches(self) -> Iterator[PreparedBatch]:
        """The rows. Until ``whole`` was asked, the file may still turn out to be broken."""
        return batches_of(self._dump, dialect=self._dialect)

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

    def __init__(self, dump: Dump, *, dialect: str, process: ReadingProcess | None = None) -> None:
        """Have it read by ``process``, if it was handed this dump, else by one that is started now."""
        self._told: int | None = None
        self._dialect = dialect
        self._waiting: deque[PreparedBatch | None] = deque()
        if process is None or not process.is_reading(dump, dialect=dialect):
            process = ReadingProcess()
            process.hand_over(dump, dialect=dialect)
        self._process = process
        # Taking a batch over costs a twentieth of writing it; the database lets other threads run meanwhile.
        self._beside = ThreadPoolExecutor(1)
        # Whoever writes has a moment's work between two waits for the database, some thousand times a batch.
        self._usual_turn = sys.getswitchinterval()
        sys.setswitchinterval(TURN)
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
        self._process.close()
        # The thread that waits for a message has been told by now that none will come.
        self._beside.shutdown()
        sys.setswitchinterval(self._usual_turn)

    def _taken(self) -> PreparedBatch | None:
        size, batch = self._coming.popleft().result()
        self._told = size
        if batch is not None:
            self._coming.append(self._beside.submit(self._received))
        return batch

    def _received(self) -> tuple[int | None, PreparedBatch | None]:
        size, message, fault = cast(_Message, marshal.loads(self._process.message()))
        if fault is not None:
            raise InvalidInputError(fault[1], code=fault[0])
        if message is None:
            return size, None
        batch = unpacked_batch(message)
        return size, replace(batch, posts=batch.posts.ready_for(self._dialect))


def expected_posts(dump: Dump) -> int:
    """About how many posts a dump holds, by its size: for plans."""
    return len(dump.captured.body) // _BYTES_A_POST


def preparation(dump: Dump, *, dialect: str, process: ReadingProcess | None = None) -> Preparation:
    """How the dump is best prepared for a database of that kind: by ``process`` where one was started ahead."""
    if process is None and not pays(len(dump.captured.body)):
        return Preparation(dump, dialect=dialect)
    return PreparationApart(dump, dialect=dialect, process=process)
