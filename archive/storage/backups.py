"""Backups of the database while others write to it: one moment of it, as files in a folder, and back.

SQLite: its own online copy, one file. PostgreSQL: every table by COPY in one read-only snapshot, and back into tables
that the migrations make; neither needs a tool of the server's version.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, MetaData, Table, inspect, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import func

from archive.domain.backups import BackupManifest
from archive.errors import ConflictError, InvalidInputError, StorageError
from archive.storage import custody, migrations, rows
from archive.storage.database import Database, Session
from archive.storage.failures import storage_error

COPY = "archive.db"
_SEARCH = migrations.SEARCH_TABLE
_SEEDED = "custody_head"
"""The one table into which a migration puts a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """One moment of a database, in files: their names, the custody log's size and root, and rows by table."""

    names: tuple[str, ...]
    log_size: int
    log_root: str
    counts: dict[str, int]


def copy_out(database: Database, folder: Path) -> Copied:
    """Write one moment of the database to files of ``folder``. StorageError where disk or database fail."""
    try:
        if not database.is_sqlite:
            with database.reading() as session:
                return _described(session, _copy_tables(session.connection(), folder))
        _copy_file(database, folder / COPY)
        copy = Database(f"sqlite:///{folder / COPY}")
        try:
            with copy.reading() as session:
                return _described(session, (COPY,))
        finally:
            copy.dispose()
            for end in ("-wal", "-shm"):
                (folder / (COPY + end)).unlink(missing_ok=True)
    except (OSError, sqlite3.Error) as error:
        raise StorageError("The backup cannot be written: the disk is full or failing.", code="disk_failed") from error


def _described(session: Session, names: tuple[str, ...]) -> Copied:
    size, root = custody.head(session)
    tables = rows.Base.metadata.sorted_tables
    counts = {table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}
    return Copied(names=names, log_size=size, log_root=root.hex(), counts=counts)


def refuse_unless_empty(database: Database) -> None:
    """ConflictError ``archive_not_empty`` where the database holds anything; one that was never made is empty."""
    with database.engine.connect() as connection:
        try:
            made = inspect(connection).has_table("custody_log")
            held = [name for name in _filled(connection)] if made else []
        except DBAPIError as error:
            raise storage_error(error) from error
        connection.rollback()
    if held:
        raise ConflictError(
            f"That archive is not empty (it has {', '.join(held[:3])}): restore into a new one.",
            code="archive_not_empty",
        )


def copy_in(database: Database, folder: Path, manifest: BackupManifest) -> None:
    """Bring a backup's files into the empty database, at the backup's revision.

    InvalidInputError ``wrong_engine`` for a backup of the other database.
    """
    engine = "sqlite" if database.is_sqlite else "postgresql"
    if manifest.engine != engine:
        raise InvalidInputError(f"That is a backup of {manifest.engine}, not of {engine}.", code="wrong_engine")
    if database.is_sqlite:
        _put_file(database, folder / COPY)
        return
    migrations.upgrade(database.url, manifest.revision)
    try:
        with database.engine.begin() as connection:
            connection.execute(text(f"DELETE FROM {_SEEDED}"))
            for table in _tables(connection):
                _read_table(connection, folder / f"{table.name}.copy", name=table.name)
            _read_table(connection, folder / f"{_SEARCH}.copy", name=_SEARCH)
            _go_on_counting(connection)
    except DBAPIError as error:
        raise storage_error(error) from error


def _copy_file(database: Database, target: Path) -> None:
    with database.engine.connect() as connection, closing(sqlite3.connect(target)) as copy:
        source = connection.connection.driver_connection
        if not isinstance(source, sqlite3.Connection):
            raise StorageError("The database cannot be reached.", code="database_unreachable")
        # All pages in one step: one moment, while writers go on in the write-ahead log.
        source.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode = DELETE")


def _put_file(database: Database, source: Path) -> None:
    name = database.engine.url.database
    if not name or name == ":memory:":
        raise InvalidInputError("A backup is restored into a file.", code="wrong_engine")
    database.dispose()
    target = Path(name)
    for leftover in (target, *(target.with_name(target.name + end) for end in ("-wal", "-shm"))):
        leftover.unlink(missing_ok=True)
    os.replace(source, target)


def _tables(connection: Connection) -> tuple[Table, ...]:
    """The tables as they stand in this database, those that others refer to first."""
    known = MetaData()
    known.reflect(connection, only=lambda name, _: name in rows.Base.metadata.tables)
    return tuple(known.sorted_tables)


def _copy_tables(connection: Connection, folder: Path) -> tuple[str, ...]:
    names = [table.name for table in _tables(connection)] + [_SEARCH]
    for name in names:
        cursor = connection.connection.cursor()
        with (
            (folder / f"{name}.copy").open("wb") as file,
            cursor.copy(f"COPY {name} TO STDOUT (FORMAT binary)") as copy,
        ):
            for block in copy:
                file.write(block)
    return tuple(f"{name}.copy" for name in names)


def _read_table(connection: Connection, source: Path, *, name: str) -> None:
    cursor = connection.connection.cursor()
    with source.open("rb") as file, cursor.copy(f"COPY {name} FROM STDIN (FORMAT binary)") as copy:
        while block := file.read(1 << 20):
            copy.write(block)


def _go_on_counting(connection: Connection) -> None:
    """Sequences go on behind the highest number that came back."""
    for table in _tables(connection):
        for column in table.primary_key.columns:
            sequence = connection.scalar(
                text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": table.name, "column": column.name}
            )
            if sequence is not None:
                highest = select(func.coalesce(func.max(column), 0) + 1).scalar_subquery()
                connection.execute(select(func.setval(sequence, highest, False)))


def _filled(connection: Connection) -> list[str]:
    return [
        table.name
        for table in _tables(connection)
        if table.name != _SEEDED and connection.execute(select(1).select_from(table).limit(1)).first() is not None
    ]
