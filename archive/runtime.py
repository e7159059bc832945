"""Runtime: the composition root – settings, database, fetcher, clock and word index, made once by an entry point."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from archive import __version__, capture
from archive.capture.limits import FetchLimits
from archive.domain.ids import CheckId
from archive.settings import Settings
from archive.storage.database import Database, Session
from archive.storage.words import WordIndex, rebuild

if TYPE_CHECKING:
    from archive.capture.fetcher import Fetcher


class Audience(StrEnum):
    """For whom a process answers: what is hidden from the public is shown to the operator."""

    OPERATOR = "operator"
    PUBLIC = "public"


def utc_now() -> datetime:
    """The wall clock, aware UTC."""
    return datetime.now(UTC)


def tell_nobody(_: CheckId) -> None:
    """The announcement of a process that has no worker: the row alone says that a check is queued."""


class WordShelf:
    """The archive's word index, opened when first asked for and kept up to date; safe to share between threads."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._lock = threading.Lock()
        self._index: WordIndex | None = None

    def current(self, session: Session) -> WordIndex:
        """The index as of what ``session`` sees."""
        with self._lock:
            if self._index is None:
                self._index = WordIndex.open(self._directory, session)
            else:
                self._index.refresh(session)
            return self._index

    def rebuild(self, session: Session) -> int:
        """Throw the index away and build it anew; how many snapshots it holds."""
        with self._lock:
            self._index = None
            return rebuild(self._directory, session)

    def close(self) -> None:
        """Forget the open index."""
        with self._lock:
            self._index = None


class Network:
    """The fetcher, made when first asked for: most commands never fetch, and its libraries take a fifth of their
    start. Safe to share between threads."""

    def __init__(self, make: Callable[[], Fetcher]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._fetcher: Fetcher | None = None

    @property
    def fetcher(self) -> Fetcher:
        """The fetcher, always the same one."""
        with self._lock:
            if self._fetcher is None:
                self._fetcher = self._make()
            return self._fetcher

    def close(self) -> None:
        """Let go of the fetcher, if there was one."""
        with self._lock:
            if self._fetcher is not None:
                self._fetcher.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Runtime:
    """What every service needs. ``now`` gives aware UTC; ``announce`` tells a worker that a check is queued."""

    settings: Settings
    database: Database
    network: Network
    now: Callable[[], datetime] = utc_now
    announce: Callable[[CheckId], None] = tell_nobody
    words: WordShelf
    audience: Audience = Audience.OPERATOR

    @property
    def fetcher(self) -> Fetcher:
        """The one door of HTTP."""
        return self.network.fetcher

    @property
    def is_demo(self) -> bool:
        """Whether this is a demo archive: every page then says so."""
        return self.settings.demo

    def close(self) -> None:
        """Let go of the index, the network and the database."""
        self.words.close()
        self.network.close()
        self.database.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def build_runtime(settings: Settings, *, now: Callable[[], datetime] = utc_now) -> Runtime:
    """The runtime that ``settings`` describe. Nothing is contacted or opened before the first use."""
    return Runtime(
        settings=settings,
        database=Database(settings.database),
        network=Network(
            lambda: capture.fetcher.Fetcher(_limits(settings), allow_loopback=settings.allow_loopback, now=now)
        ),
        now=now,
        words=WordShelf(settings.index),
    )


def _limits(settings: Settings) -> FetchLimits:
    contact = f"; {settings.contact}" if settings.contact else ""
    return FetchLimits(
        seconds=settings.fetch_seconds,
        hops=settings.fetch_hops,
        wire_bytes=settings.fetch_wire_bytes,
        decoded_bytes=settings.fetch_decoded_bytes,
        per_host=settings.fetch_per_host,
        user_agent=(
            f"OnRecord/{__version__} (statement archive; keeps public posts and checks quotations of them{contact})"
        ),
    )
