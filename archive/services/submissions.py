"""Submissions: what was handed in becomes captured bytes, and captured bytes become an article."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from archive.capture.articles import capture_article, declared_charset
from archive.capture.dumps import pasted, read_upload
from archive.domain.articles import ArticleText, ArticleVersion
from archive.domain.captures import Captured, text_digest
from archive.domain.checks import Submission, SubmissionKind
from archive.domain.claims import Claim, QuotationKind
from archive.domain.ids import ArticleId, new_id
from archive.errors import ExtractionError, InvalidInputError
from archive.extraction.claims import find_claims, plain_article
from archive.extraction.dumps.saved_pages import saved_address
from archive.extraction.pages import read_article
from archive.runtime import Runtime
from archive.services.judging import policy_named

_ZONES_AHEAD = timedelta(days=1)
"""Tomorrow in UTC is today east of here: an article from Wellington is not from the future."""
_NO_TEXTS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a packed document (Word, OpenDocument, zip)"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"{\\rtf", "a rich-text document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a packed file"),
)
_MOST_BYTES_A_LETTER = 4
_PLAIN_SUFFIXES = (".txt", ".text", ".md")


def require_submission(runtime: Runtime, submission: Submission) -> None:
    """Refuse what cannot be checked before anything is stored: too long, empty, an unknown policy, a day to come."""
    policy_named(runtime, submission.policy)
    settings = runtime.settings
    match submission.kind:
        case SubmissionKind.URL:
            if not (submission.url or "").strip():
                raise InvalidInputError("Give the address of an article.", code="nothing_submitted")
        case SubmissionKind.TEXT:
            require_length(len(submission.text or ""), settings.submission_characters, unit="characters")
            if not (submission.text or "").strip():
                raise InvalidInputError("There is no text to check.", code="nothing_submitted")
        case SubmissionKind.FILE:
            require_length(len(submission.body or b""), settings.submission_bytes, unit="bytes")
            if not (submission.body or b"").strip():
                raise InvalidInputError("The file is empty.", code="nothing_submitted")
    if submission.published_on is not None and submission.published_on > runtime.now().date() + _ZONES_AHEAD:
        raise InvalidInputError("The day of publication lies in the future.", code="bad_date")


def require_length(length: int, most: int, *, unit: str) -> None:
    """Refuse what is longer than the settings allow."""
    if length > most:
        raise InvalidInputError(
            f"That is too long to check: {length:,} {unit}, at most {most:,} are read.", code="submission_too_large"
        )


def capture_submission(runtime: Runtime, submission: Submission) -> Captured:
    """The bytes behind a submission, as captured now. The only step of a check that may use the network."""
    now, settings = runtime.now(), runtime.settings
    match submission.kind:
        case SubmissionKind.URL:
            return capture_article(runtime.fetcher, submission.url or "")
        case SubmissionKind.TEXT:
            return pasted(
                submission.text or "", now=now, most_bytes=_MOST_BYTES_A_LETTER * settings.submission_characters
            )
        case SubmissionKind.FILE:
            name, body = submission.file_name or "article.html", submission.body or b""
            return read_upload(name, body, now=now, most_bytes=settings.submission_bytes)


def read_submission(submission: Submission, captured: Captured) -> ArticleText:
    """The article as read from what was captured; a day the submitter gave goes before the page's own."""
    if submission.kind is SubmissionKind.TEXT:
        article = plain_article(submission.text or "", url=submission.url)
    elif _is_plain(submission):
        article = plain_article(decoded(captured.body), url=submission.url)
    else:
        url = captured.capture.provenance.final_url or submission.url or saved_address(captured.body)
        article = read_article(
            captured.body, url=url, media_type=captured.capture.media_type, charset=declared_charset(captured)
        )
    if submission.published_on is None:
        return article
    if article.published is not None and article.published.date() == submission.published_on:
        return article
    return replace(article, published_on=submission.published_on, published=None)


def decoded(body: bytes) -> str:
    """A text file's characters. UTF-8, or UTF-16 with a byte-order mark; anything else is refused, never guessed.

    ExtractionError ``article_binary`` for documents and pictures, ``wrong_encoding`` for text in another encoding.
    """
    kind = next((name for magic, name in _NO_TEXTS if body.startswith(magic)), None)
    if kind is not None:
        raise ExtractionError(
            f"The file is {kind}, which is not read: save it as a web page or as plain text.", code="article_binary"
        )
    encoding = "utf-16" if body[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        raise ExtractionError(
            "The text is not in UTF-8: save it as UTF-8 and hand it in again.", code="wrong_encoding"
        ) from error
    if "\0" in text:
        # UTF-16 without its mark reads as UTF-8 with a zero after every letter.
        raise ExtractionError("The file is not text, so no article can be read from it.", code="article_binary")
    return text


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


def _is_plain(submission: Submission) -> bool:
    name = (submission.file_name or "").lower()
    return submission.kind is SubmissionKind.FILE and name.endswith(_PLAIN_SUFFIXES)
