"""Submissions: what was handed in becomes captured bytes, and captured bytes become an article."""

from __future__ import annotations

from datetime import UTC, date, datetime

from archive.capture.articles import capture_article
from archive.domain.articles import ArticleText, ArticleVersion
from archive.domain.captures import Captured, text_digest
from archive.domain.checks import Submission, SubmissionKind
from archive.domain.claims import Claim, QuotationKind
from archive.domain.ids import ArticleId, new_id
from archive.errors import ExtractionError, InvalidInputError
from archive.extraction.claims import find_claims
from archive.runtime import Runtime
from archive.services.judging import policy_named
from archive.services.reading import captured_by_hand, read_submission, require_readable


def require_submission(runtime: Runtime, submission: Submission) -> None:
    """Refuse what cannot be checked before anything is stored: too long, empty, an unknown policy, a day to come."""
    policy_named(runtime, submission.policy)
    require_readable(submission, settings=runtime.settings, now=runtime.now())


def capture_submission(runtime: Runtime, submission: Submission) -> Captured:
    """The bytes behind a submission, as captured now. The only step of a check that may use the network."""
    if submission.kind is SubmissionKind.URL:
        return capture_article(runtime.fetcher, submission.url or "")
    return captured_by_hand(submission, settings=runtime.settings, now=runtime.now())


def extract_article(runtime: Runtime, submission: Submission) -> tuple[ArticleText, tuple[Claim, ...]]:
    """An article with every quotation found in it, reported speech included, without judging any."""
    require_submission(runtime, submission)
    article = read_submission(submission, capture_submission(runtime, submission))
    return article, find_claims(article)


def checkable_claims(article: ArticleText, *, most: int) -> tuple[Claim, ...]:
    """The article's quotations, reported speech left out; ExtractionError where there is none or there are too many."""
    claims = tuple(claim for claim in find_claims(article) if claim.quotation.kind is not QuotationKind.INDIRECT)
    if not claims:
        raise ExtractionError("The text holds no quotation that can be checked.", code="no_quotations")
    if len(claims) > most:
        raise InvalidInputError(
            f"The text holds {len(claims)} quotations; at most {most} are judged at once.", code="too_many_quotations"
        )
    return claims


def version_of(article: ArticleText, captured: Captured, *, read_at: datetime) -> ArticleVersion:
    """The article as one version of its page."""
    return ArticleVersion(
        id=ArticleId(new_id()),
        capture_id=captured.capture.id,
        read_at=read_at,
        text_digest=text_digest(article.text),
        article=article,
    )


def publication_day(article: ArticleText) -> date | None:
    """The day an article gives as its own, in the page's zone where it says so, else in UTC."""
    if article.published_on is not None or article.published is None:
        return article.published_on
    return article.published.astimezone(UTC).date()
