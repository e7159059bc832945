"""Rewording: a quotation whose words are mostly not the original's although it says what the original says (T11).

A paraphrase shares scattered words of meaning with its original, in any order and form, and no long run. What is
invented shares none; what is spliced shares runs.
"""

from __future__ import annotations

from itertools import pairwise

from archive.domain.differences import Difference, Nature
from archive.domain.findings import FindingCode
from archive.matching.alignment import are_near
from archive.matching.changes import Pairing
from archive.matching.context import Comparison, plain
from archive.matching.guards import guards_on
from archive.matching.passages import Passage
from archive.matching.vocabulary import is_content_word

_LEAST_WORDS = 4
_LEAST_SHARED = 2
_LONGEST_RUN = 5
_LEAST_SHARE = 0.25
_STEM = 5
_GRAVE = (FindingCode.NEGATION, FindingCode.NUMBER_OR_UNIT)
_OTHER_CLAIMS = (FindingCode.JOINED_FROM_POSTS, FindingCode.SENTENCES_REORDERED)


def shared_content(quoted: Passage, archived: Passage) -> tuple[int, float]:
    """How many different words of meaning the quotation shares with the text, in whatever place or form, and which
    share of its own they are (0 to 1)."""
    wanted = {word for word in quoted.plain if is_content_word(word)}
    held = {word for word in archived.plain if is_content_word(word)}
    stems = {word[:_STEM] for word in held if len(word) >= _STEM}
    shared = sum(
        word in held or (len(word) >= _STEM and (word[:_STEM] in stems or any(are_near(word, o) for o in held)))
        for word in wanted
    )
    return shared, shared / max(1, len(wanted))


def as_paraphrase(differences: list[Difference], pairing: Pairing, *, comparison: Comparison) -> list[Difference]:
    """The differences with all changes of text told as one (T11) where most of the words of meaning were put in place
    of others; as they are otherwise. Only a denial or a number that differs is still guarded: of other words than the
    original's, any kind may differ without a change of sense."""
    if not _is_paraphrase(differences, pairing, comparison=comparison):
        return differences
    quoted, archived = comparison.quoted, comparison.archived
    here = quoted.span_of(0, len(quoted.words))
    there = archived.span_of(0, len(archived.words))
    guards = guards_on(quoted.plain, archived.plain)
    told = comparison.difference(
        FindingCode.PARAPHRASE_IN_MARKS, here, archived=there, guards=tuple(g for g in guards if g in _GRAVE)
    )
    return [told, *(d for d in differences if d.nature is not Nature.TEXT or d.code in _OTHER_CLAIMS)]


def _is_paraphrase(differences: list[Difference], pairing: Pairing, *, comparison: Comparison) -> bool:
    own = [word for word in comparison.quoted.plain if is_content_word(word)]
    strange = 0
    for difference in differences:
        if difference.nature is Nature.TEXT and difference.code not in _OTHER_CLAIMS:
            inside = tuple(w for w in comparison.quoted.words if difference.quoted.contains(w.span))
            strange += sum(is_content_word(word) for word in plain(inside))
    if len(own) < _LEAST_WORDS or 2 * strange <= len(own) or _longest_run(pairing) > _LONGEST_RUN:
        return False
    shared, share = shared_content(comparison.quoted, comparison.archived)
    return shared >= _LEAST_SHARED and share >= _LEAST_SHARE


def _longest_run(pairing: Pairing) -> int:
    longest = run = 1 if pairing.same else 0
    for one, other in pairwise(pairing.same):
        run = run + 1 if (other[0], other[1]) == (one[0] + 1, one[1] + 1) else 1
        longest = max(longest, run)
    return longest
