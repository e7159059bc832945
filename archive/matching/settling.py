"""Settling: an omission or addition that could be told in several places is told where a sentence begins.

Of "an end to smuggling. If you see signs of smuggling, call" and "an end to smuggling, call" an alignment may say that
"smuggling. If you see signs of" is gone, or "If you see signs of smuggling". Only the second shows what it was: a
condition.
"""

from __future__ import annotations

from itertools import pairwise

import regex

from archive.matching.changes import Change, Pairing
from archive.matching.context import Comparison
from archive.matching.passages import Passage
from archive.matching.renderings import rendering_of
from archive.matching.vocabulary import is_content_word
from archive.matching.wholes import merged, without_same_edges

_SENTENCE_END = regex.compile(r"[.!?…:][\s\"'”’)\]»]+$|[\n\r]")
_FARTHEST = 12
"""Words by which a change may be moved."""
_NEAR_END, _LONGEST_MOVED = 3, 3

Pairs = tuple[tuple[int, int], ...]


def settled(pairing: Pairing, comparison: Comparison) -> Pairing:
    """The pairing with each unmarked omission, and each addition, moved to the beginning of a sentence where the same
    words leave the choice; and reaching as far as words that only changed places at its end."""
    marked = comparison.quoted.gaps | comparison.quoted.breaks
    changes, same = _settled(pairing.changes, pairing.same, longer=comparison.archived, fixed=marked)
    turned, paired = _settled(_turned(changes), _pairs_turned(same), longer=comparison.quoted, fixed=frozenset())
    found = Pairing(_pairs_turned(paired), _turned(turned), pairing.reach)
    return _with_swapped_end(_with_near_ones_joined(found, comparison), comparison)


def _turned(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """The changes with their sides exchanged."""
    return tuple(Change(c.archived_first, c.archived_last, c.quoted_first, c.quoted_last) for c in changes)


def _pairs_turned(pairs: Pairs) -> Pairs:
    return tuple((archived, quoted) for quoted, archived in pairs)


def _settled(
    changes: tuple[Change, ...], same: Pairs, *, longer: Passage, fixed: frozenset[int]
) -> tuple[tuple[Change, ...], Pairs]:
    """Moves what ``longer`` alone has (the archived side of the changes)."""
    paired, moved = dict(same), list(changes)
    for number, change in enumerate(changes):
        size = change.archived_last - change.archived_first
        if change.quoted_first != change.quoted_last or size == 0 or change.quoted_first in fixed:
            continue
        by = _distance(change, paired, longer=longer)
        first, last = sorted((change.quoted_first, change.quoted_first + by))
        paired |= {word: paired[word] + (size if by < 0 else -size) for word in range(first, last)}
        moved[number] = Change(
            change.quoted_first + by, change.quoted_last + by, change.archived_first + by, change.archived_last + by
        )
    return tuple(moved), tuple(sorted(paired.items()))


def _distance(change: Change, paired: dict[int, int], *, longer: Passage) -> int:
    """By how many words the change can be moved to begin with a sentence, 0 where it does or cannot."""
    if _begins_sentence(change.archived_first, longer):
        return 0
    for step in (-1, 1):
        for by in range(1, _FARTHEST + 1):
            joins, leaves = change.archived_first - by, change.archived_last - by
            other = change.quoted_first - by
            if step > 0:
                joins, leaves = change.archived_last + by - 1, change.archived_first + by - 1
                other = change.quoted_first + by - 1
            if paired.get(other) != joins or longer.plain[joins] != longer.plain[leaves]:
                break
            if _begins_sentence(change.archived_first + step * by, longer):
                return step * by
    return 0


def _begins_sentence(number: int, passage: Passage) -> bool:
    return number == 0 or _SENTENCE_END.search(passage.between(number - 1, number).of(passage.text)) is not None


def _with_near_ones_joined(pairing: Pairing, comparison: Comparison) -> Pairing:
    """Two changes side by side, or with a word or two between, that are one rendering: of "knows it. It is time" for
    "knows it. It's time" an alignment takes the second "it" for the first, and calls the other new."""
    for first, second in pairwise(pairing.changes):
        between = second.quoted_first - first.quoted_last
        if not 0 <= between <= _NEAR_END or second.archived_first - first.archived_last != between:
            continue
        whole = Change(first.quoted_first, second.quoted_last, first.archived_first, second.archived_last)
        core = without_same_edges(whole, comparison)
        if (core != whole or not between) and rendering_of(core, comparison) is not None:
            return merged(pairing, (first, second), whole=whole, comparison=comparison)
    return pairing


def _with_swapped_end(pairing: Pairing, comparison: Comparison) -> Pairing:
    """Of "this day historic" for "this historic day" an alignment takes "this historic" and calls "day" new: at the
    quotation's end the word behind is taken as well, so that it is told as moved."""
    if not pairing.changes:
        return pairing
    change, count = pairing.changes[-1], len(comparison.quoted.words)
    size, last = change.quoted_last - change.quoted_first, pairing.reach[1]
    if change.archived_first != change.archived_last or not 0 < size <= _LONGEST_MOVED:
        return pairing
    words = comparison.quoted.plain[change.quoted_first : change.quoted_last]
    near = 0 < count - change.quoted_last <= _NEAR_END and any(map(is_content_word, words))
    if not near or comparison.archived.plain[last : last + size] != words:
        return pairing
    changes = (*pairing.changes, Change(count, count, last, last + size))
    return Pairing(pairing.same, changes, (pairing.reach[0], last + size))
