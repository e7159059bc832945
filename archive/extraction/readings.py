"""Readings: what a sentence says about who spoke a quotation, before the speaker is resolved."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from archive.extraction.lexicon import Lexicon
from archive.extraction.phrases import Phrase
from archive.extraction.tokens import Kind, Token

FARTHEST_CUE = 40
"""Tokens between a quotation and its cue; beyond that the cue belongs to something else."""


class Side(Enum):
    """Where a cue stands."""

    AFTER = "after"
    BEFORE = "before"
    EARLIER_SENTENCE = "earlier sentence"
    EARLIER_PARAGRAPH = "earlier paragraph"
    LATER_PARAGRAPH = "later paragraph"


class Reading(NamedTuple):
    """A subject and a cue found for a quotation; ``strength`` from 0 to 1, ``cue`` a range of tokens."""

    subject: Phrase | None
    cue: tuple[int, int] | None
    side: Side
    strength: float
    tokens: Sequence[Token]
    paragraph: int = -1
    """Of whose tokens these are."""
    adjacent: bool = True
    """Whether cue or subject touches the quotation."""

    def of(self, paragraph: int) -> Reading:
        """The same, of the tokens of that paragraph."""
        return self._replace(paragraph=paragraph)


def cue_width(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> int:
    """How many tokens of a cue begin at ``at``; 0 where none does."""
    token = tokens[at]
    if token.kind != Kind.WORD:
        return 0
    return lexicon.phrasal.at(tokens, at) or (1 if token.lower in lexicon.finite else 0)
