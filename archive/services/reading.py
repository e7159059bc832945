"""Reading what was handed in: the article behind a text or a file. Needs no archive and no network.

What pages take – parsers, and much memory – is loaded with the first page.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from archive.capture.content_types import declared_charset
from archive.capture.dumps import pasted, read_upload
from archive.domain.articles import ArticleText
from archive.domain.captures import Captured
from archive.domain.checks import Submission, SubmissionKind
from archive.domain.claims import Claim
from archive.errors import ExtractionError, InvalidInputError
from archive.extraction.claims import find_claims, plain_article

if TYPE_CHECKING:
    from archive.settings import Settings

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


def require_readable(submission: Submission, *, settings: Settings, now: datetime) -> None:
    """Refuse what cannot be read: too long, empty, a day to come."""
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
    if submission.published_on is not None and submission.published_on > now.date() + _ZONES_AHEAD:
        raise InvalidInputError("The day of publication lies in the future.", code="bad_date")


def require_length(length: int, most: int, *, unit: str) -> None:
    """Refuse what is longer than the settings allow."""
    if length > most:
        raise InvalidInputError(
            f"That is too long to check: {length:,} {unit}, at most {most:,} are read.", code="submission_too_large"
        )


def captured_by_hand(submission: Submission, *, settings: Settings, now: datetime) -> Captured:
    """The bytes of a text or a file, as a capture of this moment."""
    if submission.kind is SubmissionKind.TEXT:
        most = _MOST_BYTES_A_LETTER * settings.submission_characters
        return pasted(submission.text or "", now=now, most_bytes=most)
    name, body = submission.file_name or "article.html", submission.body or b""
    return read_upload(name, body, now=now, most_bytes=settings.submission_bytes)


def extract_by_hand(
    submission: Submission, *, settings: Settings, now: datetime
) -> tuple[ArticleText, tuple[Claim, ...]]:
    """The article in a text or a file with every quotation found in it, reported speech included; nothing is judged."""
    require_readable(submission, settings=settings, now=now)
    article = read_submission(submission, captured_by_hand(submission, settings=settings, now=now))
    return article, find_claims(article)


def read_submission(submission: Submission, captured: Captured) -> ArticleText:
    """The article as read from what was captured; a day the submitter gave goes before the page's own."""
    if submission.kind is SubmissionKind.TEXT:
        article = plain_article(submission.text or "", url=submission.url)
    elif _is_plain(submission):
        article = plain_article(decoded(captured.body), url=submission.url)
    else:
        article = _page(submission, captured)
    if submission.published_on is None:
        return article
    if article.published is not None and article.published.date() == submission.published_on:
        return article
    return replace(article, published_on=submission.published_on, published=None)


def _page(submission: Submission, captured: Captured) -> ArticleText:
    from archive.extraction.dumps.saved_pages import saved_address  # noqa: PLC0415
    from archive.extraction.pages import read_article  # noqa: PLC0415

    capture = captured.capture
    url = capture.provenance.final_url or submission.url or saved_address(captured.body)
    return read_article(captured.body, url=url, media_type=capture.media_type, charset=declared_charset(captured))


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


def _is_plain(submission: Submission) -> bool:
    name = (submission.file_name or "").lower()
    return submission.kind is SubmissionKind.FILE and name.endswith(_PLAIN_SUFFIXES)
