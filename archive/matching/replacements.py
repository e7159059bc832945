"""Replacements: other words in place of the original's – a typo mended or made, another form of the same word, or
plainly another word."""

from __future__ import annotations

import regex
from rapidfuzz.distance import OSA

from archive.domain.differences import Difference
from archive.domain.findings import FindingCode
from archive.matching.alignment import are_near
from archive.matching.changes import Change
from archive.matching.context import Comparison, plain
from archive.matching.guards import guards_on
from archive.matching.handles import abbreviations
from archive.matching.vocabulary import word_class

_ENDINGS = ("", "s", "es", "ed", "d", "ing", "er", "ers", "ly", "al", "ally", "n", "en", "ies", "y", "e", "ion", "ment")
_FAMILIES = (
    frozenset(["am", "is", "are", "was", "were", "be", "been", "being"]),
    frozenset(["have", "has", "had", "having"]),
    frozenset(["do", "does", "did", "done", "doing"]),
    frozenset(["go", "goes", "went", "gone", "going"]),
    frozenset(["will", "would"]),
    frozenset(["can", "could"]),
    frozenset(["i", "me", "my", "mine", "myself", "he", "him", "his", "himself", "she", "her", "hers", "herself"]),
    frozenset(["we", "us", "our", "ours", "ourselves", "they", "them", "their", "theirs", "themselves"]),
)
_NO_PAST = frozenset(
    "need seed feed speed bleed breed deed heed weed greed exceed proceed succeed indeed creed bed red shed".split()
)
_SCRIPTS = (regex.compile(r"\p{Latin}"), regex.compile(r"\p{Cyrillic}"), regex.compile(r"\p{Greek}"))


def replacement(change: Change, comparison: Comparison) -> list[Difference]:
    """The difference that words in place of others amount to, with the guards that fire."""
    quoted = comparison.quoted_words(change.quoted_first, change.quoted_last)
    archived = comparison.archived_words(change.archived_first, change.archived_last)
    one, other = plain(quoted), plain(archived)
    here = comparison.quoted.span_of(change.quoted_first, change.quoted_last)
    there = comparison.archived.span_of(change.archived_first, change.archived_last)
    if _looks_alike(here.of(comparison.quoted.text), there.of(comparison.archived.text)):
        look_alike = (FindingCode.LOOK_ALIKE_ACCOUNT,)
        return [comparison.difference(FindingCode.WORD_REPLACED, here, archived=there, guards=look_alike)]
    guards = guards_on(
        one, other, quoted_text=here.of(comparison.quoted.text), archived_text=there.of(comparison.archived.text)
    )
    code = FindingCode.WORD_REPLACED
    if len(one) == len(other) == 1:
        code = _single(one[0], other[0], comparison=comparison)
        if code in (FindingCode.TYPO_CORRECTED, FindingCode.TYPO_INTRODUCED):
            # A slip of the pen in a name is no other name; one that makes another number or negation still counts.
            guards = tuple(guard for guard in guards if guard is not FindingCode.NAMED_ENTITY)
    elif _shorter_form(one, other):
        code = FindingCode.GRAMMAR_ADAPTED
    return [comparison.difference(code, here, archived=there, guards=guards)]


def _single(quoted: str, archived: str, *, comparison: Comparison) -> FindingCode:
    if any(quoted in family and archived in family for family in _FAMILIES):
        return FindingCode.TENSE_OR_PERSON_SHIFTED
    if _is_form(quoted, archived):
        tensed = any(word.endswith("ed") and word not in _NO_PAST for word in (quoted, archived))
        return FindingCode.TENSE_OR_PERSON_SHIFTED if tensed else FindingCode.GRAMMAR_ADAPTED
    if not are_near(quoted, archived) or len(quoted) < 4:
        return FindingCode.WORD_REPLACED
    return _typo(quoted, archived, comparison=comparison)


def _typo(quoted: str, archived: str, *, comparison: Comparison) -> FindingCode:
    """Which of two near words is the slip: the one that the archive hardly knows while it knows the other well."""
    # The archived text itself has its word, even where only the quotation's words were counted.
    here, there = comparison.documents_with(quoted), max(comparison.documents_with(archived), 1)
    if not _is_slip(quoted, archived) or here == there:
        return FindingCode.WORD_REPLACED
    known = word_class("stop")
    if here > 20 * max(there, 1) or (here >= 2 and there <= 1) or quoted in known:
        return FindingCode.TYPO_CORRECTED
    if there > 20 * max(here, 1) or here == 0:
        return FindingCode.TYPO_INTRODUCED
    return FindingCode.WORD_REPLACED


def _is_slip(one: str, other: str) -> bool:
    """Whether the pen may have slipped: one letter in a word of five, two in a word of eight; neighbours may swap.

    In a word of four only a swap counts: "FIOP" for "FOIP" is a slip, "cost" for "coat" another word.
    """
    shorter = min(len(one), len(other))
    if shorter == 4:
        return sorted(one) == sorted(other) and OSA.distance(one, other) == 1
    return shorter >= 5 and OSA.distance(one, other) <= (1 if shorter < 8 else 2)


def _is_form(one: str, other: str) -> bool:
    """Whether two words are inflections of one stem of at least three letters."""
    size = 0
    while size < min(len(one), len(other)) and one[size] == other[size]:
        size += 1
    stems = [size, size - 1] if size >= 4 else [size]
    return any(stem >= 3 and one[stem:] in _ENDINGS and other[stem:] in _ENDINGS and one != other for stem in stems)


def _shorter_form(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Contracted or spelled out: "do not" and "dont"."""
    table = abbreviations()
    return bool(len(one) == 1 and table.get(one[0]) == other) or bool(len(other) == 1 and table.get(other[0]) == one)


def _looks_alike(quoted: str, archived: str) -> bool:
    """Whether a word mixes scripts on one side only: letters that look alike were exchanged."""
    return _is_mixed(quoted) != _is_mixed(archived)


def _is_mixed(text: str) -> bool:
    return any(sum(bool(script.search(word)) for script in _SCRIPTS) > 1 for word in text.split())
