"""Database: the engine, its pragmas, and the two ways to use it – reading and writing.

SQLite: WAL, ``synchronous=FULL`` (an acknowledged capture survives a power cut), foreign keys on, a busy timeout, and
BEGIN IMMEDIATE for writing, so that two writers queue instead of failing half-way. PostgreSQL: psycopg 3, reading in a
read-only snapshot of one moment. Foreign exceptions become ``StorageError`` here, and only here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL, ExceptionContext
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from archive.errors import InvalidInputError, StorageError
from archive.storage import guards
from archive.storage.failures import storage_error
from archive.storage.memory import KEPT

BUSY_SECONDS = 20
_CACHE = 65_536
_IMPORT_CACHE = 262_144
"""KiB of pages that a connection keeps."""
_PAGE = 16_384
"""Bytes of a page in a new file: of SQLite's usual 4,096, four times as many are written to the log and copied from it,
which takes a tenth of an import. A file keeps the pages it was made with."""
_CHECKPOINT = 16 << 20
_IMPORT_CHECKPOINT = 400 << 20
"""Bytes in the write-ahead log from which on a commit copies them into the file."""
_MAPPED = 1 << 30
"""Bytes of the file that a connection reads from memory it shares with the system's own cache, rather than copying page
by page."""
_WRITING = "onrecord_writing"
_IMPORTING = "onrecord_importing"
_READING = "onrecord_reading"

__all__ = ["Database", "Session", "engine_of"]


class Database:
    """One database. ``reading()`` and ``writing()`` yield a session; writing commits at its end or rolls back."""

    def __init__(self, url: str) -> None:
        """Prepare a database by its URL; nothing is opened before the first use."""
        self.url = url
        self.engine = engine_of(url)
        self._reader = self.engine.execution_options(**{_READING: True})
        if not self.is_sqlite:
            self._reader = self.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self._writer = self.engine.execution_options(**{_WRITING: True})
        self._importer = self.engine.execution_options(**{_WRITING: True, _IMPORTING: True})

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file of SQLite's."""
        return self.engine.dialect.name == "sqlite"

    @property
    def dialect(self) -> str:
        """Which kind it is: ``sqlite`` or ``postgresql``."""
        return self.engine.dialect.name

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment and writes nothing.

        Raises StorageError.
        """
        with _wrapped(), Session(self._reader, autoflush=False, expire_on_commit=False) as session:
            yield session
            session.rollback()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose changes are on disk when the block ends without an exception, and nowhere if it does not.

        Raises StorageError; ``database_busy`` when another writer holds the lock for too long.
        """
        with _wrapped(), Session(self._writer, autoflush=True, expire_on_commit=False) as session, session.begin():
            session.connection()
            yield session

    @contextmanager
    def rehearsing(self) -> Iterator[Session]:
        """A session whose changes are seen inside the block and nowhere afterwards: what would happen.

        Raises StorageError as ``writing``.
        """
        with _wrapped(), Session(self._writer, autoflush=True, expire_on_commit=False) as session:
            session.connection()
            try:
                yield session
            finally:
                session.rollback()

    @contextmanager
    def importing(self) -> Iterator[Session]:
        """``writing`` for many thousands of rows: SQLite keeps more of the file in memory, also from one such block to
        the next, and asks its unique indexes alone whether a row is new (``archive.storage.guards``).

        Indexes over identifiers that are as good as random touch every page; what does not fit is written twice.
        """
        with _wrapped(), Session(self._importer, autoflush=True, expire_on_commit=False) as session, session.begin():
            connection = session.connection()
            with guards.lifted(connection) if self.is_sqlite else nullcontext():
                yield session

    def dispose(self) -> None:
        """Close every connection."""
        self.engine.dispose()


@contextmanager
def attempt(session: Session) -> Iterator[None]:
    """A part of a transaction that leaves nothing behind when it fails, while what came before stays."""
    with session.begin_nested():
        yield


def engine_of(url: str) -> Engine:
    """An engine for the URL; ``postgresql://`` means psycopg 3.

    Raises StorageError ``database_unreachable`` for a URL nobody can read.
    """
    try:
        parsed = _with_driver(make_url(url))
        if parsed.get_backend_name() == "sqlite":
            return _sqlite_engine(parsed)
        return create_engine(
            parsed,
            pool_pre_ping=True,
            connect_args={"connect_timeout": 10, "options": f"-c lock_timeout={BUSY_SECONDS}s -c timezone=UTC"},
        )
    except (SQLAlchemyError, ImportError, ValueError, OSError) as error:
        raise StorageError("The database URL cannot be read.", code="database_unreachable") from error


def _with_driver(url: URL) -> URL:
    backend = url.get_backend_name()
    if backend not in ("sqlite", "postgresql", "postgres"):
        raise ValueError("neither SQLite nor PostgreSQL")
    return url if backend == "sqlite" else url.set(drivername="postgresql+psycopg")


def _sqlite_engine(url: URL) -> Engine:
    if url.database and url.database != ":memory:" and not url.database.startswith("file:"):
        Path(url.database).expanduser().parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "isolation_level": None})
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", _keep_when_interrupted)
    return engine


def _set_pragmas(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    # Before anything is written: the first page of the log settles it.
    cursor.execute(f"PRAGMA page_size = {_PAGE}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    cursor.execute(f"PRAGMA cache_size = -{_CACHE}")
    cursor.execute(f"PRAGMA mmap_size = {_MAPPED}")
    cursor.execute("PRAGMA temp_store = MEMORY")
    ((page,),) = cursor.execute("PRAGMA page_size")
    cursor.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT // page}")
    cursor.close()


def _keep_when_interrupted(context: ExceptionContext) -> None:
    """An interruption says nothing of the connection, whose last statement was answered: it can still be rolled back.

    SQLAlchemy would close it. SQLite keeps the lock of a closed connection until its last statement is let go, which
    the interruption's own traceback holds: whoever tidies up behind it would wait for a lock that is nobody's.
    """
    if not isinstance(context.original_exception, Exception):
        context.is_disconnect = False


def _begin(connection: Connection) -> None:
    # The driver's own transactions start too late (at the first INSERT) and as readers: a writer that has read first
    # then fails at once with "database is locked". So it is left in autocommit mode and told when to begin.
    options = connection.get_execution_options()
    if not options.get(_READING, False):
        connection.info.pop(KEPT, None)
    _make_room(connection, wanted=options.get(_IMPORTING, False))
    connection.exec_driver_sql(f"PRAGMA query_only = {int(options.get(_READING, False))}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(_WRITING, False) else "BEGIN")


def _make_room(connection: Connection, *, wanted: bool) -> None:
    """Give the connection the memory of an import, or take it back before anything else is done with it."""
    overwrites = connection.info.get(_IMPORTING)
    if wanted is (overwrites is not None):
        return
    if wanted:
        connection.info[_IMPORTING] = connection.exec_driver_sql("PRAGMA secure_delete").scalar_one()
        # An import deletes nothing but merged pages of the search index, whose words stay in the archive. When a
        # statement is removed, the whole file is written anew (``archive.storage.erasure``).
        _size(connection, cache=_IMPORT_CACHE, checkpoint=_IMPORT_CHECKPOINT, overwrites=0)
    else:
        _size(connection, cache=_CACHE, checkpoint=_CHECKPOINT, overwrites=connection.info.pop(_IMPORTING))


def _size(connection: Connection, *, cache: int, checkpoint: int, overwrites: int) -> None:
    pages = checkpoint // connection.exec_driver_sql("PRAGMA page_size").scalar_one()
    for pragma in (f"cache_size = -{cache}", f"wal_autocheckpoint = {pages}", f"secure_delete = {overwrites}"):
        connection.exec_driver_sql(f"PRAGMA {pragma}")


@contextmanager
def _wrapped() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise storage_error(error) from error
    except OverflowError as error:
        # SQLite's driver refuses integers of 2^63 and more with this.
        raise InvalidInputError("A number is too large.", code="number_too_large") from error
