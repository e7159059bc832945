"""Work for two processes: pieces of a batch answered side by side, given back in the order of the pieces.

The processes are forked, so that they share the open index and the program; each has a database connection of its own.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from itertools import chain
from typing import TypeVar

from archive.logs import logger_of
from archive.runtime import Runtime
from archive.storage.database import Database

log = logger_of("services.side_by_side")

Piece = TypeVar("Piece")
Result = TypeVar("Result")


class Pause:
    """A place among pieces where nothing more may come for long."""


PAUSE = Pause()
_MOST = 2
_AHEAD = 3
"""Pieces handed out for each process before an answer is awaited."""

_runtimes: list[Runtime] = []
"""The runtime of a forked process; empty in every other."""


def usual_processes() -> int:
    """How many processes a long batch is divided between: one where the system cannot fork or has one core."""
    if "fork" not in multiprocessing.get_all_start_methods():
        return 1
    return min(_MOST, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def in_order(
    runtime: Runtime, pieces: Iterable[Piece | Pause], *, answer: Callable[[Runtime, Piece], Result], processes: int
) -> Iterator[Result]:
    """``answer`` of each piece, in order; a ``PAUSE`` among the pieces has no answer: those before it are given back
    before the next is asked for. A process that is ended from outside costs time, no answer."""
    # A connection must not be carried into another process.
    runtime.database.dispose()
    rest = iter(pieces)
    handed: deque[Piece] = deque()
    pending: deque[Future[Result]] = deque()
    with ProcessPoolExecutor(
        processes, mp_context=multiprocessing.get_context("fork"), initializer=_begin, initargs=(runtime,)
    ) as pool:
        try:
            for piece in chain(rest, (PAUSE,)):
                if not isinstance(piece, Pause):
                    handed.append(piece)
                    pending.append(pool.submit(_answered, piece, answer))
                while pending and (isinstance(piece, Pause) or len(pending) >= _AHEAD * processes):
                    yield pending.popleft().result()
                    handed.popleft()
        except BrokenProcessPool:
            log.warning("side_by_side.broken", pieces=len(handed))
            rest = chain(tuple(handed), rest)
    yield from (answer(runtime, piece) for piece in rest if not isinstance(piece, Pause))


def _begin(runtime: Runtime) -> None:
    _runtimes.append(replace(runtime, database=Database(runtime.database.url)))


def _answered(piece: Piece, answer: Callable[[Runtime, Piece], Result]) -> Result:
    return answer(_runtimes[0], piece)
