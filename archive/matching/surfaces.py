"""Surfaces: two forms of the same word – capitals, accents, spelling, an unwrapped handle – and their codes."""

from __future__ import annotations

import unicodedata

from archive.domain.differences import Difference
from archive.domain.findings import FindingCode
from archive.matching.changes import Pairing
from archive.matching.context import Comparison
from archive.text.folding import fold_text
from archive.text.tokens import Word, WordKind

_UNWRAPPED = {WordKind.HANDLE: FindingCode.HANDLE_AS_NAME, WordKind.HASHTAG: FindingCode.HASHTAG_UNWRAPPED}


def surface_differences(pairing: Pairing, comparison: Comparison) -> list[Difference]:
    """How the paired words' printed forms differ, one difference a word (one a handle or hashtag)."""
    found: list[Difference] = []
    seen: set[int] = set()
    for number, (quoted_number, archived_number) in enumerate(pairing.same):
        quoted, archived = comparison.quoted.words[quoted_number], comparison.archived.words[archived_number]
        if quoted.kind != archived.kind and (quoted.kind in _UNWRAPPED or archived.kind in _UNWRAPPED):
            token = archived if archived.kind in _UNWRAPPED else quoted
            if token.whole.start not in seen:
                seen.add(token.whole.start)
                found.append(_unwrapped(number, pairing, comparison=comparison))
            continue
        code = _code(quoted, archived, comparison=comparison, is_first=quoted_number == 0)
        if code is not None:
            found.append(comparison.difference(code, quoted.span, archived=archived.span))
    return found


def _unwrapped(number: int, pairing: Pairing, *, comparison: Comparison) -> Difference:
    """A handle printed as words (R1) or a hashtag (R5), or the reverse: the whole token against all its words."""
    quoted_number, archived_number = pairing.same[number]
    quoted, archived = comparison.quoted.words[quoted_number], comparison.archived.words[archived_number]
    if archived.kind in _UNWRAPPED:
        others = [q for q, a in pairing.same if comparison.archived.words[a].whole == archived.whole]
        span = comparison.quoted.span_of(min(others), max(others) + 1)
        return comparison.difference(_UNWRAPPED[archived.kind], span, archived=archived.whole)
    partners = [a for q, a in pairing.same if comparison.quoted.words[q].whole == quoted.whole]
    span = comparison.archived.span_of(min(partners), max(partners) + 1)
    return comparison.difference(_UNWRAPPED[quoted.kind], quoted.whole, archived=span)


def _code(quoted: Word, archived: Word, *, comparison: Comparison, is_first: bool) -> FindingCode | None:
    one = _printed(quoted, comparison.quoted.text)
    other = _printed(archived, comparison.archived.text)
    if one == other:
        return None
    left, right = fold_text(one), fold_text(other)
    if left == right:
        return FindingCode.TYPOGRAPHY
    if WordKind.SIGN in (quoted.kind, archived.kind) and quoted.kind != archived.kind:
        return FindingCode.ABBREVIATION if "&" in (left, right) else FindingCode.NUMBER_STYLE
    if WordKind.NUMBER in (quoted.kind, archived.kind):
        return FindingCode.NUMBER_STYLE if left.lower() != right.lower() else FindingCode.CAPITALS_OR_EMPHASIS
    if left.casefold() == right.casefold():
        if is_first and left[1:] == right[1:]:
            return FindingCode.EDGE_CASE_OR_STOP
        return FindingCode.CAPITALS_OR_EMPHASIS
    return _spelling(left.casefold(), right.casefold())


def _spelling(left: str, right: str) -> FindingCode:
    if left.replace(".", "") == right.replace(".", ""):
        return FindingCode.ABBREVIATION
    return FindingCode.TYPOGRAPHY if _without_marks(left) == _without_marks(right) else FindingCode.HOUSE_SPELLING


def _printed(word: Word, text: str) -> str:
    printed = word.span.of(text)
    return printed.replace("[", "").replace("]", "")


def _without_marks(word: str) -> str:
    parts = unicodedata.normalize("NFD", word.replace("'", "").replace(".", ""))
    return "".join(mark for mark in parts if unicodedata.category(mark) != "Mn")
