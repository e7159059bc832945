"""A batch of claims judged, for pipelines and for measuring."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, islice

from archive import storage
from archive.domain.accounts import platform_named
from archive.domain.articles import ArticleText
from archive.domain.claims import Attribution, Claim, Quotation, QuotationKind
from archive.domain.spans import Span
from archive.domain.verdicts import Opinion
from archive.errors import ArchiveError, InvalidInputError
from archive.extraction.claims import plain_article
from archive.logs import logger_of
from archive.matching.tables import TABLES
from archive.runtime import Runtime
from archive.services import side_by_side
from archive.services.batch_lines import Document, Row, answer_to, day_of, refused, row_of, text_of, written
from archive.services.garbage import uncollected
from archive.services.judging import Question, judge_from, judge_many
from archive.services.representations import match_document
from archive.storage.database import Session

log = logger_of("services.batch")

Chunk = tuple[tuple[int, str], ...]

_CHUNK = 200
_FEW = 20
"""Lines for which it does not pay to read the whole registry first."""
_WORTH_DIVIDING = 200
_WORTH_COMPILED = 2_000
_READ_AHEAD = 20 * _CHUNK
_ANCHOR = 32
"""Characters kept on either side of a quotation, so that it can be found again."""


def match_batch(runtime: Runtime, lines: Iterable[str], *, processes: int | None = None) -> Iterator[str]:
    """A verdict for each claim: ``{"id","quote","speaker"?,"platform"?,"published"?,"context"?}`` in.

    Lines are read some thousands ahead of the answers, which come in the order of the lines.
    """
    rest = iter(lines)
    return match_arriving(runtime, iter(lambda: tuple(islice(rest, _READ_AHEAD)), ()), processes=processes)


def match_arriving(
    runtime: Runtime, arrivals: Iterable[Sequence[str]], *, processes: int | None = None
) -> Iterator[str]:
    """The same for lines as they arrive: those that come together are answered together, and before more is asked for.

    From the first arrival of more than a few hundred on, they are answered by ``processes`` at once (None: two where
    the machine has two cores), each line as it would be alone.
    """
    count = side_by_side.usual_processes() if processes is None else processes
    numbers = itertools.count(1)
    waiting = (tuple((number, line) for line, number in zip(each, numbers, strict=False)) for each in arrivals)
    for arrived in waiting:
        if len(arrived) > _WORTH_DIVIDING and count > 1:
            _open_index(runtime, ahead=len(arrived))
            pieces = _pieces(chain((arrived,), waiting))
            yield from chain.from_iterable(
                side_by_side.in_order(runtime, pieces, answer=_matched_chunk, processes=count)
            )
            return
        if len(arrived) >= _WORTH_COMPILED:
            _open_index(runtime, ahead=len(arrived))
        for chunk in _chunks(arrived):
            yield from _matched_chunk(runtime, chunk)


def _pieces(arrivals: Iterable[Chunk]) -> Iterator[Chunk | side_by_side.Pause]:
    for arrived in arrivals:
        yield from _chunks(arrived)
        yield side_by_side.PAUSE


def _chunks(arrived: Chunk) -> Iterator[Chunk]:
    told = iter([(number, line) for number, line in arrived if line.strip()])
    return iter(lambda: tuple(islice(told, _CHUNK)), ())


def _open_index(runtime: Runtime, *, ahead: int) -> None:
    """Have the index open before the work is divided, so that it is built once, with its compiled code where that pays
    for the lines ahead; what fails here fails line by line."""
    try:
        with runtime.database.reading() as session:
            index = runtime.words.current(session)
        if ahead >= _WORTH_COMPILED:
            index.prepare()
            TABLES.prepare()
    except ArchiveError as error:
        log.warning("batch.index_not_opened", code=error.code)


def _matched_chunk(runtime: Runtime, chunk: Chunk) -> list[str]:
    """The answers to some lines as of one moment; where a line breaks that, each is answered alone."""
    try:
        # Looking for circles among what is remembered takes a fifth of the time, and there are none.
        with uncollected(), runtime.database.reading() as session:
            if len(chunk) > _FEW:
                storage.memory.remember(session)
            return _matched_together(runtime, session, chunk)
    except Exception as error:
        log.warning("batch.answered_one_by_one", lines=len(chunk), reason=type(error).__name__)
        return [
            written(answer_to(line, number=number, answer=partial(_matched_alone, runtime))) for number, line in chunk
        ]


def _matched_together(runtime: Runtime, session: Session, chunk: Chunk) -> list[str]:
    read: list[tuple[object, Question] | Document] = []
    for number, line in chunk:
        try:
            row = row_of(line)
            read.append((row.get("id"), _question(runtime, row)))
        except InvalidInputError as error:
            read.append(refused(line, number=number, code=error.code, message=error.message))
    questions = [each[1] for each in read if isinstance(each, tuple)]
    opinions = iter(_opinions(runtime, session, questions))
    return [written(match_document(each[0], next(opinions)) if isinstance(each, tuple) else each) for each in read]


def _opinions(runtime: Runtime, session: Session, questions: Sequence[Question]) -> list[Opinion]:
    """The opinion on each question's claim; what was asked before, as of the same moment, is not asked again."""
    memory = storage.memory.memory_of(session)
    known = memory.opinions if memory is not None else {}
    keys = [_key(question) for question in questions]
    fresh = {key: question for key, question in zip(keys, questions, strict=True) if key not in known}
    judged = judge_many(session, runtime.words.current(session), questions=tuple(fresh.values()))
    known.update(zip(fresh, judged, strict=True))
    return [known[key] for key in keys]


def _key(question: Question) -> tuple[object, ...]:
    """What the opinion on a line follows from; the day of asking where the line gives none."""
    claim, article = question.claims[0], question.article
    said = claim.attribution
    day = claim.published_on or question.now.date()
    text = article.text if article is not None else None
    return claim.quotation, said.speaker_printed, said.platform, claim.published_on, day, text, question.policy.name


def _matched_alone(runtime: Runtime, row: Row) -> Document:
    question = _question(runtime, row)
    with runtime.database.reading() as session:
        opinion = judge_from(session, runtime.words.current(session), question=question)[0]
    return match_document(row.get("id"), opinion)


def _question(runtime: Runtime, row: Row) -> Question:
    claim, article = _claim(row)
    policy = runtime.settings.house_style
    return Question(claims=(claim,), article=article, policy=policy, now=runtime.now())


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
