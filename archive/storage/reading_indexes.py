"""Reading indexes: those that serve reading alone, laid aside while a large dump fills an archive and made again at its
end, as both databases' manuals advise: one sorted pass is several times cheaper than a million places to find.

Primary keys and unique indexes are none of these: they guard evidence and find repeats, and stay at all times. While
the others are laid aside, readers are answered slower and no differently.

No note is kept of it that could get lost or be wrong: an index is due when the program declares it and the database has
none. Whoever comes first makes it again – the import itself, also where it fails; after a crash the next import, the
next night or ``onrecord database upgrade`` – and ``onrecord database check`` names it until then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateIndex

from archive.storage.rows.base import Base
from archive.storage.rows.posts import PostRow

_TABLE = "posts"
_SEARCH = "ix_snapshot_search_words"
_MAKE_SEARCH = f"CREATE INDEX {_SEARCH} ON snapshot_search USING gin (words)"
_WORTH_IT = 100_000
"""Posts to come from which on it pays; the indexes over those that are held are made anew as well."""
_PATIENCE = "3s"
"""How long PostgreSQL waits for readers to finish before an index is dropped: whoever reads next waits behind."""
_SORTED_IN = "96MB"
"""With 256 MB or 1 GB the index of words takes a third longer: what is being sorted no longer fits the processor's
cache. With 32 MB it takes twice as long."""

_SORTED_BY = {"threads": 2, "temp_store": 1, "cache_size": -4096}
"""SQLite sorts in threads of its own only what it sorts in files, a part of the size of its cache in each: two thirds
of the time on two processors, and the memory stays small however large the archive."""


def pays(session: Session, *, expected: int) -> bool:
    """Whether an import of about so many posts is large compared with what is held, and this user may do it."""
    held = session.scalar(select(func.max(PostRow.seq))) or 0
    return expected >= max(_WORTH_IT, 2 * held) and _is_owner(session.connection())


def lay_aside(session: Session) -> None:
    """Drop them, in a transaction of its own: an import behind it may take minutes.

    Raises what the driver raises where readers hold on to a table for longer than a moment.
    """
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_PATIENCE}'")
    for name in sorted(_declared(connection).keys() & _held(connection)):
        connection.exec_driver_sql(f"DROP INDEX {name}")


def make_again(session: Session) -> tuple[str, ...]:
    """Make those that are due, where this user may, in this transaction; their names. Quick where none is."""
    connection = session.connection()
    missing = due(connection)
    if not missing or not _is_owner(connection):
        return ()
    declared = _declared(connection)
    with _sorting(connection):
        for name in missing:
            connection.exec_driver_sql(declared[name])
    return missing


@contextmanager
def _sorting(connection: Connection) -> Iterator[None]:
    """Have the database sort as is best for it. What is set on SQLite is put back, on PostgreSQL ends by itself."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL maintenance_work_mem = '{_SORTED_IN}'")
        yield
        return
    usual = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in _SORTED_BY}
    try:
        _set(connection, _SORTED_BY)
        yield
    finally:
        _set(connection, usual)


def _set(connection: Connection, pragmas: Mapping[str, int]) -> None:
    for name, value in pragmas.items():
        connection.exec_driver_sql(f"PRAGMA {name} = {value}")


def due(connection: Connection) -> tuple[str, ...]:
    """The names of those that the database should have and has not."""
    return tuple(sorted(_declared(connection).keys() - _held(connection)))


def _declared(connection: Connection) -> dict[str, str]:
    """Their names with the statements that make them, as the migrations do."""
    indexes = Base.metadata.tables[_TABLE].indexes
    made = {str(index.name): str(CreateIndex(index).compile(dialect=connection.dialect)) for index in indexes}
    return made | ({_SEARCH: _MAKE_SEARCH} if connection.dialect.name == "postgresql" else {})


def _held(connection: Connection) -> set[str]:
    if connection.dialect.name == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'index'"
    else:
        query = "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()"
    with closing(connection.exec_driver_sql(query)) as found:
        return {str(name) for (name,) in found}


def _is_owner(connection: Connection) -> bool:
    """Whether this user may drop and make indexes: on PostgreSQL the application's own role may not."""
    if connection.dialect.name == "sqlite":
        return True
    query = (
        "SELECT coalesce(bool_and(pg_has_role(c.relowner, 'USAGE')), false) FROM pg_class c "
        f"WHERE c.relnamespace = current_schema()::regnamespace AND c.relname IN ('{_TABLE}', 'snapshot_search')"
    )
    return bool(connection.exec_driver_sql(query).scalar_one())
