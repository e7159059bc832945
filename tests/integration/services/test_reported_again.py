"""From a report to the original: kept, agreed with, and judged again once the original is there."""

from dataclasses import replace
from datetime import datetime, timedelta

from archive import services
from archive.domain.checks import Submission
from archive.domain.verdicts import Opinion, SourceState, Verdict, VerdictGroup
from archive.jobs.nightly import run_nightly
from tests.integration.services.given import ARTICLE, WORDS, a_dump, a_registry, a_row, a_text


def test_a_judgement_that_leaned_on_a_report_is_made_again_against_the_original(runtime, clock) -> None:
    first = services.checks.judge_article(runtime, a_text())
    assert first.judgements[0].opinion.verdict is Verdict.NO_ACCOUNT_KNOWN

    services.reported.keep_all_reported(runtime, first.id)
    # The next article: one that is handed in again is no second witness of its own report.
    second = services.checks.judge_article(
        runtime, a_text("Harbour\n\nIt was windy.\n\n" + ARTICLE.partition("\n\n")[2])
    )
    opinion = second.judgements[0].opinion
    assert opinion.group is VerdictGroup.VERBATIM
    assert opinion.axes.source is SourceState.REPORTED_ONLY
    assert "agrees with the report" in opinion.explanation
    assert "no original is captured" in opinion.explanation

    services.curate.take_registry(runtime, a_registry())
    services.ingest.take_posts(runtime, a_dump(a_row(url=None), now=datetime.fromisoformat("2026-03-01T08:30:00Z")))
    clock.pass_by(timedelta(hours=1))
    run = run_nightly(runtime)

    assert all(not step.failures for step in run.steps)
    for check in (first, second):
        (again,) = services.checks.get_check(runtime, check.id).judgements
        (evidence,) = again.opinion.evidence
        assert not evidence.statement.is_reported
        assert evidence.statement.post.native_id == "17"
        assert again.opinion.verdict is Verdict.VERBATIM_RENDERED
        assert again.opinion.axes.source is not SourceState.REPORTED_ONLY
        assert "report" not in again.opinion.explanation
        assert again.supersedes is not None


def test_a_quotation_that_differs_from_the_report_differs_with_the_report_only(runtime) -> None:
    first = services.checks.judge_article(runtime, a_text())
    services.reported.keep_all_reported(runtime, first.id)
    changed = WORDS.replace("nobody", "everybody")

    check = services.checks.judge_article(
        runtime, a_text(f'Ferries\n\n"{changed[:-1]}," Tavrin Oskelbeck posted on X.\n')
    )

    opinion = check.judgements[0].opinion
    assert opinion.group is VerdictGroup.ALTERED
    said = " ".join((opinion.explanation, *(finding.explanation for finding in opinion.findings)))
    assert "differs from the report" in said
    assert "original is captured" in said
    assert "the original" not in said


WIRE = (
    "Harbour Desk\n\nThe ferries of Ostrelund sailed on Sunday although the wind had not let go of the coast since "
    "Friday, and the crews were told to keep the smaller boats in port until the morning.\n\n{quotation}\n\n"
    "A spokeswoman for the harbour said that two lines had been closed for an hour, that no passenger had been hurt, "
    "and that the timetable of Monday would be that of any other working day."
)
QUOTED = f'"{WORDS[:-1]}," Tavrin Oskelbeck posted on X.'


def checked_after_the_wire(runtime, text: str) -> Opinion:
    first = services.checks.judge_article(runtime, a_text(WIRE.format(quotation=QUOTED)))
    services.reported.keep_all_reported(runtime, first.id)
    return services.checks.judge_article(runtime, a_text(text)).judgements[0].opinion


def codes_of(opinion: Opinion) -> set[str]:
    return {finding.code.value for finding in opinion.findings}


def test_the_same_wire_text_in_another_paper_is_no_second_witness(runtime) -> None:
    opinion = checked_after_the_wire(runtime, WIRE.format(quotation=QUOTED).replace("Harbour Desk", "From the ports"))

    assert opinion.group is VerdictGroup.VERBATIM
    assert "X14" in codes_of(opinion)
    assert "P7" not in codes_of(opinion)
    assert "one witness" in opinion.explanation


def test_a_copy_of_the_wire_text_that_changes_the_quotation_is_named(runtime) -> None:
    opinion = checked_after_the_wire(runtime, WIRE.format(quotation=QUOTED.replace("nobody", "everybody")))

    assert opinion.group is VerdictGroup.ALTERED
    assert {"X14", "P7"} <= codes_of(opinion)


def test_a_text_of_its_own_is_a_witness_of_its_own(runtime) -> None:
    opinion = checked_after_the_wire(
        runtime,
        f"Ships\n\nThe minister had been asked about the storm for two days before he answered.\n\n{QUOTED}\n\n"
        "Fishermen on the northern piers were less sure, and some of them stayed at home until the evening tide, when "
        "the first of the larger boats came back with a torn sail and the crew in good health.",
    )

    assert opinion.group is VerdictGroup.VERBATIM
    assert not {"X14", "P7"} & codes_of(opinion)


def test_nights_that_find_nothing_new_judge_nothing_anew(runtime, clock) -> None:
    # An article without a day: the time its original is looked for in must not move on with every night.
    undated = services.checks.judge_article(runtime, an_undated_text())
    for _ in range(2):
        clock.pass_by(timedelta(hours=24))
        reverified = next(step for step in run_nightly(runtime).steps if step.name == "reverify")
        assert (reverified.looked_at, reverified.changed) == (1, 0)
    assert services.checks.get_check(runtime, undated.id).judgements == undated.judgements


def an_undated_text() -> Submission:
    return replace(a_text(f'Ferries\n\n"{WORDS[:-1]}," Tavrin Oskelbeck posted on X.\n'), published_on=None)
