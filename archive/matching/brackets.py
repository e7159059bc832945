"""Brackets: words that the outlet put in – explained (K5), changed (K6), or set in round brackets as wires do (K8)."""

from __future__ import annotations

from archive.domain.differences import Difference
from archive.domain.findings import FindingCode
from archive.domain.spans import Span, hull
from archive.matching.alignment import are_near
from archive.matching.changes import Change, Pairing
from archive.matching.context import Comparison, plain
from archive.matching.guards import guards_on
from archive.matching.handles import abbreviations
from archive.matching.numbers import have_equal_values
from archive.matching.passages import Bracket, BracketShape
from archive.matching.renderings import abbreviates
from archive.matching.vocabulary import is_content_word, word_class
from archive.text.tokens import WordKind

_LONGEST_CHANGING = 3
_ASSERTING = frozenset(
    {
        FindingCode.NEGATION,
        FindingCode.NUMBER_OR_UNIT,
        FindingCode.MODAL_STRENGTH,
        FindingCode.QUANTIFIER_OR_SCOPE,
        FindingCode.CONDITION_DROPPED,
        FindingCode.OPPOSITE_VERB,
        FindingCode.COMPARISON_DIRECTION,
    }
)


def bracketed_in(change: Change, comparison: Comparison) -> tuple[Bracket, ...]:
    """The brackets whose words all lie in this change, when they are all its quoted words."""
    inside = tuple(
        bracket
        for bracket in comparison.quoted.brackets
        if change.quoted_first <= bracket.first
        and bracket.last <= change.quoted_last
        and not (bracket.shape is BracketShape.ROUND and _stand_in_brackets(change, comparison))
    )
    held = sum(bracket.last - bracket.first for bracket in inside)
    return inside if held and held == change.quoted_last - change.quoted_first else ()


def _stand_in_brackets(change: Change, comparison: Comparison) -> bool:
    """Whether the archived words stand in round brackets themselves: "(NPCA)" for "(NCPA)" is no insertion."""
    if change.archived_first == change.archived_last:
        return False
    there, text = comparison.archived.span_of(change.archived_first, change.archived_last), comparison.archived.text
    return text[: there.start].rstrip().endswith("(") and text[there.end :].lstrip().startswith(")")


def bracketed_letters(change: Change, comparison: Comparison) -> Difference | None:
    """A word whose ending the outlet changed and showed it: "say[s]" for "say" (K5)."""
    if change.quoted_last - change.quoted_first != 1 or change.archived_last - change.archived_first != 1:
        return None
    here = comparison.quoted.words[change.quoted_first].span
    if not any(span.overlaps(here) for span in comparison.quoted.letters):
        return None
    there = comparison.archived.words[change.archived_first].span
    return comparison.difference(FindingCode.BRACKET_EXPLAINS, here, archived=there)


def brackets_around(pairing: Pairing, comparison: Comparison) -> list[Difference]:
    """Brackets set around words that the original has too, without them: "(Anna Mwale)" for the handle that spells
    it."""
    partners = dict(pairing.same)
    found: list[Difference] = []
    for bracket in comparison.quoted.brackets:
        numbers = range(bracket.first, bracket.last)
        if not all(number in partners for number in numbers):
            continue
        first, last = partners[bracket.first], partners[bracket.last - 1]
        sides = comparison.archived.between(first - 1, first), comparison.archived.between(last, last + 1)
        if not any(mark in side.of(comparison.archived.text) for side in sides for mark in "[]()"):
            code = (
                FindingCode.PARENTHESIS_AS_BRACKET
                if bracket.shape is BracketShape.ROUND
                else FindingCode.BRACKET_EXPLAINS
            )
            there = comparison.archived.span_of(min(first, last), max(first, last) + 1)
            found.append(comparison.difference(code, bracket.span, archived=there))
    return found


def bracket_differences(change: Change, brackets: tuple[Bracket, ...], *, comparison: Comparison) -> list[Difference]:
    """One difference for the bracketed words of a change, with the archived words they stand for."""
    quoted = plain(comparison.quoted_words(change.quoted_first, change.quoted_last))
    words = comparison.archived_words(change.archived_first, change.archived_last)
    archived = plain(words)
    places = hull(bracket.span for bracket in brackets)
    there = comparison.archived.span_of(change.archived_first, change.archived_last)
    if any(word.kind is WordKind.HANDLE for word in words):
        # A bracket in place of a handle tells whom it names; "the @handle" loses its article with it.
        archived = tuple(w.text_normalised for w in words if w.kind is not WordKind.HANDLE)
        archived = tuple(word for word in archived if is_content_word(word))
    guards = _guards(quoted, archived, there=there, places=places, comparison=comparison)
    if guards:
        return [comparison.difference(FindingCode.BRACKET_CHANGES_CLAIM, places, archived=there, guards=guards)]
    round_ones = any(bracket.shape is BracketShape.ROUND for bracket in brackets)
    code = FindingCode.PARENTHESIS_AS_BRACKET if round_ones else FindingCode.BRACKET_EXPLAINS
    return [comparison.difference(code, places, archived=there)]


def _guards(
    quoted: tuple[str, ...], archived: tuple[str, ...], *, there: Span, places: Span, comparison: Comparison
) -> tuple[FindingCode, ...]:
    if _explains(quoted, archived):
        return ()
    fired = guards_on(
        quoted,
        archived,
        quoted_text=places.of(comparison.quoted.text),
        archived_text=there.of(comparison.archived.text),
    )
    if not archived:
        # An inserted name or remark explains; an inserted "not", number or "only" asserts.
        return tuple(guard for guard in fired if guard in _ASSERTING) if len(quoted) <= _LONGEST_CHANGING else ()
    return fired


def _explains(quoted: tuple[str, ...], archived: tuple[str, ...]) -> bool:
    """Whether the bracket only makes plain what stood there: a pronoun, an abbreviation, a form of the same word."""
    if not archived:
        return False
    if have_equal_values(quoted, archived) or abbreviates(archived, quoted) or abbreviates(quoted, archived):
        return True
    negations = word_class("negation")
    if any((word in negations) for word in (*quoted, *archived)):
        return False
    if all(word in word_class("pronoun") or not is_content_word(word) for word in archived):
        return True
    if all(word in abbreviations() or _cut_short(word, quoted) for word in archived):
        return True
    return len(quoted) == len(archived) and all(map(are_near, quoted, archived))


def _cut_short(word: str, quoted: tuple[str, ...]) -> bool:
    return any(other.startswith(word) for other in quoted)
