"""Indexes that serve reading: laid aside for an import and made again, the same as before, by whoever comes first."""

from __future__ import annotations

from contextlib import nullcontext

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from archive.domain.statements import StatementQuery
from archive.errors import StorageError
from archive.storage import migrations, reading_indexes, roles, searching
from archive.storage.database import Database
from tests.factories import a_reading
from tests.integration.storage.conftest import Keep
from tests.integration.storage.test_roles import as_role

OF_POSTS = {
    "ix_posts_account_id_posted_at",
    "ix_posts_in_reply_to",
    "ix_posts_next_look_at",
    "ix_posts_posted_at",
    "ix_posts_voice_person_id_posted_at",
}

SORTING = ("threads", "temp_store", "cache_size")


def indexes(connection: Connection) -> set[tuple[str, str]]:
    """Name and definition of every index there is."""
    if connection.dialect.name == "sqlite":
        query = "SELECT name, coalesce(sql, '') FROM sqlite_master WHERE type = 'index'"
    else:
        query = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()"
    return {(name, " ".join(sql.split())) for name, sql in connection.exec_driver_sql(query)}


def indexes_of(database: Database) -> set[tuple[str, str]]:
    with database.reading() as session:
        return indexes(session.connection())


def expected_names(database: Database) -> set[str]:
    return OF_POSTS | (set() if database.is_sqlite else {"ix_snapshot_search_words"})


def lay_aside(database: Database) -> None:
    with database.writing() as session:
        reading_indexes.lay_aside(session)


def test_a_new_database_has_all_of_them(database: Database) -> None:
    with database.reading() as session:
        assert reading_indexes.due(session.connection()) == ()


def test_laid_aside_they_are_due_and_nothing_else_is_gone(database: Database) -> None:
    before = indexes_of(database)
    lay_aside(database)
    gone = before - indexes_of(database)
    assert {name for name, _ in gone} == expected_names(database)
    with database.reading() as session:
        assert set(reading_indexes.due(session.connection())) == expected_names(database)


def test_made_again_they_are_what_the_migrations_make(database: Database) -> None:
    before = indexes_of(database)
    lay_aside(database)
    with database.importing() as session:
        assert set(reading_indexes.make_again(session)) == expected_names(database)
    assert indexes_of(database) == before
    assert migrations.check(database.url) == ()


@pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("fails", [False, True])
def test_sqlite_sorts_in_its_usual_way_afterwards(database: Database, fails: bool) -> None:
    def settings(session: Session) -> list[object]:
        connection = session.connection()
        return [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in SORTING]

    lay_aside(database)
    with database.writing() as session:
        usual = settings(session)
        if fails:
            session.connection().exec_driver_sql("CREATE TABLE ix_posts_posted_at (height)")
        with pytest.raises(DBAPIError) if fails else nullcontext():
            reading_indexes.make_again(session)
        assert settings(session) == usual


def test_where_none_is_due_nothing_is_made(database: Database) -> None:
    with database.importing() as session:
        assert reading_indexes.make_again(session) == ()


def test_laying_aside_twice_and_after_a_part_does_no_harm(database: Database) -> None:
    before = indexes_of(database)
    with database.writing() as session:
        session.connection().exec_driver_sql("DROP INDEX ix_posts_posted_at")
    for _ in range(2):
        lay_aside(database)
    with database.writing() as session:
        reading_indexes.make_again(session)
    assert indexes_of(database) == before


def test_a_transaction_that_fails_leaves_them_in_place(database: Database) -> None:
    before = indexes_of(database)
    with pytest.raises(RuntimeError), database.writing() as session:
        reading_indexes.lay_aside(session)
        raise RuntimeError
    assert indexes_of(database) == before


def test_the_check_names_each_one_that_is_due_once(database: Database) -> None:
    lay_aside(database)
    found = migrations.check(database.url)
    assert len(found) == len(expected_names(database))
    for name in expected_names(database):
        assert sum(f"The index {name} is missing" in sentence for sentence in found) == 1


def test_an_index_of_another_table_that_is_missing_is_a_difference(database: Database) -> None:
    with database.writing() as session:
        session.connection().exec_driver_sql("DROP INDEX ix_snapshots_custody_index")
    (sentence,) = migrations.check(database.url)
    assert sentence.startswith("A table differs from the program's:")


def test_a_search_finds_the_same_without_them(database: Database, keep: Keep) -> None:
    keep(a_reading(native_id="1", text="The ferry sails."), a_reading(native_id="2", text="The tide turns."))

    def found() -> list[str]:
        with database.reading() as session:
            page = searching.search(session, StatementQuery(words="ferry"))
            return [hit.statement.post.native_id for hit in page.hits]

    before = found()
    lay_aside(database)
    assert found() == before == ["1"]


@pytest.mark.parametrize(
    ("held", "expected", "pays"),
    [(0, 99_999, False), (0, 100_000, True), (2, 100_000, True), (50_000, 100_000, True), (50_001, 100_000, False)],
)
def test_it_pays_for_many_posts_compared_with_those_held(
    database: Database, keep: Keep, held: int, expected: int, pays: bool
) -> None:
    if held:
        keep(a_reading(native_id="1", text="The ferry sails."))
        # Numbers are given out in order; a high one stands for as many posts.
        with database.writing() as session:
            connection = session.connection()
            names = [name for name in columns_of_posts(connection) if name not in ("seq", "id", "native_id")]
            others = ", ".join(names)
            other_id = "randomblob(16)" if database.is_sqlite else "gen_random_uuid()"
            connection.exec_driver_sql(
                f"INSERT INTO posts (seq, id, native_id, {others}) SELECT {held}, {other_id}, '2', {others} FROM posts"
            )
    with database.reading() as session:
        assert reading_indexes.pays(session, expected=expected) is pays


def columns_of_posts(connection: Connection) -> list[str]:
    return list(connection.exec_driver_sql("SELECT * FROM posts").keys())


@pytest.mark.postgres
def test_the_application_s_own_role_leaves_them_alone(postgres_url: str) -> None:
    migrations.upgrade(postgres_url)
    roles.grant(postgres_url)
    owner, app = Database(postgres_url), as_role(postgres_url, roles.APP)
    try:
        with app.reading() as session:
            assert not reading_indexes.pays(session, expected=1_000_000)
        lay_aside(owner)
        with app.writing() as session:
            assert reading_indexes.make_again(session) == ()
        with pytest.raises(StorageError), app.writing() as session:
            session.connection().exec_driver_sql("DROP INDEX uq_posts_id")
    finally:
        app.dispose()
        owner.dispose()
