"""Unpacking once: the bytes of a packed dump for its reader, while the file is read to its end beside.

Whether a file is whole shows at its end only, and nothing of a broken one may stay; unpacking it a second time for that
would take a tenth of an import. What is unpacked ahead of the reader is kept in memory, up to a bound; behind that the
reader unpacks for itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from queue import SimpleQueue

from archive.capture.dumps import count_lines, unpacked
from archive.domain.captures import Captured

_MOST_AHEAD = 512 << 20


class Unpacking:
    """One dump being unpacked: ``lines`` in a thread of its own, ``chunks`` for the reader."""

    def __init__(self, captured: Captured, *, most_ahead: int = _MOST_AHEAD) -> None:
        """Nothing is unpacked before ``lines`` is called; at most ``most_ahead`` bytes are kept."""
        self._captured = captured
        self._most_ahead = most_ahead
        self._kept: SimpleQueue[bytes | None] = SimpleQueue()
        # Each is written by one side only.
        self._unpacked = self._taken = 0
        self._is_ahead = False

    def lines(self) -> int:
        """Unpack the dump to its end and count its lines; InvalidInputError as ``dump_lines``."""
        try:
            return count_lines(self._keeping())
        finally:
            self._kept.put(None)

    def chunks(self) -> Iterator[bytes]:
        """The unpacked bytes, as they come. They end early where the dump is damaged: ``lines`` says so."""
        while (chunk := self._kept.get()) is not None:
            self._taken += len(chunk)
            yield chunk
        if self._is_ahead:
            yield from _behind(unpacked(self._captured), self._taken)

    def _keeping(self) -> Iterator[bytes]:
        for chunk in unpacked(self._captured):
            if not self._is_ahead:
                self._unpacked += len(chunk)
                self._is_ahead = self._unpacked - self._taken > self._most_ahead
                self._kept.put(None if self._is_ahead else chunk)
            yield chunk


def _behind(chunks: Iterator[bytes], place: int) -> Iterator[bytes]:
    """What follows the first ``place`` bytes."""
    for chunk in chunks:
        if place < len(chunk):
            yield chunk[place:]
        place = max(0, place - len(chunk))
