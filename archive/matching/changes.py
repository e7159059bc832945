"""Changes: the stretches in which a fitted quotation and its original part, before they are given codes.

A handle or hashtag is one thing: when only some of its words have a partner, the whole of it counts as changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from archive.matching.alignment import Fitting, StepKind
from archive.matching.passages import Passage
from archive.matching.vocabulary import word_class
from archive.text.tokens import Word, WordKind

_LONGEST_NAME = 5
_UNWRAPPED = (WordKind.HANDLE, WordKind.HASHTAG)


class Change(NamedTuple):
    """Quoted words ``quoted_first`` to before ``quoted_last`` stand where archived words stood; either side may be
    empty."""

    quoted_first: int
    quoted_last: int
    archived_first: int
    archived_last: int


@dataclass(frozen=True, slots=True)
class Pairing:
    """Same words on both sides, and the changes between them, in the quotation's order; ``reach`` is the first archived
    word the quotation takes and the one behind its last."""

    same: tuple[tuple[int, int], ...]
    changes: tuple[Change, ...]
    reach: tuple[int, int] = (0, 0)


def pairing_of(fitting: Fitting, quoted: Passage, *, archived: Passage) -> Pairing:
    """The words that correspond, and what stands between them. Words of the quotation before the first or after the
    last pair are changes with an empty archived side."""
    same = [(step.quoted, step.archived) for step in fitting.steps if step.kind is StepKind.SAME]
    near = [(step.quoted, step.archived) for step in fitting.steps if step.kind in (StepKind.NEAR, StepKind.OTHER)]
    same = _without_broken_tokens(same, near, quoted=quoted, archived=archived)
    covered = [*same, *near]
    if not covered:
        return Pairing((), (Change(0, len(quoted.words), 0, 0),) if quoted.words else ())
    first = _reach_back(min(covered), quoted=quoted, archived=archived)
    last = _reach_on(max(covered), quoted=quoted, archived=archived)
    lead, trail = _around_handles(min(covered), max(covered), reach=(first, last), quoted=quoted, archived=archived)
    same = [*lead, *same, *trail]
    first, last = min([first, *(a for _, a in lead)]), max([last, *(a + 1 for _, a in trail)])
    changes: list[Change] = []
    before = (-1, first - 1)
    for pair in [*same, (len(quoted.words), last)]:
        if pair[0] > before[0] + 1 or pair[1] > before[1] + 1:
            changes.append(Change(before[0] + 1, pair[0], before[1] + 1, max(pair[1], before[1] + 1)))
        before = pair
    return Pairing(tuple(same), tuple(changes), (first, last))


def _reach_back(pair: tuple[int, int], *, quoted: Passage, archived: Passage) -> int:
    """Where the archived side begins when quoted words without a partner open the quotation: with the handle or pronoun
    right before, for which they may stand."""
    quoted_first, first = pair
    if not 0 < quoted_first <= _LONGEST_NAME or first == 0:
        return first
    before = archived.words[first - 1]
    opening = quoted.brackets[0] if quoted.brackets else None
    bracketed = opening is not None and opening.first == 0 and opening.last == quoted_first
    if before.kind in _UNWRAPPED:
        return next(number for number, word in enumerate(archived.words) if word.whole == before.whole)
    return first - 1 if bracketed and before.text_normalised in word_class("pronoun") else first


def _reach_on(pair: tuple[int, int], *, quoted: Passage, archived: Passage) -> int:
    """The same at the quotation's end."""
    left_over, last = len(quoted.words) - pair[0] - 1, pair[1] + 1
    if not 0 < left_over <= _LONGEST_NAME or last >= len(archived.words):
        return last
    behind = archived.words[last]
    if behind.kind not in _UNWRAPPED:
        return last
    while last < len(archived.words) and archived.words[last].whole == behind.whole:
        last += 1
    return last


def _around_handles(
    begin: tuple[int, int], end: tuple[int, int], *, reach: tuple[int, int], quoted: Passage, archived: Passage
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The same words on the far side of a handle at either edge: of "With Anna Mwale and" for "With @mwale_anna_mp and"
    an alignment takes "With" for a part of the name."""
    lead: list[tuple[int, int]] = []
    if reach[0] < begin[1]:
        size = next((n for n in range(begin[0] - 1, 0, -1) if _ends_with(archived, reach[0], quoted.plain[:n])), 0)
        lead = [(number, reach[0] - size + number) for number in range(size)]
    trail: list[tuple[int, int]] = []
    if reach[1] > end[1] + 1:
        count = len(quoted.words)
        sizes = range(count - end[0] - 2, 0, -1)
        size = next((n for n in sizes if archived.plain[reach[1] : reach[1] + n] == quoted.plain[count - n :]), 0)
        trail = [(count - size + number, reach[1] + number) for number in range(size)]
    return lead, trail


def _ends_with(archived: Passage, last: int, words: tuple[str, ...]) -> bool:
    return archived.plain[max(0, last - len(words)) : last] == words


def _without_broken_tokens(
    same: list[tuple[int, int]], near: list[tuple[int, int]], *, quoted: Passage, archived: Passage
) -> list[tuple[int, int]]:
    kept = dict(same)
    reached = {pair[1] for pair in (*same, *near)}
    for words, is_quoted in ((archived.words, False), (quoted.words, True)):
        for first, last in _unwrapped(words):
            touched = is_quoted or any(number in reached for number in range(first, last))
            if not touched:
                continue
            partners = [q if is_quoted else a for q, a in kept.items() if first <= (q if is_quoted else a) < last]
            if 0 < len(partners) < last - first:
                kept = {q: a for q, a in kept.items() if not first <= (q if is_quoted else a) < last}
    return sorted(kept.items())


def _unwrapped(words: tuple[Word, ...]) -> list[tuple[int, int]]:
    """First and last (half open) word numbers of every handle and hashtag of more than one word."""
    found: list[tuple[int, int]] = []
    number = 0
    while number < len(words):
        after = number + 1
        if words[number].kind in _UNWRAPPED:
            while after < len(words) and words[after].whole == words[number].whole:
                after += 1
            if after - number > 1:
                found.append((number, after))
        number = after
    return found
