"""Omissions and additions: archived words the quotation leaves out, marked or not; quoted words the original lacks."""

from __future__ import annotations

from archive.domain.differences import Difference
from archive.domain.findings import FindingCode
from archive.matching.changes import Change
from archive.matching.context import Comparison, plain
from archive.matching.guards import guards_on, guards_on_omission, is_tone_sign
from archive.matching.vocabulary import word_class
from archive.text.tokens import WordKind

_LONGEST_SLIP = 3
_SHORTEST_STRETCH = 6


def omission(change: Change, comparison: Comparison) -> list[Difference]:
    """Words left out: K1 where an ellipsis shows it, K9 where a speech tag stands there, T1 for up to three words,
    K4 for more. A short omission is guarded word by word even when marked; of a long one only a condition or denial
    counts."""
    archived = comparison.archived_words(change.archived_first, change.archived_last)
    words = plain(archived)
    there = comparison.archived.span_of(change.archived_first, change.archived_last)
    place = comparison.quoted.between(change.quoted_first - 1, change.quoted_first)
    text = there.of(comparison.archived.text)
    short = len(words) <= _LONGEST_SLIP
    guards = guards_on((), words, archived_text=text) if short else guards_on_omission(words, text)
    if any(word in word_class("laugh") for word in words if len(word) > 1) or any(
        w.kind is WordKind.HASHTAG and is_tone_sign(w.whole.of(comparison.archived.text)) for w in archived
    ):
        guards = (*guards, FindingCode.TONE_SIGN_LOST)
    if change.quoted_first in comparison.quoted.gaps:
        grave = word_class("negation") | word_class("condition")
        guards = guards if len(words) <= 2 and any(word in grave for word in words) else ()
        return [comparison.difference(FindingCode.ELLIPSIS_RIGHT, place, archived=there, guards=guards)]
    if change.quoted_first in comparison.quoted.breaks:
        return [comparison.difference(FindingCode.SPEECH_TAG_HIDES_OMISSION, place, archived=there, guards=guards)]
    code = FindingCode.WORD_MISSING if short else FindingCode.OMISSION_UNSIGNALLED
    return [comparison.difference(code, place, archived=there, guards=guards)]


def addition(change: Change, comparison: Comparison) -> list[Difference]:
    """Words put in: T14 beyond either end of the original's stretch, T15 for a stretch in no source, T2 otherwise."""
    words = plain(comparison.quoted_words(change.quoted_first, change.quoted_last))
    here = comparison.quoted.span_of(change.quoted_first, change.quoted_last)
    there = comparison.archived.span_of(change.archived_first, change.archived_first)
    guards = guards_on(words, (), quoted_text=here.of(comparison.quoted.text))
    at_edge = change.quoted_first == 0 or change.quoted_last == len(comparison.quoted.words)
    if len(words) >= _SHORTEST_STRETCH:
        code = FindingCode.STRETCH_IN_NO_SOURCE
    else:
        code = FindingCode.EXTENDED_BEYOND_ORIGINAL if at_edge else FindingCode.WORD_ADDED
    return [comparison.difference(code, here, archived=there, guards=guards)]
