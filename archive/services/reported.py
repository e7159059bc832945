"""Keeping as reported: a quoted post whose original is not held, with the article that quotes it as its source.

Such a statement is graded E0 and is never an original: a later quotation can agree or differ with the report, no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from urllib.parse import urlsplit

from archive import storage
from archive.domain.accounts import Account, Platform
from archive.domain.articles import ArticleText
from archive.domain.captures import Captured, text_digest
from archive.domain.checks import Check, CheckState
from archive.domain.claims import Claim
from archive.domain.evidence import EvidenceGrade
from archive.domain.ids import CaptureId, CheckId, SnapshotId, named_id, new_id
from archive.domain.posts import Post, Snapshot, post_id_of
from archive.domain.redactions import RedactedError
from archive.domain.statements import Report, Statement
from archive.domain.verdicts import Judgement
from archive.domain.voices import Voice, VoiceBasis
from archive.errors import ArchiveError, ConflictError, InvalidInputError, NotFoundError
from archive.runtime import Runtime
from archive.services.submissions import publication_day
from archive.storage.database import Session
from archive.text.names import name_key
from archive.verification.attribution import credited


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedClaim:
    """A claim with the report it comes from and the capture that shows the report."""

    claim: Claim
    report: Report
    capture_id: CaptureId


def keep_reported(runtime: Runtime, check_id: CheckId, *, number: int) -> Statement:
    """Keep quotation ``number`` of a finished check as reported by its article. Keeping it twice changes nothing."""
    check = _finished(runtime, check_id)
    judgement = next((judgement for judgement in check.judgements if judgement.number == number), None)
    if judgement is None:
        raise NotFoundError(f"The check has no quotation number {number}.", code="no_such_quotation")
    if judgement.opinion.redacted:
        raise ConflictError("The statement it repeats was removed on purpose.", code="statement_removed")
    if _rests_on_original(judgement):
        raise ConflictError("The original of that quotation is held already.", code="original_held")
    with runtime.database.writing() as session:
        return _keep(runtime, session, reported=_reported(check, judgement))


def keep_all_reported(runtime: Runtime, check_id: CheckId) -> tuple[Statement, ...]:
    """Keep every quotation of a finished check whose original is not held and whose speaker the article names."""
    check = _finished(runtime, check_id)
    kept: list[Statement] = []
    with runtime.database.writing() as session:
        for judgement in filter(_is_keepable, check.judgements):
            try:
                kept.append(_keep(runtime, session, reported=_reported(check, judgement)))
            except RedactedError:
                # It was kept once and then removed on purpose: it does not come back.
                continue
    return tuple(kept)


def keep_reports(
    runtime: Runtime, captured: Captured, *, claims: tuple[tuple[Claim, Report], ...]
) -> tuple[Statement, ...]:
    """Keep claims as reported where the report itself was captured by hand."""
    with runtime.database.writing() as session:
        storage.captures.add(session, captured)
        return tuple(
            _keep(
                runtime,
                session,
                reported=ReportedClaim(claim=claim, report=report, capture_id=captured.capture.id),
            )
            for claim, report in claims
        )


def _finished(runtime: Runtime, check_id: CheckId) -> Check:
    with runtime.database.reading() as session:
        check = storage.checks.get(session, check_id)
    if check.state is not CheckState.DONE or check.article is None:
        raise ConflictError("The check has not come to its end.", code="check_not_done")
    return check


def _rests_on_original(judgement: Judgement) -> bool:
    return any(not item.statement.is_reported for item in judgement.opinion.evidence)


def _is_keepable(judgement: Judgement) -> bool:
    opinion = judgement.opinion
    return not (_rests_on_original(judgement) or opinion.redacted) and bool(opinion.claim.attribution.speaker_name)


def _reported(check: Check, judgement: Judgement) -> ReportedClaim:
    version = check.article
    if version is None or version.capture_id is None:
        raise ArchiveError("The article of that check is not held.", code="no_such_record")
    claim, article = judgement.opinion.claim, version.article
    report = Report(
        outlet=_outlet(article, file_name=check.submission.file_name),
        article_title=article.title,
        article_url=article.url,
        article_published_on=publication_day(article),
        embedded_url=claim.embed.url if claim.embed is not None else None,
        said_on=claim.attribution.said_on.day if claim.attribution.said_on is not None else None,
        check_id=check.id,
        article_id=version.id,
    )
    return ReportedClaim(claim=claim, report=report, capture_id=version.capture_id)


def _outlet(article: ArticleText, *, file_name: str | None) -> str:
    host = (urlsplit(article.url).hostname or "").removeprefix("www.") if article.url else ""
    titled = f"the article “{article.title}”" if article.title else "an article handed in"
    return article.outlet or host or file_name or titled


def _keep(runtime: Runtime, session: Session, *, reported: ReportedClaim) -> Statement:
    claim, now = reported.claim, runtime.now()
    name = claim.attribution.speaker_name
    if not name:
        raise InvalidInputError("The article names nobody for those words, so they cannot be kept.", code="no_speaker")
    account = _account(session, claim, name=name)
    post = _post(reported, account=account, now=now)
    snapshot = _snapshot(reported, post=post, now=now)
    statement = Statement(
        voice=Voice(name=name, basis=VoiceBasis.REPORT),
        account=account,
        post=post,
        snapshot=snapshot,
        grade=EvidenceGrade.TYPED_IN,
        office_title=claim.attribution.office,
        report=reported.report,
    )
    return storage.reported.keep(session, statement)


def _account(session: Session, claim: Claim, *, name: str) -> Account:
    """The speaker's account on that platform where the registry has one, else a stand-in that knows only the name."""
    attribution = claim.attribution
    platform = attribution.platform or (claim.embed.platform if claim.embed is not None else None) or Platform.WEB
    known = storage.directory.directory(
        session, names=(name,), handles=(attribution.handle,) if attribution.handle else ()
    )
    for account_id in credited(claim, known, on=_day(claim)).accounts:
        account = known.account(account_id)
        if account is not None and account.platform is platform:
            return account
    return storage.accounts.ensure_account(
        session,
        platform=platform,
        native_id=None if attribution.handle else f"name:{name_key(name)}",
        handle=attribution.handle or "",
        display_name=name,
        url=None,
    )


def _post(reported: ReportedClaim, *, account: Account, now: datetime) -> Post:
    """The post as far as the report knows it: the same words by the same speaker from the same article meet one key."""
    report, words = reported.report, reported.claim.quotation.content
    source = report.article_url or f"{report.outlet} {report.article_published_on or ''} {report.article_title or ''}"
    native_id = "reported:" + named_id("report", source, account.native_id, words).hex
    day = report.said_on or report.article_published_on or now.date()
    return Post(
        id=post_id_of(account.platform, native_id),
        platform=account.platform,
        native_id=native_id,
        account_id=account.id,
        posted_at=datetime.combine(day, time(), tzinfo=UTC),
        url=report.embedded_url,
    )


def _snapshot(reported: ReportedClaim, *, post: Post, now: datetime) -> Snapshot:
    words = reported.claim.quotation.content
    return Snapshot(
        id=SnapshotId(new_id()),
        post_id=post.id,
        capture_id=reported.capture_id,
        version=1,
        seen_at=now,
        text=words,
        text_digest=text_digest(words),
        language=reported.claim.language,
    )


def _day(claim: Claim) -> date:
    claimed = claim.attribution.said_on
    return (claimed.day if claimed is not None else None) or claim.published_on or date.max
