"""Reading articles again: were they changed, corrected or taken down since they were checked (findings P1 to P6)?

The verdict stands on the words once printed: a rereading adds what became of them, and a changed page is checked anew.
"""

from __future__ import annotations

from datetime import datetime

from archive import storage
from archive.domain.articles import ArticleVersion
from archive.domain.checks import Check, Submission, SubmissionKind
from archive.domain.claims import Claim
from archive.domain.findings import FindingCode
from archive.domain.policies import Policy
from archive.domain.verdicts import Judgement
from archive.errors import CaptureError
from archive.extraction.claims import find_claims
from archive.runtime import Runtime
from archive.services.judging import policy_named
from archive.services.reading import read_submission
from archive.services.steps import StepLog
from archive.services.submissions import version_of
from archive.services.succession import ENGINE, successor
from archive.storage.database import Session
from archive.verification.revisions import revision_of, with_revision

_GONE = (404, 410)
_MOST_CHECKS = 500


def reread_due(runtime: Runtime, step: StepLog) -> None:
    """Look again at the articles that are due, each on its own; never more than the settings allow."""
    with runtime.database.reading() as session:
        due = storage.articles.due(session, now=runtime.now(), limit=runtime.settings.nightly_articles)
    for version in due:
        step.looked()
        try:
            if reread(runtime, version):
                step.changed()
        except Exception as error:
            step.failed(f"article {version.article.url}", error)


def reread(runtime: Runtime, version: ArticleVersion) -> bool:
    """Look at one article's address again; whether what it shows has changed."""
    url = version.article.url or ""
    captured = runtime.fetcher.fetch(url)
    status = captured.capture.provenance.status or 0
    if status in _GONE:
        return _noted_gone(runtime, version)
    if not 200 <= status < 300:
        _looked(runtime, url)
        raise CaptureError(f"The site answered with status {status} instead of the page.", code="capture_status")
    submission = Submission(kind=SubmissionKind.URL, url=url)
    newer = version_of(read_submission(submission, captured), captured, read_at=runtime.now())
    if newer.text_digest == version.text_digest:
        _looked(runtime, url)
        return False
    claims = find_claims(newer.article)
    with runtime.database.writing() as session:
        storage.captures.add(session, captured)
        storage.articles.add(session, newer)
        for check in _checks_of(session, version):
            for judgement in check.judgements:
                policy = policy_named(runtime, check.submission.policy)
                _note_revision(
                    session, judgement, check=check, newer=newer, claims=claims, policy=policy, at=runtime.now()
                )
    return True


def _note_revision(
    session: Session,
    judgement: Judgement,
    *,
    check: Check,
    newer: ArticleVersion,
    claims: tuple[Claim, ...],
    policy: Policy,
    at: datetime,
) -> None:
    if judgement.decided_by != ENGINE or check.article is None:
        return
    code, now_there = revision_of(
        judgement.opinion.claim, before=check.article.article, after=newer.article, claims=claims
    )
    changed = code in (FindingCode.QUOTATION_SILENTLY_CHANGED, FindingCode.QUOTATION_CORRECTED)
    reads = now_there.quotation.content if changed and now_there is not None else None
    opinion = with_revision(judgement.opinion, code, policy=policy, now_reads=reads)
    storage.checks.add_judgement(session, successor(judgement, opinion, at=at))


def _noted_gone(runtime: Runtime, version: ArticleVersion) -> bool:
    """Note, once, that the page is no longer there."""
    noted = False
    with runtime.database.writing() as session:
        storage.articles.looked(session, version.article.url or "", at=runtime.now())
        for check in _checks_of(session, version):
            policy = policy_named(runtime, check.submission.policy)
            for judgement in check.judgements:
                codes = {finding.code for finding in judgement.opinion.findings}
                if judgement.decided_by != ENGINE or FindingCode.ARTICLE_GONE in codes:
                    continue
                opinion = with_revision(judgement.opinion, FindingCode.ARTICLE_GONE, policy=policy)
                storage.checks.add_judgement(session, successor(judgement, opinion, at=runtime.now()))
                noted = True
    return noted


def _looked(runtime: Runtime, url: str) -> None:
    with runtime.database.writing() as session:
        storage.articles.looked(session, url, at=runtime.now())


def _checks_of(session: Session, version: ArticleVersion) -> tuple[Check, ...]:
    """The newest checks that judged that address."""
    recent = storage.checks.recent(session, limit=_MOST_CHECKS)
    return tuple(
        check for check in recent if check.article is not None and check.article.article.url == version.article.url
    )
