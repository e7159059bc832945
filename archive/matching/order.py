"""Order: words or sentences that stand elsewhere in the original – missing here and added there (T4, T5)."""

from __future__ import annotations

from itertools import pairwise

from archive.domain.differences import Difference
from archive.domain.findings import FindingCode
from archive.domain.spans import Span
from archive.matching.changes import Change, Pairing
from archive.matching.context import Comparison, plain
from archive.text.tokens import words

_GONE = (FindingCode.WORD_MISSING, FindingCode.OMISSION_UNSIGNALLED)
_NEW = (FindingCode.WORD_ADDED, FindingCode.STRETCH_IN_NO_SOURCE, FindingCode.EXTENDED_BEYOND_ORIGINAL)
_SENTENCE = 4
_LONGEST_NAME = 4


def with_name_orders(pairing: Pairing, comparison: Comparison) -> Pairing:
    """A name whose words stand in another order is one change, not a word gone here and new there ("Sato Kenji")."""
    changes = list(pairing.changes)
    same = list(pairing.same)
    for first, second in pairwise(pairing.changes):
        between = second.quoted_first - first.quoted_last
        if not 1 <= between <= _LONGEST_NAME or second.archived_first - first.archived_last != between:
            continue
        whole = Change(first.quoted_first, second.quoted_last, first.archived_first, second.archived_last)
        one = plain(comparison.quoted_words(whole.quoted_first, whole.quoted_last))
        other = plain(comparison.archived_words(whole.archived_first, whole.archived_last))
        if comparison.names.are_forms_of_one_name(one, other) and first in changes and second in changes:
            changes[changes.index(first)] = whole
            changes.remove(second)
            same = [pair for pair in same if not whole.quoted_first <= pair[0] < whole.quoted_last]
    return Pairing(tuple(same), tuple(changes), pairing.reach)


def moved_words(found: list[Difference], comparison: Comparison) -> list[Difference]:
    """Words missing at one place and added at another were moved: one T4 (a few words) or T5 (a sentence) for both."""
    kept = list(found)
    for added in found:
        if added.code not in _NEW:
            continue
        place = _elsewhere(added, kept, comparison=comparison)
        if place is None:
            continue
        partner, span = place
        count = len(words(added.quoted_words))
        code = FindingCode.SENTENCES_REORDERED if count >= _SENTENCE else FindingCode.ORDER_CHANGED
        moved = comparison.difference(code, added.quoted, archived=span)
        kept = [moved if one is added else one for one in kept if one is not partner]
    return kept


def _elsewhere(
    added: Difference, found: list[Difference], *, comparison: Comparison
) -> tuple[Difference | None, Span] | None:
    """The omission that holds exactly these words, or the stretch of the original outside what is covered that does."""
    wanted = tuple(word.text_normalised for word in words(added.quoted_words))
    for other in found:
        if other.code in _GONE and tuple(word.text_normalised for word in words(other.archived_words)) == wanted:
            return other, other.archived
    if len(wanted) < _SENTENCE:
        return None
    there = comparison.archived.plain
    for at in range(len(there) - len(wanted) + 1):
        if there[at : at + len(wanted)] == wanted:
            return None, comparison.archived.span_of(at, at + len(wanted))
    return None
