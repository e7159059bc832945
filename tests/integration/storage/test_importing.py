"""Importing transactions: more memory, guards lifted inside, and nothing of it to be seen from outside or afterwards."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.domain.ids import CaptureId
from archive.errors import StorageError
from archive.storage import captures, columns, fulltext, posts
from archive.storage.database import Database
from archive.storage.references import settled_together
from archive.storage.rows.posts import PostRow, SnapshotRow
from tests.factories import NOON, a_capture, a_reading
from tests.integration.storage.conftest import author_of

GUARDS = {"posts_refuse_replace", "snapshots_refuse_replace"}
SETTINGS = (
    "cache_size",
    "wal_autocheckpoint",
    "secure_delete",
    "foreign_keys",
    "ignore_check_constraints",
    "synchronous",
)


def guards_in(session: Session) -> set[str]:
    names = session.connection().exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars()
    return GUARDS & set(names)


def take_in(session: Session, *texts: str) -> None:
    captured = a_capture(" ".join(texts).encode(), at=NOON)
    captures.add(session, captured)
    readings = [a_reading(native_id=str(number), text=text) for number, text in enumerate(texts, start=1)]
    rows = [(reading, author_of(session, reading).id) for reading in readings]
    posts.add_readings(session, rows, capture_id=captured.capture.id, seen_at=NOON + timedelta(hours=1))


ON_SQLITE = pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)
"""Guards are triggers of SQLite's, and the settings of an import are its pragmas."""
ON_POSTGRESQL = pytest.mark.parametrize(
    "migrated_url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)


@ON_SQLITE
def test_nobody_else_sees_the_archive_unguarded(database: Database) -> None:
    with database.importing() as session:
        take_in(session, "The ferry sails.")
        assert guards_in(session) == set()
        with database.reading() as other:
            assert guards_in(other) == GUARDS
    with database.reading() as session:
        assert guards_in(session) == GUARDS


@ON_SQLITE
def test_an_import_that_fails_leaves_the_guards_in_place(database: Database) -> None:
    with pytest.raises(RuntimeError), database.importing() as session:
        take_in(session, "The ferry sails.")
        raise RuntimeError
    with database.reading() as session:
        assert guards_in(session) == GUARDS
        assert session.scalars(select(SnapshotRow.text)).all() == []


@ON_SQLITE
def test_after_an_import_evidence_cannot_be_replaced(database: Database) -> None:
    with database.importing() as session:
        take_in(session, "The ferry sails.")
    with pytest.raises(StorageError) as refused, database.writing() as session:
        session.connection().exec_driver_sql("INSERT OR REPLACE INTO snapshots SELECT * FROM snapshots")
    assert refused.value.code == "append_only"


@ON_SQLITE
def test_a_row_that_is_held_ends_an_import_without_its_guards(database: Database) -> None:
    with database.importing() as session:
        take_in(session, "The ferry sails.")
    with pytest.raises(StorageError), database.importing() as session:
        session.connection().exec_driver_sql("INSERT INTO posts SELECT * FROM posts")


@ON_SQLITE
def test_whatever_follows_an_import_has_the_usual_settings(database: Database) -> None:
    def settings(session: Session) -> list[object]:
        connection = session.connection()
        return [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in SETTINGS]

    with database.writing() as session:
        usual = settings(session)
    with database.importing() as session:
        assert settings(session)[-3:] == usual[-3:]
        assert settings(session) != usual
    with database.writing() as session:
        assert settings(session) == usual


def pages_of(path: Path) -> tuple[int, int]:
    """Bytes of a page, and of the write-ahead log from which on it is copied into the file."""
    database = Database(f"sqlite:///{path}")
    with database.reading() as session:
        connection = session.connection()
        page = connection.exec_driver_sql("PRAGMA page_size").scalar_one()
        told = page, page * connection.exec_driver_sql("PRAGMA wal_autocheckpoint").scalar_one()
    database.dispose()
    return told


def test_a_new_file_has_large_pages_and_an_older_one_keeps_its_own(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "older.db")) as older:
        older.execute("PRAGMA page_size = 4096")
        older.execute("CREATE TABLE tides (height)")
    assert pages_of(tmp_path / "new.db") == (16_384, 16 << 20)
    assert pages_of(tmp_path / "older.db") == (4_096, 16 << 20)


@ON_SQLITE
def test_the_search_index_is_merged_seldom_while_many_come_and_as_ever_behind_them(database: Database) -> None:
    def index(session: Session, seqs: range) -> None:
        fulltext.index(session, seqs, texts=[f"tide {seq}" for seq in seqs], forms=[None] * len(seqs))

    def segments_merged(session: Session) -> int:
        query = "SELECT v FROM snapshot_search_config WHERE k = 'automerge'"
        return int(session.connection().exec_driver_sql(query).scalar() or 4)

    with database.writing() as session:
        index(session, range(1, 3))
        assert segments_merged(session) == 4
    with database.importing() as session:
        index(session, range(3, 6_003))
        assert segments_merged(session) == 16
    with database.writing() as session:
        index(session, range(6_003, 6_005))
        assert segments_merged(session) == 4
        found = "SELECT count(*) FROM snapshot_search WHERE snapshot_search MATCH 'tide'"
        assert session.connection().exec_driver_sql(found).scalar_one() == 6_004


@pytest.mark.parametrize("text", ["\\N", "\\.", "one\ttwo\r\nthree\\n", "\\", "\n", "\\x41", "𝐁old – “tide”"])
def test_a_text_is_kept_to_the_letter(database: Database, text: str) -> None:
    with database.importing() as session:
        take_in(session, text, "The ferry sails.")
    with database.reading() as session:
        kept = session.scalars(select(SnapshotRow.text).order_by(SnapshotRow.seq)).all()
    assert kept == [text, "The ferry sails."]


@pytest.mark.parametrize(
    ("column", "value"),
    [("platform", "lighthouse"), ("voice_basis", "hearsay"), ("availability", "lost"), ("availability", "LIVE")],
)
def test_a_value_outside_its_enumeration_is_refused(database: Database, column: str, value: str) -> None:
    with database.importing() as session:
        take_in(session, "The ferry sails.", "The tide turns.")
    one = a_post_row(database) | {column: value}
    with pytest.raises(StorageError) as refused, database.importing() as session:
        columns.insert(session, "posts", {name: [held] for name, held in one.items()})
    assert refused.value.code == "constraint"


def test_a_row_within_all_enumerations_is_taken(database: Database) -> None:
    with database.importing() as session:
        take_in(session, "The ferry sails.")
    with database.importing() as session:
        columns.insert(session, "posts", {name: [held] for name, held in a_post_row(database).items()})
        if database.is_sqlite:
            assert session.connection().exec_driver_sql("PRAGMA ignore_check_constraints").scalar_one() == 0
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(PostRow)) == 2


def a_post_row(database: Database) -> dict[str, object]:
    """A post by the first account, as columns are handed over."""
    with database.reading() as session:
        account = session.scalars(select(PostRow.account_id)).first()
    assert account is not None
    return {
        "seq": 77,
        "id": uuid4().bytes,
        "platform": "x",
        "native_id": "77",
        "account_id": account.bytes,
        "posted_at": "2026-01-05 10:00:00.000000",
        "is_repost": False,
        "reported": False,
        "voice_name": "Orla Venn",
        "voice_basis": "profile",
        "availability": "not_checked",
    }


def add_post(database: Database, row: dict[str, object]) -> None:
    with database.importing() as session, settled_together(session, {"posts": [row["seq"]]}):
        columns.insert(session, "posts", {name: [held] for name, held in row.items()})


def code_of_refusal(database: Database, row: dict[str, object]) -> str:
    with pytest.raises(StorageError) as refused:
        add_post(database, row)
    return refused.value.code


def test_a_post_by_an_account_that_is_not_held_ends_the_import(database: Database) -> None:
    with database.importing() as session:
        take_in(session, "The ferry sails.")
    stranger = a_post_row(database) | {"account_id": uuid4().bytes}
    assert code_of_refusal(database, stranger) == "constraint"
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(PostRow)) == 1


def test_a_snapshot_of_a_capture_that_is_not_held_ends_the_import(database: Database) -> None:
    reading = a_reading(native_id="1", text="The ferry sails.")
    with pytest.raises(StorageError) as refused, database.importing() as session:
        rows = [(reading, author_of(session, reading).id)]
        posts.add_readings(session, rows, capture_id=CaptureId(uuid4()), seen_at=NOON)
    assert refused.value.code == "constraint"


@pytest.mark.parametrize("column", ["voice_person_id", "voice_office_id"])
def test_a_post_without_a_person_or_office_needs_none_and_with_one_needs_it(database: Database, column: str) -> None:
    with database.importing() as session:
        take_in(session, "The ferry sails.")
    row = a_post_row(database)
    add_post(database, row)
    row |= {"seq": 78, "id": uuid4().bytes, "native_id": "78", column: uuid4().bytes}
    assert code_of_refusal(database, row) == "constraint"


def test_evidence_is_guarded_while_references_wait(database: Database) -> None:
    with database.importing() as session:
        take_in(session, "The ferry sails.")
    with (
        pytest.raises(StorageError) as refused,
        database.importing() as session,
        settled_together(session, {"posts": [77]}),
    ):
        session.connection().exec_driver_sql("DELETE FROM snapshots")
    assert refused.value.code == "append_only"


@ON_POSTGRESQL
def test_on_postgresql_whatever_follows_looks_references_up_again(database: Database) -> None:
    with database.importing() as session:
        take_in(session, "The ferry sails.")
        assert session.connection().exec_driver_sql("SHOW session_replication_role").scalar_one() == "origin"
