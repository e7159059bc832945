"""Indirect twins (X8): reported speech near a quotation that repeats what the quotation says.

Not counted as a second claim, but shown beside the quotation, because the two may differ.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from archive.domain.spans import Span
from archive.extraction.lexicon import Lexicon
from archive.extraction.narration import Narration, ends_sentence
from archive.extraction.tokens import Hint, Kind, Token

NEAREST = 2
"""Paragraphs before and after the quotation that are searched."""
WINDOW = 24
"""Clauses before and after it that are searched."""
STEM = 4
LEAST_SHARED, LEAST_SHARE = 4, 0.5
LEAST_WORD = 4
_WORD = re.compile(r"\w+")


class Reported(NamedTuple):
    """A clause of indirect speech: the stems of its words without names, and the words after "that", by their first
    and last character. A named tuple, because most clauses near a quotation are read and few are its twin."""

    paragraph: int
    stems: frozenset[str]
    start: int
    end: int


_start_of = attrgetter("start")


def find_twin(content: str, reported: Sequence[Reported], *, paragraph: int, at: int) -> Span | None:
    """The reported clause near the quotation at character ``at`` of ``paragraph`` that shares most words with it, or
    None; ``reported`` has the clauses of the article in order."""
    ours = stems(content)
    if len(ours) < LEAST_SHARED:
        return None
    middle = bisect_left(reported, at, key=_start_of)
    best, most = None, LEAST_SHARE
    for each in reported[max(0, middle - WINDOW) : middle + WINDOW]:
        if abs(each.paragraph - paragraph) > NEAREST or len(each.stems) < LEAST_SHARED:
            continue
        shared = len(each.stems & ours)
        if shared >= LEAST_SHARED and shared >= most * len(each.stems):
            best, most = each, shared / len(each.stems)
    return None if best is None else Span(best.start, best.end)


def reported_speech(narration: Narration, lexicon: Lexicon) -> tuple[Reported, ...]:
    """The clauses of a paragraph's narration that report speech."""
    found: list[Reported] = []
    verbs = [at for at in narration.hinting if narration.tokens[at].hints & Hint.REPORT]
    for first, last in _sentences(narration) if verbs else ():
        if bisect_left(verbs, first) < bisect_left(verbs, last):
            clause = _clause(narration.tokens[first:last], lexicon)
            found.append(Reported(narration.paragraph, _kept(clause), clause[0].start, clause[-1].end))
    return tuple(found)


def _kept(clause: Sequence[Token]) -> frozenset[str]:
    """The stems of a clause without those of names and short words, which are in every sentence about the matter."""
    return frozenset(
        [
            token.lower[:STEM]
            for token in clause
            if len(token.lower) >= LEAST_WORD and not token.is_capital and token.kind == Kind.WORD
        ]
    )


def stems(text: str) -> frozenset[str]:
    """The beginnings of the longer words of a text: "strengthening" and "strengthen" are one."""
    return frozenset([word[:STEM].lower() for word in _WORD.findall(text[:4_000]) if len(word) >= LEAST_WORD])


def _sentences(narration: Narration) -> list[tuple[int, int]]:
    """The sentences of a paragraph's narration, as ranges of tokens; quotations part them."""
    tokens = narration.tokens
    stops = [at for at in narration.hinting if tokens[at].kind == Kind.STOP and ends_sentence(tokens, at)]
    ends = sorted((*narration.quotes, *stops))
    starts = [0, *(end + 1 for end in ends)]
    ranges = zip(starts, [*ends, len(tokens)], strict=True)
    return [(first, last) for first, last in ranges if last - first >= LEAST_SHARED]


def _clause(tokens: Sequence[Token], lexicon: Lexicon) -> Sequence[Token]:
    """From the word after "that", where there is one; else the sentence."""
    for at, token in enumerate(tokens[:-1]):
        if token.lower in lexicon.that:
            return tokens[at + 1 :]
    return tokens
