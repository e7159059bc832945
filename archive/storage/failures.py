"""What a database's exception means to us: one of a few stable codes."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError

from archive.errors import StorageError

_SENTENCES = {
    "database_not_upgraded": "The database is not at the version this program needs: run `onrecord database upgrade`.",
    "database_unreachable": "The database cannot be reached.",
    "database_busy": "The database is busy with another writer; try again.",
    "disk_full": "The database's disk is full.",
    "append_only": "Evidence is never changed or removed.",
    "constraint": "The database refuses a row that contradicts what it holds.",
    "database_read_only": "The database can only be read: this user may not write its file, or it stands by.",
    "disk_failed": "The disk does not take what the database writes: it is full, limited or failing.",
    "storage_failed": "The database cannot do this.",
}
_SQLITE = (
    ("append-only", "append_only"),
    ("database is locked", "database_busy"),
    ("database table is locked", "database_busy"),
    ("database or disk is full", "disk_full"),
    ("readonly database", "database_read_only"),
    ("read-only", "database_read_only"),
    ("disk i/o error", "disk_failed"),
    ("no such table", "database_not_upgraded"),
    ("no such column", "database_not_upgraded"),
    ("has no column named", "database_not_upgraded"),
    ("unable to open", "database_unreachable"),
    ("not a database", "database_unreachable"),
    ("constraint failed", "constraint"),
)
_POSTGRESQL = {
    "23001": "append_only",
    "25006": "database_read_only",
    "58030": "disk_failed",
    "42P01": "database_not_upgraded",
    "42703": "database_not_upgraded",
    "53100": "disk_full",
    "55P03": "database_busy",
    "40P01": "database_busy",
    "40001": "database_busy",
    "53300": "database_busy",
    "3D000": "database_unreachable",
    "28000": "database_unreachable",
    "28P01": "database_unreachable",
}


def storage_error(error: DBAPIError) -> StorageError:
    """The error with its stable code and a sentence that names no internals."""
    code = _code_of(error)
    return StorageError(_SENTENCES[code], code=code)


def contradiction() -> StorageError:
    """The same error for a row that the database would refuse, where the program looked first."""
    return StorageError(_SENTENCES["constraint"], code="constraint")


def _code_of(error: DBAPIError) -> str:
    state = getattr(error.orig, "sqlstate", None)
    if isinstance(state, str):
        return _POSTGRESQL.get(state, "constraint" if state.startswith("23") else "storage_failed")
    message = str(error.orig).lower()
    if type(error.orig).__module__.startswith("psycopg"):
        # No SQLSTATE: the connection was never made, or broke.
        return "database_unreachable"
    return next((code for words, code in _SQLITE if words in message), "storage_failed")
