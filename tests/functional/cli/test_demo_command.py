from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import services
from archive.domain.findings import FindingCode
from archive.domain.verdicts import SourceState, Verdict, VerdictGroup
from archive.runtime import Runtime, build_runtime
from web.commands import demo_settings
from web.demo import content, story


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runtime]:
    settings = demo_settings(tmp_path_factory.mktemp("demo"))
    services.database.upgrade_database(settings)
    with build_runtime(settings) as runtime:
        story.load_demo(runtime)
        yield runtime


@pytest.fixture(scope="module")
def result(archive: Runtime) -> story.DemoResult:
    return story.check_articles(archive)


def test_the_demo_says_that_it_is_one(archive: Runtime) -> None:
    assert archive.is_demo


def test_the_article_on_the_reports_agrees_with_the_report_quotation_by_quotation(result) -> None:
    opinions = [judgement.opinion for judgement in result.reported.judgements]

    assert len(opinions) == 5
    assert all(opinion.group is VerdictGroup.VERBATIM for opinion in opinions)
    assert all(opinion.axes.source is SourceState.REPORTED_ONLY for opinion in opinions)


def test_the_faithful_article_quotes_every_original_well(result) -> None:
    opinions = [judgement.opinion for judgement in result.faithful.judgements]

    assert len(opinions) == 9
    assert {opinion.verdict for opinion in opinions} == {Verdict.VERBATIM_RENDERED}
    codes = {finding.code for opinion in opinions for finding in opinion.findings}
    assert {FindingCode.HANDLE_AS_NAME, FindingCode.HASHTAG_UNWRAPPED, FindingCode.OWN_CAPTURE} <= codes


@pytest.mark.parametrize("change", content.changes(), ids=lambda change: change.name.replace(" ", "-"))
def test_each_change_gets_its_own_right_verdict(result, change: content.Change) -> None:
    opinion = story.judgement_about(result.doctored, change.about).opinion

    assert opinion.verdict is change.verdict
    if change.code is not None:
        assert change.code in {finding.code for finding in opinion.findings}


def test_the_acronym_flipped_inside_one_quotation_is_noted_on_the_article(result) -> None:
    assert FindingCode.INCONSISTENT_FORMS in {note.finding.code for note in result.doctored.notes}


def test_swapping_two_ministers_is_seen_on_both_sides(result) -> None:
    other = story.judgement_about(result.doctored, "Halvmark's first tidal").opinion

    assert other.verdict is Verdict.MISATTRIBUTED


def test_loading_the_demo_twice_adds_nothing(archive: Runtime) -> None:
    before = services.trust.get_log_head(archive)

    story.load_demo(archive)

    assert services.trust.get_log_head(archive) == before


def test_without_a_day_of_coverage_the_invented_quotation_is_a_gap_and_the_night_says_so(archive, result) -> None:
    doctored = story.check_doctored(archive)
    invented = story.judgement_about(doctored, "Whoever lands herring")
    assert invented.opinion.verdict is Verdict.NOT_FOUND_COVERED

    story.lose_a_day(archive)
    fresh = story.judgement_about(story.check_doctored(archive), "Whoever lands herring")
    report = services.reverify.reverify_due(archive)
    judged_again = services.checks.get_check(archive, doctored.id)

    assert fresh.opinion.verdict is Verdict.NOT_FOUND_GAP
    again = story.judgement_about(judged_again, "Whoever lands herring")
    assert again.opinion.verdict is Verdict.NOT_FOUND_GAP
    assert again.supersedes == invented.id
    assert any("not_found_covered became not_found_gap" in alarm for alarm in report.alarms)


def test_an_edit_after_publication_shows_after_the_night(archive, result) -> None:
    story.let_a_post_change(archive)

    services.reverify.reverify_due(archive)

    again = services.checks.get_check(archive, result.faithful.id)
    opinion = story.judgement_about(again, "The new ferry contract").opinion
    assert FindingCode.EDITED_AFTER_PUBLICATION in {finding.code for finding in opinion.findings}


def test_the_command_prints_both_parts_and_keeps_to_its_own_archive(command, tmp_path: Path) -> None:
    answer = command("demo", "--directory", tmp_path / "demo", "--fresh")

    assert "As reported:" in answer.out
    assert "Invented:" in answer.out
    assert "an invented quotation" in answer.out
    assert (tmp_path / "demo" / "archive.db").exists()
    assert not (tmp_path / "data" / "archive.db").exists()
    assert answer.status == 0
