"""Judging again: where evidence, coverage, registry, engine or article changed. Superseding, never editing."""

from __future__ import annotations

from datetime import UTC, datetime

from archive import storage
from archive.domain.checks import Check, CheckState
from archive.domain.ids import CheckId
from archive.domain.runs import StepReport
from archive.domain.verdicts import Judgement, Opinion
from archive.logs import logger_of
from archive.runtime import Runtime
from archive.services.judging import Question, judge_claims, policy_named
from archive.services.rereading import reread_due
from archive.services.steps import StepLog
from archive.services.submissions import publication_day
from archive.services.succession import ENGINE, carried_over, differs, successor
from archive.verification.verdicts import ENGINE_VERSION

log = logger_of("services.reverify")

_EVER = datetime(1970, 1, 1, tzinfo=UTC)


def reverify_due(runtime: Runtime) -> StepReport:
    """Read due articles again, then judge again what may come out otherwise; a changed verdict is an alarm."""
    step = StepLog("reverify")
    reread_due(runtime, step)
    for check_id in _due(runtime):
        step.looked()
        try:
            for old, new in rejudge(runtime, check_id):
                step.changed()
                _report(step, old, new=new)
        except Exception as error:
            step.failed(f"check {check_id}", error)
    return step.report()


def _due(runtime: Runtime) -> tuple[CheckId, ...]:
    """Checks by another engine or on accounts whose coverage changed, then the newest ones: any of their posts may have
    been edited, taken down or archived since."""
    limit = runtime.settings.nightly_judgements
    with runtime.database.reading() as session:
        runs = storage.runs.latest(session, 2)
        since = runs[1].began_at if len(runs) > 1 else _EVER
        touched = storage.coverage.changed_since(session, since)
        due = storage.checks.due_for_rejudging(session, engine_version=ENGINE_VERSION, account_ids=touched, limit=limit)
        recent = storage.checks.recent(session, limit=limit)
    newest = (check.id for check in recent if check.state is CheckState.DONE)
    return tuple(dict.fromkeys((*due, *newest)))[:limit]


def rejudge(runtime: Runtime, check_id: CheckId) -> tuple[tuple[Judgement, Judgement], ...]:
    """Judge the engine's judgements of a finished check again; each that came out otherwise, with the one before.

    What a person has decided stays as decided, and so does what rested on a statement that was removed since.
    """
    with runtime.database.reading() as session:
        check = storage.checks.get(session, check_id)
        removed = storage.redactions.is_removed_check(session, check_id)
        if check.state is not CheckState.DONE or check.article is None or removed:
            return ()
        question = Question(
            claims=tuple(judgement.opinion.claim for judgement in check.judgements),
            article=check.article.article,
            policy=policy_named(check.submission.policy),
            now=_asked_at(runtime, check),
        )
        opinions = judge_claims(runtime, session, question=question)
    return _superseded(runtime, check, opinions=opinions)


def _asked_at(runtime: Runtime, check: Check) -> datetime:
    """When the question is asked. An article without a day is no younger than its check, however many nights pass:
    else the time its original is looked for in would move on, and every night would judge it anew."""
    dated = check.article is not None and publication_day(check.article.article) is not None
    return runtime.now() if dated else check.requested_at


def _superseded(
    runtime: Runtime, check: Check, *, opinions: tuple[Opinion, ...]
) -> tuple[tuple[Judgement, Judgement], ...]:
    now = runtime.now()
    changed = []
    with runtime.database.writing() as session:
        for judgement, opinion in zip(check.judgements, opinions, strict=True):
            # What was found before a statement was removed stands: without it the answer would be "not found".
            stands = judgement.decided_by != ENGINE or judgement.opinion.redacted
            if not stands and differs(judgement.opinion, opinion):
                newer = successor(judgement, carried_over(judgement.opinion, opinion), at=now)
                storage.checks.add_judgement(session, newer)
                changed.append((judgement, newer))
    return tuple(changed)


def _report(step: StepLog, old: Judgement, *, new: Judgement) -> None:
    before, after = old.opinion.verdict, new.opinion.verdict
    if before is not after:
        step.alarm(f"Check {new.check_id}, quotation {new.number}: {before.value} became {after.value}.")
