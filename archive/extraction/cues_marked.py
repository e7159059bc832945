"""Cues in languages that mark the subject: Hindi "वेन ने कहा, "…"", Japanese 山川首相は「…」と述べた.

The verb stands last, so the subject is the phrase before the nearest mark to the left, and the cue the nearest verb of
saying; where nothing stands before the quotation, the sentence goes on behind it: 「…」と山川首相は語った.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from archive.extraction.lexicon import Lexicon
from archive.extraction.narration import sentence_around
from archive.extraction.phrases import Phrase, Sort, is_pronoun, is_time
from archive.extraction.readings import FARTHEST_CUE, Reading, Side
from archive.extraction.tokens import Kind, Token

LONGEST_SUBJECT = 6
"""Words of a subject before its mark."""


def read_marked(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Reading | None:
    """The reading of the quotation ``tokens[at]`` from its own sentence, or None."""
    first, last = sentence_around(tokens, at)
    start, end = max(first, at - FARTHEST_CUE), min(last, at + FARTHEST_CUE)
    source = _source_before(tokens, start, at, lexicon=lexicon)
    if source is not None:
        return source
    cue = _nearest_cue((*range(at + 1, min(end, at + 8)), *range(at - 1, start - 1, -1)), tokens, lexicon)
    subject = _subject_in(tokens, start, at, lexicon=lexicon)
    if subject is not None:
        return Reading(subject, cue, Side.BEFORE, 0.8 if cue is not None else 0.5, tokens)
    behind = _subject_in(tokens, at + 1, end, lexicon=lexicon)
    if behind is not None:
        cue = _nearest_cue(range(behind.last, end), tokens, lexicon)
        if cue is not None:
            return Reading(behind, cue, Side.AFTER, 0.9, tokens)
    return None if cue is None else Reading(None, cue, Side.BEFORE, 0.7, tokens)


def _source_before(tokens: Sequence[Token], start: int, at: int, *, lexicon: Lexicon) -> Reading | None:
    """ "वेन के अनुसार, "…"": the source stands before the group that says so."""
    for here, width in lexicon.after_source.places(tokens, start + 1, at):
        first = _phrase_start(tokens, here, start, lexicon=lexicon)
        subject = Phrase(first, here, Sort.NAME, (first, here))
        return Reading(subject, (here, here + width), Side.BEFORE, 0.85, tokens) if first < here else None
    return None


def _nearest_cue(places: Iterable[int], tokens: Sequence[Token], lexicon: Lexicon) -> tuple[int, int] | None:
    found = next((here for here in places if _is_cue(tokens[here], lexicon)), None)
    return None if found is None else (found, found + 1)


def _is_cue(token: Token, lexicon: Lexicon) -> bool:
    if token.kind != Kind.WORD:
        return False
    if lexicon.is_spaced:
        return token.lower in lexicon.finite
    return token.lower.endswith(tuple(lexicon.finite)) or token.lower.startswith(tuple(lexicon.finite))


def _subject_in(tokens: Sequence[Token], start: int, end: int, *, lexicon: Lexicon) -> Phrase | None:
    marks = [here for here in range(start + 1, end) if tokens[here].lower in lexicon.subject_marks]
    for mark in reversed(marks):
        first = _phrase_start(tokens, mark, start, lexicon=lexicon)
        if first < mark and not is_time(tokens[mark - 1], lexicon) and not tokens[mark - 1].text[0].isdigit():
            return Phrase(first, mark, Sort.NAME, (first, mark))
    pronoun = next((here for here in range(start, end) if is_pronoun(tokens[here], lexicon)), None)
    return None if pronoun is None else Phrase(pronoun, pronoun + 1, Sort.PRONOUN, (pronoun, pronoun + 1))


def _phrase_start(tokens: Sequence[Token], end: int, start: int, *, lexicon: Lexicon) -> int:
    first = end
    while (
        first > start
        and end - first < LONGEST_SUBJECT
        and tokens[first - 1].kind == Kind.WORD
        and tokens[first - 1].lower not in lexicon.function
        and not (is_time(tokens[first - 1], lexicon) and first < end)
    ):
        first -= 1
        if not lexicon.is_spaced:
            break  # one token is the whole phrase
    return first
