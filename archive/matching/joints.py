"""Joints: what stands between two neighbouring words that both have a partner – punctuation, signs, emoji, links, line
breaks, ellipses – on either side."""

from __future__ import annotations

import regex

from archive.domain.differences import Difference
from archive.domain.findings import FindingCode
from archive.domain.spans import Span
from archive.matching.changes import Pairing
from archive.matching.context import Comparison
from archive.matching.guards import guards_on_sentence_end, is_tone_sign
from archive.matching.numbers import currency_of
from archive.matching.passages import ELLIPSIS
from archive.text.folding import fold_text

LINK = regex.compile(
    r"https?:?/\S*|(?:www|pic)\.\S+|(?<![\w@.])(?!\S*pic\.twitter)(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,8}/\S*"
)
EMOJI = regex.compile(
    r"[\p{Extended_Pictographic}\U0001F1E6-\U0001F1FF](?:[\p{EMod}\uFE0F\u200D\u20E3\p{Extended_Pictographic}])*"
)
_TOKEN_SIGN = regex.compile(r"[@#]$")
_EMPHASIS = regex.compile(r"[*_~]+")
_AMOUNT = regex.compile(r"[\d.,]+(?:\s?(?:million|billion|trillion|thousand|lakhs?|crores?|k|m|bn)\b)?\s?(?:%|\p{L}+)?")
_MARKS = regex.compile(r"[\s\"'`()\[\]{}<>.,;:!?¡¿/|\\@#*_~+=•·^-]+")
_BRACKETS = regex.compile(r"[\[\]()]")
_MINUS = regex.compile(r"(?<![\w-])[-−](?=[$€£₹¥]?$)")


def joint_differences(pairing: Pairing, comparison: Comparison) -> list[Difference]:
    """The departures between each two neighbouring pairs that stand side by side on both sides."""
    found: list[Difference] = []
    for (q_left, a_left), (q_right, a_right) in zip(pairing.same, pairing.same[1:], strict=False):
        if q_right != q_left + 1 or a_right != a_left + 1 or a_right in comparison.seams:
            continue
        if comparison.archived.words[a_left].whole == comparison.archived.words[a_right].whole:
            continue
        quoted = comparison.quoted.between(q_left, q_right)
        archived = comparison.archived.between(a_left, a_right)
        one, other = quoted.of(comparison.quoted.text), archived.of(comparison.archived.text)
        if one != other:
            found += _joint(quoted, archived, comparison=comparison)
    return found


def _joint(quoted: Span, archived: Span, *, comparison: Comparison) -> list[Difference]:
    one, other = quoted.of(comparison.quoted.text), archived.of(comparison.archived.text)
    for span in comparison.quoted.sics:
        if quoted.contains(span):
            cut = slice(span.start - quoted.start, span.end - quoted.start)
            one = one[: cut.start] + " " * len(span) + one[cut.stop :]
    left, right = fold_text(one), fold_text(other)
    ellipsis = _ellipsis(left, right)
    if ellipsis is not None:
        return [comparison.difference(ellipsis, quoted, archived=archived)]
    if left == right and any(quoted.contains(span) for span in comparison.quoted.sics):
        return []
    if left == right:
        return [comparison.difference(_white_space(one, other), quoted, archived=archived)]
    if any(bracket.span.overlaps(quoted) for bracket in comparison.quoted.brackets):
        left = fold_text(_BRACKETS.sub(" ", left))
    if _TOKEN_SIGN.sub("", left).strip() == _TOKEN_SIGN.sub("", right).strip():
        return []  # "@", "#" and editors' brackets are told with the words they belong to
    return _signs(quoted, archived, left=left, right=right, comparison=comparison)


def _ellipsis(left: str, right: str) -> FindingCode | None:
    shown, own = bool(ELLIPSIS.search(left)), bool(ELLIPSIS.search(right))
    if shown and own:
        return FindingCode.ELLIPSIS_OF_ORIGINAL
    return FindingCode.ELLIPSIS_NOTHING_MISSING if shown else None


def _white_space(one: str, other: str) -> FindingCode:
    return FindingCode.LINE_BREAKS_FLATTENED if ("\n" in one) != ("\n" in other) else FindingCode.TYPOGRAPHY


def _signs(quoted: Span, archived: Span, *, left: str, right: str, comparison: Comparison) -> list[Difference]:
    """Differences in signs: money and sentence marks change the text, all others render it."""
    code_guards: list[tuple[FindingCode, tuple[FindingCode, ...]]] = []
    if LINK.search(left) or LINK.search(right):
        code_guards.append((FindingCode.LINK_OR_MARKER_REMOVED, ()))
        left, right = LINK.sub(" ", left), LINK.sub(" ", right)
    one, other = EMOJI.findall(left), EMOJI.findall(right)
    if one != other:
        tone = any(is_tone_sign(sign) for sign in {*one} ^ {*other})
        code_guards.append(
            (FindingCode.WORD_MISSING, (FindingCode.TONE_SIGN_LOST,)) if tone else (FindingCode.EMOJI_REMOVED, ())
        )
    left, right = EMOJI.sub(" ", left), EMOJI.sub(" ", right)
    if _are_other_amounts(quoted, archived, comparison=comparison):
        code_guards.append((FindingCode.WORD_REPLACED, (FindingCode.NUMBER_OR_UNIT,)))
    elif currency_of(left) != currency_of(right):
        code_guards.append((FindingCode.NUMBER_STYLE, ()))
    mood = guards_on_sentence_end(left, right)
    if mood:
        code_guards.append((FindingCode.WORD_REPLACED, mood))
    rest, other_rest = (_MARKS.sub("", side) for side in (left, right))
    if not code_guards and left != right:
        code_guards.append((_plain_marks(left, right, is_known=rest == other_rest), ()))
    return [comparison.difference(code, quoted, archived=archived, guards=guards) for code, guards in code_guards]


def _are_other_amounts(quoted: Span, archived: Span, *, comparison: Comparison) -> bool:
    """Whether the number behind the joint has another currency or sign: "$5" and "£5", but not "$5" and "5 dollars"."""
    one, other = comparison.quoted.text, comparison.archived.text
    if not one[quoted.end : quoted.end + 1].isdigit():
        return False
    if bool(_MINUS.search(quoted.of(one))) != bool(_MINUS.search(archived.of(other))):
        return True
    signs = currency_of(quoted.of(one)), currency_of(archived.of(other))
    if signs[0] == signs[1]:
        return False
    near = _AMOUNT.match(one, quoted.end), _AMOUNT.match(other, archived.end)
    behind = [currency_of(match.group()) if match is not None else frozenset() for match in near]
    return signs[0] | behind[0] != signs[1] | behind[1]


def _plain_marks(left: str, right: str, *, is_known: bool) -> FindingCode:
    if not is_known:
        return FindingCode.WORD_REPLACED
    if _EMPHASIS.sub("", left).split() == _EMPHASIS.sub("", right).split():
        return FindingCode.CAPITALS_OR_EMPHASIS
    if "#" in left + right and left.replace("#", "") == right.replace("#", ""):
        return FindingCode.HASHTAG_UNWRAPPED
    return FindingCode.TYPOGRAPHY
