"""A process that reads a dump, started before anything else of an import is.

It takes as long to start as the archive takes to open, so the two are done side by side: nothing is imported here but
what the process itself needs to be started. What it then does is said in ``reading_apart.serve``.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from signal import SIG_IGN, SIGINT, signal
from typing import TYPE_CHECKING

from archive.errors import ArchiveError
from archive.services.garbage import uncollected

if TYPE_CHECKING:
    from archive.domain.dumps import DumpFormat
    from archive.services.dump_readings import Dump
    from archive.settings import Settings

_WORTH_A_PROCESS = 2_000_000
"""Bytes of a dump, packed or not, from which on a second process pays."""
_AHEAD = 2
"""Messages taken over before they are asked for, so that the process goes on while the archive opens."""


def pays(size: int) -> bool:
    """Whether a dump of so many bytes is better read by a process of its own."""
    return size >= _WORTH_A_PROCESS


@contextmanager
def reading_ahead(
    path: Path,
    *,
    settings: Callable[[], Settings],
    now: datetime,
    dump_format: DumpFormat | None = None,
    account: str | None = None,
) -> Iterator[ReadingProcess | None]:
    """A process that reads the dump at ``path`` while the archive is opened, as ``ingest.import_posts`` would have it
    read; None where none pays. It ends with the block."""
    try:
        size = path.stat().st_size
    except OSError:
        size = 0  # Whoever imports the file says what is wrong with it.
    if not pays(size):
        yield None
        return
    with closing(ReadingProcess()) as process:
        # Imported here: the process starts meanwhile.
        from archive.services.dump_readings import dump_at, recognised  # noqa: PLC0415

        dialect = settings().dialect
        with suppress(ArchiveError):
            dump = dump_at(path, now=now, dump_format=dump_format, account=account)
            process.hand_over(recognised(dump), dialect=dialect)
        yield process


class ReadingProcess:
    """A process that is handed one dump and answers with messages. Close it when done, however that came about."""

    def __init__(self) -> None:
        """Start it."""
        # Spawned, not forked: a database may be open here, and perhaps a thread draws a progress bar.
        processes = get_context("spawn")
        self._pipe, theirs = processes.Pipe()
        self._process = processes.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self._task: tuple[Dump, str] | None = None
        self._coming: deque[Future[bytes]] = deque()
        # The process takes a large dump when it is up, and hands messages over whether or not they are awaited.
        self._sender, self._receiver = ThreadPoolExecutor(1), ThreadPoolExecutor(1)

    @property
    def dump(self) -> Dump | None:
        """What it was handed."""
        return self._task[0] if self._task else None

    def hand_over(self, dump: Dump, *, dialect: str) -> None:
        """Have it read the dump, for a database of that kind. Once."""
        self._task = (dump, dialect)
        self._sender.submit(self._send, dump, dialect)
        self._coming.extend(self._receiver.submit(self._pipe.recv_bytes) for _ in range(_AHEAD))

    def is_reading(self, dump: Dump, *, dialect: str) -> bool:
        """Whether this very dump was handed over, for a database of that kind."""
        return self._task == (dump, dialect)

    def message(self) -> bytes:
        """The next message, waited for; ArchiveError ``reader_died``."""
        try:
            message = self._coming[0].result()
        except (EOFError, OSError) as error:
            raise ArchiveError("The process that reads the file has died.", code="reader_died") from error
        self._coming.popleft()
        self._coming.append(self._receiver.submit(self._pipe.recv_bytes))
        return message

    def close(self) -> None:
        """End it: whoever waits for a message is told that none will come. Twice does no harm."""
        self._process.terminate()
        self._process.join()
        self._sender.shutdown()
        self._receiver.shutdown()
        self._pipe.close()

    def _send(self, dump: Dump, dialect: str) -> None:
        # A process that died is noticed by whoever waits for its messages.
        with suppress(OSError):
            self._pipe.send((replace(dump, captured=replace(dump.captured, body=b"")), dialect))
            self._pipe.send_bytes(dump.captured.body)


def _serve(pipe: Connection) -> None:
    # Whoever started us decides what an interruption means; when they leave, the pipe breaks and so do we.
    signal(SIGINT, SIG_IGN)
    with uncollected():
        # Imported here, in the process that needs it, and not where it is started.
        from archive.services.reading_apart import serve  # noqa: PLC0415
    serve(pipe)
