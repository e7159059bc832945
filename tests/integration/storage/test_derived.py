"""Derived rows: what hides or shifts a statement is noticed against the texts, and derived anew."""

import json
import shutil
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.orm import Session

from archive import services
from archive.domain.accounts import Platform
from archive.domain.statements import StatementQuery
from archive.runtime import Runtime, build_runtime
from archive.settings import load_settings
from archive.storage import (
    accounts,
    audit,
    captures,
    derived,
    fulltext,
    posts,
    segment_files,
    segments,
    statements,
)
from archive.storage.database import Database
from archive.storage.rows.posts import PostWordsRow
from archive.text.shingles import pack, word_hashes
from tests.factories import NOON, a_capture, a_reading
from tests.integration.storage.full_archive import fill

TEXTS = (
    "The last ferry waits for nobody.",
    "Bread and lamp oil stay cheap: nobody will be cold.",
    "Žádný most se nestaví, říká ministr Žalud.",
    "मोदी ने कहा कि पुल बनेगा।",
    "東京の会議は延期された。",
    "",
    "🙂 …",
)


@pytest.fixture
def database(migrated_url: str) -> Iterator[Database]:
    database = Database(migrated_url)
    with database.writing() as session:
        captured = a_capture(b"payload", at=NOON)
        captures.add(session, captured)
        account = accounts.ensure_account(
            session, platform=Platform.X, native_id="9", handle="harbour", display_name="H"
        )
        readings = [(a_reading(each)._replace(native_id=str(n)), account.id) for n, each in enumerate(TEXTS, start=1)]
        posts.add_readings(session, readings, capture_id=captured.capture.id, seen_at=NOON)
    yield database
    database.dispose()


def sampled(session: Session) -> list[str]:
    return list(audit.problems_of(session, "derived"))


def deep(session: Session) -> list[str]:
    return list(audit.deep_problems(session))


def test_what_the_archive_derived_is_what_verifying_derives(database: Database) -> None:
    with database.reading() as session:
        assert (sampled(session), deep(session)) == ([], [])
        assert (sampled(session), deep(session)) == ([], []), "looking leaves nothing behind"


def test_an_archive_without_a_text_has_nothing_to_derive(migrated_url: str) -> None:
    database = Database(migrated_url)
    with database.reading() as session:
        assert (sampled(session), deep(session)) == ([], [])
    database.dispose()


def test_the_archive_of_every_kind_of_row_is_as_derived(migrated_url: str) -> None:
    database = Database(migrated_url)
    fill(database)
    with database.reading() as session:
        assert (sampled(session), deep(session)) == ([], [])
    database.dispose()


def _hide(session: Session) -> None:
    """The search index forgets a text, and has another in its place so that the number is right."""
    _unindex(session, 1)
    _index(session, 1, "something else entirely")


def _add_words(session: Session) -> None:
    """A text is found by words that it has not."""
    _unindex(session, 1)
    _index(session, 1, TEXTS[0] + " harbour toll")


def _swap(session: Session) -> None:
    for one in (1, 2):
        _unindex(session, one)
    _index(session, 1, TEXTS[1])
    _index(session, 2, TEXTS[0])


def _drop(session: Session) -> None:
    _unindex(session, 2)


def _insert(session: Session) -> None:
    _index(session, 4000, "A statement that nobody made.")


def _other_words(session: Session) -> None:
    session.execute(update(PostWordsRow).where(PostWordsRow.seq == 1).values(words=pack(word_hashes(TEXTS[1]))))


def _other_post(session: Session) -> None:
    session.execute(update(PostWordsRow).where(PostWordsRow.seq == 1).values(post_seq=2))


def _no_words(session: Session) -> None:
    session.execute(delete(PostWordsRow).where(PostWordsRow.seq == 1))


def _unindex(session: Session, seq: int) -> None:
    fulltext.forget(session, [(seq, TEXTS[seq - 1])])


def _index(session: Session, seq: int, words: str) -> None:
    if session.connection().dialect.name == "sqlite":
        statement = text("INSERT INTO snapshot_search (rowid, words) VALUES (:seq, :words)")
    else:
        statement = text("INSERT INTO snapshot_search (seq, words) VALUES (:seq, to_tsvector('simple', :words))")
    session.execute(statement, {"seq": seq, "words": words})


ALTERED = [_hide, _add_words, _swap, _drop, _insert, _other_words, _other_post, _no_words]


@pytest.mark.parametrize("alter", ALTERED, ids=lambda alter: alter.__name__.strip("_"))
def test_every_change_is_noticed_deeply_and_deriving_mends_it(
    database: Database, alter: Callable[[Session], None]
) -> None:
    with database.writing() as session:
        alter(session)
    with database.reading() as session:
        assert deep(session) or sampled(session)
        if alter is not _add_words or not database.is_sqlite:
            assert sampled(session), "in a small archive the sample is everything"
        assert any("--from-texts" in problem for problem in (*deep(session), *sampled(session)))
    with database.writing() as session:
        assert derived.derive(session) == len(TEXTS)
    with database.reading() as session:
        assert (sampled(session), deep(session)) == ([], [])
        hits = statements.search(session, StatementQuery(words="ferry nobody")).hits
        assert [hit.statement.snapshot.text for hit in hits] == [TEXTS[0]]


def test_an_index_that_cannot_be_read_is_amiss_and_no_traceback(sqlite_archive: Runtime) -> None:
    with sqlite_archive.database.writing() as session:
        session.execute(text("UPDATE snapshot_search_data SET block = x'00' WHERE id > 1"))
    report = services.verify.verify_archive_deeply(sqlite_archive)
    assert any("search index" in problem or "cannot be read" in problem for problem in report.problems)


@pytest.fixture
def sqlite_archive(migrated_sqlite, tmp_path) -> Iterator[Runtime]:
    shutil.copyfile(migrated_sqlite, tmp_path / "archive.db")
    with build_runtime(load_settings(data_directory=tmp_path)) as runtime:
        fill(runtime.database)
        yield runtime


def test_verifying_looks_into_the_files_of_the_word_index(sqlite_archive: Runtime) -> None:
    folder = sqlite_archive.settings.index
    with sqlite_archive.database.reading() as session:
        segments.WordIndex.open(folder, session, sizes=segments.Sizes(in_memory=1, in_one=32))
    before = {check.name: check.problems for check in services.verify.verify_archive_deeply(sqlite_archive).checks}
    assert (before["word index"], before["all derived"]) == ((), ())
    manifest = json.loads((folder / segment_files.MANIFEST).read_text("utf-8"))
    manifest["segments"][0]["documents"] += 1
    (folder / segment_files.MANIFEST).write_text(json.dumps(manifest), "utf-8")
    found = {check.name: check.problems for check in services.verify.verify_archive(sqlite_archive).checks}
    assert len(found["word index"]) == 1 and "texts where the archive has" in found["word index"][0]


def test_words_derived_anew_and_an_index_built_of_them_mend_what_is_lost(sqlite_archive: Runtime) -> None:
    with sqlite_archive.database.writing() as session:
        session.execute(delete(PostWordsRow))
    assert services.verify.verify_archive(sqlite_archive).problems != ()
    services.database.derive_words(sqlite_archive)
    assert services.database.rebuild_index(sqlite_archive) > 0
    found = {check.name: check.problems for check in services.verify.verify_archive_deeply(sqlite_archive).checks}
    assert (found["derived"], found["all derived"]) == ((), ())
