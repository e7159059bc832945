"""Wholes: names, handles, numbers and dates that are one thing although only some of their words have a partner.

Word by word, "Gryphon Harbour Authority" for "@GryphonHarbour" is a handle written out and a word added, "20 lakh" for
"2 million" at the head of a quotation two words beyond the original, "5 March" for "March 5" a word moved. As wholes
they are what they are: another print of the same.
"""

from __future__ import annotations

from itertools import pairwise

from archive.matching.calendar_words import is_date_order
from archive.matching.changes import Change, Pairing
from archive.matching.context import Comparison, plain
from archive.matching.handles import stands_for
from archive.matching.renderings import rendering_of
from archive.text.tokens import Word, WordKind

_LONGEST_NAME = 4
_LONGEST_EDGE = 5


def with_wholes(pairing: Pairing, comparison: Comparison) -> Pairing:
    """The pairing with such wholes as one change each; every other word as it was."""
    if not pairing.changes:
        return pairing
    pairing = _with_names_of_handles(pairing, comparison)
    pairing = _with_orders(pairing, comparison)
    pairing = _with_head(pairing, comparison)
    return _with_tail(pairing, comparison)


def _with_names_of_handles(pairing: Pairing, comparison: Comparison) -> Pairing:
    """A handle whose own words all stand there, in a longer name that the registry holds for it."""
    for change in pairing.changes:
        if change.archived_first != change.archived_last or change.quoted_first == change.quoted_last:
            continue
        for pair in _neighbours(change, pairing):
            whole = _whole_handle(pair, change, pairing=pairing, comparison=comparison)
            if whole is not None:
                return with_wholes(merged(pairing, (change,), whole=whole, comparison=comparison), comparison)
    return pairing


def _neighbours(change: Change, pairing: Pairing) -> list[tuple[int, int]]:
    return [pair for pair in pairing.same if pair[0] in (change.quoted_first - 1, change.quoted_last)]


def _whole_handle(pair: tuple[int, int], change: Change, *, pairing: Pairing, comparison: Comparison) -> Change | None:
    words = comparison.archived.words
    token = words[pair[1]]
    if token.kind is not WordKind.HANDLE:
        return None
    own = [(q, a) for q, a in pairing.same if words[a].whole == token.whole]
    first = min(change.quoted_first, own[0][0])
    last = max(change.quoted_last, own[-1][0] + 1)
    printed = plain(comparison.quoted_words(first, last))
    handle = token.whole.of(comparison.archived.text)
    known = comparison.names.of_handle(handle)
    if not known or not stands_for(printed, handle, names=comparison.names):
        return None
    return Change(first, last, own[0][1], own[-1][1] + 1)


def _with_orders(pairing: Pairing, comparison: Comparison) -> Pairing:
    """A name or date whose words stand in another order is one change, not a word gone here and new there."""
    for first, second in pairwise(pairing.changes):
        between = second.quoted_first - first.quoted_last
        if not 1 <= between <= _LONGEST_NAME or second.archived_first - first.archived_last != between:
            continue
        whole = Change(first.quoted_first, second.quoted_last, first.archived_first, second.archived_last)
        if _is_whole(whole, comparison) and rendering_of(whole, comparison) is not None:
            return _with_orders(merged(pairing, (first, second), whole=whole, comparison=comparison), comparison)
    return pairing


def _is_whole(change: Change, comparison: Comparison) -> bool:
    """Whether both sides are the same words in another order, or forms of one registered name."""
    one = comparison.quoted.plain[change.quoted_first : change.quoted_last]
    other = comparison.archived.plain[change.archived_first : change.archived_last]
    if (len(one) == len(other) and sorted(one) == sorted(other)) or comparison.names.are_forms_of_one_name(one, other):
        return True
    return is_date_order(
        comparison.quoted_words(change.quoted_first, change.quoted_last),
        comparison.archived_words(change.archived_first, change.archived_last),
    )


def _with_head(pairing: Pairing, comparison: Comparison) -> Pairing:
    """The first words of the quotation with as many archived words before it as they are another print of."""
    change = pairing.changes[0]
    before = change.quoted_first
    if not change.quoted_first < change.quoted_last <= _LONGEST_EDGE:
        return pairing
    for more in range(_LONGEST_EDGE + 1):
        first = change.archived_first - before - more
        if first < 0:
            break
        for kept in range(_LONGEST_NAME):
            whole = Change(0, change.quoted_last + kept, first, change.archived_last + kept)
            if (more or kept) and _fits_edge(whole, comparison, kept=kept + before):
                moved = Pairing(pairing.same, pairing.changes, (min(first, pairing.reach[0]), pairing.reach[1]))
                return merged(moved, (change,), whole=whole, comparison=comparison)
    return pairing


def _with_tail(pairing: Pairing, comparison: Comparison) -> Pairing:
    """The same at the quotation's end; same words may stand behind the change ("23 June" for "June 23" at the end)."""
    change, count = pairing.changes[-1], len(comparison.quoted.words)
    behind = count - change.quoted_last
    if not change.quoted_first < change.quoted_last or count - change.quoted_first > _LONGEST_EDGE:
        return pairing
    for more in range(_LONGEST_EDGE + 1):
        last = change.archived_last + behind + more
        if last > len(comparison.archived.words):
            break
        for kept in range(_LONGEST_NAME):
            whole = Change(change.quoted_first - kept, count, change.archived_first - kept, last)
            if (more or kept) and _fits_edge(whole, comparison, kept=kept + behind):
                moved = Pairing(pairing.same, pairing.changes, (pairing.reach[0], max(last, pairing.reach[1])))
                return merged(moved, (change,), whole=whole, comparison=comparison)
    return pairing


def _fits_edge(whole: Change, comparison: Comparison, *, kept: int) -> bool:
    """Whether the change renders the archived words; ``kept`` neighbours were same words and only stood elsewhere."""
    if whole.quoted_first < 0 or whole.quoted_last > len(comparison.quoted.words):
        return False
    if whole.archived_first < 0 or whole.archived_last > len(comparison.archived.words):
        return False
    if whole.archived_first == whole.archived_last or (kept and not _is_whole(whole, comparison)):
        return False
    return rendering_of(whole, comparison) is not None


def without_same_edges(whole: Change, comparison: Comparison) -> Change:
    """The change without the same words at its head and tail; a handle or hashtag stays whole."""
    one = comparison.quoted_words(whole.quoted_first, whole.quoted_last)
    other = comparison.archived_words(whole.archived_first, whole.archived_last)
    head = _same_words(one, other)
    tail = _same_words(one[head:][::-1], other[head:][::-1])
    return Change(
        whole.quoted_first + head, whole.quoted_last - tail, whole.archived_first + head, whole.archived_last - tail
    )


def _same_words(one: tuple[Word, ...], other: tuple[Word, ...]) -> int:
    """How many words from the first on are the same on both sides, and words of their own."""
    count = 0
    for left, right in zip(one, other, strict=False):
        tokens = {left.kind, right.kind} & {WordKind.HANDLE, WordKind.HASHTAG}
        if tokens or left.text_normalised != right.text_normalised:
            break
        count += 1
    return count


def merged(pairing: Pairing, old: tuple[Change, ...], *, whole: Change, comparison: Comparison) -> Pairing:
    """The pairing with one change in place of ``old`` and of the pairs within it; same words at its edges are pairs."""
    core = without_same_edges(whole, comparison)
    same = {
        pair
        for pair in pairing.same
        if not whole.quoted_first <= pair[0] < whole.quoted_last
        and not whole.archived_first <= pair[1] < whole.archived_last
    }
    same |= {(q, whole.archived_first + q - whole.quoted_first) for q in range(whole.quoted_first, core.quoted_first)}
    same |= {(q, core.archived_last + q - core.quoted_last) for q in range(core.quoted_last, whole.quoted_last)}
    changes = [change for change in pairing.changes if change not in old]
    changes.append(core)
    ordered = tuple(sorted(changes, key=lambda c: (c.quoted_first, c.archived_first)))
    return Pairing(tuple(sorted(same)), ordered, pairing.reach)
