"""Kernels: the compiled look-up, where numba is installed (the extra ``fast``), fetched once it is worth it.

A process that looks up a handful of quotations never loads numba, which takes longer than those look-ups. One that
looks up many has the compiled code loaded (the very first time: compiled) by a thread of its own, while numpy goes on
answering; the answers are the same, so nobody notices but by the clock.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol, cast

from archive.logs import logger_of
from archive.storage import cascade
from archive.storage.cascade import Proposed
from archive.storage.postings import Numbers, Segment

WORTH_LOADING = 512
"""Look-ups after which a process is taken for one that looks up many: what numpy takes half a second for."""
_COMPILED = "archive.storage.compiled.answering"

_Pieces = Sequence[Sequence[int]]


class Answering(Protocol):
    """A look-up over some segments."""

    def of(
        self, queries: Sequence[_Pieces], *, speakers: Sequence[Numbers | None], limits: Sequence[int]
    ) -> tuple[Proposed, ...]:
        """What is proposed for each of the quotations: as ``cascade.proposed``."""

    def among(self, queries: Sequence[_Pieces], *, posts: Sequence[Numbers]) -> tuple[Proposed, ...]:
        """What is said of given posts for each of the quotations: as ``cascade.among``."""


class _Made(Protocol):
    def __call__(self, segments: Sequence[Segment]) -> Answering: ...


class Interpreted:
    """The look-up by numpy, a quotation after the other."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        """Over these segments."""
        self._segments = segments

    def of(
        self, queries: Sequence[_Pieces], *, speakers: Sequence[Numbers | None], limits: Sequence[int]
    ) -> tuple[Proposed, ...]:
        """What is proposed for each of the quotations."""
        return tuple(
            cascade.proposed(self._segments, pieces, speakers=posts, limit=limit)
            for pieces, posts, limit in zip(queries, speakers, limits, strict=True)
        )

    def among(self, queries: Sequence[_Pieces], *, posts: Sequence[Numbers]) -> tuple[Proposed, ...]:
        """What is said of given posts for each of the quotations."""
        return tuple(cascade.among(self._segments, pieces, given) for pieces, given in zip(queries, posts, strict=True))


class Kernel:
    """The compiled code of a process; threads may share it."""

    def __init__(self, *, library: str = "numba", worth_loading: int = WORTH_LOADING) -> None:
        """Not loaded yet; never, where ``library`` is not installed."""
        self._library = library
        self._left = worth_loading
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._made: _Made | None = None

    def over(self, segments: Sequence[Segment], *, look_ups: int) -> Answering | None:
        """The compiled look-up over the segments, if it is at hand; None where numpy has to do ``look_ups`` more."""
        made = self._made
        if made is not None:
            return made(segments)
        with self._lock:
            self._left -= look_ups
            if self._left <= 0 and self._thread is None and find_spec(self._library) is not None:
                self._thread = threading.Thread(target=self._fetch, name="onrecord-kernel")
                self._thread.start()
        return None

    def wait(self) -> bool:
        """Wait for the code if it is being fetched; whether it is at hand then."""
        if self._thread is not None:
            self._thread.join()
        return self._made is not None

    def _fetch(self) -> None:
        try:
            compiled = import_module(_COMPILED)
            compiled.prepare()
        except Exception as error:  # numba, LLVM or an unwritable cache: whatever it is, numpy answers as well
            logger_of("storage").warning("kernel.not_loaded", reason=f"{type(error).__name__}: {error}")
            return
        self._made = cast(_Made, compiled.Answers)


KERNEL = Kernel()
