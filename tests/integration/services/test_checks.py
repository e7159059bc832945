from datetime import timedelta

import pytest

from archive import services
from archive.domain.checks import CheckState
from archive.domain.reviews import ReviewAction
from archive.domain.verdicts import Verdict, VerdictGroup
from archive.errors import ConflictError, InvalidInputError
from tests.integration.services.given import ARTICLE, a_dump, a_registry, a_text


def test_a_quotation_rests_on_the_archived_post(runtime) -> None:
    services.curate.take_registry(runtime, a_registry())
    services.ingest.take_posts(runtime, a_dump())

    check = services.checks.judge_article(runtime, a_text())

    (judgement,) = check.judgements
    assert check.state is CheckState.DONE
    assert judgement.opinion.group is VerdictGroup.VERBATIM
    assert [item.statement.post.reference for item in judgement.opinion.evidence] == ["x:17"]
    assert judgement.opinion.evidence[0].statement.office_title == "Prime Minister of Ostrelund"


def test_the_same_thing_handed_in_twice_is_one_check(runtime) -> None:
    first = services.checks.request_check(runtime, a_text())
    second = services.checks.request_check(runtime, a_text())

    assert second.id == first.id
    services.checks.run_check(runtime, first.id)
    assert services.checks.request_check(runtime, a_text()).id != first.id


def test_a_queued_check_is_announced_and_taken_up_once(runtime) -> None:
    check = services.checks.request_check(runtime, a_text())

    assert services.checks.next_queued_check(runtime) == check.id
    done = services.checks.run_check(runtime, check.id)
    again = services.checks.run_check(runtime, check.id)
    assert done.state is CheckState.DONE
    assert again == done
    assert services.checks.next_queued_check(runtime) is None


def test_a_check_whose_worker_died_is_queued_again(runtime, clock) -> None:
    check = services.checks.request_check(runtime, a_text())
    with runtime.database.writing() as session:
        services.checks.storage.checks.claim(session, check.id, runtime.now())

    assert services.checks.next_queued_check(runtime) is None
    clock.pass_by(services.checks.ABANDONED_AFTER + timedelta(seconds=1))
    assert services.checks.release_abandoned_checks(runtime) == 1
    assert services.checks.next_queued_check(runtime) == check.id


@pytest.mark.parametrize(
    ("text", "code"),
    [("A page about boats without a word in marks.", "no_quotations"), ('"' * 2_000, "no_quotations")],
)
def test_a_text_that_cannot_be_checked_ends_as_a_failed_check(runtime, text, code) -> None:
    check = services.checks.judge_article(runtime, a_text(text))

    assert check.state is CheckState.FAILED
    assert check.error_code == code
    assert check.finished_at is not None


def test_a_text_beyond_the_limit_is_refused_before_anything_is_stored(runtime) -> None:
    with pytest.raises(InvalidInputError) as caught:
        services.checks.request_check(runtime, a_text("x" * (runtime.settings.submission_characters + 1)))

    assert caught.value.code == "submission_too_large"
    assert services.checks.recent_checks(runtime) == ()


def test_a_statement_kept_as_reported_agrees_with_the_next_article(runtime) -> None:
    check = services.checks.judge_article(runtime, a_text())

    (kept,) = services.reported.keep_all_reported(runtime, check.id)
    again = services.reported.keep_reported(runtime, check.id, number=1)
    second = services.checks.judge_article(runtime, a_text("Later.\n\n" + ARTICLE))

    assert again.post.id == kept.post.id
    assert kept.report is not None and kept.report.check_id == check.id
    assert kept.report.said_on is not None
    (judgement,) = second.judgements
    assert judgement.opinion.group is VerdictGroup.VERBATIM
    assert judgement.opinion.evidence[0].statement.is_reported


def test_an_article_is_no_witness_for_itself(runtime) -> None:
    check = services.checks.judge_article(runtime, a_text())
    services.reported.keep_all_reported(runtime, check.id)

    again = services.checks.judge_article(runtime, a_text())

    (judgement,) = again.judgements
    assert judgement.opinion.group is VerdictGroup.NOT_FOUND
    assert judgement.opinion.evidence == ()


def test_a_quotation_whose_original_is_held_is_not_kept_as_reported(runtime) -> None:
    services.ingest.take_posts(runtime, a_dump())
    check = services.checks.judge_article(runtime, a_text())

    with pytest.raises(ConflictError) as caught:
        services.reported.keep_reported(runtime, check.id, number=1)

    assert caught.value.code == "original_held"
    assert services.reported.keep_all_reported(runtime, check.id) == ()


def test_a_person_overrides_and_the_engines_judgement_stays_on_record(runtime) -> None:
    services.ingest.take_posts(runtime, a_dump())
    check = services.checks.judge_article(runtime, a_text())

    decided = services.reviews.review_judgement(
        runtime,
        check.judgements[0].id,
        action=ReviewAction.OVERRIDE,
        reviewer="Ada Lindqvist",
        reason="the sentence before it was irony",
        verdict=Verdict.CONTEXT_ALTERED,
    )

    after = services.checks.get_check(runtime, check.id)
    assert [judgement.id for judgement in after.judgements] == [decided.id]
    assert after.judgements[0].opinion.verdict is Verdict.CONTEXT_ALTERED
    assert after.earlier[0].id == check.judgements[0].id
    services.reverify.reverify_due(runtime)
    assert services.checks.get_check(runtime, check.id).judgements[0].decided_by == "Ada Lindqvist"


@pytest.mark.parametrize(
    ("action", "reviewer", "reason", "verdict"),
    [
        (ReviewAction.CONFIRM, " ", "why", None),
        (ReviewAction.CONFIRM, "Ada", "", None),
        (ReviewAction.OVERRIDE, "Ada", "why", None),
        (ReviewAction.CONFIRM, "Ada", "why", Verdict.VERBATIM),
    ],
)
def test_a_review_is_signed_reasoned_and_whole(runtime, action, reviewer, reason, verdict) -> None:
    check = services.checks.judge_article(runtime, a_text())

    with pytest.raises(InvalidInputError):
        services.reviews.review_judgement(
            runtime, check.judgements[0].id, action=action, reviewer=reviewer, reason=reason, verdict=verdict
        )
