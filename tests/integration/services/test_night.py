from datetime import UTC, datetime, timedelta

import pytest

from archive import services, storage
from archive.domain.accounts import Platform
from archive.domain.findings import FindingCode
from archive.domain.verdicts import Verdict
from archive.errors import BusyError
from archive.jobs.nightly import run_nightly
from tests.integration.services.given import WORDS, a_dump, a_registry, a_row, a_text

YEAR = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC))
INVENTED = (
    'Harbour\n\n"Whoever lands herring at night will lose the boat," Tavrin Oskelbeck posted on X on February 12.\n'
)


def covered(runtime) -> None:
    since, until = YEAR
    services.coverage.declare_coverage(
        runtime,
        handle="PrimeMinister_Ostrelund",
        platform=Platform.X,
        since=since,
        until=until,
        how="watched",
        includes_deletions=True,
    )


def test_a_quiet_night_is_fine(runtime) -> None:
    services.ingest.take_posts(runtime, a_dump(a_row(url=None)))

    run = run_nightly(runtime)

    assert run.exit_status == 0
    assert [step.name for step in run.steps] == ["follow", "recapture", "audit", "reverify", "second_copies"]
    assert services.runs.latest_runs(runtime)[0] == run


def test_a_night_makes_the_indexes_that_a_killed_import_left_out(runtime) -> None:
    services.ingest.take_posts(runtime, a_dump(a_row(url=None)))
    with runtime.database.writing() as session:
        storage.reading_indexes.lay_aside(session)
    assert services.database.check_database(runtime.settings) != ()

    mended, *others = run_nightly(runtime).steps

    assert (mended.name, mended.changed > 0, mended.alarms) == ("indexes", True, ())
    assert [step.name for step in others] == ["follow", "recapture", "audit", "reverify", "second_copies"]
    assert services.database.check_database(runtime.settings) == ()
    assert "indexes" not in [step.name for step in run_nightly(runtime).steps]


def test_a_second_night_at_the_same_time_is_refused(runtime, clock) -> None:
    services.runs.begin_run(runtime)

    with pytest.raises(BusyError):
        run_nightly(runtime)

    clock.pass_by(timedelta(hours=1))
    assert run_nightly(runtime).exit_status == 0


def test_a_lost_day_of_coverage_turns_covered_into_a_gap(runtime, clock) -> None:
    services.curate.take_registry(runtime, a_registry())
    services.ingest.take_posts(runtime, a_dump())
    covered(runtime)
    check = services.checks.judge_article(runtime, a_text(INVENTED))
    assert check.judgements[0].opinion.verdict is Verdict.NOT_FOUND_COVERED

    services.coverage.retract_coverage(
        runtime,
        handle="PrimeMinister_Ostrelund",
        platform=Platform.X,
        since=datetime(2026, 2, 12, tzinfo=UTC),
        until=datetime(2026, 2, 13, tzinfo=UTC),
        reason="the export was cut",
    )
    clock.pass_by(timedelta(hours=1))
    run = run_nightly(runtime)

    (judgement,) = services.checks.get_check(runtime, check.id).judgements
    assert judgement.opinion.verdict is Verdict.NOT_FOUND_GAP
    assert judgement.supersedes == check.judgements[0].id
    assert run.exit_status == 1


def test_an_unchanged_archive_leads_to_no_new_judgement(runtime) -> None:
    services.ingest.take_posts(runtime, a_dump())
    check = services.checks.judge_article(runtime, a_text())

    report = services.reverify.reverify_due(runtime)

    assert report.looked_at == 1
    assert report.changed == 0
    assert services.checks.get_check(runtime, check.id).judgements == check.judgements


def test_an_edit_after_publication_is_found_at_night(runtime) -> None:
    services.ingest.take_posts(runtime, a_dump())
    check = services.checks.judge_article(runtime, a_text())
    edited = a_row(text=WORDS.replace("nine", "ten"), edited_at="2026-02-20T08:00:00Z")
    services.ingest.take_posts(runtime, a_dump(edited, name="later.jsonl", now=datetime(2026, 2, 20, 9, tzinfo=UTC)))

    services.reverify.reverify_due(runtime)

    (judgement,) = services.checks.get_check(runtime, check.id).judgements
    codes = {finding.code for finding in judgement.opinion.findings}
    assert FindingCode.EDITED_AFTER_PUBLICATION in codes


def test_an_older_dump_taken_in_again_is_no_edit(runtime) -> None:
    services.ingest.take_posts(runtime, a_dump())
    edited = a_row(text=WORDS.replace("nine", "ten"))
    services.ingest.take_posts(runtime, a_dump(edited, name="later.jsonl", now=datetime(2026, 2, 20, 9, tzinfo=UTC)))

    again = services.ingest.take_posts(runtime, a_dump())

    assert (again.added, again.unchanged) == (0, 1)


def test_tampered_bytes_are_an_alarm(runtime) -> None:
    services.ingest.take_posts(runtime, a_dump())
    assert services.audit.audit_fixity(runtime).alarms == ()

    with runtime.database.writing() as session:
        if runtime.database.is_sqlite:
            connection = session.connection()
            for (name,) in connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'body_parts'"
            ).fetchall():
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        else:
            session.connection().exec_driver_sql("ALTER TABLE body_parts DISABLE TRIGGER ALL")
        session.connection().exec_driver_sql(tampering(runtime))

    report = services.audit.audit_fixity(runtime)

    assert len(report.alarms) == 1
    assert report.outcome == "needs_person"


def tampering(runtime) -> str:
    if runtime.database.is_sqlite:
        return "UPDATE body_parts SET bytes = X'00'"
    return "UPDATE body_parts SET bytes = '\\x00'::bytea"
