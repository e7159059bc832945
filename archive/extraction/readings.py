"""Readings: what a sentence says about who spoke a quotation, before the speaker is resolved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from archive.extraction.lexicon import Lexicon
from archive.extraction.narration import Kind, Token
from archive.extraction.phrases import Phrase

FARTHEST_CUE = 40
"""Tokens between a quotation and its cue; beyond that the cue belongs to something else."""


class Side(Enum):
    """Where a cue stands."""

    AFTER = "after"
    BEFORE = "before"
    EARLIER_SENTENCE = "earlier sentence"
    EARLIER_PARAGRAPH = "earlier paragraph"
    LATER_PARAGRAPH = "later paragraph"


@dataclass(frozen=True, slots=True)
class Reading:
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


def cue_width(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> int:
    """How many tokens of a cue begin at ``at``; 0 where none does."""
    if tokens[at].kind != Kind.WORD:
        return 0
    width = lexicon.phrasal.at(tokens, at)
    if width:
        return width
    return 1 if tokens[at].lower in lexicon.finite else 0
