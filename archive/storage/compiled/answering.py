"""Answering: quotations handed to the compiled code and what it found, in the words of ``cascade``."""

from __future__ import annotations

import hashlib
import threading
from array import array
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from struct import Struct
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from numba import njit

from archive.storage import cascade, laying, postings, worth
from archive.storage.cascade import MOST_FOUND, Proposed
from archive.storage.compiled import asking, casting, counting, desk, ground, pages, shapes, speaking, telling
from archive.storage.compiled.asking import ask_all
from archive.storage.compiled.desk import own_begins
from archive.storage.compiled.ground import fractions_from, numbers_from, viewed
from archive.storage.compiled.shapes import ANSWER_HEAD, ANSWER_ROWS, COLUMNS, Answered
from archive.storage.postings import Numbers, Segment

_Pieces = Sequence[Sequence[int]]
AT_ONCE = 256
WIDTH = 8


def _stamp() -> int:
    """A number of all the code that is compiled: numba looks at one file only before it takes what it keeps."""
    digest = hashlib.sha256()
    for module in (
        asking, casting, counting, desk, ground, pages, shapes, speaking, telling, cascade, laying, postings, worth,
    ):  # fmt: skip
        digest.update(Path(str(module.__file__)).read_bytes())
    return int.from_bytes(digest.digest()[:7], "big")


_Place = tuple[int, int, int]
_Entry = Callable[[int, int, int, int, _Place], int]


def _entry(stamp: int) -> _Entry:
    # Addresses and numbers alone: an array that Python hands over costs ten lines of memory to look at.
    def entry(table: int, segments: int, sheet: int, words: int, place: _Place) -> int:  # noqa: PLR0917
        told, size, desk = place
        held = viewed(numbers_from(table), (segments, COLUMNS))
        answered = Answered(viewed(numbers_from(told), (size,)), viewed(fractions_from(told), (size,)))
        ask_all(held, viewed(numbers_from(sheet), (words,)), (desk, answered))
        # Named here, the stamp is part of the name under which numba keeps the machine code.
        return stamp

    return cast(_Entry, njit(cache=True, nogil=True, error_model="numpy")(entry))


_ANSWER = _entry(_stamp())


def prepare() -> None:
    """Have the code at hand: read from where it is kept, or compiled the first time, for twenty to thirty seconds."""
    nothing = np.zeros(COLUMNS, np.int64)
    place = _THREAD.place(segments=0, speakers=0, answers=0)
    _ANSWER(_address(nothing), 0, _address(nothing), 0, place)


class _Thread(threading.local):
    """The memory of this thread: where answers are written, and the scratch arrays behind."""

    def __init__(self) -> None:
        """Made when it is first needed."""
        self.has = (-1, -1, -1)
        self.memory = bytearray()
        self.at: _Place = (0, 0, 0)

    def place(self, *, segments: int, speakers: int, answers: int) -> _Place:
        """Where the memory is that does for so many segments, a speaker of so many posts and so many told in all."""
        has = self.has
        if segments > has[0] or speakers > has[1] or answers > has[2]:
            self.has = has = max(segments, has[0]), max(speakers, has[1]), max(answers, has[2])
            told, own = ANSWER_ROWS * has[2] + ANSWER_HEAD * AT_ONCE, own_begins(segments=has[0])
            self.memory = bytearray(WIDTH * (told + has[1]) + own)
            numbers = np.frombuffer(self.memory, np.int64)
            numbers[told] = own
            self.at = _address(numbers), told, _address(numbers[told:])
        return self.at


_THREAD = _Thread()


class Answers:
    """The compiled look-up over some segments; threads may share it."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        """Over these segments, whose arrays stay in memory (or mapped) as long as this."""
        self._kept = [_arrays(segment) for segment in segments]
        self._documents = sum(segment.documents for segment in segments)
        self._table = np.zeros((max(len(segments), 1), COLUMNS), dtype=np.int64)
        self._segments, self._address = len(segments), _address(self._table)
        for row, (segment, arrays) in enumerate(zip(segments, self._kept, strict=True)):
            at = [_address(array) for array in arrays]
            self._table[row] = (
                *(at[0], segment.runs.shift, at[1], at[2], segment.words.shift, at[3], *at[4:]),
                *(len(arrays[4]), *_ends(segment)),
            )

    def of(
        self, queries: Sequence[_Pieces], *, speakers: Sequence[Numbers | None], limits: Sequence[int]
    ) -> tuple[Proposed, ...]:
        """What ``cascade.proposed`` would say of each of the quotations."""
        if not self._documents:
            return (cascade.NOTHING,) * len(queries)
        if len(queries) <= AT_ONCE:
            return tuple(self._some(queries, own=speakers, limits=limits))
        found: list[Proposed] = []
        for start in range(0, len(queries), AT_ONCE):
            part = slice(start, start + AT_ONCE)
            found += self._some(queries[part], own=speakers[part], limits=limits[part])
        return tuple(found)

    def among(self, queries: Sequence[_Pieces], *, posts: Sequence[Numbers]) -> tuple[Proposed, ...]:
        """What ``cascade.among`` would say of each of the quotations."""
        if not self._documents:
            return (cascade.NOTHING,) * len(queries)
        found: list[Proposed] = []
        for start in range(0, len(queries), AT_ONCE):
            part = slice(start, start + AT_ONCE)
            given = [some[:MOST_FOUND] for some in posts[part]]
            nobody, limits = (None,) * len(given), [len(some) for some in given]
            found += self._some(queries[part], own=nobody, limits=limits, given=given)
        return tuple(found)

    def _some(
        self,
        queries: Sequence[_Pieces],
        *,
        own: Sequence[Numbers | None],
        limits: Sequence[int],
        given: Sequence[Numbers | None] = (),
    ) -> list[Proposed]:
        sheet = array("q")
        kept: list[Numbers] = []
        most, answers = 0, 0
        for number, pieces in enumerate(queries):
            # What has an address is kept in memory while the compiled code reads it.
            speaker, others = _named(own[number], kept), _named(given[number] if given else None, kept)
            limit = min(limits[number], MOST_FOUND)
            sheet.extend((limit, *speaker, *others, len(pieces)))
            sheet.extend(map(len, pieces))
            for piece in pieces:
                sheet.extend(piece)
            most, answers = max(most, speaker[1]), answers + limit
        place = _THREAD.place(segments=self._segments, speakers=most, answers=answers)
        _ANSWER(self._address, self._segments, *sheet.buffer_info(), place)
        del kept
        return _told(_THREAD.memory, len(queries))


_NOBODY = (0, 0)


def _named(posts: Numbers | None, kept: list[Numbers]) -> tuple[int, int]:
    """Where these posts begin in memory and how many they are; they are put with those that are kept."""
    if posts is None or not len(posts):
        return _NOBODY
    kept.append(np.ascontiguousarray(posts, dtype=np.uint32))
    return _address(kept[-1]), len(posts)


def _arrays(segment: Segment) -> tuple[np.ndarray[tuple[int], np.dtype[np.uint32 | np.uint16]], ...]:
    runs, words, texts = segment.runs, segment.words, segment.texts
    arrays = (runs.offsets, runs.posts, words.offsets, words.posts)
    return tuple(
        np.ascontiguousarray(array) for array in (*arrays, texts.posts, texts.times, texts.offsets, texts.words)
    )


def _ends(segment: Segment) -> tuple[int, int]:
    """The first post of a segment and the last."""
    held = segment.texts.posts
    return (int(held[0]), int(held[-1])) if len(held) else (0, -1)


def _address(array: npt.NDArray[np.int64 | np.uint32 | np.uint16]) -> int:
    return int(array.__array_interface__["data"][0])


@cache
def _answer_of(posts: int) -> Callable[[bytearray, int], tuple[Any, ...]]:
    return Struct(f"=qqd{4 * posts}q{2 * posts}d").unpack_from


def _told(memory: bytearray, quotations: int) -> list[Proposed]:
    told, at, lengths = [], 0, memoryview(memory).cast("q")
    for _ in range(quotations):
        count = lengths[at]
        answer = _answer_of(count)(memory, WIDTH * at)
        at += ANSWER_HEAD + ANSWER_ROWS * count
        if not answer[1]:
            told.append(cascade.NOTHING)
            continue
        words, runs, times, shared, in_place = (ANSWER_HEAD + row * count for row in range(1, ANSWER_ROWS))
        told.append(
            Proposed(
                answer[ANSWER_HEAD:words],
                answer[shared:in_place],
                answer[in_place:],
                answer[words:runs],
                answer[runs:times],
                answer[times:shared],
                answer[2],
                answer[1],
            )
        )
    return told
