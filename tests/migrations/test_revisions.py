"""Migrations: every revision goes up and down with data, keeps its triggers, and the newest one is what the rows say."""

import re
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine, inspect, text

from archive.domain.captures import text_digest
from archive.domain.ids import new_id
from archive.domain.redactions import RedactionBasis, RedactionId, RedactionRequest, Signatory, TargetKind
from archive.domain.second_copy import asked_anew, kept, second_copy_id
from archive.errors import StorageError
from archive.storage import adoption, audit, captures, custody, migrations, posts, redactions, rows, second_copies
from archive.storage.database import Database
from archive.storage.stored import stored_time
from migrations import append_only
from tests.factories import NOON, a_capture
from tests.migrations import old_archive

REVISIONS = ["0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010"]


def tables_of(url: str) -> set[str]:
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    try:
        return set(inspect(engine).get_table_names())
    finally:
        engine.dispose()


def shape_of(url: str) -> set[tuple[str, str]]:
    """The columns of every table, and the references that are settled when a transaction ends."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    try:
        found = inspect(engine)
        names = found.get_table_names()
        columns = {(table, column["name"]) for table in names for column in found.get_columns(table)}
        keys = [(table, key) for table in names for key in found.get_foreign_keys(table)]
        return columns | {
            (table, f"{key['name']} at commit") for table, key in keys if key["options"].get("deferrable")
        }
    finally:
        engine.dispose()


def test_the_newest_revision_is_what_the_rows_say(database_url):
    migrations.upgrade(database_url)
    assert migrations.current(database_url) == migrations.head() == REVISIONS[-1]
    assert migrations.check(database_url) == ()
    assert set(rows.Base.metadata.tables) <= tables_of(database_url)


def test_upgrading_again_does_nothing(database_url):
    migrations.upgrade(database_url)
    migrations.upgrade(database_url)
    assert migrations.check(database_url) == ()


@pytest.mark.parametrize("revision", REVISIONS)
def test_each_revision_goes_up_down_and_up_again(database_url, revision):
    migrations.upgrade(database_url, revision)
    here = shape_of(database_url)
    migrations.downgrade(database_url, "-1")
    assert shape_of(database_url) < here
    migrations.upgrade(database_url, revision)
    assert shape_of(database_url) == here
    migrations.upgrade(database_url)
    assert migrations.check(database_url) == ()


def test_all_the_way_down_leaves_nothing(database_url):
    migrations.upgrade(database_url)
    migrations.downgrade(database_url, "base")
    assert {name for name in tables_of(database_url) if "alembic" not in name} == set()


def test_evidence_of_version_1_survives_and_stays_verifiable(database_url):
    migrations.upgrade(database_url, "0005")
    old_archive.fill(database_url)
    for _ in range(2):
        migrations.upgrade(database_url)
        assert migrations.check(database_url) == ()
        migrations.downgrade(database_url, "0005")
    migrations.upgrade(database_url)
    database = Database(database_url)
    with database.writing() as session:
        for _ in range(2):
            adoption.adopt(session, at=NOON, before="0005", after="0006")
    with database.reading() as session:
        assert list(audit.problems(session)) == []
        kinds = [(event.version, event.kind.value) for event in custody.events(session)]
        assert kinds[:3] == [(1, "capture"), (1, "snapshots"), (1, "run")]
        assert (2, "migration") in kinds
        assert (2, "attribution") in kinds
        assert (2, "observation") in kinds
        assert posts.find(session, ["1"])[0].account_id == old_archive.ACCOUNT
    database.dispose()


def test_what_follows_old_evidence_is_of_version_2_and_is_not_taken_back(database_url):
    migrations.upgrade(database_url, "0005")
    old_archive.fill(database_url)
    migrations.upgrade(database_url)
    database = Database(database_url)
    with database.writing() as session:
        captures.add(session, a_capture(b"new bytes"))
    database.dispose()
    with pytest.raises(StorageError) as caught:
        migrations.downgrade(database_url, "0005")
    assert caught.value.code == "would_lose_evidence"
    assert migrations.current(database_url) == migrations.head()


def test_a_batch_alteration_loses_triggers_and_protect_brings_them_back(sqlite_url):
    migrations.upgrade(sqlite_url)
    database = Database(sqlite_url)
    with database.engine.execution_options(onrecord_writing=True).begin() as connection:
        context = MigrationContext.configure(connection)
        with Operations.context(context) as operations:
            with operations.batch_alter_table("reviews", recreate="always") as batch:
                batch.alter_column("reason", nullable=True)
            assert "reviews_refuse_update" not in _triggers(connection)
            append_only.protect("reviews")
        assert {"reviews_refuse_update", "reviews_refuse_delete", "reviews_refuse_replace"} <= _triggers(connection)
    database.dispose()


def _triggers(connection) -> set[str]:
    return set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")))


def test_references_settled_at_commit_keep_rows_and_triggers(database_url):
    migrations.upgrade(database_url, "0005")
    old_archive.fill(database_url)
    migrations.upgrade(database_url, "0009")
    engine = create_engine(database_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        before = _everything_said_of(connection)
    migrations.upgrade(database_url)
    migrations.downgrade(database_url, "0009")
    with engine.connect() as connection:
        assert _everything_said_of(connection) == before
    engine.dispose()


def _everything_said_of(connection) -> list[tuple[object, ...]]:
    """All that SQLite's schema says, all that stands in the tables whose references change, and that it is sound."""
    tables = ("posts", "snapshots", "post_words")
    rows = [tuple(row) for table in tables for row in connection.execute(text(f"SELECT * FROM {table} ORDER BY seq"))]
    assert rows
    if connection.dialect.name == "sqlite":
        assert connection.scalars(text("PRAGMA integrity_check")).all() == ["ok"]
        rows += [tuple(row) for row in connection.execute(text("SELECT type, name, sql FROM sqlite_master ORDER BY 2"))]
    return rows


def test_a_half_upgraded_database_is_said_to_be_one(database_url):
    migrations.upgrade(database_url, "0003")
    assert migrations.check(database_url) == ("The database is at revision 0003, this program needs 0010.",)


def test_a_revision_that_does_not_exist_is_refused(database_url):
    with pytest.raises(StorageError) as caught:
        migrations.upgrade(database_url, "9999")
    assert caught.value.code == "no_such_revision"


def test_revisions_stand_on_their_own():
    # A revision that imported the archive would change its meaning whenever the archive changes.
    for path in Path(append_only.__file__).parent.rglob("*.py"):
        assert not re.search(r"^\s*(from|import) archive", path.read_text("utf-8"), re.MULTILINE), path


def test_a_removal_on_record_is_not_taken_back(database_url):
    migrations.upgrade(database_url)
    database = Database(database_url)
    captured = a_capture(b"bytes")
    asked = RedactionRequest(
        id=RedactionId(new_id()),
        kind=TargetKind.CAPTURE,
        target=captured.capture.id,
        basis=RedactionBasis.COURT_ORDER,
        requested_by=Signatory(name="Oda Brennick", role="editor"),
        requested_at=NOON,
    )
    with database.writing() as session:
        captures.add(session, captured)
        redactions.request(session, asked)
    database.dispose()
    with pytest.raises(StorageError) as caught:
        migrations.downgrade(database_url, "0006")
    assert caught.value.code == "would_lose_evidence"


COPIES = "https://harbour.example/news/ferries", "https://harbour.example/news/locks"


def _copies_of_revision_8(url: str) -> None:
    """A copy that was kept with its words, and one that waits, as 0008 wrote them."""
    database = Database(url)
    columns = "id, url, state, wanted_at, attempts, copy_url, copied_at, text_digest"
    with database.writing() as session:
        for address, state, digest in ((COPIES[0], "kept", b"\x07" * 32), (COPIES[1], "waiting", None)):
            key = second_copy_id(address).bytes if database.is_sqlite else second_copy_id(address)
            at = stored_time(NOON) if database.is_sqlite else NOON
            values = {"id": key, "url": address, "state": state, "at": at, "copy": address, "digest": digest}
            statement = f"INSERT INTO second_copies ({columns}) VALUES (:id, :url, :state, :at, 0, :copy, :at, :digest)"
            session.execute(text(statement), values)
    database.dispose()


def _adopted(url: str) -> list[tuple[str, bool, bool]]:
    """Adopt as the upgrade does, and say of each copy whether it counts and whether it is due."""
    database = Database(url)
    with database.writing() as session:
        adoption.adopt(session, at=NOON, before="0008", after="0009")
    with database.reading() as session:
        assert list(audit.problems(session)) == []
        due = {copy.url for copy in second_copies.due(session, now=NOON, limit=9)}
        found = [(copy.url, copy.counts, copy.url in due) for copy in second_copies.listed(session)]
        assert second_copies.shown_words(session, COPIES) == {
            (copy.url, copy.text_digest) for copy in second_copies.listed(session) if copy.counts
        }
    database.dispose()
    return found


def test_copies_from_before_entries_are_noted_as_found_count_for_nothing_and_are_asked_for_again(database_url):
    migrations.upgrade(database_url, "0008")
    _copies_of_revision_8(database_url)
    migrations.upgrade(database_url)
    assert _adopted(database_url) == [(COPIES[0], False, True), (COPIES[1], False, False)]
    assert _adopted(database_url) == [(COPIES[0], False, True), (COPIES[1], False, False)]
    database = Database(database_url)
    with database.writing() as session:
        found = second_copies.find(session, second_copy_id(COPIES[0]))
        assert found is not None
        again = kept(asked_anew(found), copy_url=COPIES[0], copied_at=NOON, text_digest=text_digest("read again"))
        second_copies.keep(session, again, at=NOON)
    database.dispose()
    assert _adopted(database_url)[0] == (COPIES[0], True, False)
    migrations.downgrade(database_url, "0008")
    migrations.upgrade(database_url)
    # What was noted before the downgrade holds still: the row is as its entry says.
    assert _adopted(database_url) == [(COPIES[0], True, False), (COPIES[1], False, False)]


def test_a_copy_put_in_while_the_column_was_gone_does_not_count(database_url):
    migrations.upgrade(database_url)
    migrations.downgrade(database_url, "0008")
    _copies_of_revision_8(database_url)
    migrations.upgrade(database_url)
    assert _adopted(database_url)[0] == (COPIES[0], False, True)
