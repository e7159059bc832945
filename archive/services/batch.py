"""Batches: JSON lines in, JSON lines out, one answer for each question, for pipelines and for measuring."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from archive.domain.accounts import platform_named
from archive.domain.articles import ArticleText
from archive.domain.claims import Attribution, Claim, Quotation, QuotationKind
from archive.domain.spans import Span
from archive.errors import ArchiveError, InvalidInputError
from archive.extraction.claims import find_claims, plain_article
from archive.extraction.marks import has_typed_marks
from archive.extraction.pages import read_article
from archive.logs import logger_of
from archive.runtime import Runtime
from archive.services.judging import Question, judge_claims, policy_named
from archive.services.representations import Document, claim_document, match_document

log = logger_of("services.batch")

_ANCHOR = 32
"""Characters kept on either side of a quotation, so that it can be found again."""


def extract_batch(lines: Iterable[str]) -> Iterator[str]:
    """Quotations of each article: ``{"id","text"|"html","url"?,"published"?}`` in, ``{"id","quotes"}`` out.

    A line that cannot be answered gives ``{"id","error":{"code","message"}}``; the others are answered all the same.
    """
    return _answered(lines, _extracted)


def match_batch(runtime: Runtime, lines: Iterable[str]) -> Iterator[str]:
    """A verdict for each claim: ``{"id","quote","speaker"?,"platform"?,"published"?,"context"?}`` in."""

    def answer(row: Mapping[str, object]) -> Document:
        return _matched(runtime, row)

    return _answered(lines, answer)


def _answered(lines: Iterable[str], answer: Callable[[Mapping[str, object]], Document]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield json.dumps(_answer(line, number=number, answer=answer), ensure_ascii=False)


def _answer(line: str, *, number: int, answer: Callable[[Mapping[str, object]], Document]) -> Document:
    identifier: object = None
    try:
        row = _row(line)
        identifier = row.get("id")
        return answer(row)
    except ArchiveError as error:
        return {"id": identifier, "line": number, "error": {"code": error.code, "message": error.message}}
    except Exception:
        log.exception("batch.broken", line=number)
        message = "Something went wrong inside the archive."
        return {"id": identifier, "line": number, "error": {"code": "internal_error", "message": message}}


def _row(line: str) -> Mapping[str, object]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise InvalidInputError("The line is no JSON object.", code="bad_row") from error
    except RecursionError as error:
        raise InvalidInputError("The line is nested too deeply.", code="bad_row") from error
    if not isinstance(row, dict):
        raise InvalidInputError("The line is no JSON object.", code="bad_row")
    return row


def _extracted(row: Mapping[str, object]) -> Document:
    article = _article(row)
    return {"id": row.get("id"), "quotes": [_quoted(article, claim) for claim in find_claims(article)]}


def _quoted(article: ArticleText, claim: Claim) -> Document:
    """The claim's document, its ``kind`` null where the marks are two characters each (\'\'so\'\', ``so\'\').

    In this format the kind is what can be read off the marks. Programs that know double marks only do not count these;
    they are quotations all the same, stand in the list, and are ``direct`` everywhere else.
    """
    document = claim_document(claim)
    typed = has_typed_marks(article.text, claim.quotation.spans[0])
    return {**document, "kind": None} if typed else document


def _article(row: Mapping[str, object]) -> ArticleText:
    text, html = _text(row, "text"), _text(row, "html")
    if (text is None) == (html is None):
        raise InvalidInputError("Give either text or html.", code="bad_row")
    url, published, language = _text(row, "url"), _day(row, "published"), _text(row, "language")
    if text is not None:
        return plain_article(text, published_on=published, language=language, url=url, title=_text(row, "title"))
    body = (html or "").encode("utf-8", "replace")
    return read_article(body, url=url, media_type="text/html", charset="utf-8")


def _matched(runtime: Runtime, row: Mapping[str, object]) -> Document:
    claim, article = _claim(row)
    question = Question(
        claims=(claim,), article=article, policy=policy_named(runtime.settings.policy), now=runtime.now()
    )
    with runtime.database.reading() as session:
        opinion = judge_claims(runtime, session, question=question)[0]
    return match_document(row.get("id"), opinion)


def _claim(row: Mapping[str, object]) -> tuple[Claim, ArticleText | None]:
    quote, context, published = _text(row, "quote"), _text(row, "context"), _day(row, "published")
    if quote is None or not quote.strip():
        raise InvalidInputError("The line has no quote.", code="bad_row")
    named = _text(row, "platform")
    at = context.find(quote) if context else -1
    inside = Span(at, at + len(quote)) if at >= 0 else Span(0, len(quote))
    around = context if context is not None and at >= 0 else ""
    speaker = _text(row, "speaker")
    claim = Claim(
        quotation=Quotation(
            spans=(inside,),
            content=quote,
            kind=QuotationKind.DIRECT,
            prefix=around[max(0, inside.start - _ANCHOR) : inside.start],
            suffix=around[inside.end : inside.end + _ANCHOR],
        ),
        attribution=Attribution(
            speaker_printed=speaker,
            speaker_name=speaker,
            platform=platform_named(named) if named else None,
        ),
        published_on=published,
    )
    if at < 0:
        return claim, None
    return claim, plain_article(around, published_on=published)


def _text(row: Mapping[str, object], key: str) -> str | None:
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise InvalidInputError(f"The field {key!r} is no text.", code="bad_row")
    return value


def _day(row: Mapping[str, object], key: str) -> date | None:
    value = _text(row, key)
    if not value:
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError as error:
        raise InvalidInputError(f"The field {key!r} is no date: give YYYY-MM-DD.", code="bad_date") from error
