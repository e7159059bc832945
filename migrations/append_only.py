"""Triggers that refuse to change or remove evidence, on both databases.

SQLite: a row that would replace another is refused before it is inserted, because INSERT OR REPLACE removes the old
row without firing its DELETE trigger (conflict clause, "recursive_triggers"). Batch alterations rebuild a table and
lose its triggers: call ``protect`` again after each. PostgreSQL: ENABLE ALWAYS, so that a replica role does not skip
them, and TRUNCATE is refused too.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'append-only: % of % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


def create_function() -> None:
    """The function behind the triggers of PostgreSQL; SQLite needs none."""
    if _is_postgresql():
        op.execute(_FUNCTION)


def drop_function() -> None:
    """Take the function away again."""
    if _is_postgresql():
        op.execute("DROP FUNCTION IF EXISTS refuse_change()")


def protect(table: str) -> None:
    """Refuse UPDATE and DELETE (and TRUNCATE, REPLACE) on ``table``; safe to call again."""
    unprotect(table)
    if _is_postgresql():
        _protect_on_postgresql(table, update="UPDATE")
        return
    _refuse_on_sqlite(table, name="update", event="UPDATE")
    _refuse_on_sqlite(table, name="delete", event="DELETE")
    _refuse_replacing_on_sqlite(table)


def protect_columns(table: str, columns: Sequence[str]) -> None:
    """Refuse DELETE on ``table`` and UPDATE of ``columns``; safe to call again."""
    unprotect(table)
    named = ", ".join(columns)
    if _is_postgresql():
        _protect_on_postgresql(table, update=f"UPDATE OF {named}")
        return
    _refuse_on_sqlite(table, name="update", event=f"UPDATE OF {named}")
    _refuse_on_sqlite(table, name="delete", event="DELETE")
    _refuse_replacing_on_sqlite(table)


def refuse(table: str, event: str) -> None:
    """Refuse one event (``update`` or ``delete``) on every row of ``table`` again, whatever was let through before."""
    trigger = f"{table}_refuse_{event}"
    if not _is_postgresql():
        op.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        _refuse_on_sqlite(table, name=event, event=event.upper())
        return
    op.execute(f"DROP TRIGGER IF EXISTS {trigger} ON {table}")
    op.execute(
        f"CREATE TRIGGER {trigger} BEFORE {event.upper()} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}")


def unprotect(table: str) -> None:
    """Take the triggers of ``table`` away, as a downgrade must."""
    on = f" ON {table}" if _is_postgresql() else ""
    for name in ("update", "delete", "replace", "truncate"):
        op.execute(f"DROP TRIGGER IF EXISTS {table}_refuse_{name}{on}")


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _protect_on_postgresql(table: str, *, update: str) -> None:
    events = {"update": (update, "ROW"), "delete": ("DELETE", "ROW"), "truncate": ("TRUNCATE", "STATEMENT")}
    for name, (event, each) in events.items():
        trigger = f"{table}_refuse_{name}"
        op.execute(
            f"CREATE TRIGGER {trigger} BEFORE {event} ON {table} FOR EACH {each} EXECUTE FUNCTION refuse_change()"
        )
        op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}")


def _refuse_on_sqlite(table: str, *, name: str, event: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_refuse_{name} BEFORE {event} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'append-only: {name} of {table} is refused'); END"
    )


def _refuse_replacing_on_sqlite(table: str) -> None:
    inspector = sa.inspect(op.get_bind())
    keys = [tuple(inspector.get_pk_constraint(table)["constrained_columns"])]
    keys += [
        tuple(name for name in unique["column_names"] if name) for unique in inspector.get_unique_constraints(table)
    ]
    meets = [" AND ".join(f"{column} = NEW.{column}" for column in key) for key in (("rowid",), *keys)]
    exists = " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {condition})" for condition in meets)
    op.execute(
        f"CREATE TRIGGER {table}_refuse_replace BEFORE INSERT ON {table} WHEN {exists} "
        f"BEGIN SELECT RAISE(ABORT, 'append-only: replacing a row of {table} is refused'); END"
    )
