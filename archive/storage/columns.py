"""Columns: many rows of one table written at once, inside the session's own transaction.

SQLite: one INSERT of some hundred rows, so that its tables and indexes are opened once for all of them, and what is the
same in every row is handed over once. PostgreSQL: COPY. The mapped classes say which columns are identifiers and times;
they would cost more than half of an import, so nothing else of them is used here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from functools import cache, lru_cache
from itertools import islice
from typing import Any, cast

from sqlalchemy import CheckConstraint, Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from archive.storage import copying
from archive.storage.copying import Column, is_same
from archive.storage.guards import checked_already
from archive.storage.rows.base import Base
from archive.storage.types import EnumText, Key, UtcDateTime

_AT_ONCE = 500
"""Rows in one INSERT of SQLite's: 500 of 16 columns stay below its 32,766 parameters."""
_SENT_AT_ONCE = 2_000
"""Rows handed to PostgreSQL in one piece."""
_PLAIN = frozenset({int, str, float, bytearray})


def insert(session: Session, table: str, columns: Mapping[str, Column]) -> None:
    """Write rows: columns by name, all of one length. Identifiers are 16 bytes, times as ``stored_time`` writes them.

    Raises what the driver raises, as SQLAlchemy's errors: the transaction, or the ``attempt`` in it, has then to be
    rolled back, for some of the rows may be written.
    """
    if not len(next(iter(columns.values()))):
        return
    session.flush()
    write = _insert_many if session.connection().dialect.name == "sqlite" else _copy
    write(session, table, columns)


def _insert_many(session: Session, table: str, columns: Mapping[str, Column]) -> None:
    shared = {name: column[0] for name, column in columns.items() if is_same(column)}
    own = [_bindable(column) for name, column in columns.items() if name not in shared]
    length, width = len(next(iter(columns.values()))), len(own)
    values: list[object] = [None] * (length * width)
    for place, column in enumerate(own):
        values[place::width] = column
    front = [_bindable([value])[0] for value in shared.values()]
    names = tuple(name for name in columns if name not in shared)
    connection = session.connection()
    with checked_already(connection) if _is_within_enumerations(table, columns) else nullcontext():
        for start in range(0, length, _AT_ONCE):
            some = min(_AT_ONCE, length - start)
            part = values[start * width : (start + some) * width]
            connection.exec_driver_sql(_statement(table, tuple(shared), names, length=some), (*front, *part))


def _is_within_enumerations(table: str, columns: Mapping[str, Column]) -> bool:
    """Whether every CHECK of the table is that a column holds a value of its enumeration, and all these values do.

    Where not, SQLite looks at each row, and refuses what is wrong.
    """
    closed = _enumerations(table)
    return closed is not None and all(
        name in columns and closed[name].issuperset(cast(Iterable[str], columns[name])) for name in closed
    )


@cache
def _enumerations(table: str) -> dict[str, frozenset[str]] | None:
    """The values that each enumerated column of the table may hold; None where it has no CHECK, or others as well."""
    rows = Base.metadata.tables[table]
    closed = {
        column.name: frozenset(member.value for member in column.type.kind)
        for column in rows.columns
        if isinstance(column.type, EnumText) and not column.nullable
    }
    checks = sum(isinstance(each, CheckConstraint) for each in rows.constraints)
    return closed if closed and checks == len(closed) else None


@lru_cache(maxsize=64)
def _statement(table: str, shared: tuple[str, ...], own: tuple[str, ...], *, length: int) -> str:
    """An INSERT of ``length`` rows whose shared columns are the first parameters.

    Only those have numbers: SQLite searches the list of numbered ones anew for every value it is handed. OR FAIL: what
    a failed statement has written is taken back with its transaction, so that SQLite need not keep a journal of each
    statement beside that of the transaction, which takes a fifth of the time of writing.
    """
    places = [f"?{number}" for number in range(1, len(shared) + 1)] + ["?"] * len(own)
    row = f"({', '.join(places)})"
    return f"INSERT OR FAIL INTO {table} ({', '.join((*shared, *own))}) VALUES " + ", ".join([row] * length)


def _bindable(column: Column) -> Column:
    """The column in types that the driver binds without asking its adapters, which takes half the time of binding."""
    kind = type(column[0])
    if kind is bytes:
        return [None if value is None else bytearray(cast(bytes, value)) for value in column]
    return column if kind in _PLAIN else [int(value) if isinstance(value, bool) else value for value in column]


def _copy(session: Session, table: str, columns: Mapping[str, Column]) -> None:
    copy(
        session.connection(),
        table,
        {name: copying.text_of(column, _written(table, name)) for name, column in columns.items()},
    )


def copy(connection: Connection, table: str, columns: Mapping[str, Sequence[str]]) -> None:
    """Have PostgreSQL read rows whose columns are written as COPY reads them.

    Raises what the driver raises, as SQLAlchemy's errors.
    """
    rows = map("\t".join, zip(*columns.values(), strict=True))
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    # The driver's own cursor, for SQLAlchemy knows no COPY; its errors are made SQLAlchemy's here.
    cursor: Any = connection.connection.cursor()
    try:
        with cursor.copy(statement) as reader:
            # In parts: the server works on one while the next is put together.
            while part := "\n".join(islice(rows, _SENT_AT_ONCE)):
                reader.write(part + "\n")
    except connection.dialect.loaded_dbapi.Error as error:
        raise DBAPIError(statement, None, error) from error
    finally:
        cursor.close()


@cache
def _written(table: str, name: str) -> copying.Write:
    kind = Base.metadata.tables[table].columns[name].type
    if isinstance(kind, Key):
        return copying.identifiers
    return copying.times if isinstance(kind, UtcDateTime) else copying.values
