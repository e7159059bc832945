"""Batches: JSON lines in, JSON lines out, one answer for each question, for pipelines and for measuring."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import partial
from itertools import chain, islice

from archive import storage
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
from archive.services import side_by_side
from archive.services.judging import Question, judge_from
from archive.services.representations import Document, claim_document, match_document
from archive.storage.database import Session
from archive.storage.words import WordIndex

log = logger_of("services.batch")

Answer = Callable[[Mapping[str, object]], Document]
Chunk = tuple[tuple[int, str], ...]

_CHUNK = 40
_WORTH_DIVIDING = 200
_ANCHOR = 32
"""Characters kept on either side of a quotation, so that it can be found again."""


def extract_batch(lines: Iterable[str]) -> Iterator[str]:
    """Quotations of each article: ``{"id","text"|"html","url"?,"published"?}`` in, ``{"id","quotes"}`` out.

    A line that cannot be answered gives ``{"id","error":{"code","message"}}``; the others are answered all the same.
    """
    return _answered(lines, _extracted)


def match_batch(runtime: Runtime, lines: Iterable[str], *, processes: int | None = None) -> Iterator[str]:
    """A verdict for each claim: ``{"id","quote","speaker"?,"platform"?,"published"?,"context"?}`` in.

    Lines are read some hundreds ahead of the answers, which come in the order of the lines. A batch of more than a few
    hundred is answered by ``processes`` at once (None: two where the machine has two cores), each line as it would be
    alone.
    """
    numbered = ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
    begun = list(islice(numbered, _WORTH_DIVIDING + 1))
    waiting = chain(begun, numbered)
    chunks = iter(lambda: tuple(islice(waiting, _CHUNK)), ())
    count = side_by_side.usual_processes() if processes is None else processes
    if len(begun) > _WORTH_DIVIDING and count > 1:
        _open_index(runtime)
        answered = side_by_side.in_order(runtime, chunks, answer=_matched_chunk, processes=count)
    else:
        answered = (_matched_chunk(runtime, chunk) for chunk in chunks)
    return chain.from_iterable(answered)


def _open_index(runtime: Runtime) -> None:
    """Have the index open before the work is divided, so that it is built once; what fails here fails line by line."""
    try:
        with runtime.database.reading() as session:
            runtime.words.current(session)
    except ArchiveError as error:
        log.warning("batch.index_not_opened", code=error.code)


def _matched_chunk(runtime: Runtime, chunk: Chunk) -> list[str]:
    """The answers to some lines as of one moment; where a line breaks that, each is answered alone."""
    try:
        with runtime.database.reading() as session:
            storage.memory.remember(session)
            index = runtime.words.current(session)

            def answer(row: Mapping[str, object]) -> Document:
                return _matched(runtime, session, row=row, index=index)

            return [_written(_checked(line, number=number, answer=answer)) for number, line in chunk]
    except Exception:
        return [
            _written(_answer(line, number=number, answer=partial(_matched_alone, runtime))) for number, line in chunk
        ]


def _answered(lines: Iterable[str], answer: Answer) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _written(_answer(line, number=number, answer=answer))


def _written(document: Document) -> str:
    return json.dumps(document, ensure_ascii=False)


def _answer(line: str, *, number: int, answer: Answer) -> Document:
    """The answer to a line, or what is wrong with it or with the archive."""
    try:
        return _checked(line, number=number, answer=answer)
    except ArchiveError as error:
        return _refused(line, number=number, code=error.code, message=error.message)
    except Exception:
        log.exception("batch.broken", line=number)
        message = "Something went wrong inside the archive."
        return _refused(line, number=number, code="internal_error", message=message)


def _checked(line: str, *, number: int, answer: Answer) -> Document:
    """The answer to a line, or what is wrong with it."""
    try:
        return answer(_row(line))
    except InvalidInputError as error:
        return _refused(line, number=number, code=error.code, message=error.message)


def _refused(line: str, *, number: int, code: str, message: str) -> Document:
    identifier: object = None
    with suppress(InvalidInputError):
        identifier = _row(line).get("id")
    return {"id": identifier, "line": number, "error": {"code": code, "message": message}}


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


def _matched_alone(runtime: Runtime, row: Mapping[str, object]) -> Document:
    with runtime.database.reading() as session:
        return _matched(runtime, session, row=row, index=runtime.words.current(session))


def _matched(runtime: Runtime, session: Session, *, row: Mapping[str, object], index: WordIndex) -> Document:
    claim, article = _claim(row)
    policy = runtime.settings.house_style
    question = Question(claims=(claim,), article=article, policy=policy, now=runtime.now())
    return match_document(row.get("id"), judge_from(session, index, question=question)[0])


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
