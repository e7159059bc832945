"""Answering: quotations handed to the compiled code and what it found, in the words of ``cascade``."""

from __future__ import annotations

import hashlib
import threading
from array import array
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from struct import Struct
from typing import cast

import numpy as np
from numba import njit

from archive.storage import cascade, laying, postings, worth
from archive.storage.cascade import MOST_FOUND, Proposed
from archive.storage.compiled import asking, casting, counting, ground, pages, shapes, speaking, telling
from archive.storage.compiled.asking import ask_all
from archive.storage.compiled.shapes import ANSWER_FRACTIONS, ANSWER_HEAD, ANSWER_NUMBERS, COLUMNS, Answered, Room
from archive.storage.postings import Numbers, Segment

_Pieces = Sequence[Sequence[int]]
_AT_ONCE = 256
_WIDTH = 8


def _stamp() -> int:
    """A number of all the code that is compiled: numba looks at one file only before it takes what it keeps."""
    digest = hashlib.sha256()
    for module in (
        asking, casting, counting, ground, pages, shapes, speaking, telling, cascade, laying, postings, worth,
    ):  # fmt: skip
        digest.update(Path(str(module.__file__)).read_bytes())
    return int.from_bytes(digest.digest()[:7], "big")


_Desk = tuple[shapes.Numbers | shapes.Small, ...]
_Answers = tuple[shapes.Numbers, shapes.Fractions]
_Entry = Callable[[shapes.Numbers, shapes.Numbers, tuple[_Desk, _Answers]], int]


def _entry(stamp: int) -> _Entry:
    # Plain tuples: numba names the classes of its arguments in what it keeps, and could not read it without them.
    def entry(table: shapes.Numbers, sheet: shapes.Numbers, answering: tuple[_Desk, _Answers]) -> int:
        desk, answers = answering
        ask_all(table, sheet, (Room(*desk), Answered(*answers)))
        # Named here, the stamp is part of the name under which numba keeps the machine code.
        return stamp

    return cast(_Entry, njit(cache=True, nogil=True, error_model="numpy")(entry))


_ANSWER = _entry(_stamp())


def prepare() -> None:
    """Have the code at hand: read from where it is kept, or the first time compiled, for some twenty seconds."""
    _THREAD.grow(segments=1, speakers=0, answers=1)
    _ANSWER(np.zeros((0, COLUMNS), np.int64), np.zeros(0, np.int64), _THREAD.desk)


class _Thread(threading.local):
    """The scratch arrays of this thread, and where its answers are written."""

    def __init__(self) -> None:
        """Made when they are first needed."""
        self.segments, self.speakers, self.answers = 0, -1, 0
        self.numbers = self.fractions = bytearray()
        self.desk: tuple[_Desk, _Answers] = ((), (np.zeros(0, np.int64), np.zeros(0, np.float64)))

    def grow(self, *, segments: int, speakers: int, answers: int) -> None:
        """Have arrays that do for so many segments, a speaker of so many posts and answers of so many posts in all."""
        desk, told = self.desk
        if segments > self.segments or speakers > self.speakers:
            self.segments, self.speakers = max(segments, self.segments), max(speakers, self.speakers)
            desk = tuple(shapes.room(segments=self.segments, speakers=self.speakers))
        if answers > self.answers:
            self.answers = answers
            self.numbers = bytearray(_WIDTH * (ANSWER_NUMBERS * answers + ANSWER_HEAD * _AT_ONCE))
            self.fractions = bytearray(_WIDTH * (ANSWER_FRACTIONS * answers + _AT_ONCE))
            told = np.frombuffer(self.numbers, np.int64), np.frombuffer(self.fractions, np.float64)
        self.desk = desk, told


_THREAD = _Thread()


class Answers:
    """The compiled look-up over some segments; threads may share it."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        """Over these segments, whose arrays stay in memory (or mapped) as long as this."""
        self._kept = [_arrays(segment) for segment in segments]
        self._documents = sum(segment.documents for segment in segments)
        self._table = np.zeros((len(segments), COLUMNS), dtype=np.int64)
        depth = _depth(segments)
        for row, (segment, arrays) in enumerate(zip(segments, self._kept, strict=True)):
            at = [_address(array) for array in arrays]
            self._table[row] = (
                *(at[0], segment.runs.shift, at[1], at[2], segment.words.shift, at[3], *at[4:]),
                *(len(arrays[4]), *_ends(segment), depth),
            )

    def of(
        self, queries: Sequence[_Pieces], *, speakers: Sequence[Numbers | None], limits: Sequence[int]
    ) -> tuple[Proposed, ...]:
        """What ``cascade.proposed`` would say of each of the quotations."""
        if not self._documents:
            return (cascade.NOTHING,) * len(queries)
        if len(queries) <= _AT_ONCE:
            return tuple(self._some(queries, own=speakers, limits=limits))
        found: list[Proposed] = []
        for start in range(0, len(queries), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            found += self._some(queries[part], own=speakers[part], limits=limits[part])
        return tuple(found)

    def among(self, queries: Sequence[_Pieces], *, posts: Sequence[Numbers]) -> tuple[Proposed, ...]:
        """What ``cascade.among`` would say of each of the quotations."""
        if not self._documents:
            return (cascade.NOTHING,) * len(queries)
        found: list[Proposed] = []
        for start in range(0, len(queries), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
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
        sheet, kept = array("q"), []
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
        thread = _THREAD
        if len(self._table) > thread.segments or most > thread.speakers or answers > thread.answers:
            thread.grow(segments=len(self._table), speakers=most, answers=answers)
        _ANSWER(self._table, np.frombuffer(sheet, np.int64), thread.desk)
        del kept
        return _told(thread.numbers, thread.fractions, len(queries))


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


def _depth(segments: Sequence[Segment]) -> int:
    """How many segments a post may be in: one, unless a later version of an earlier post came in."""
    reached = -1
    for first, last in sorted(map(_ends, segments)):
        if first <= reached:
            return len(segments)
        reached = max(reached, last)
    return 1


def _address(array: np.ndarray[tuple[int], np.dtype[np.uint32 | np.uint16]]) -> int:
    return int(array.__array_interface__["data"][0])


@cache
def _numbers(count: int) -> Struct:
    return Struct(f"={count}q")


@cache
def _fractions(count: int) -> Struct:
    return Struct(f"={count}d")


_HEAD = Struct("=2q")
_INFORMATION = Struct("=d")


def _told(numbers: bytearray, fractions: bytearray, quotations: int) -> list[Proposed]:
    told, at, of = [], 0, 0
    for _ in range(quotations):
        count, size = _HEAD.unpack_from(numbers, at)
        (information,) = _INFORMATION.unpack_from(fractions, of)
        at, of, width = at + _WIDTH * ANSWER_HEAD, of + _WIDTH, _WIDTH * count
        posts, words, runs, times = (_numbers(count).unpack_from(numbers, at + n * width) for n in range(4))
        shared, in_place = (_fractions(count).unpack_from(fractions, of + n * width) for n in range(2))
        at, of = at + ANSWER_NUMBERS * width, of + ANSWER_FRACTIONS * width
        proposed = Proposed(
            posts=posts,
            shared=shared,
            in_place=in_place,
            words_in_place=words,
            runs=runs,
            times=times,
            information=information,
            words=size,
        )
        told.append(proposed if size else cascade.NOTHING)
    return told
