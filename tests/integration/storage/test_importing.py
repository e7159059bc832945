"""Importing transactions: more memory, guards lifted inside, and nothing of it to be seen from outside or afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.errors import StorageError
from archive.storage import captures, posts
from archive.storage.database import Database
from archive.storage.rows.posts import SnapshotRow
from tests.factories import NOON, a_capture, a_reading
from tests.integration.storage.conftest import author_of

GUARDS = {"posts_refuse_replace", "snapshots_refuse_replace"}
SETTINGS = ("cache_size", "wal_autocheckpoint", "secure_delete", "foreign_keys", "synchronous")


def guards_in(session: Session) -> set[str]:
    names = session.connection().exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars()
    return GUARDS & set(names)


def take_in(session: Session, *texts: str) -> None:
    captured = a_capture(" ".join(texts).encode(), at=NOON)
    captures.add(session, captured)
    readings = [a_reading(native_id=str(number), text=text) for number, text in enumerate(texts, start=1)]
    rows = [(reading, author_of(session, reading).id) for reading in readings]
    posts.add_readings(session, rows, capture_id=captured.capture.id, seen_at=NOON + timedelta(hours=1))


@pytest.fixture
def on_sqlite(database: Database) -> Database:
    if not database.is_sqlite:
        pytest.skip("guards are triggers of SQLite's")
    return database


def test_nobody_else_sees_the_archive_unguarded(on_sqlite: Database) -> None:
    with on_sqlite.importing() as session:
        take_in(session, "The ferry sails.")
        assert guards_in(session) == set()
        with on_sqlite.reading() as other:
            assert guards_in(other) == GUARDS
    with on_sqlite.reading() as session:
        assert guards_in(session) == GUARDS


def test_an_import_that_fails_leaves_the_guards_in_place(on_sqlite: Database) -> None:
    with pytest.raises(RuntimeError), on_sqlite.importing() as session:
        take_in(session, "The ferry sails.")
        raise RuntimeError
    with on_sqlite.reading() as session:
        assert guards_in(session) == GUARDS
        assert session.scalars(select(SnapshotRow.text)).all() == []


def test_after_an_import_evidence_cannot_be_replaced(on_sqlite: Database) -> None:
    with on_sqlite.importing() as session:
        take_in(session, "The ferry sails.")
    with pytest.raises(StorageError) as refused, on_sqlite.writing() as session:
        session.connection().exec_driver_sql("INSERT OR REPLACE INTO snapshots SELECT * FROM snapshots")
    assert refused.value.code == "append_only"


def test_a_row_that_is_held_ends_an_import_without_its_guards(on_sqlite: Database) -> None:
    with on_sqlite.importing() as session:
        take_in(session, "The ferry sails.")
    with pytest.raises(StorageError), on_sqlite.importing() as session:
        session.connection().exec_driver_sql("INSERT INTO posts SELECT * FROM posts")


def test_whatever_follows_an_import_has_the_usual_settings(on_sqlite: Database) -> None:
    def settings(session: Session) -> list[object]:
        connection = session.connection()
        return [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in SETTINGS]

    with on_sqlite.writing() as session:
        usual = settings(session)
    with on_sqlite.importing() as session:
        assert settings(session)[-2:] == usual[-2:]
        assert settings(session) != usual
    with on_sqlite.writing() as session:
        assert settings(session) == usual


@pytest.mark.parametrize("text", ["\\N", "\\.", "one\ttwo\r\nthree\\n", "\\", "\n", "\\x41", "𝐁old – “tide”"])
def test_a_text_is_kept_to_the_letter(database: Database, text: str) -> None:
    with database.importing() as session:
        take_in(session, text, "The ferry sails.")
    with database.reading() as session:
        kept = session.scalars(select(SnapshotRow.text).order_by(SnapshotRow.seq)).all()
    assert kept == [text, "The ferry sails."]
