"""Answering: quotations handed to the compiled code and what it found, in the words of ``cascade``."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from itertools import accumulate, chain
from pathlib import Path
from typing import cast

import numpy as np
from numba import njit

from archive.storage import cascade, laying, postings, worth
from archive.storage.cascade import MOST_FOUND, Proposed
from archive.storage.compiled import asking, casting, ground, pages, shapes, speaking
from archive.storage.compiled.asking import ask_all
from archive.storage.compiled.shapes import (
    COLUMNS,
    GIVEN,
    LIMIT,
    PIECE,
    QUOTE_COLUMNS,
    SPEAKER,
    SPEAKER_COUNT,
    Asked,
    Found,
    Room,
)
from archive.storage.postings import Numbers, Segment
from archive.storage.worth import NAT

_Pieces = Sequence[Sequence[int]]
_AT_ONCE = 1_024


def _stamp() -> int:
    """A number of all the code that is compiled: numba looks at one file only before it takes what it keeps."""
    digest = hashlib.sha256()
    for module in (asking, casting, ground, pages, shapes, speaking, cascade, laying, postings, worth):
        digest.update(Path(str(module.__file__)).read_bytes())
    return int.from_bytes(digest.digest()[:7], "big")


_Asked = tuple[shapes.Numbers, shapes.Numbers, shapes.Numbers]
_Desk = tuple[shapes.Numbers, shapes.Numbers, shapes.Numbers, shapes.Numbers, shapes.Numbers, shapes.Slots]
_Answers = tuple[shapes.Numbers, shapes.Numbers]
_Entry = Callable[[shapes.Numbers, _Asked, tuple[_Desk, _Answers]], int]


def _entry(stamp: int) -> _Entry:
    # Plain tuples: numba names the classes of its arguments in what it keeps, and could not read it without them.
    def entry(table: shapes.Numbers, asked: _Asked, answering: tuple[_Desk, _Answers]) -> int:
        desk, told = answering
        room = Room(desk[0], desk[1], desk[2], desk[3], desk[4], desk[5])
        ask_all(table, Asked(asked[0], asked[1], asked[2]), (room, Found(told[0], told[1])))
        # Named here, the stamp is part of the name under which numba keeps the machine code.
        return stamp

    return cast(_Entry, njit(cache=True, nogil=True, error_model="numpy")(entry))


_ANSWER = _entry(_stamp())


def prepare() -> None:
    """Have the code at hand: read from where it is kept, or the first time compiled, for some twenty seconds."""
    asked = Asked(np.zeros(0, np.int64), np.zeros(1, np.int64), np.zeros((1, QUOTE_COLUMNS), np.int64))
    room, found = _THREAD.of(segments=1, speakers=0), shapes.found(0, most=1)
    _ANSWER(np.zeros((0, COLUMNS), np.int64), (*asked,), ((*room,), (*found,)))


class _Thread(threading.local):
    """The scratch arrays of this thread."""

    room: Room | None = None
    segments = 0
    speakers = 0

    def of(self, *, segments: int, speakers: int) -> Room:
        """Arrays that do for so many segments and a speaker of so many posts."""
        if self.room is None or segments > self.segments or speakers > self.speakers:
            self.segments, self.speakers = max(segments, self.segments), max(speakers, self.speakers)
            self.room = shapes.room(segments=self.segments, speakers=self.speakers)
        return self.room


_THREAD = _Thread()


class Answers:
    """The compiled look-up over some segments; threads may share it."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        """Over these segments, whose arrays stay in memory (or mapped) as long as this."""
        self._kept = [_arrays(segment) for segment in segments]
        self._documents = sum(segment.documents for segment in segments)
        self._table = np.zeros((len(segments), COLUMNS), dtype=np.int64)
        for row, (segment, arrays) in enumerate(zip(segments, self._kept, strict=True)):
            at = [_address(array) for array in arrays]
            held = arrays[4]
            self._table[row] = (
                *(at[0], segment.runs.shift, at[1], at[2], segment.words.shift, at[3], *at[4:]),
                *(len(held), int(held[0]) if len(held) else 0, int(held[-1]) if len(held) else -1),
            )

    def of(
        self, queries: Sequence[_Pieces], *, speakers: Sequence[Numbers | None], limits: Sequence[int]
    ) -> tuple[Proposed, ...]:
        """What ``cascade.proposed`` would say of each of the quotations."""
        found: list[Proposed] = []
        if not self._documents:
            return (cascade.NOTHING,) * len(queries)
        for start in range(0, len(queries), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            found += self._some(queries[part], own=speakers[part], limits=limits[part], given=())
        return tuple(found)

    def among(self, queries: Sequence[_Pieces], *, posts: Sequence[Numbers]) -> tuple[Proposed, ...]:
        """What ``cascade.among`` would say of each of the quotations."""
        if not self._documents:
            return (cascade.NOTHING,) * len(queries)
        nobody, limits = [None] * len(queries), [len(each) for each in posts]
        return tuple(self._some(queries, own=nobody, limits=limits, given=posts))

    def _some(
        self,
        queries: Sequence[_Pieces],
        *,
        own: Sequence[Numbers | None],
        limits: Sequence[int],
        given: Sequence[Numbers],
    ) -> list[Proposed]:
        pieces = [piece for query in queries for piece in query]
        quotes = np.zeros((len(queries) + 1, QUOTE_COLUMNS), dtype=np.int64)
        quotes[:, PIECE] = np.fromiter(accumulate(map(len, queries), initial=0), dtype=np.int64)
        quotes[:-1, LIMIT] = [min(limit, MOST_FOUND) for limit in limits]
        # Named, so that they stay in memory while the compiled code reads them by their addresses.
        held = _addressed(quotes, SPEAKER, own), _addressed(quotes, GIVEN, [posts[:MOST_FOUND] for posts in given])
        asked = Asked(
            words=np.fromiter(chain.from_iterable(pieces), dtype=np.int64),
            pieces=np.fromiter(accumulate(map(len, pieces), initial=0), dtype=np.int64),
            quotes=quotes,
        )
        found = shapes.found(len(queries), most=max(quotes[:, LIMIT].tolist()))
        room = _THREAD.of(segments=len(self._table), speakers=max(quotes[:, SPEAKER_COUNT].tolist()))
        _ANSWER(self._table, (*asked,), ((*room,), (*found,)))
        del held
        sizes = [min(sum(map(len, query)), cascade.LONGEST_QUOTATION) for query in queries]
        return _told(found, sizes)


def _addressed(quotes: shapes.Numbers, column: int, posts: Sequence[Numbers | None]) -> list[Numbers]:
    """Write down where the posts of each quotation begin and how many they are; the posts, to be kept meanwhile."""
    kept = []
    for row, some in enumerate(posts):
        if some is not None and len(some):
            kept.append(np.ascontiguousarray(some, dtype=np.uint32))
            quotes[row, column], quotes[row, column + 1] = _address(kept[-1]), len(some)
    return kept


def _arrays(segment: Segment) -> tuple[np.ndarray[tuple[int], np.dtype[np.uint32 | np.uint16]], ...]:
    runs, words, texts = segment.runs, segment.words, segment.texts
    arrays = (runs.offsets, runs.posts, words.offsets, words.posts)
    return tuple(
        np.ascontiguousarray(array) for array in (*arrays, texts.posts, texts.times, texts.offsets, texts.words)
    )


def _address(array: np.ndarray[tuple[int], np.dtype[np.uint32 | np.uint16]]) -> int:
    return int(array.__array_interface__["data"][0])


def _told(found: Found, sizes: Sequence[int]) -> list[Proposed]:
    told = []
    for row, ((count, information), size) in enumerate(zip(found.heads.tolist(), sizes, strict=True)):
        posts, in_place, shared, times, words_in_place, runs = found.told[row, :, :count].tolist()
        proposed = Proposed(
            posts=tuple(posts),
            shared=tuple([worth / NAT for worth in shared]),
            in_place=tuple([worth / NAT for worth in in_place]),
            words_in_place=tuple(words_in_place),
            runs=tuple(runs),
            times=tuple(times),
            information=information / NAT,
            words=size,
        )
        told.append(proposed if size else cascade.NOTHING)
    return told
