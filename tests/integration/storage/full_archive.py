"""An archive with two different rows at least in every table of evidence, and a way to change it behind its back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from archive.domain.accounts import Platform, Proof
from archive.domain.availability import Observation, Sighting, next_availability
from archive.domain.captures import text_digest
from archive.domain.checkpoints import Checkpoint, Note
from archive.domain.coverage import Coverage, CoverageState
from archive.domain.ids import RunId
from archive.domain.merkle import root_of
from archive.domain.redactions import (
    RedactionBasis,
    RedactionId,
    RedactionOutcome,
    RedactionRequest,
    Signatory,
    TargetKind,
)
from archive.domain.runs import Run, StepReport
from archive.domain.second_copy import kept, put_off, second_copy_of, under_way
from archive.domain.voices import Voice, VoiceBasis
from archive.signing.keys import SigningKey
from archive.storage import (
    accounts,
    captures,
    checkpoints,
    controls,
    coverage,
    custody,
    offices,
    people,
    posts,
    redactions,
    removal,
    reported,
    reviews,
    revoicing,
    rows,
    runs,
    second_copies,
    statements,
)
from archive.storage.checkpoints import Stamp
from archive.storage.database import Database
from tests.factories import (
    NOON,
    a_capture,
    a_check,
    a_post,
    a_reading,
    a_report,
    a_snapshot,
    a_statement,
    an_exchange,
    an_id,
    an_interval,
    an_opinion,
)
from tests.integration.storage.test_checks import a_review, finished

ORIGIN = "records.velmora.example/log"


def fill(database: Database) -> None:
    """Write it through the front door."""
    with database.writing() as session:
        account_ids = [_registered(session, number) for number in (1, 2)]
        _archived(session)
        revoicing.renew_voices(session, account_ids)
        for account_id in account_ids:
            coverage.extend(session, an_interval(account_id), at=NOON)
        for number in (1, 2):
            _reported(session, number)
            _night(session, number)
            _copied(session, number)
        for number in (1, 2):
            _removed(session, number)
    for _ in range(2):
        _judged(database)
    with database.writing() as session:
        _signed(session)
        _signed(session)


def _registered(session: Session, number: int) -> object:
    person = people.ensure_person(
        session, f"Aldo Tindall {number}", aliases=(f"Tindall {number}",), wikidata=f"Q{number}"
    )
    office = offices.ensure_office(session, f"Office {number}", aliases=(f"Bureau {number}",), country="Velmora")
    proof = Proof(url="https://velmora.example/about", note="the page links it", capture_id=an_id())
    day = date(2030, 1, number)
    offices.ensure_holding(session, person.id, office.id, since=day, until=date(2032, 1, 1), proof=proof)
    account = accounts.ensure_account(
        session,
        platform=Platform.X,
        native_id=f"90{number}",
        handle=f"Tindall{number}",
        display_name=f"Tindall {number}",
        url="https://x.example/tindall",
    )
    accounts.add_handle(session, account.id, f"Former{number}", since=day, until=date(2030, 6, 1))
    if number == 1:
        controls.ensure_control(
            session, account.id, person_id=person.id, since=day, until=date(2039, 1, 1), proof=proof
        )
    else:
        controls.ensure_control(session, account.id, office_id=office.id, since=day, proof=proof)
    return account.id


def _archived(session: Session) -> None:
    for number in (1, 2):
        exchanges = (an_exchange(url=f"https://short.example/{number}"), an_exchange(number=2))
        captured = a_capture(f"payload {number}".encode(), at=NOON + timedelta(minutes=number), exchanges=exchanges)
        captures.add(session, captured)
        account = accounts.find_by_handle(session, Platform.X, f"Tindall{number}")
        assert account is not None
        readings = [
            a_reading(f"Words {number} {place}.", native_id=f"{number}{place}")._replace(
                in_reply_to="7", edited_at=NOON
            )
            for place in (1, 2)
        ]
        at = captured.capture.provenance.received_at
        pairs = [(reading, account.id) for reading in readings]
        posts.add_readings(session, pairs, capture_id=captured.capture.id, seen_at=at)
        for reading in readings:
            _looked_at(session, reading)
    reading = a_reading("", native_id="nothing held")
    bare = posts.ensure(session, reading, account.id, seen_at=NOON)
    posts.set_voice(session, bare.id, Voice(name="Mara Quill", basis=VoiceBasis.CURATED))


def _looked_at(session: Session, reading: object) -> None:
    post = posts.find(session, [reading.native_id])[0]
    for hours, sighting in ((1, Sighting.SEEN), (9, Sighting.ABSENT)):
        look = Observation(seen_at=NOON + timedelta(hours=hours), sighting=sighting)
        state = next_availability(posts.availability(session, post.id), look)
        posts.set_availability(session, post.id, state, observation=look)


def _reported(session: Session, number: int) -> None:
    captured = a_capture(f"article {number}".encode())
    captures.add(session, captured)
    account = accounts.ensure_account(
        session, platform=Platform.X, native_id=f"name:quill {number}", handle="", display_name=f"Mara Quill {number}"
    )
    post = a_post(account, native_id=f"reported:{number}")
    snapshot = replace(a_snapshot(post, f"We will not sell {number}."), capture_id=captured.capture.id)
    report = replace(
        a_report(f"Courier {number}"), check_id=an_id(), article_id=an_id(), embedded_url="https://x.example/1"
    )
    voice = Voice(name=f"Mara Quill {number}", basis=VoiceBasis.REPORT)
    given = replace(a_statement(report=report), account=account, post=post, snapshot=snapshot, voice=voice)
    reported.keep(session, given)


def _night(session: Session, number: int) -> None:
    began = NOON + timedelta(days=number)
    run = Run(id=RunId(an_id()), began_at=began)
    runs.begin(session, run, now=began)
    step = StepReport(name="audit", looked_at=number)
    runs.finish(session, replace(run, finished_at=began + timedelta(hours=1), steps=(step,)))


def _copied(session: Session, number: int) -> None:
    """An address that a web archive kept, in two states one after the other."""
    at = NOON + timedelta(hours=number)
    copy = second_copy_of(f"https://x.example/tindall/{number}", at=at)
    waiting = under_way(put_off(copy, at=at, reason="copy_later"), job=f"job {number}", at=at)
    second_copies.keep(session, waiting, at=at)
    shown = text_digest(f"Words {number} 1.")
    done = kept(waiting, copy_url=f"https://copies.example/{number}", copied_at=at, text_digest=shown)
    second_copies.keep(session, done, at=at)


def _removed(session: Session, number: int) -> None:
    """A statement that two people removed: its rows are gone as recorded."""
    captured = a_capture(f"to be removed {number}".encode())
    captures.add(session, captured)
    account = accounts.find_by_handle(session, Platform.X, "Tindall1")
    assert account is not None
    reading = a_reading(f"Not for long {number}.", native_id=f"removed {number}")
    posts.add_readings(session, [(reading, account.id)], capture_id=captured.capture.id, seen_at=NOON)
    post = posts.find(session, [f"removed {number}"])[0]
    asked = RedactionRequest(
        id=RedactionId(an_id()),
        kind=TargetKind.STATEMENT,
        target=post.id,
        basis=RedactionBasis.COURT_ORDER,
        requested_by=Signatory(name="Mara Quill", role="counsel"),
        requested_at=NOON,
        note="as ordered",
    )
    redactions.request(session, asked)
    planned = removal.plan(session, TargetKind.STATEMENT, post.id)
    second = Signatory(name="Aldo Tindall", role="editor")
    confirmed = RedactionOutcome.CONFIRMED
    redactions.decide(session, asked.id, outcome=confirmed, by=second, at=NOON, named=planned.named)
    removal.carry_out(session, planned)


def _judged(database: Database) -> None:
    with database.reading() as session:
        statement = statements.get(session, posts.find(session, ["11"])[0].id).statement
    known = Coverage(state=CoverageState.COMPLETE, accounts=(statement.account.id,))
    opinion = an_opinion(statement=statement, coverage=known)
    check = finished(database, a_check(), number_of_judgements=2, opinion=opinion)
    with database.writing() as session:
        reviews.add(session, a_review(check.judgements[0]))


def _signed(session: Session) -> None:
    leaves = custody.recomputed_leaves(session)
    body = Checkpoint(origin=ORIGIN, size=len(leaves), root=root_of(leaves)).body()
    number = checkpoints.add(session, Note(text=body, signatures=(SigningKey.new(ORIGIN).sign(body),)), at=NOON)
    stamp = Stamp(checkpoint=number, authority="velm", token=b"token", stamped_at=NOON, received_at=NOON)
    checkpoints.add_stamp(session, stamp)


@contextmanager
def attacked(database: Database) -> Iterator[Session]:
    """A session of somebody who owns the database: no trigger, no foreign key, and nothing that is left afterwards."""
    with database.engine.connect().execution_options(onrecord_writing=True) as connection:
        if database.is_sqlite:
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.execute("PRAGMA foreign_keys = OFF")
        with Session(connection) as session:
            for table in rows.Base.metadata.tables:
                _disarm(session, table, is_sqlite=database.is_sqlite)
            yield session
            session.rollback()
        if database.is_sqlite:
            driver.execute("PRAGMA foreign_keys = ON")


def _disarm(session: Session, table: str, *, is_sqlite: bool) -> None:
    connection = session.connection()
    if not is_sqlite:
        connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        return
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
    for (name,) in connection.exec_driver_sql(query, (table,)).fetchall():
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
