"""Checks: one article in, every quotation judged. The row is the truth about a check's state; a check always ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from archive import storage
from archive.domain.articles import ArticleVersion
from archive.domain.captures import Captured
from archive.domain.checks import Check, CheckState, Submission
from archive.domain.findings import Finding, Severity
from archive.domain.ids import CheckId, JudgementId, new_id
from archive.domain.verdicts import Judgement, Note, Opinion, Verdict, VerdictGroup
from archive.errors import ArchiveError
from archive.logs import logger_of
from archive.runtime import Runtime
from archive.services import showing
from archive.services.judging import Question, judge_claims, policy_named
from archive.services.reading import read_submission
from archive.services.submissions import (
    capture_submission,
    checkable_claims,
    require_submission,
    version_of,
)
from archive.verification.consistency import notes_on
from archive.verification.reweighing import reweighed
from archive.verification.verdicts import ENGINE_VERSION

log = logger_of("services.checks")

INTERNAL_ERROR = "internal_error"
ABANDONED_AFTER = timedelta(minutes=15)
"""A check that has run for so long has lost its worker; the longest real ones take a minute."""
_FLAGGED_GROUPS = (VerdictGroup.ALTERED, VerdictGroup.MISATTRIBUTED, VerdictGroup.NOT_FOUND)
_FLAGGED_VERDICTS = (Verdict.AMBIGUOUS, Verdict.PENDING, Verdict.DISPUTED)


def request_check(runtime: Runtime, submission: Submission) -> Check:
    """A queued check of ``submission``, or the one already under way for the same thing."""
    require_submission(runtime, submission)
    with runtime.database.writing() as session:
        under_way = storage.checks.under_way(session, submission)
        if under_way is not None:
            return under_way
        check = Check(id=CheckId(new_id()), submission=submission, state=CheckState.QUEUED, requested_at=runtime.now())
        storage.checks.add(session, check)
    log.info("check.queued", check=str(check.id), kind=submission.kind.value)
    runtime.announce(check.id)
    return check


def release_abandoned_checks(runtime: Runtime) -> int:
    """Queue the checks of workers that died again, so that a check always ends; how many there were."""
    with runtime.database.writing() as session:
        return storage.checks.release_abandoned(session, now=runtime.now(), longer_than=ABANDONED_AFTER)


def next_queued_check(runtime: Runtime) -> CheckId | None:
    """The check that has waited longest, if one waits."""
    with runtime.database.reading() as session:
        return storage.checks.next_queued(session)


def get_check(runtime: Runtime, check_id: CheckId) -> Check:
    """The check with its newest judgements; NotFoundError where there is none, RedactedError with the tombstone where
    its article was removed."""
    return showing.shown_check(runtime, _held(runtime, check_id))


def _held(runtime: Runtime, check_id: CheckId) -> Check:
    with runtime.database.reading() as session:
        storage.redactions.refuse_removed_check(session, check_id)
        return storage.checks.get(session, check_id)


def get_check_under(runtime: Runtime, check_id: CheckId, *, policy: str) -> Check:
    """The check as another house style weighs it; nothing is stored or compared again. InvalidInputError
    ``unknown_policy`` where there is no such style."""
    check, style = _held(runtime, check_id), policy_named(runtime, policy)
    judgements = tuple(
        replace(judgement, opinion=reweighed(judgement.opinion, style), policy=style.name)
        for judgement in check.judgements
    )
    notes = tuple(
        replace(note, finding=replace(note.finding, severity=style.severity_of(note.finding.code)))
        for note in check.notes
    )
    submission = replace(check.submission, policy=style.name)
    weighed = replace(check, judgements=judgements, notes=notes, submission=submission)
    return showing.shown_check(runtime, weighed)


def recent_checks(runtime: Runtime, *, limit: int = 20, after: str | None = None) -> tuple[Check, ...]:
    """The newest checks first, a page at a time."""
    with runtime.database.reading() as session:
        found = storage.checks.recent(session, limit=limit, after=after)
    return tuple(showing.shown_check(runtime, check) for check in found)


def run_check(runtime: Runtime, check_id: CheckId) -> Check:
    """Judge a queued check to its end. One that another worker has is returned as it stands."""
    with runtime.database.writing() as session:
        check = storage.checks.claim(session, check_id, runtime.now())
    if check is None:
        return get_check(runtime, check_id)
    try:
        _judge(runtime, check)
    except ArchiveError as error:
        log.info("check.failed", check=str(check_id), code=error.code)
        _fail(runtime, check_id, code=error.code, message=error.message)
    except Exception:
        # Whatever goes wrong inside, the submitter gets an end and a sentence; the log gets the trace.
        log.exception("check.broken", check=str(check_id))
        _fail(runtime, check_id, code=INTERNAL_ERROR, message="Something went wrong inside the archive.")
    return get_check(runtime, check_id)


def judge_article(runtime: Runtime, submission: Submission) -> Check:
    """Request a check and run it at once: what a command line does."""
    return run_check(runtime, request_check(runtime, submission).id)


def _judge(runtime: Runtime, check: Check) -> None:
    captured = capture_submission(runtime, check.submission)
    article = read_submission(check.submission, captured)
    claims = checkable_claims(article, most=runtime.settings.quotations_per_check)
    policy = policy_named(runtime, check.submission.policy)
    question = Question(claims=claims, article=article, policy=policy, now=runtime.now())
    with runtime.database.reading() as session:
        opinions = judge_claims(runtime, session, question=question)
    notes = notes_on(article, claims, policy=policy)
    version = version_of(article, captured, read_at=runtime.now())
    judgements = judgements_of(runtime, opinions, check=check, version=version)
    _finish(runtime, check, captured=captured, version=version, judgements=judgements, notes=notes)
    log.info("check.finished", check=str(check.id), quotations=len(judgements))


def judgements_of(
    runtime: Runtime, opinions: tuple[Opinion, ...], *, check: Check, version: ArticleVersion
) -> tuple[Judgement, ...]:
    """The opinions as dated judgements of this engine, numbered from 1."""
    return tuple(
        Judgement(
            id=JudgementId(new_id()),
            number=number,
            opinion=opinion,
            policy=check.submission.policy,
            engine_version=ENGINE_VERSION,
            decided_at=runtime.now(),
            check_id=check.id,
            article_id=version.id,
        )
        for number, opinion in enumerate(opinions, start=1)
    )


def has_findings(check: Check) -> bool:
    """Whether a finished check has anything to flag, in a quotation or in the article as a whole: the "1" of the
    command line."""
    return any(map(is_flagged, check.judgements)) or any(_weighs(note.finding) for note in check.notes)


def is_flagged(judgement: Judgement) -> bool:
    """Whether a quotation is to be looked at.

    Flagged is what is altered, misattributed or not found, what is undecided because originals fit equally or a person
    has to look, and every finding that the policy weighs more than a note. Renderings are notes.
    """
    opinion = judgement.opinion
    if opinion.group in _FLAGGED_GROUPS or opinion.verdict in _FLAGGED_VERDICTS:
        return True
    return any(map(_weighs, opinion.findings))


def _weighs(finding: Finding) -> bool:
    return finding.severity is not Severity.NOTE


def _finish(
    runtime: Runtime,
    check: Check,
    *,
    captured: Captured,
    version: ArticleVersion,
    judgements: tuple[Judgement, ...],
    notes: tuple[Note, ...],
) -> None:
    at = runtime.now()
    with runtime.database.writing() as session:
        storage.captures.add(session, captured)
        storage.articles.add(session, version)
        storage.checks.finish(session, check.id, article=version, judgements=judgements, notes=notes, at=at)


def _fail(runtime: Runtime, check_id: CheckId, *, code: str, message: str) -> None:
    with runtime.database.writing() as session:
        storage.checks.fail(session, check_id, code=code, message=message, at=runtime.now())
