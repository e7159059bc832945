"""Migrations: bring the database to a revision, say which one it is at, and check that nothing is amiss."""

from __future__ import annotations

from importlib import resources

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from archive.errors import StorageError
from archive.storage import reading_indexes, roles, rows
from archive.storage.database import engine_of
from archive.storage.failures import storage_error

SEARCH_TABLE = "snapshot_search"


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database up to ``revision``, all or nothing; at the newest one already, it does nothing.

    Raises StorageError.
    """
    _migrate(url, revision, upwards=command.upgrade)


def downgrade(url: str, revision: str) -> None:
    """Take the database back to ``revision``; what later tables held is lost.

    Raises StorageError.
    """
    _migrate(url, revision, upwards=command.downgrade)


def current(url: str) -> str | None:
    """The revision the database is at, None for an empty one.

    Raises StorageError.
    """
    engine = engine_of(url)
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    except DBAPIError as error:
        raise storage_error(error) from error
    finally:
        engine.dispose()


def head() -> str | None:
    """The newest revision this program knows."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def check(url: str) -> tuple[str, ...]:
    """Everything amiss with the database's build, one sentence each: revision, integrity, foreign keys, the triggers
    that keep evidence, indexes, and tables that differ from the program's. Empty when all is well.

    Raises StorageError.
    """
    engine = engine_of(url)
    try:
        with engine.connect() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
            if found != head():
                return (f"The database is at revision {found}, this program needs {head()}.",)
            found_wrong = (*_integrity(connection), *_triggers(connection), *roles.problems(connection))
            return (*found_wrong, *_laid_aside(connection), *_differences(connection))
    except DBAPIError as error:
        raise storage_error(error) from error
    finally:
        engine.dispose()


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(resources.files("migrations")).replace("%", "%%"))
    if connection is not None:
        config.attributes["connection"] = connection
    return config


def _migrate(url: str, revision: str, *, upwards: object) -> None:
    engine = engine_of(url)
    try:
        _run(engine, revision, upwards=upwards)
    except DBAPIError as error:
        raise storage_error(error) from error
    except RuntimeError as error:
        # What a revision raises that would have to throw evidence away.
        raise StorageError(f"{error}.", code="would_lose_evidence") from error
    except CommandError as error:
        raise StorageError(f"No such revision: {revision}.", code="no_such_revision") from error
    finally:
        engine.dispose()


def _run(engine: Engine, revision: str, *, upwards: object) -> None:
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            # A batch alteration drops and renames tables that others refer to; the pragma does nothing inside a
            # transaction, so it goes round SQLAlchemy's.
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.execute("PRAGMA foreign_keys = OFF")
            connection = connection.execution_options(onrecord_writing=True)
        with connection.begin():
            upwards(_config(connection), revision)  # type: ignore[operator]


def _integrity(connection: Connection) -> tuple[str, ...]:
    if connection.dialect.name != "sqlite":
        return ()
    problems = [f"integrity_check: {row[0]}" for row in connection.exec_driver_sql("PRAGMA integrity_check")]
    foreign = [f"foreign_key_check: {row[0]}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]
    return tuple(problem for problem in (*problems, *foreign) if problem != "integrity_check: ok")


def _triggers(connection: Connection) -> tuple[str, ...]:
    """Triggers that are missing, switched off or not as the migrations make them."""
    expected = expected_triggers(connection.dialect.name)
    found = _found_triggers(connection)
    return tuple(
        f"The trigger {name} is missing, switched off or changed."
        for name, sign in sorted(expected.items())
        if not found.get(name, "").startswith(sign)
    )


def expected_triggers(dialect: str) -> dict[str, str]:
    """The name of each trigger that must be there, and how its definition begins (PostgreSQL: that it is always on)."""
    tables = {table: "UPDATE" for table in rows.APPEND_ONLY}
    tables |= {table: "UPDATE OF " + ", ".join(columns) for table, columns in rows.FIXED_COLUMNS.items()}
    if dialect == "postgresql":
        always = {f"{table}_refuse_{name}": "A" for table in tables for name in ("update", "delete", "truncate")}
        return always | dict.fromkeys(_GUARDS, "A")
    signs = {
        trigger: f"CREATE TRIGGER {trigger} BEFORE INSERT ON {table} WHEN NOT EXISTS"
        for trigger, table in _GUARDS.items()
    }
    for table, update in tables.items():
        for name, event in (("update", update), ("delete", "DELETE")):
            trigger = f"{table}_refuse_{name}"
            refuse = f"BEGIN SELECT RAISE(ABORT, 'append-only: {name} of {table} is refused'); END"
            signs[trigger] = f"CREATE TRIGGER {trigger} BEFORE {event} ON {table} {_unless(table, name)}{refuse}"
        replace = f"{table}_refuse_replace"
        signs[replace] = f"CREATE TRIGGER {replace} BEFORE INSERT ON {table} WHEN EXISTS"
    return signs


_GUARDS = {
    "redaction_decisions_refuse_alone": "redaction_decisions",
    "redacted_rows_refuse_unconfirmed": "redacted_rows",
}
"""Triggers that keep the rule of two people."""
_BINARY = ("digest", "id", "post_id", "capture_id")


def _unless(table: str, event: str) -> str:
    """Which rows an SQLite trigger lets through: those that a confirmed redaction names."""
    key = rows.REDACTABLE.get(table)
    if key is None or event != ("update" if table in rows.REWRITTEN else "delete"):
        return ""
    named = f"lower(hex(OLD.{key}))" if key in _BINARY else f"CAST(OLD.{key} AS TEXT)"
    return f"WHEN NOT EXISTS (SELECT 1 FROM redacted_rows WHERE table_name = '{table}' AND row_key = {named}) "


def _found_triggers(connection: Connection) -> dict[str, str]:
    if connection.dialect.name == "sqlite":
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = (
            "SELECT t.tgname, t.tgenabled::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
        )
    return {str(name): str(sql) for name, sql in connection.exec_driver_sql(query)}


def _laid_aside(connection: Connection) -> tuple[str, ...]:
    return tuple(
        f"The index {name} is missing: an import is under way or broke off. `onrecord database upgrade` makes it again."
        for name in reading_indexes.due(connection)
    )


def _differences(connection: Connection) -> tuple[str, ...]:
    context = MigrationContext.configure(connection, opts={"include_object": _is_ours, "compare_type": True})
    found, named = compare_metadata(context, rows.Base.metadata), reading_indexes.due(connection)
    return tuple(
        f"A table differs from the program's: {difference!r}"[:300]
        for difference in found
        if not (difference[0] == "add_index" and difference[1].name in named)
    )


def _is_ours(_object: object, name: str | None, _kind: str, _reflected: object, _compared: object) -> bool:
    return not str(name).startswith((SEARCH_TABLE, f"ix_{SEARCH_TABLE}", "alembic_version"))
