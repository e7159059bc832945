"""A batch of claims judged, for pipelines and for measuring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain, islice

from archive import storage
from archive.domain.accounts import platform_named
from archive.domain.articles import ArticleText
from archive.domain.claims import Attribution, Claim, Quotation, QuotationKind
from archive.domain.spans import Span
from archive.errors import ArchiveError, InvalidInputError
from archive.extraction.claims import plain_article
from archive.logs import logger_of
from archive.runtime import Runtime
from archive.services import side_by_side
from archive.services.batch_lines import Document, Row, answer_to, checked, day_of, text_of, written
from archive.services.judging import Question, judge_from, policy_named
from archive.services.representations import match_document
from archive.storage.database import Session
from archive.storage.words import WordIndex

log = logger_of("services.batch")

Chunk = tuple[tuple[int, str], ...]

_CHUNK = 40
_WORTH_DIVIDING = 200
_ANCHOR = 32
"""Characters kept on either side of a quotation, so that it can be found again."""


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

            def answer(row: Row) -> Document:
                return _matched(runtime, session, row=row, index=index)

            return [written(checked(line, number=number, answer=answer)) for number, line in chunk]
    except Exception:
        return [
            written(answer_to(line, number=number, answer=partial(_matched_alone, runtime))) for number, line in chunk
        ]


def _matched_alone(runtime: Runtime, row: Row) -> Document:
    with runtime.database.reading() as session:
        return _matched(runtime, session, row=row, index=runtime.words.current(session))


def _matched(runtime: Runtime, session: Session, *, row: Row, index: WordIndex) -> Document:
    claim, article = _claim(row)
    policy = policy_named(runtime.settings.policy)
    question = Question(claims=(claim,), article=article, policy=policy, now=runtime.now())
    return match_document(row.get("id"), judge_from(session, index, question=question)[0])


def _claim(row: Row) -> tuple[Claim, ArticleText | None]:
    quote, context, published = text_of(row, "quote"), text_of(row, "context"), day_of(row, "published")
    if quote is None or not quote.strip():
        raise InvalidInputError("The line has no quote.", code="bad_row")
    named = text_of(row, "platform")
    at = context.find(quote) if context else -1
    inside = Span(at, at + len(quote)) if at >= 0 else Span(0, len(quote))
    around = context if context is not None and at >= 0 else ""
    speaker = text_of(row, "speaker")
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
