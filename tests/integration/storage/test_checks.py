"""Checks, judgements, reviews, articles, coverage, runs and reported statements."""

from dataclasses import replace
from datetime import timedelta

import pytest

from archive.domain.accounts import Platform
from archive.domain.checks import Check, CheckState
from archive.domain.coverage import Coverage, CoverageState
from archive.domain.evidence import EvidenceGrade
from archive.domain.findings import Finding, FindingCode, Severity
from archive.domain.ids import CheckId, RunId
from archive.domain.posts import post_id_of
from archive.domain.reviews import Review, ReviewAction
from archive.domain.runs import Run, StepReport
from archive.domain.statements import StatementQuery
from archive.domain.verdicts import Judgement, Note, Verdict
from archive.errors import BusyError, ConflictError, InvalidInputError, NotFoundError
from archive.storage import articles, audit, captures, checks, coverage, reported, reviews, runs, statements
from archive.storage.accounts import ensure_account
from tests.factories import (
    NOON,
    a_capture,
    a_check,
    a_judgement,
    a_post,
    a_reading,
    a_report,
    a_snapshot,
    a_statement,
    a_submission,
    an_article,
    an_article_version,
    an_id,
    an_interval,
    an_opinion,
)

NOTE = Note(
    finding=Finding(code=FindingCode.INCONSISTENT_FORMS, severity=Severity.NOTE, explanation="Two forms."),
    spans=((1, 4),),
)


def finished(database, check: Check, *, number_of_judgements: int = 1, opinion=None) -> Check:
    captured = a_capture(b"<html>")
    version = an_article_version(capture_id=captured.capture.id)
    made = tuple(
        a_judgement(opinion or an_opinion(), number=number, check_id=check.id, article_id=version.id)
        for number in range(1, number_of_judgements + 1)
    )
    with database.writing() as session:
        captures.add(session, captured)
        checks.add(session, check)
        assert checks.claim(session, check.id, NOON) is not None
        articles.add(session, version)
        checks.finish(session, check.id, article=version, judgements=made, notes=(NOTE,), at=NOON)
    with database.reading() as session:
        return checks.get(session, check.id)


def a_review(judgement: Judgement) -> Review:
    return Review(
        id=an_id(),
        judgement_id=judgement.id,
        action=ReviewAction.OVERRIDE,
        reviewer="Mara Quill",
        reason="Read aloud\x00 by the minister.",
        decided_at=NOON,
        verdict=Verdict.ALTERED_MINOR,
    )


def test_a_check_goes_from_queued_to_done(database):
    check = a_check()
    with database.writing() as session:
        checks.add(session, check)
        assert checks.next_queued(session) == check.id
        assert checks.under_way(session, check.submission) == check
        assert checks.under_way(session, a_submission(policy="strict")) is None
    with database.writing() as session:
        claimed = checks.claim(session, check.id, NOON)
        assert claimed is not None and claimed.state is CheckState.RUNNING
    with database.writing() as session:
        assert checks.claim(session, check.id, NOON) is None
        assert checks.next_queued(session) is None
    version = an_article_version()
    judgement = a_judgement(check_id=check.id, article_id=version.id)
    with database.writing() as session:
        checks.finish(session, check.id, article=version, judgements=(judgement,), notes=(NOTE,), at=NOON)
    with database.reading() as session:
        done = checks.get(session, check.id)
        assert checks.under_way(session, check.submission) is None
    assert done == replace(
        check, state=CheckState.DONE, finished_at=NOON, article=version, judgements=(judgement,), notes=(NOTE,)
    )


def test_a_check_can_fail_and_cannot_end_twice(database):
    check = a_check()
    with database.writing() as session:
        checks.add(session, check)
        checks.claim(session, check.id, NOON)
        checks.fail(session, check.id, code="capture_failed", message="No answer.\x00", at=NOON)
    with database.reading() as session:
        failed = checks.get(session, check.id)
    assert (failed.state, failed.error_code, failed.error_message) == (
        CheckState.FAILED,
        "capture_failed",
        "No answer.\ufffd",
    )
    with pytest.raises(ConflictError), database.writing() as session:
        checks.finish(session, check.id, article=an_article_version(), judgements=(), notes=(), at=NOON)


def test_a_check_whose_worker_died_is_queued_again(database):
    check = a_check()
    with database.writing() as session:
        checks.add(session, check)
        checks.claim(session, check.id, NOON)
        assert (
            checks.release_abandoned(session, now=NOON + timedelta(minutes=5), longer_than=timedelta(minutes=10)) == 0
        )
        assert (
            checks.release_abandoned(session, now=NOON + timedelta(minutes=11), longer_than=timedelta(minutes=10)) == 1
        )
        assert checks.next_queued(session) == check.id


def test_recent_checks_come_page_by_page(database):
    made = [a_check() for _ in range(5)]
    with database.writing() as session:
        for check in made:
            checks.add(session, check)
    with database.reading() as session:
        first = checks.recent(session, limit=2)
        second = checks.recent(session, limit=9, after=str(first[-1].id))
        for bookmark in ("x", "", str(an_id())):
            with pytest.raises(InvalidInputError):
                checks.recent(session, after=bookmark)
        with pytest.raises(NotFoundError):
            checks.get(session, CheckId(an_id()))
    assert [*first, *second] == made[::-1]


def test_a_newer_judgement_supersedes_and_the_older_stays(database):
    check = finished(database, a_check(), number_of_judgements=2)
    old = check.judgements[0]
    new = a_judgement(check_id=check.id, article_id=old.article_id, supersedes=old.id, decided_by="Mara Quill")
    with database.writing() as session:
        checks.add_judgement(session, new)
    with pytest.raises(ConflictError) as caught, database.writing() as session:
        checks.add_judgement(session, a_judgement(check_id=check.id, supersedes=old.id))
    assert caught.value.code == "already_superseded"
    with database.reading() as session:
        after = checks.get(session, check.id)
        assert checks.judgement(session, old.id) == old
    assert after.judgements == (new, check.judgements[1])
    assert after.earlier == (old,)


def test_a_post_knows_who_quotes_it(database, keep):
    reading = a_reading()
    keep(reading)
    post_id = post_id_of(reading.platform, reading.native_id)
    with database.reading() as session:
        statement = statements.get(session, post_id).statement
    check = finished(database, a_check(), opinion=an_opinion(statement=statement))
    with database.reading() as session:
        (quoting,) = checks.quoting(session, post_id)
        assert statements.get(session, post_id).quoted_in == (quoting,)
        assert checks.leaning_on(session, post_id) == check.judgements
    assert (quoting.check_id, quoting.number, quoting.verdict) == (check.id, 1, "verbatim")
    assert quoting.article_title == "Harbour stays open"


def test_what_is_due_for_judging_again(database):
    with database.writing() as session:
        account = ensure_account(session, platform=Platform.X, handle="A", display_name="A")
    asked = an_opinion(coverage=Coverage(state=CoverageState.GAP, accounts=(account.id,)))
    one, two = finished(database, a_check()), finished(database, a_check(), opinion=asked)
    with database.reading() as session:
        due = checks.due_for_rejudging
        assert due(session, engine_version="1") == ()
        assert due(session, engine_version="2") == (one.id, two.id)
        assert due(session, engine_version="2", after=one.id) == (two.id,)
        assert due(session, engine_version="1", account_ids=(account.id,)) == (two.id,)
    decided = a_judgement(check_id=one.id, supersedes=one.judgements[0].id, decided_by="Mara Quill")
    with database.writing() as session:
        checks.add_judgement(session, decided)
        assert checks.due_for_rejudging(session, engine_version="2") == (two.id,)


def test_reviews_are_kept_with_their_reason(database):
    (judgement,) = finished(database, a_check()).judgements
    review = a_review(judgement)
    with database.writing() as session:
        reviews.add(session, review)
    with database.reading() as session:
        assert reviews.of_judgement(session, judgement.id) == (
            replace(review, reason="Read aloud\ufffd by the minister."),
        )
        assert list(audit.problems(session)) == []


def test_article_versions_are_kept_by_address(database):
    url = "https://courier.example/harbour"
    first, second = (
        an_article_version(),
        an_article_version(an_article("Changed.\ud800"), read_at=NOON + timedelta(hours=1)),
    )
    with database.writing() as session:
        articles.add(session, first)
        articles.add(session, first)
        assert articles.latest(session, url) == first
        articles.add(session, second)
    with database.reading() as session:
        assert articles.latest(session, url) == second
        assert articles.versions(session, url) == (first, second)
        assert articles.latest(session, "https://none.example") is None
        assert articles.get(session, first.id) == first
        assert articles.due(session, now=NOON, limit=5) == ()
        assert articles.due(session, now=NOON + timedelta(days=2), limit=5) == (second,)
    with database.writing() as session:
        articles.looked(session, url, at=NOON + timedelta(days=2))
        assert articles.due(session, now=NOON + timedelta(days=2), limit=5) == ()


def test_coverage_is_extended_and_taken_back_by_appending(database):
    with database.writing() as session:
        account = ensure_account(session, platform=Platform.X, handle="A", display_name="A")
        interval = an_interval(account.id)
        coverage.extend(session, interval)
        coverage.extend(session, interval)
        coverage.extend(session, replace(interval, since=NOON, until=NOON + timedelta(days=1)))
        assert coverage.intervals(session, (account.id,)) == (interval,)
        coverage.retract(session, account.id, since=NOON, until=NOON + timedelta(days=1), reason="the dump was cut")
        assert coverage.intervals(session, (account.id,)) == (
            replace(interval, until=NOON),
            replace(interval, since=NOON + timedelta(days=1)),
        )
        coverage.extend(session, interval)
        assert interval in coverage.intervals(session, (account.id,))
        assert coverage.intervals(session, ()) == ()
        with pytest.raises(InvalidInputError):
            coverage.extend(session, replace(interval, until=interval.since))


def test_one_night_at_a_time(database):
    run = Run(id=RunId(an_id()), began_at=NOON)
    with database.writing() as session:
        runs.begin(session, run, now=NOON)
    with pytest.raises(BusyError), database.writing() as session:
        runs.begin(session, Run(id=RunId(an_id()), began_at=NOON), now=NOON + timedelta(minutes=1))
    done = replace(
        run, finished_at=NOON + timedelta(hours=1), steps=(StepReport(name="audit", looked_at=3, alarms=("x",)),)
    )
    with database.writing() as session:
        runs.finish(session, done)
    later = Run(id=RunId(an_id()), began_at=NOON + timedelta(days=1))
    with database.writing() as session:
        runs.begin(session, later, now=later.began_at)
    # Its process was killed: the next night does not wait for it for ever.
    third = Run(id=RunId(an_id()), began_at=NOON + timedelta(days=2))
    with database.writing() as session:
        runs.begin(session, third, now=third.began_at)
        assert runs.latest(session, 9) == (third, later, done)
        with pytest.raises(NotFoundError):
            runs.finish(session, Run(id=RunId(an_id()), began_at=NOON))


def test_a_reported_statement_is_never_an_original(database):
    captured = a_capture(b"article")
    with database.writing() as session:
        captures.add(session, captured)
        account = ensure_account(
            session, platform=Platform.X, native_id="name:mara quill", handle="", display_name="Mara Quill"
        )
        post = a_post(account, native_id="reported:1234")
        snapshot = replace(a_snapshot(post, "We will\x00 not sell."), capture_id=captured.capture.id)
        given = replace(a_statement(report=a_report()), account=account, post=post, snapshot=snapshot)
        kept = reported.keep(session, replace(given, voice=replace(given.voice, person_id=None)))
        again = reported.keep(session, replace(given, voice=replace(given.voice, person_id=None)))
        with pytest.raises(InvalidInputError):
            reported.keep(session, a_statement())
    assert kept == again
    assert (kept.grade, kept.report, kept.is_reported) == (EvidenceGrade.TYPED_IN, a_report(), True)
    assert kept.snapshot.text == "We will\ufffd not sell."
    with database.reading() as session:
        (hit,) = statements.search(session, StatementQuery(words="sell", reported=True)).hits
        assert hit.statement == kept
        assert list(audit.problems(session)) == []
