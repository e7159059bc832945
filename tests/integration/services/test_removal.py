"""Removal: two people, and then the words are nowhere, while everything else still holds."""

import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from archive import services, storage
from archive.domain.accounts import Platform
from archive.domain.redactions import (
    RedactedError,
    RedactionBasis,
    RedactionOutcome,
    Signatory,
    TargetKind,
)
from archive.domain.statements import StatementQuery
from archive.domain.verdicts import Verdict
from archive.errors import ConflictError, InvalidInputError, NotFoundError, StorageError
from archive.services import keeping
from tests.factories import a_capture, a_reading, an_exchange
from tests.integration.services.given import NOON, WORDS, a_dump, a_registry, a_row, a_text

SECRET = "Zanderquill lanterns hang over Mirewick tonight."
EDITOR = Signatory(name="Oda Brennick", role="editor")
COUNSEL = Signatory(name="Piet Vastergard", role="counsel")
OTHER = "Herring is landed at Velm before the bells ring twice."


@pytest.fixture
def archive_of_two(runtime):
    """Two posts of one author, each from a dump of its own, and a check that rests on the first."""
    services.curate.take_registry(runtime, a_registry())
    services.ingest.take_posts(runtime, a_dump(a_row(text=f"{WORDS} {SECRET}")))
    services.ingest.take_posts(runtime, a_dump(a_row(text=OTHER, post_id="18"), name="more.jsonl"))
    services.checks.judge_article(runtime, a_text())
    return runtime


def statement_saying(runtime, words: str):
    page = services.search.search_statements(runtime, StatementQuery(words=words))
    (hit,) = page.hits
    return hit.statement


def remove(runtime, target, *, basis=RedactionBasis.COURT_ORDER):
    asked = services.removal.request_redaction(runtime, target, basis=basis, by=EDITOR, note="Order 12/2026")
    return services.removal.confirm_redaction(runtime, asked.request.id, by=COUNSEL)


def problems(runtime) -> list[str]:
    with runtime.database.reading() as session:
        return list(storage.audit.problems(session))


def everything_on_disk(runtime) -> bytes:
    """The bytes of the database, its write-ahead log and the word index; on PostgreSQL every value of every table."""
    found = [path.read_bytes() for path in Path(runtime.settings.index).rglob("*") if path.is_file()]
    if runtime.database.is_sqlite:
        file = Path(runtime.settings.database.removeprefix("sqlite:///"))
        found += [path.read_bytes() for path in file.parent.glob(file.name + "*")]
        return b"\0".join(found)
    with runtime.database.reading() as session:
        for table in (*storage.migrations.rows.Base.metadata.tables, "snapshot_search"):
            found += [repr(tuple(row)).encode() for row in session.execute(text(f"SELECT * FROM {table}"))]
    return b"\0".join(found)


def test_a_statement_goes_with_all_its_traces_and_everything_else_holds(archive_of_two) -> None:
    runtime = archive_of_two
    kept = statement_saying(runtime, "herring")
    target = statement_saying(runtime, "Zanderquill").post.id
    assert b"Zanderquill" in everything_on_disk(runtime) or not runtime.database.is_sqlite

    tombstone = remove(runtime, target)

    assert tombstone.kind is TargetKind.STATEMENT
    assert tombstone.commitments
    disk = everything_on_disk(runtime)
    for word in (
        b"Zanderquill",
        b"zanderquill",
        b"Mirewick",
        b"mirewick",
        SECRET.encode(),
        SECRET.encode().hex().encode(),
    ):
        assert word not in disk, word
    assert services.search.search_statements(runtime, StatementQuery(words="zanderquill")).hits == ()
    with pytest.raises(RedactedError) as caught:
        services.search.get_statement(runtime, target)
    assert caught.value.tombstone == tombstone
    assert caught.value.http_status == 410
    assert problems(runtime) == []
    assert services.search.get_statement(runtime, kept.post.id).statement == kept
    with runtime.database.reading() as session:
        assert storage.migrations.check(runtime.settings.database) == ()
        assert storage.custody.verify(session) == ()


def test_one_person_alone_removes_nothing(archive_of_two) -> None:
    runtime = archive_of_two
    target = statement_saying(runtime, "Zanderquill").post.id
    asked = services.removal.request_redaction(runtime, target, basis=RedactionBasis.COURT_ORDER, by=EDITOR)
    same_people = [
        EDITOR,
        Signatory(name=" oda  BRENNICK ", role="counsel"),
        Signatory(name="Piet Vastergard", role="Editor"),
    ]
    for again in same_people:
        with pytest.raises(ConflictError) as caught:
            services.removal.confirm_redaction(runtime, asked.request.id, by=again)
        assert caught.value.code == "second_person_needed"
    assert statement_saying(runtime, "Zanderquill").post.id == target


def test_a_refused_request_removes_nothing_and_stays_on_record(archive_of_two) -> None:
    runtime = archive_of_two
    target = statement_saying(runtime, "Zanderquill").post.id
    asked = services.removal.request_redaction(runtime, target, basis=RedactionBasis.COPYRIGHT, by=EDITOR)
    with pytest.raises(ConflictError) as caught:
        services.removal.request_redaction(runtime, target, basis=RedactionBasis.COPYRIGHT, by=EDITOR)
    assert caught.value.code == "redaction_pending"

    refused = services.removal.refuse_redaction(runtime, asked.request.id, by=COUNSEL)

    assert refused.decision is not None and refused.decision.outcome is RedactionOutcome.REFUSED
    with pytest.raises(ConflictError) as caught:
        services.removal.confirm_redaction(runtime, asked.request.id, by=COUNSEL)
    assert caught.value.code == "redaction_decided"
    assert statement_saying(runtime, "Zanderquill")
    assert services.removal.latest_redactions(runtime) == (refused,)
    assert problems(runtime) == []


@pytest.mark.parametrize(("name", "role"), [("", "editor"), ("Oda Brennick", " ")])
def test_a_request_without_name_or_role_is_none(archive_of_two, name, role) -> None:
    target = statement_saying(archive_of_two, "Zanderquill").post.id
    with pytest.raises(InvalidInputError) as caught:
        services.removal.request_redaction(
            archive_of_two, target, basis=RedactionBasis.COPYRIGHT, by=Signatory(name=name, role=role)
        )
    assert caught.value.code == "redaction_incomplete"


def test_what_is_neither_statement_nor_capture_is_said_to_be_neither(runtime) -> None:
    with pytest.raises(NotFoundError) as caught:
        services.removal.request_redaction(
            runtime, storage.runs.RunId(services.removal.new_id()), basis=RedactionBasis.COPYRIGHT, by=EDITOR
        )
    assert caught.value.code == "no_such_target"


def test_a_judgement_that_rested_on_it_keeps_its_verdict_and_loses_the_words(archive_of_two) -> None:
    runtime = archive_of_two
    (check,) = services.checks.recent_checks(runtime)
    before = check.judgements[0].opinion
    target = statement_saying(runtime, "Zanderquill").post.id
    remove(runtime, target)

    (judgement,) = services.checks.get_check(runtime, check.id).judgements
    assert judgement.opinion.verdict is before.verdict
    assert judgement.opinion.evidence == ()
    assert judgement.opinion.redacted == (target,)
    assert judgement.opinion.claim == before.claim

    # A night must not turn "it was there" into "it was never there".
    services.reverify.rejudge(runtime, check.id)
    assert services.checks.get_check(runtime, check.id).judgements == (judgement,)
    with pytest.raises(ConflictError) as caught:
        services.reported.keep_reported(runtime, check.id, number=1)
    assert caught.value.code == "statement_removed"
    assert services.reported.keep_all_reported(runtime, check.id) == ()


def test_silence_about_the_day_of_a_removed_statement_says_nothing(archive_of_two) -> None:
    runtime = archive_of_two
    services.coverage.declare_coverage(
        runtime,
        handle="PrimeMinister_Ostrelund",
        platform=Platform.X,
        since=NOON - timedelta(days=40),
        until=NOON + timedelta(days=40),
        how="export",
        includes_deletions=True,
    )
    remove(runtime, statement_saying(runtime, "Zanderquill").post.id)
    (judgement,) = services.checks.judge_article(runtime, a_text()).judgements
    assert judgement.opinion.verdict is Verdict.NOT_FOUND_GAP
    assert problems(runtime) == []


def test_it_does_not_come_back_by_another_import(archive_of_two) -> None:
    runtime = archive_of_two
    remove(runtime, statement_saying(runtime, "Zanderquill").post.id)
    rows = (a_row(text=f"{WORDS} {SECRET}"), a_row(text="Something else altogether.", post_id="19"))
    with pytest.raises(ConflictError) as caught:
        services.ingest.take_posts(runtime, a_dump(*rows, name="again.jsonl"))
    assert (caught.value.code, caught.value.message) == (
        "holds_removed",
        "Line 1 holds a statement that was removed on purpose: import the rest only.",
    )
    services.ingest.take_posts(runtime, a_dump(rows[1], name="rest.jsonl"))
    assert b"Zanderquill" not in everything_on_disk(runtime)


def test_a_statement_out_of_a_dump_of_many_takes_the_dumps_bytes_along_and_no_other_statement(runtime) -> None:
    services.curate.take_registry(runtime, a_registry())
    services.ingest.take_posts(runtime, a_dump(a_row(text=SECRET), a_row(text=OTHER, post_id="18")))
    kept = statement_saying(runtime, "herring")
    remove(runtime, statement_saying(runtime, "Zanderquill").post.id)

    assert b"Zanderquill" not in everything_on_disk(runtime)
    detail = services.search.get_statement(runtime, kept.post.id)
    assert detail.statement == kept
    with runtime.database.reading() as session, pytest.raises(RedactedError):
        storage.captures.body(session, detail.captures[0].digest)
    assert problems(runtime) == []


def test_two_statements_out_of_one_dump_go_one_after_the_other(runtime) -> None:
    services.curate.take_registry(runtime, a_registry())
    services.ingest.take_posts(runtime, a_dump(a_row(text=SECRET), a_row(text=OTHER, post_id="18")))
    last = statement_saying(runtime, "herring").post.id
    remove(runtime, last)
    services.ingest.take_posts(runtime, a_dump(a_row(text="A third one, later.", post_id="20"), name="later.jsonl"))
    remove(runtime, statement_saying(runtime, "Zanderquill").post.id)
    assert statement_saying(runtime, "third")
    assert problems(runtime) == []
    with runtime.database.reading() as session:
        index = storage.words.WordIndex.open(runtime.settings.index, session)
        assert index.size == 1


def test_an_articles_capture_goes_with_its_check(archive_of_two) -> None:
    runtime = archive_of_two
    (check,) = services.checks.recent_checks(runtime)
    assert check.article is not None and check.article.capture_id is not None
    remove(runtime, check.article.capture_id, basis=RedactionBasis.ERASURE_REQUEST)
    with pytest.raises(RedactedError):
        services.checks.get_check(runtime, check.id)
    services.reverify.rejudge(runtime, check.id)
    assert b"Oskelbeck posted on X on February 12" not in everything_on_disk(runtime)
    assert problems(runtime) == []
    assert statement_saying(runtime, "Zanderquill")


def test_no_row_of_evidence_goes_without_a_confirmed_removal(archive_of_two) -> None:
    runtime = archive_of_two
    target = statement_saying(runtime, "Zanderquill").post.id
    asked = services.removal.request_redaction(runtime, target, basis=RedactionBasis.COURT_ORDER, by=EDITOR)
    key = "X'" + asked.request.id.hex + "'" if runtime.database.is_sqlite else f"'{asked.request.id}'"
    attempts = [
        "DELETE FROM snapshots",
        "UPDATE judgements SET document = '{}'",
        f"INSERT INTO redacted_rows (request_id, table_name, row_key) VALUES ({key}, 'snapshots', '1')",
        "INSERT INTO redaction_decisions (request_id, outcome, decided_by, decided_role, decided_at, custody_index) "
        f"VALUES ({key}, 'confirmed', ' ODA brennick', 'counsel', '2031-01-01 00:00:00', 1)".replace(
            "' ODA brennick'", "' Oda Brennick '"
        ),
    ]
    for attempt in attempts:
        with pytest.raises(StorageError) as caught, runtime.database.writing() as session:
            session.execute(text(attempt))
        assert caught.value.code == "append_only", attempt
    remove_now = services.removal.confirm_redaction(runtime, asked.request.id, by=COUNSEL)
    others = ["DELETE FROM snapshots WHERE text LIKE 'Herring%'"]
    for table in ("redaction_requests", "redaction_decisions", "redacted_rows", "custody_salts"):
        column = "position" if table == "custody_salts" else "request_id" if table != "redaction_requests" else "id"
        others += [f"DELETE FROM {table}", f"UPDATE {table} SET {column} = {column}"]
    for attempt in others:
        with pytest.raises(StorageError) as caught, runtime.database.writing() as session:
            session.execute(text(attempt))
        assert caught.value.code == "append_only", attempt
    assert remove_now.commitments


def test_a_row_that_went_without_a_record_is_missing_not_redacted(archive_of_two) -> None:
    runtime = archive_of_two
    remove(runtime, statement_saying(runtime, "Zanderquill").post.id)
    assert problems(runtime) == []
    with runtime.database.engine.execution_options(onrecord_writing=True).begin() as connection:
        on = "" if runtime.database.is_sqlite else " ON snapshots"
        connection.execute(text(f"DROP TRIGGER snapshots_refuse_delete{on}"))
        if runtime.database.is_sqlite:
            connection.execute(text("DELETE FROM post_words"))
        else:
            connection.execute(text("DELETE FROM post_words"))
        connection.execute(text("DELETE FROM snapshots WHERE text LIKE 'Herring%'"))
    assert any("no longer held" in problem or "differ" in problem for problem in problems(runtime))


def test_an_invented_removal_is_found(archive_of_two) -> None:
    """Whoever names rows behind the application's back leaves no custody entry that commits to them."""
    runtime = archive_of_two
    remove(runtime, statement_saying(runtime, "Zanderquill").post.id)
    with runtime.database.writing() as session:
        known = session.execute(text("SELECT request_id FROM redacted_rows")).first()
        assert known is not None
        statement = text("INSERT INTO redacted_rows (request_id, table_name, row_key) VALUES (:r, 'snapshots', '2')")
        session.execute(statement, {"r": known[0]})
    assert any("removal" in problem.lower() for problem in problems(runtime))


def test_the_write_ahead_log_is_cut_off(archive_of_two) -> None:
    runtime = archive_of_two
    if not runtime.database.is_sqlite:
        pytest.skip("SQLite's own")
    remove(runtime, statement_saying(runtime, "Zanderquill").post.id)
    file = Path(runtime.settings.database.removeprefix("sqlite:///"))
    log = file.with_name(file.name + "-wal")
    assert not log.exists() or log.stat().st_size == 0
    with sqlite3.connect(file) as connection:
        assert connection.execute("PRAGMA freelist_count").fetchone() == (0,)


def test_what_went_over_the_wire_and_later_looks_go_with_the_statement(runtime) -> None:
    """The answer on the wire repeats the words; so do captures from which no version was read."""
    reading = a_reading(SECRET, native_id="77")
    answer = f"HTTP/1.1 200 OK\r\n\r\n{SECRET}".encode()
    exchange = replace(an_exchange(), response=answer)
    first = a_capture(SECRET.encode(), exchanges=(exchange,))
    later = a_capture(f"{SECRET} again".encode(), exchanges=(replace(exchange, response=answer + b" again"),))
    other = a_capture(OTHER.encode(), exchanges=(replace(exchange, response=b"HTTP/1.1 200 OK\r\n\r\nherring"),))
    with runtime.database.writing() as session:
        kept = keeping.keep_reading(session, first, reading)
        keeping.keep_reading(session, later, reading)
        keeping.keep_reading(session, other, a_reading(OTHER, native_id="78"))
    assert SECRET.encode() in everything_on_disk(runtime)

    remove(runtime, kept.post.id)

    assert problems(runtime) == []
    assert SECRET.encode() not in everything_on_disk(runtime)
    with runtime.database.reading() as session:
        (left,) = storage.exchanges.of_capture(session, other.capture.id)
        assert left.response.endswith(b"herring") and left.request == exchange.request
