"""Narration: a paragraph as a row of tokens in which every quotation is one token.

The grammar of attribution works on this row: ``QUOTE , Orlova said . QUOTE`` looks the same whatever was quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from archive.domain.spans import Span
from archive.extraction.lexicon import Lexicon
from archive.extraction.marks import Stretch

LONGEST_NARRATION = 6_000
"""Characters of unquoted text read at either side of a quotation: no clause is longer, and a book without paragraphs
must not cost more than its quotations."""

_MARKS = "\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u200c\u200d"
"""Vowel signs and accents that belong to the letter before them, though they are no letters (Devanagari, combining)."""
_TOKEN = re.compile(
    rf"(?P<word>@?[^\W_][a-z]*[\w{_MARKS}]*(?:[-’'&.‐‑](?=[^\W_])[\w{_MARKS}]+)*|_+)"
    r"|(?P<stop>[.!?…。！？।]+)|(?P<comma>[,、，;])|(?P<colon>[:：])|(?P<dash>[—–―‒]|-{1,3}(?=[\s\w]))"
    r"|(?P<open>[(\[（])|(?P<close>[)\]）])|(?P<other>[^\s\w])"
)


LONGEST_DATELINE = 16
"""Tokens of place, day and agency before the first sentence."""
SENTENCE_STOPS = (".", "!", "?", "…", "。", "！", "？", "।")


class Kind:
    """What a token is to the grammar, by the names of the groups above.

    Plain constants, because the grammar asks thousands of times an article, and to read a member of an Enum takes
    Python 3.11 fifteen times as long.
    """

    WORD: Final = "word"
    STOP: Final = "stop"
    COMMA: Final = "comma"
    COLON: Final = "colon"
    DASH: Final = "dash"
    OPEN: Final = "open"
    CLOSE: Final = "close"
    OTHER: Final = "other"
    QUOTE: Final = "quote"


_new = tuple.__new__
"""Makes a token without the detour over its own ``__new__``: there are thousands in every article."""


class Token(NamedTuple):
    """A word, a sign or a whole quotation; ``quote`` is the number of the quotation among the paragraph's stretches.

    A named tuple, because thousands are made for every article and a frozen dataclass takes three times as long.
    """

    kind: str
    text: str
    lower: str
    start: int
    end: int
    quote: int = -1

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.kind == Kind.WORD and self.text[0].isupper()

    @property
    def is_possessive(self) -> bool:
        """Whether it is a possessor: Orlova's, Democrats’."""
        return self.lower.endswith(("'s", "’s"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Narration:
    """The tokens of one paragraph, with the place of each of its stretches among them."""

    paragraph: int
    span: Span
    tokens: tuple[Token, ...]
    quotes: tuple[int, ...]
    """Token index of each stretch, in order."""
    stretches: tuple[Stretch, ...]


def narrate(text: str, paragraph: Span, *, stretches: Sequence[Stretch], index: int, lexicon: Lexicon) -> Narration:
    """One paragraph as narration."""
    tokens: list[Token] = []
    quotes: list[int] = []
    at = paragraph.start
    for number, stretch in enumerate(stretches):
        tokens += _tokens_between(text, Span(at, max(at, stretch.outside.start)), lexicon)
        quotes.append(len(tokens))
        inside = stretch.inside
        tokens.append(
            Token(
                Kind.QUOTE,
                text[max(inside.start, inside.end - 3) : inside.end],
                "",
                stretch.outside.start,
                stretch.outside.end,
                number,
            )
        )
        at = stretch.outside.end
    tokens += _tokens_between(text, Span(at, max(at, paragraph.end)), lexicon)
    return Narration(
        paragraph=index, span=paragraph, tokens=tuple(tokens), quotes=tuple(quotes), stretches=tuple(stretches)
    )


def _tokens_between(text: str, span: Span, lexicon: Lexicon) -> list[Token]:
    if len(span) <= 2 * LONGEST_NARRATION:
        return _tokens(text, span, lexicon)
    head = Span(span.start, span.start + LONGEST_NARRATION)
    tail = Span(span.end - LONGEST_NARRATION, span.end)
    return [
        *_tokens(text, head, lexicon),
        Token(Kind.STOP, ".", ".", head.end, head.end),
        *_tokens(text, tail, lexicon),
    ]


def _tokens(text: str, span: Span, lexicon: Lexicon) -> list[Token]:
    found: list[Token] = []
    is_word = Kind.WORD if lexicon.is_spaced else None
    for match in _TOKEN.finditer(text, span.start, span.end):
        kind = match.lastgroup or Kind.OTHER
        word = match[0]
        start, end = match.span()
        if kind == Kind.WORD and lexicon.enclitics and (tail := _enclitic(word, lexicon)):
            at = end - len(tail)
            pronoun = tail.rpartition("-")[2]
            found.append(_new(Token, (kind, word[: -len(tail)], word[: -len(tail)].lower(), start, at, -1)))
            found.append(_new(Token, (kind, pronoun, pronoun.lower(), end - len(pronoun), end, -1)))
        elif kind == is_word:
            low = word.lower()
            found.append(_new(Token, (kind, word, low if low.isascii() else low.replace("’", "'"), start, end, -1)))
        elif kind == Kind.WORD:
            found += _unspaced(word, start, lexicon)
        elif word == "." and found and _abbreviates(found, start, text, lexicon=lexicon):
            last = found[-1]
            found[-1] = Token(Kind.WORD, last.text + ".", last.lower, last.start, end)
        else:
            found.append(_new(Token, (kind, word, word, start, end, -1)))
    return found


def _enclitic(word: str, lexicon: Lexicon) -> str | None:
    """The ending of a verb that is its subject: "a-t-elle" ends in "-t-elle"."""
    low = word.lower()
    return next((tail for tail in lexicon.enclitics if low.endswith(tail) and len(low) > len(tail)), None)


def _unspaced(word: str, start: int, lexicon: Lexicon) -> Iterator[Token]:
    """The words of a row without spaces, parted only where a mark of the subject stands: 田中首相 | は | 五日."""
    marks = "|".join(sorted(lexicon.subject_marks)) or "(?!)"
    at = start
    if len(word) > 2 and word[0] in lexicon.quoting and not word.startswith(tuple(lexicon.finite)):
        yield Token(Kind.WORD, word[0], word[0], at, at + 1)
        word, at = word[1:], at + 1
    for part in re.split(f"({marks})", word):
        if part:
            yield Token(Kind.WORD, part, part.lower(), at, at + len(part))
            at += len(part)


def _abbreviates(found: Sequence[Token], at: int, text: str, *, lexicon: Lexicon) -> bool:
    """Whether the stop after the last token belongs to it: "Rep.", "J.", "U.S."; not in "she wrote on X."."""
    token = found[-1]
    if token.kind != Kind.WORD or token.end != at:
        return False
    if len(found) > 1 and token.lower in lexicon.platforms_after and found[-2].lower in lexicon.platform_words:
        return False
    if text[at + 1 : at + 2] in (")", "]"):
        return True  # Rep. Orlov (U-Brod.) said
    single = len(token.text) == 1 and token.text.isupper() and token.text != "I"
    dotted = "." in token.text and max(map(len, token.text.split("."))) == 1
    return single or dotted or token.lower.rpartition("-")[2] in lexicon.abbreviations


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
    """Whether ``tokens[at]`` is a quotation that ends a sentence, so that what follows is the next one."""
    if tokens[at].kind != Kind.QUOTE or not tokens[at].text.rstrip().endswith(SENTENCE_STOPS):
        return False
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return following is None or following.kind == Kind.QUOTE or following.is_capital


def sentence_around(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """The sentence ``at`` stands in, as a range of tokens; unlike ``sentence_start`` and ``sentence_end`` it does not
    run over a quotation that closes one: Venn told the council: "I have no plan." Two days later she posted: "…"."""
    first, last = sentence_start(tokens, at), sentence_end(tokens, at)
    first = next((here + 1 for here in range(at - 1, first - 1, -1) if _is_closed(tokens, here)), first)
    last = next((here + 1 for here in range(at, last) if _is_closed(tokens, here)), last)
    return first, last


def sentence_start(tokens: Sequence[Token], at: int, *, limit: int = 80) -> int:
    """The index at which the sentence begins that ``at`` stands in (quotations do not end it)."""
    here = at
    while (
        here > 0 and at - here < limit and not (tokens[here - 1].kind == Kind.STOP and ends_sentence(tokens, here - 1))
    ):
        here -= 1
    return here


def sentence_end(tokens: Sequence[Token], at: int, *, limit: int = 80) -> int:
    """The index just after the sentence that ``at`` stands in."""
    here = at
    while (
        here < len(tokens)
        and here - at < limit
        and not (tokens[here].kind == Kind.STOP and ends_sentence(tokens, here))
    ):
        here += 1
    return here
