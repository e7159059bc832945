"""Judging again: where evidence, coverage, registry, engine or article changed. Superseding, never editing."""

from __future__ import annotations

from archive import storage
from archive.domain.checks import Check, CheckState
from archive.domain.ids import CheckId, JudgementId, new_id
from archive.domain.runs import StepReport
from archive.domain.verdicts import Judgement, Opinion
from archive.logs import logger_of
from archive.runtime import Runtime
from archive.services.judging import Question, judge_claims, policy_named
from archive.services.rereading import reread_due
from archive.services.steps import StepLog
from archive.verification.verdicts import ENGINE_VERSION

log = logger_of("services.reverify")

ENGINE = "engine"


def reverify_due(runtime: Runtime) -> StepReport:
    """Read due articles again, then judge again every check that may come out otherwise; a changed verdict is an alarm."""
    step = StepLog("reverify")
    reread_due(runtime, step)
    with runtime.database.reading() as session:
        due = storage.checks.due_for_rejudging(
            session, engine_version=ENGINE_VERSION, limit=runtime.settings.nightly_judgements
        )
    for check_id in due:
        step.looked()
        try:
            for judgement in rejudge(runtime, check_id):
                step.changed()
                _report(step, judgement)
        except Exception as error:
            step.failed(f"check {check_id}", error)
    return step.report()


def rejudge(runtime: Runtime, check_id: CheckId) -> tuple[Judgement, ...]:
    """Judge the engine's judgements of a finished check again; those that came out otherwise, as stored.

    What a person has decided stays as decided.
    """
    with runtime.database.reading() as session:
        check = storage.checks.get(session, check_id)
        if check.state is not CheckState.DONE or check.article is None:
            return ()
        question = Question(
            claims=tuple(judgement.opinion.claim for judgement in check.judgements),
            article=check.article.article,
            policy=policy_named(check.submission.policy),
            now=runtime.now(),
        )
        opinions = judge_claims(runtime, session, question=question)
    return _superseded(runtime, check, opinions)


def _superseded(runtime: Runtime, check: Check, opinions: tuple[Opinion, ...]) -> tuple[Judgement, ...]:
    now = runtime.now()
    newer = []
    with runtime.database.writing() as session:
        for judgement, opinion in zip(check.judgements, opinions, strict=True):
            if judgement.decided_by == ENGINE and differs(judgement.opinion, opinion):
                newer.append(successor(judgement, opinion, at=now))
                storage.checks.add_judgement(session, newer[-1])
        storage.checks.note_rejudged(session, check.id, engine_version=ENGINE_VERSION, at=now)
    return tuple(newer)
