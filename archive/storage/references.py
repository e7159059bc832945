"""References: foreign keys of many new rows, settled together instead of row by row.

PostgreSQL looks each row's references up with a statement of its own: five for a post, a quarter of what taking one in
costs the server. Where this user is the database's superuser, an import has them looked up behind the rows instead, a
statement for each foreign key and batch, in the same transaction: a row that refers to nothing ends it as ever. Rows
that are referred to are locked as PostgreSQL would, so that nobody takes one away meanwhile. The guards of the evidence
fire all the same: they are ENABLE ALWAYS.

Any other user has PostgreSQL do it. SQLite looks each reference up as it writes the row: a tenth of the writer's time
(four pairs of runs side by side, 2026-11-23), and looking them up behind the rows would cost half of that again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, ForeignKey
from sqlalchemy.orm import Session

from archive.storage.failures import contradiction
from archive.storage.rows.base import Base


@contextmanager
def settled_together(session: Session, rows: Mapping[str, Sequence[int]]) -> Iterator[None]:
    """A block that writes rows of these tables, each with the numbers they get, and nothing else.

    StorageError ``constraint`` where one of them refers to nothing; the transaction is then lost.
    """
    connection = session.connection()
    if not _is_superuser(connection):
        yield
        return
    connection.exec_driver_sql("SET LOCAL session_replication_role = 'replica'")
    yield
    connection.exec_driver_sql("SET LOCAL session_replication_role = 'origin'")
    for table, numbers in rows.items():
        for key in Base.metadata.tables[table].foreign_keys:
            _settle(connection, table, key, numbers=numbers, is_theirs=key.column.table.name not in rows)


def _settle(connection: Connection, table: str, key: ForeignKey, *, numbers: Sequence[int], is_theirs: bool) -> None:
    column, there, referred = key.parent.name, key.column.table.name, key.column.name
    span = (numbers[0], numbers[-1])
    if is_theirs:
        connection.exec_driver_sql(
            f"SELECT 1 FROM {there} WHERE {referred} IN "
            f"(SELECT {column} FROM {table} WHERE seq BETWEEN %s AND %s) FOR KEY SHARE",
            span,
        )
    dangling = connection.exec_driver_sql(
        f"SELECT 1 FROM {table} AS mine WHERE mine.seq BETWEEN %s AND %s AND mine.{column} IS NOT NULL "
        f"AND NOT EXISTS (SELECT 1 FROM {there} AS theirs WHERE theirs.{referred} = mine.{column}) LIMIT 1",
        span,
    ).first()
    if dangling is not None:
        raise contradiction()


def _is_superuser(connection: Connection) -> bool:
    if connection.dialect.name != "postgresql":
        return False
    return str(connection.exec_driver_sql("SHOW is_superuser").scalar_one()) == "on"
