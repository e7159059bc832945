"""Claims: the quotations of an article with what it says about who said them, where and when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from archive.domain.articles import ArticleText, Embed
from archive.domain.claims import Attribution, Claim, Quotation, QuotationKind
from archive.domain.spans import Span
from archive.extraction.attributions import Surroundings, attribute, read_context
from archive.extraction.days import Clock, Dated
from archive.extraction.lexicon import Lexicon, lexicon_of
from archive.extraction.narration import Narration
from archive.extraction.people import cast_of
from archive.extraction.plain import plain_article, reporting_day
from archive.extraction.quotations import Candidate, candidates_of, join_paragraphs, join_pieces
from archive.extraction.readings import Reading
from archive.extraction.stretches import narrations_of
from archive.extraction.twins import NEAREST, Reported, find_twin, reported_speech, stems

ANCHOR = 32
"""Characters of text kept before and after a quotation to find it again."""
LEAST_TIED = 0.85
"""Share of a quotation's words that an embedded post must hold to be tied to it."""
_NESTED = re.compile(r"(?<!\w)[‘'“\"«„](?=\w)[^‘’“”\"«»„\n]{2,400}?(?<=[\w.,!?)])[’'”\"»“](?!\w)")

__all__ = ["find_claims", "plain_article"]


def find_claims(article: ArticleText) -> tuple[Claim, ...]:
    """The direct and mixed quotations of an article as claims, in order."""
    lexicon = lexicon_of(article.language)
    narrations = tuple(narrations_of(article, lexicon))
    if not any(narration.quotes for narration in narrations):
        return ()
    cast = cast_of(narrations, text=article.text, lexicon=lexicon)
    clock = Clock(
        text=article.text,
        published_on=article.published_on,
        today=reporting_day(article),
        language=article.language,
        cast=cast,
        lexicon=lexicon,
    )
    reported = tuple(
        chain.from_iterable(reported_speech(narration, lexicon) for narration in _near_quotations(narrations))
    )
    claims: list[Claim] = []
    dated: list[Dated] = []
    last: Reading | None = None
    for group in _groups(article.text, narrations, lexicon):
        around = Surroundings(narrations=narrations, last=last, earlier=dated)
        reading = read_context(group, around, lexicon)
        if reading is not None and reading.subject is not None:
            last = reading
        attribution = attribute(group, reading, around=around, clock=clock)
        dated.append(Dated(speaker=attribution.speaker_name, said_on=attribution.said_on))
        quotation = _quotation(article, group, reported)
        claims.append(_claim(article, quotation, attribution))
    return tuple(claims)


def _near_quotations(narrations: Sequence[Narration]) -> Iterator[Narration]:
    """The paragraphs in which an indirect twin may stand."""
    quoting = {narration.paragraph for narration in narrations if narration.quotes}
    near = {paragraph + step for paragraph in quoting for step in range(-NEAREST, NEAREST + 1)}
    return (narration for narration in narrations if narration.paragraph in near)


def _groups(text: str, narrations: Sequence[Narration], lexicon: Lexicon) -> list[list[Candidate]]:
    """The candidates of all paragraphs, grouped into quotations."""
    rows = (join_pieces(candidates_of(text, narration, lexicon)) for narration in narrations if narration.quotes)
    return join_paragraphs(list(chain.from_iterable(rows)))


def _claim(article: ArticleText, quotation: Quotation, attribution: Attribution) -> Claim:
    return Claim(
        quotation=quotation,
        attribution=attribution,
        embed=_embed_of(quotation, article.embeds),
        published_on=article.published_on,
        language=article.language,
    )


def _quotation(article: ArticleText, group: Sequence[Candidate], reported: Sequence[Reported]) -> Quotation:
    text = article.text
    spans = tuple(piece.stretch.inside for piece in group)
    content = " ".join(span.of(text) for span in spans)
    kind = group[0].kind or QuotationKind.MIXED
    paragraph = group[0].narration.paragraph
    twin = (
        find_twin(content, reported, paragraph=paragraph, at=spans[0].start) if kind is QuotationKind.DIRECT else None
    )
    return Quotation(
        spans=spans,
        content=content,
        kind=kind,
        prefix=text[max(0, spans[0].start - ANCHOR) : spans[0].start],
        suffix=text[spans[-1].end : spans[-1].end + ANCHOR],
        nested=tuple(chain.from_iterable(_nested(text, span) for span in spans)),
        indirect_twin=twin,
        in_headline=article.title is not None and group[0].narration.span.of(text).strip() == article.title.strip(),
    )


def _nested(text: str, span: Span) -> list[Span]:
    """Quotations and terms inside a quotation, without their marks."""
    return [Span(match.start() + 1, match.end() - 1) for match in _NESTED.finditer(text, span.start, span.end)]


def _embed_of(quotation: Quotation, embeds: Sequence[Embed]) -> Embed | None:
    """The embedded post that repeats the quotation, if one does."""
    ours = stems(quotation.content) if embeds else None
    if not ours:
        return None
    best: tuple[float, Embed] | None = None
    for embed in embeds:
        theirs = stems(embed.text or "")
        share = len(ours & theirs) / len(ours)
        if share >= LEAST_TIED and (best is None or share > best[0]):
            best = (share, embed)
    return best[1] if best is not None else None
