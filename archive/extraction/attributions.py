"""Attributions: from the reading of a quotation's own sentence, or of those before it, to a speaker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from archive.domain.claims import QuotationKind
from archive.extraction.cues import Reading, Side, last_spoken
from archive.extraction.lexicon import Lexicon
from archive.extraction.narration import Kind, Narration
from archive.extraction.quotations import Candidate, begins_sentence


def read_context(group: Sequence[Candidate], *, earlier: Narration | None, last: Reading | None,
                 lexicon: Lexicon) -> Reading | None:
    """The reading of a quotation in pieces: its own sentence's, else that of the sentence or paragraph before."""
    for piece in group:
        if piece.reading is not None and (piece.reading.cue is not None or piece.reading.strength >= 0.6):
            return piece.reading
    head = group[0]
    own = head.reading
    tokens, at = head.narration.tokens, head.token
    if at > 0 and begins_sentence(tokens, at):
        if tokens[at - 1].kind is Kind.QUOTE and last is not None:
            return last
        before = last_spoken(head.narration, at, lexicon)
        if before is not None:
            return before
    if own is not None:
        return own
    if at == 0 and earlier is not None and earlier.tokens:
        return _from_earlier(earlier, last, lexicon)
    return last if head.kind is QuotationKind.DIRECT else None


def _from_earlier(earlier: Narration, last: Reading | None, lexicon: Lexicon) -> Reading | None:
    """From the paragraph before: the one it quotes last, unless it ends with words that lead on to the quotation."""
    if earlier.tokens[-1].kind is Kind.QUOTE and last is not None:
        return last
    found = last_spoken(earlier, len(earlier.tokens), lexicon)
    if found is None:
        return last
    return replace(found, side=Side.EARLIER_PARAGRAPH)
