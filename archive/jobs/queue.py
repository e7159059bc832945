"""The queue: how a waiting check reaches a worker. The row, not the queue, is the truth about a check's state.

One door to huey. An announcement that is lost does no harm: a worker also looks at the rows every few seconds. One
that arrives twice does none either: a check is claimed before it is worked on.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from uuid import UUID

import psycopg
from huey import PostgresHuey, SqliteHuey
from huey.api import Huey
from huey.consumer import Consumer

from archive.domain.ids import CheckId
from archive.errors import ConfigurationError, StorageError
from archive.logs import logger_of
from archive.settings import Settings, without_password

log = logger_of("jobs.queue")

QUEUE_NAME = "onrecord"
_LONGEST_PAUSE = 1.0
"""Seconds between two looks at an empty queue, at most."""
_SWEEP_PAUSE = 3.0
"""Seconds between two looks at the rows themselves."""


class _QuietConsumer(Consumer):  # type: ignore[misc]
    """A consumer inside a process that handles its own signals."""

    def _set_signal_handlers(self) -> None:
        """Leave the signals to the entry point."""


class Queue:
    """Announces checks and lets workers take them up. ``work`` judges one check, ``sweep`` every one that waits."""

    def __init__(self, huey: Huey, *, work: Callable[[CheckId], None], sweep: Callable[[], None]) -> None:
        self._huey = huey
        self._sweep = sweep
        self._consumer: Consumer | None = None
        self._stopping = threading.Event()
        self._sweeper: threading.Thread | None = None

        def run_check(check: str) -> None:
            work(CheckId(UUID(check)))

        self._run_check = huey.task(name="run_check")(run_check)

    def announce(self, check_id: CheckId) -> None:
        """Say that a check waits. A queue that cannot be reached is logged, no more: the row waits on."""
        try:
            self._run_check(str(check_id))
        except Exception as error:
            log.warning("queue.unreachable", check=str(check_id), error=type(error).__name__)

    def start(self, *, threads: int = 2) -> None:
        """Take up checks in threads of this process until ``stop``."""
        self._stopping.clear()
        self._consumer = _QuietConsumer(
            self._huey,
            workers=threads,
            periodic=False,
            max_delay=_LONGEST_PAUSE,
            initial_delay=0.1,
            check_worker_health=False,
        )
        self._consumer.start()
        self._sweeper = threading.Thread(target=self._keep_sweeping, name="onrecord-sweeper", daemon=True)
        self._sweeper.start()

    def stop(self) -> None:
        """Finish what is being worked on and take up nothing more."""
        if self._consumer is not None:
            self._stopping.set()
            self._consumer.stop(graceful=True)
            self._consumer = None
        if self._sweeper is not None:
            self._sweeper.join()
            self._sweeper = None

    def _keep_sweeping(self) -> None:
        while not self._stopping.is_set():
            self._sweep()
            self._stopping.wait(_SWEEP_PAUSE)


def open_queue(settings: Settings, *, work: Callable[[CheckId], None], sweep: Callable[[], None]) -> Queue:
    """The queue that ``settings`` name: a SQLite file of the data directory, or a PostgreSQL database."""
    return Queue(_reached(settings), work=work, sweep=sweep)


def _reached(settings: Settings) -> Huey:
    try:
        return _huey(settings)
    except (sqlite3.Error, psycopg.Error) as error:
        raise StorageError("The queue of checks cannot be reached.", code="queue_unreachable") from error


def _huey(settings: Settings) -> Huey:
    url = settings.queue_url or _of_database(settings)
    if not url:
        try:
            settings.data_directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(
                f"The data directory {settings.data_directory} cannot be made: {error.strerror}.",
                code="database_unreachable",
            ) from error
        return SqliteHuey(QUEUE_NAME, filename=str(settings.data_directory / "queue.db"), results=False)
    if url.startswith(("postgresql://", "postgres://")):
        return PostgresHuey(QUEUE_NAME, dsn=url, results=False)
    raise ConfigurationError(f"The queue {without_password(url)} is of no known kind: give a postgresql:// URL.")


def _of_database(settings: Settings) -> str:
    """A PostgreSQL archive carries its own queue, so that workers on other machines hear of checks at once."""
    scheme, _, rest = settings.database.partition("://")
    return f"postgresql://{rest}" if scheme.split("+")[0] in ("postgresql", "postgres") else ""
