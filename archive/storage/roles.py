"""Roles of PostgreSQL: an owner nobody logs in as, a migrator, the application, and readers.

The application may read and append; it may change only what is no evidence. So a hole in the site is no way to alter
a statement: the database itself refuses, whatever the triggers do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from archive.errors import ConfigurationError
from archive.storage import rows
from archive.storage.database import engine_of
from archive.storage.failures import storage_error

OWNER, MIGRATOR, APP, READER = "onrecord_owner", "onrecord_migrator", "onrecord_app", "onrecord_reader"
REMOVER = "onrecord_remover"
"""May do what the application may, and let go of rows that a removal names: for `onrecord removal` alone."""
LEADS = ("checks",)
"""Tables that hold what journalists handed in: readers of the database do not see them."""
FORGETTING = ("name_words",)
"""Derived tables whose rows the application removes when it derives them anew."""
DERIVED = ("post_words", "article_pages", "checks", "post_captures", "second_copies")
"""Tables without triggers, of which a removal takes rows or words too."""
_SEARCH = "snapshot_search"


def grant(url: str) -> None:
    """Make the roles where they are missing and give each what it needs, no more; twice does no harm.

    ConfigurationError for SQLite, which has no roles; StorageError where the user may not make roles.
    """
    engine = engine_of(url)
    try:
        if engine.dialect.name != "postgresql":
            raise ConfigurationError("Only PostgreSQL has roles; an SQLite file is protected by its folder.")
        with engine.begin() as connection:
            for statement in _statements(connection):
                connection.execute(text(statement))
    except DBAPIError as error:
        raise storage_error(error) from error
    finally:
        engine.dispose()


def problems(connection: Connection) -> tuple[str, ...]:
    """Where the roles exist: everything the application or a reader may do that it must not."""
    if connection.dialect.name != "postgresql" or not _exists(connection, APP):
        return ()
    return tuple(_excesses(connection))


def _excesses(connection: Connection) -> Iterator[str]:
    for table in rows.Base.metadata.tables:
        app = {"TRUNCATE", "TRIGGER", "REFERENCES"} | ({"DELETE"} if table not in FORGETTING else set())
        app |= {"UPDATE"} if table in rows.APPEND_ONLY or table in rows.FIXED_COLUMNS else set()
        reader = {"INSERT", "UPDATE", "DELETE", "TRUNCATE"} | ({"SELECT"} if table in LEADS else set())
        for role, privileges in ((APP, app), (READER, reader)):
            for privilege in sorted(privileges):
                # A right to one column is a right too many as well, except where some columns are free.
                by_column = privilege in ("SELECT", "INSERT", "UPDATE") and table not in rows.FIXED_COLUMNS
                function = "has_any_column_privilege" if by_column else "has_table_privilege"
                asked = {"role": role, "table": table, "privilege": privilege}
                if connection.scalar(text(f"SELECT {function}(:role, :table, :privilege)"), asked):
                    yield f"The role {role} may {privilege} {table}."
    for table, columns in rows.FIXED_COLUMNS.items():
        for column in columns:
            asked = {"role": APP, "table": table, "column": column}
            if connection.scalar(text("SELECT has_column_privilege(:role, :table, :column, 'UPDATE')"), asked):
                yield f"The role {APP} may UPDATE {table}.{column}."


def _statements(connection: Connection) -> Iterator[str]:
    for role in (OWNER, MIGRATOR, APP, READER, REMOVER):
        if not _exists(connection, role):
            yield f"CREATE ROLE {role} NOLOGIN"
    schema = connection.scalar(text("SELECT quote_ident(current_schema())"))
    tables = (*rows.Base.metadata.tables, _SEARCH, "alembic_version")
    yield f"GRANT {OWNER} TO {MIGRATOR}"
    yield f"GRANT {APP} TO {REMOVER}"
    yield f"GRANT {OWNER} TO CURRENT_USER"
    yield f"GRANT ALL ON SCHEMA {schema} TO {OWNER}"
    for table in tables:
        yield f"ALTER TABLE {table} OWNER TO {OWNER}"
    yield f"ALTER FUNCTION refuse_change() OWNER TO {OWNER}"
    for role in (APP, READER, REMOVER):
        yield f"GRANT USAGE ON SCHEMA {schema} TO {role}"
        yield f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {role}, PUBLIC"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {APP}"
    yield from _grants(tables)


def _grants(tables: Iterable[str]) -> Iterator[str]:
    for table in tables:
        if table not in LEADS:
            yield f"GRANT SELECT ON {table} TO {READER}"
        if table == "alembic_version":
            yield f"GRANT SELECT ON {table} TO {APP}"
            continue
        yield f"GRANT SELECT, INSERT ON {table} TO {APP}"
        if table in rows.FIXED_COLUMNS:
            free = [c.name for c in rows.Base.metadata.tables[table].columns if c.name not in rows.FIXED_COLUMNS[table]]
            yield f"GRANT UPDATE ({', '.join(free)}) ON {table} TO {APP}"
        elif table not in rows.APPEND_ONLY:
            yield f"GRANT UPDATE ON {table} TO {APP}"
        if table in rows.REDACTABLE or table in (*DERIVED, _SEARCH):
            yield f"GRANT DELETE, UPDATE ON {table} TO {REMOVER}"
        if table in FORGETTING:
            yield f"GRANT DELETE ON {table} TO {APP}"


def _exists(connection: Connection, role: str) -> bool:
    return bool(connection.scalar(text("SELECT count(*) FROM pg_roles WHERE rolname = :role"), {"role": role}))
