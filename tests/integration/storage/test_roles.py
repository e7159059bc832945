"""Roles of PostgreSQL: the application does all its work, and cannot do what it must not; nor can a reader."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from archive.errors import ConfigurationError, StorageError
from archive.storage import audit, migrations, roles, rows
from archive.storage.database import Database
from tests.integration.storage.full_archive import fill

pytestmark = pytest.mark.postgres


@pytest.fixture
def granted(postgres_url: str) -> str:
    migrations.upgrade(postgres_url)
    for _ in range(2):
        roles.grant(postgres_url)
    return postgres_url


def as_role(url: str, role: str) -> Database:
    database = Database(url)

    def take(connection: object, _: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {role}")
        connection.commit()

    event.listen(database.engine, "connect", take)
    return database


@pytest.fixture
def remover(granted: str) -> Iterator[Database]:
    database = as_role(granted, roles.REMOVER)
    yield database
    database.dispose()


@pytest.fixture
def app(granted: str) -> Iterator[Database]:
    database = as_role(granted, roles.APP)
    yield database
    database.dispose()


def test_the_application_does_its_work_and_no_more(app: Database, remover: Database) -> None:
    with pytest.raises(StorageError):
        fill(app)  # as far as a removal, which is not the application's to carry out
    fill(remover)
    with app.reading() as session:
        assert list(audit.problems(session)) == []
    forbidden = [f"{change} {table}" for table in rows.APPEND_ONLY for change in ("DELETE FROM", "TRUNCATE")]
    forbidden += [
        f"UPDATE {t} SET {next(iter(rows.Base.metadata.tables[t].columns.keys()))} = NULL" for t in rows.APPEND_ONLY
    ]
    forbidden += [f"UPDATE posts SET {column} = {column}" for column in rows.FIXED_COLUMNS["posts"]]
    forbidden += [
        "DELETE FROM posts",
        "DROP TABLE posts",
        "ALTER TABLE posts DISABLE TRIGGER ALL",
        "DROP TRIGGER snapshots_refuse_update ON snapshots",
        "SET session_replication_role = replica",
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "INSERT INTO snapshots SELECT * FROM snapshots ON CONFLICT (seq) DO UPDATE SET text = 'x'",
        "DELETE FROM custody_head",
    ]
    for statement in forbidden:
        with pytest.raises(DBAPIError), app.engine.begin() as connection:
            connection.execute(text(statement))
    with app.reading() as session:
        assert list(audit.problems(session)) == []


def test_a_reader_reads_and_sees_no_leads(granted: str) -> None:
    reader = as_role(granted, roles.READER)
    with reader.engine.begin() as connection:
        assert connection.scalar(text("SELECT count(*) FROM snapshots")) == 0
    for statement in (
        "SELECT count(*) FROM checks",
        "UPDATE posts SET voice_name = 'x'",
        "INSERT INTO bodies VALUES ('x', 1)",
    ):
        with pytest.raises(ProgrammingError), reader.engine.begin() as connection:
            connection.execute(text(statement))
    reader.dispose()


def test_nobody_logs_in_as_the_owner_and_the_migrator_may_migrate(granted: str) -> None:
    database = as_role(granted, roles.MIGRATOR)
    with database.engine.begin() as connection:
        login = connection.execute(
            text("SELECT rolcanlogin FROM pg_roles WHERE rolname = 'onrecord_owner'")
        ).scalar_one()
        assert login is False
        connection.execute(text("SET ROLE onrecord_owner"))
        connection.execute(text("ALTER TABLE runs ADD COLUMN note text"))
        connection.execute(text("ALTER TABLE runs DROP COLUMN note"))
    database.dispose()


def test_a_right_too_many_is_noticed(granted: str) -> None:
    assert migrations.check(granted) == ()
    database = Database(granted)
    with database.engine.begin() as connection:
        connection.execute(text("GRANT UPDATE (text) ON snapshots TO onrecord_app"))
        connection.execute(text("GRANT UPDATE (url), DELETE ON posts TO onrecord_app"))
        connection.execute(text("GRANT SELECT ON checks TO onrecord_reader"))
    database.dispose()
    found = " ".join(migrations.check(granted))
    for right in ("UPDATE snapshots", "UPDATE posts.url", "DELETE posts", "SELECT checks"):
        assert right in found


def test_sqlite_has_no_roles(sqlite_url: str) -> None:
    with pytest.raises(ConfigurationError):
        roles.grant(sqlite_url)
