"""Judging again: where evidence, coverage, registry, engine or article changed. Superseding, never editing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from archive import storage
from archive.domain.checks import Check, CheckState
from archive.domain.findings import Family
from archive.domain.ids import CheckId
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
    """Read due articles again, then judge again what may come out otherwise; a changed verdict is an alarm."""
    step = StepLog("reverify")
    reread_due(runtime, step)
    with runtime.database.reading() as session:
        due = storage.checks.due_for_rejudging(
            session, engine_version=ENGINE_VERSION, limit=runtime.settings.nightly_judgements
        )
    for check_id in due:
        step.looked()
        try:
            for old, new in rejudge(runtime, check_id):
                step.changed()
                _report(step, old, new=new)
        except Exception as error:
            step.failed(f"check {check_id}", error)
    return step.report()


def rejudge(runtime: Runtime, check_id: CheckId) -> tuple[tuple[Judgement, Judgement], ...]:
    """Judge the engine's judgements of a finished check again; each that came out otherwise, with the one before.

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
    return _superseded(runtime, check, opinions=opinions)


def _superseded(runtime: Runtime, check: Check, *, opinions: tuple[Opinion, ...]) -> tuple[tuple[Judgement, Judgement], ...]:
    now = runtime.now()
    changed = []
    with runtime.database.writing() as session:
        for judgement, opinion in zip(check.judgements, opinions, strict=True):
            if judgement.decided_by == ENGINE and differs(judgement.opinion, opinion):
                newer = successor(judgement, opinion, at=now)
                storage.checks.add_judgement(session, newer)
                changed.append((judgement, newer))
        storage.checks.note_rejudged(session, check.id, engine_version=ENGINE_VERSION, at=now)
    return tuple(changed)


def differs(old: Opinion, new: Opinion) -> bool:
    """Whether an opinion says anything else than the one before it. What was noted of the article itself is left out."""
    return _gist(old) != _gist(new)


def successor(judgement: Judgement, opinion: Opinion, *, at: datetime) -> Judgement:
    """The engine's next judgement on the same quotation."""
    return replace(
        judgement,
        id=JudgementId(new_id()),
        opinion=opinion,
        engine_version=ENGINE_VERSION,
        decided_at=at,
        decided_by=ENGINE,
        reason=None,
        supersedes=judgement.id,
    )


def _gist(opinion: Opinion) -> tuple[object, ...]:
    findings = tuple(finding for finding in opinion.findings if finding.code.family is not Family.ARTICLE_STATE)
    evidence = tuple((item.statement.snapshot.id, item.grade) for item in opinion.evidence)
    return opinion.verdict, opinion.axes, findings, evidence, opinion.coverage


def _report(step: StepLog, old: Judgement, *, new: Judgement) -> None:
    before, after = old.opinion.verdict, new.opinion.verdict
    if before is not after:
        step.alarm(f"Check {new.check_id}, quotation {new.number}: {before.value} became {after.value}.")
