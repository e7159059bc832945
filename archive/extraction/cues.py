"""Cues: the words that tie a quotation to whoever said it, in the quotation's own sentence.

Two readers look to the right and to the left of a quotation; each gives at most one ``Reading``. Which of them is
believed is decided by ``best_reading``: the punctuation inside the marks says on which side the sentence goes on.
"""

from __future__ import annotations

from collections.abc import Sequence

from archive.extraction.cues_after import read_after
from archive.extraction.cues_before import read_before
from archive.extraction.cues_marked import read_marked
from archive.extraction.lexicon import Lexicon
from archive.extraction.narration import Narration
from archive.extraction.readings import Reading
from archive.extraction.tokens import Kind, Token


def best_reading(narration: Narration, at: int, lexicon: Lexicon) -> Reading | None:
    """The reading of the quotation at token ``at`` from its own sentence, or None."""
    reading = _best(narration.tokens, at, lexicon)
    return None if reading is None else reading.of(narration.paragraph)


def _best(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Reading | None:
    if lexicon.subject_marks:
        return read_marked(tokens, at, lexicon)
    after = read_after(tokens, at, lexicon)
    before = read_before(tokens, at, lexicon)
    if after is None or before is None:
        return after or before
    inside = tokens[at].text.rstrip()
    if tokens[at - 1].kind == Kind.COLON and not inside.endswith(","):
        return before
    goes_on = inside.endswith((",", "，")) or (not inside.endswith((".", "。")) and before.strength < 0.9)
    if goes_on:
        return after
    if inside.endswith((".", "。")) and before.strength >= 0.7:
        return before
    return after if after.strength >= before.strength else before
