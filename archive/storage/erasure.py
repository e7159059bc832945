"""Erasure: what was removed goes from the disk too, not only from the tables.

SQLite keeps the bytes of deleted rows in free pages, in the write-ahead log and in the search index's segments; they
are overwritten, merged away and cut off. PostgreSQL keeps dead rows until its tables are written anew; its own
write-ahead log and its standbys are the operator's (``docs/howto/remove-a-statement.md``).
"""

from __future__ import annotations

import sqlite3

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from archive.errors import StorageError
from archive.storage.database import Database
from archive.storage.failures import storage_error

_TABLES = (
    "body_parts",
    "bodies",
    "captures",
    "snapshots",
    "post_words",
    "snapshot_search",
    "posts",
    "observations",
    "reports",
    "judgement_posts",
    "judgements",
    "article_versions",
    "article_pages",
    "checks",
)
_WAITS = (
    "What was removed can no longer be read here, but others use the database, so its bytes are not overwritten on the "
    "disk yet: run `onrecord redactions erase` once they are done."
)


def overwrite_deletions(connection: Connection) -> None:
    """Have SQLite write zeros over whatever this connection deletes; PostgreSQL has no such switch."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")


def erase(database: Database) -> None:
    """Overwrite, on the disk, everything that was removed so far. Takes as long as writing the database once.

    StorageError ``erasure_waits`` where others read the database: what was removed can no longer be read through the
    archive, and calling this again finishes the work.
    """
    try:
        with database.engine.connect() as connection:
            if database.is_sqlite:
                _erase_on_sqlite(connection)
            else:
                _erase_on_postgresql(connection)
    except sqlite3.OperationalError as error:
        raise StorageError(_WAITS, code="erasure_waits") from error
    except DBAPIError as error:
        raise storage_error(error) from error


def _erase_on_sqlite(connection: Connection) -> None:
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        raise StorageError("The database cannot be reached.", code="database_unreachable")
    # Past SQLAlchemy, which would begin a transaction: VACUUM refuses to run within one. Its copy goes to a file, for
    # an archive may be larger than the memory.
    for pragma in ("query_only = 0", "secure_delete = ON", "temp_store = FILE"):
        driver.execute(f"PRAGMA {pragma}")
    driver.execute("INSERT INTO snapshot_search (snapshot_search) VALUES ('optimize')")
    driver.execute("VACUUM")
    busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    driver.execute("PRAGMA temp_store = MEMORY")
    if busy:
        raise StorageError(_WAITS, code="erasure_waits")


def _erase_on_postgresql(connection: Connection) -> None:
    at_once = connection.execution_options(isolation_level="AUTOCOMMIT")
    for table in _TABLES:
        at_once.exec_driver_sql(f"VACUUM (FULL) {table}")
