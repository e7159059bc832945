"""Narration: a paragraph as a row of tokens in which every quotation is one token.

The grammar of attribution works on this row: ``QUOTE , Orlova said . QUOTE`` looks the same whatever was quoted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from operator import attrgetter

from archive.domain.spans import Span
from archive.extraction.lexicon import Lexicon
from archive.extraction.marks import Stretch
from archive.extraction.tokens import Kind, Token, quote_token, stop_token, tokens_of

LONGEST_NARRATION = 6_000
"""Characters of unquoted text read at either side of a quotation: no clause is longer, and a book without paragraphs
must not cost more than its quotations."""

LONGEST_DATELINE = 16
"""Tokens of place, day and agency before the first sentence."""
_hints = attrgetter("hints")
SENTENCE_STOPS = (".", "!", "?", "…", "。", "！", "？", "।")


@dataclass(frozen=True, slots=True, kw_only=True)
class Narration:
    """The tokens of one paragraph, with the place of each of its stretches among them."""

    paragraph: int
    span: Span
    tokens: tuple[Token, ...]
    quotes: tuple[int, ...]
    """Token index of each stretch, in order."""
    stretches: tuple[Stretch, ...]
    hinting: tuple[int, ...]
    """The tokens that may begin something that is looked for, by their ``hints``."""


def narrate(text: str, paragraph: Span, *, stretches: Sequence[Stretch], index: int, lexicon: Lexicon) -> Narration:
    """One paragraph as narration."""
    tokens: list[Token] = []
    quotes: list[int] = []
    at = paragraph.start
    for number, stretch in enumerate(stretches):
        tokens += _tokens_between(text, at, stretch.outside.start, lexicon=lexicon)
        quotes.append(len(tokens))
        inside = stretch.inside
        ending = text[max(inside.start, inside.end - 3) : inside.end]
        tokens.append(quote_token(ending, stretch.outside, number=number))
        at = stretch.outside.end
    tokens += _tokens_between(text, at, paragraph.end, lexicon=lexicon)
    return Narration(
        paragraph=index,
        span=paragraph,
        tokens=tuple(tokens),
        quotes=tuple(quotes),
        stretches=tuple(stretches),
        hinting=tuple(compress(range(len(tokens)), map(_hints, tokens))),
    )


def _tokens_between(text: str, start: int, end: int, *, lexicon: Lexicon) -> list[Token]:
    if end - start <= 2 * LONGEST_NARRATION:
        return tokens_of(text, start, end, lexicon=lexicon)
    head, tail = start + LONGEST_NARRATION, end - LONGEST_NARRATION
    return [
        *tokens_of(text, start, head, lexicon=lexicon),
        stop_token(head, head),
        *tokens_of(text, tail, end, lexicon=lexicon),
    ]


def ends_sentence(tokens: Sequence[Token], at: int) -> bool:
    """Whether the sentence ends with ``tokens[at]``."""
    token = tokens[at]
    if token.kind != Kind.STOP:
        return False
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return following is None or following.kind != Kind.WORD or not following.text[0].islower()


def is_dateline(tokens: Sequence[Token], end: int) -> bool:
    """Whether the tokens before ``end`` are only a dateline: BROD, March 5 (Brodnet) –."""
    if not 2 <= end <= LONGEST_DATELINE or tokens[end - 1].kind not in (Kind.DASH, Kind.COLON):
        return False
    if not (tokens[0].kind == Kind.WORD and tokens[0].is_capital):
        return False
    inside = tokens[: end - 1]
    bracketed = any(token.kind == Kind.CLOSE for token in inside)
    shouted = tokens[0].text.isupper() and len(tokens[0].text) > 1
    plain = all(token.kind != Kind.WORD or not token.text[0].islower() for token in inside)
    return (bracketed or shouted) and plain and not any(token.kind == Kind.QUOTE for token in inside)


def _is_closed(tokens: Sequence[Token], at: int) -> bool:
    """Whether the quotation ``tokens[at]`` ends a sentence, so that what follows is the next one."""
    if not tokens[at].text.rstrip().endswith(SENTENCE_STOPS):
        return False
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return following is None or following.kind == Kind.QUOTE or following.is_capital


def sentence_around(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """The sentence ``at`` stands in, as a range of tokens; unlike ``sentence_start`` and ``sentence_end`` it does not
    run over a quotation that closes one: Venn told the council: "I have no plan." Two days later she posted: "…"."""
    first, last = sentence_start(tokens, at), sentence_end(tokens, at)
    for here in range(at - 1, first - 1, -1):
        if tokens[here].kind == Kind.QUOTE and _is_closed(tokens, here):
            first = here + 1
            break
    for here in range(at, last):
        if tokens[here].kind == Kind.QUOTE and _is_closed(tokens, here):
            return first, here + 1
    return first, last


def sentence_start(tokens: Sequence[Token], at: int, *, limit: int = 80) -> int:
    """The index at which the sentence begins that ``at`` stands in (quotations do not end it)."""
    here = at
    lowest = max(0, at - limit)
    while here > lowest and not (tokens[here - 1].kind == Kind.STOP and ends_sentence(tokens, here - 1)):
        here -= 1
    return here


def sentence_end(tokens: Sequence[Token], at: int, *, limit: int = 80) -> int:
    """The index just after the sentence that ``at`` stands in."""
    here, highest = at, min(len(tokens), at + limit)
    while here < highest and not (tokens[here].kind == Kind.STOP and ends_sentence(tokens, here)):
        here += 1
    return here
