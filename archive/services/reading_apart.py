"""Reading apart: what the process does that reads a dump for another one.

What travels between them is plain lists (``marshal``: both ends are this program, and one started the other).
"""

from __future__ import annotations

import marshal
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import cast

from archive.domain.dumps import DumpFormat
from archive.errors import ArchiveError
from archive.services.dump_batches import batches_of, packed
from archive.services.dump_readings import Dump, size_of
from archive.services.garbage import uncollected
from archive.services.unpacking import Unpacking

TURN = 0.0005
"""Seconds a thread of either process keeps its turn."""


def serve(pipe: Connection) -> None:
    """The other process: receive a dump, the kind of database and the bytes, send batches.

    A message is how many lines or items there are (None while unknown), a batch or None at the end, and a fault as its
    code and sentence or None.
    """
    # The unpacking beside needs its turn some thousand times, each for a moment.
    sys.setswitchinterval(TURN)
    try:
        dump, dialect = cast(tuple[Dump, str], pipe.recv())
        body = pipe.recv_bytes()
    except (EOFError, OSError):
        # Nothing is to be read after all.
        return
    dump = replace(dump, captured=replace(dump.captured, body=body))
    with closing(pipe), uncollected(), ThreadPoolExecutor(1) as beside:
        unpacking = Unpacking(dump.captured) if dump.dump_format is DumpFormat.ROWS else None
        size = beside.submit(size_of, dump) if unpacking is None else beside.submit(unpacking.lines)
        chunks = None if unpacking is None else unpacking.chunks()
        try:
            for batch in batches_of(dump, dialect=dialect, chunks=chunks):
                _send(pipe, size.result() if size.done() else None, packed(batch))
            _send(pipe, size.result(), None)
        except ArchiveError as error:
            _send(pipe, None, None, fault=(error.code, error.message))
        except BrokenPipeError:
            # Whoever asked was killed.
            return


def _send(pipe: Connection, size: int | None, batch: object, *, fault: tuple[str, str] | None = None) -> None:
    pipe.send_bytes(marshal.dumps((size, batch, fault)))  # type: ignore[arg-type]
