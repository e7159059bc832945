"""Differences: every departure of quoted from archived words gets a code (verdicts.md 4.5); one that no rule knows
is T3, never ignored."""

from __future__ import annotations

from archive.domain.differences import Difference
from archive.domain.findings import FindingCode
from archive.matching.brackets import bracket_differences, bracketed_in, bracketed_letters, brackets_around
from archive.matching.changes import Change, Pairing
from archive.matching.context import Comparison
from archive.matching.guards import is_tone_sign
from archive.matching.joints import joint_differences
from archive.matching.omissions import addition, omission
from archive.matching.order import moved_words
from archive.matching.renderings import rendering_of
from archive.matching.replacements import replacement
from archive.matching.surfaces import surface_differences
from archive.text.tokens import Word, WordKind


def classify(pairing: Pairing, comparison: Comparison) -> tuple[Difference, ...]:
    """All differences inside the stretch that the quotation covers, in the quotation's order; ``pairing`` has
    its wholes (``archive.matching.wholes``)."""
    found = [*surface_differences(pairing, comparison), *joint_differences(pairing, comparison)]
    found += sic_marks(comparison)
    found += brackets_around(pairing, comparison)
    for change in pairing.changes:
        found += changed(change, comparison)
    found = moved_words(found, comparison)
    return tuple(sorted(found, key=lambda difference: (difference.quoted, difference.archived)))


def sic_marks(comparison: Comparison) -> list[Difference]:
    """Each "[sic]", and each bracketed letter that only shows a change of case."""
    place = comparison.archived.span_of(0, 0)
    return [comparison.difference(FindingCode.SIC_MARKED, span, archived=place) for span in comparison.quoted.sics]


def changed(change: Change, comparison: Comparison) -> list[Difference]:
    """The differences that one change amounts to: brackets first, then renderings, then text."""
    quoted_empty = change.quoted_first == change.quoted_last
    if quoted_empty and change.archived_first == change.archived_last:
        return []
    if quoted_empty and change.quoted_first in comparison.quoted.gaps:
        return omission(change, comparison)
    letters = bracketed_letters(change, comparison)
    if letters is not None:
        return [letters]
    brackets = bracketed_in(change, comparison)
    if brackets:
        return bracket_differences(change, brackets, comparison=comparison)
    rendered = rendering_of(change, comparison)
    return rendered if rendered is not None else _text_change(change, comparison)


def _text_change(change: Change, comparison: Comparison) -> list[Difference]:
    change, peeled = _without_dropped_tokens(change, comparison)
    if peeled:
        return peeled + changed(change, comparison)
    if change.quoted_first == change.quoted_last:
        return omission(change, comparison)
    if change.archived_first == change.archived_last:
        return addition(change, comparison)
    gaps = [gap for gap in comparison.quoted.gaps if change.quoted_first <= gap <= change.quoted_last]
    if gaps:
        return _around_ellipsis(change, min(gaps), comparison=comparison)
    return replacement(change, comparison)


def _without_dropped_tokens(change: Change, comparison: Comparison) -> tuple[Change, list[Difference]]:
    """Handles and hashtags at either end of a change that nothing stands for: dropped as such, the rest remains."""
    first, last = change.archived_first, change.archived_last
    words = comparison.archived.words
    text = comparison.archived.text
    while first < last and _may_go(words[first], text):
        first += 1
    while last > first and _may_go(words[last - 1], text):
        last -= 1
    if first == last or (first, last) == (change.archived_first, change.archived_last):
        return change, []
    place = comparison.quoted.span_of(change.quoted_first, change.quoted_first)
    peeled = []
    for begin, end in ((change.archived_first, first), (last, change.archived_last)):
        if begin < end:
            span = comparison.archived.span_of(begin, end)
            peeled.append(comparison.difference(_DROPPED[words[begin].kind], place, archived=span))
    return Change(change.quoted_first, change.quoted_last, first, last), peeled


def _may_go(word: Word, text: str) -> bool:
    return word.kind in _DROPPED and not (word.kind is WordKind.HASHTAG and is_tone_sign(word.whole.of(text)))


def _around_ellipsis(change: Change, gap: int, *, comparison: Comparison) -> list[Difference]:
    """Words before or after an ellipsis that have no partner: the omission counts as marked, the words as added."""
    found = []
    if change.quoted_first < gap:
        before = Change(change.quoted_first, gap, change.archived_first, change.archived_first)
        found += addition(before, comparison)
    found += omission(Change(gap, gap, change.archived_first, change.archived_last), comparison)
    if gap < change.quoted_last:
        after = Change(gap, change.quoted_last, change.archived_last, change.archived_last)
        found += addition(after, comparison)
    return found


_DROPPED = {WordKind.HANDLE: FindingCode.HANDLE_DROPPED, WordKind.HASHTAG: FindingCode.HASHTAG_UNWRAPPED}
