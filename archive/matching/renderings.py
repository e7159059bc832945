"""Renderings: changes that print the same words in another way – a name for a handle, a number in another style, an
abbreviation written out, an honorific, a masked word."""

from __future__ import annotations

from collections.abc import Callable

import regex

from archive.domain.differences import Difference
from archive.domain.findings import FindingCode
from archive.matching.changes import Change
from archive.matching.context import Comparison, plain
from archive.matching.handles import abbreviations, honorifics, stands_for
from archive.matching.numbers import currency_of, have_equal_values
from archive.text.tokens import Word, WordKind

Words = tuple[str, ...]
_THREAD_NUMBER = regex.compile(r"\(?\d{1,2}\s?/\s?\d{0,2}\)?[.:]?")
_MARKERS = frozenset({"rt", "via", "mt", "hattip", "ht", "cc", "thread"})


def rendering_of(change: Change, comparison: Comparison) -> list[Difference] | None:
    """The rendering that this change is, or None when it is none."""
    quoted = comparison.quoted_words(change.quoted_first, change.quoted_last)
    archived = comparison.archived_words(change.archived_first, change.archived_last)
    code = next((code for code, is_it in _RULES if is_it(quoted, archived, comparison)), None)
    if code is None:
        return None
    return [
        comparison.difference(
            code,
            comparison.quoted.span_of(change.quoted_first, change.quoted_last),
            comparison.archived.span_of(change.archived_first, change.archived_last),
        )
    ]


def _is_name_for_handle(quoted: tuple[Word, ...], archived: tuple[Word, ...], comparison: Comparison) -> bool:
    for one, other, text in (
        (archived, quoted, comparison.archived.text),
        (quoted, archived, comparison.quoted.text),
    ):
        tokens = {word.whole for word in one}
        if one and other and len(tokens) == 1 and all(word.kind is WordKind.HANDLE for word in one):
            handle = one[0].whole.of(text).removesuffix("'s").removesuffix("’s")
            return stands_for(_without_possessive(plain(other)), handle, names=comparison.names)
    return False


def _without_possessive(words: Words) -> Words:
    return words


def _is_dropped_handle(quoted: tuple[Word, ...], archived: tuple[Word, ...], comparison: Comparison) -> bool:
    return not quoted and bool(archived) and all(word.kind is WordKind.HANDLE for word in archived)


def _is_dropped_hashtag(quoted: tuple[Word, ...], archived: tuple[Word, ...], comparison: Comparison) -> bool:
    return not quoted and bool(archived) and all(word.kind is WordKind.HASHTAG for word in archived)


def _is_joined(quoted: tuple[Word, ...], archived: tuple[Word, ...], comparison: Comparison) -> bool:
    return bool(quoted and archived) and "".join(plain(quoted)) == "".join(plain(archived))


def _is_number_style(quoted: tuple[Word, ...], archived: tuple[Word, ...], comparison: Comparison) -> bool:
    if not quoted or not archived or not have_equal_values(plain(quoted), plain(archived)):
        return False
    one = currency_of(_around(quoted, comparison.quoted.text))
    other = currency_of(_around(archived, comparison.archived.text))
    return one == other


def _is_abbreviation(quoted: tuple[Word, ...], archived: tuple[Word, ...], comparison: Comparison) -> bool:
    one, other = plain(quoted), plain(archived)
    return abbreviates(one, other) or abbreviates(other, one)


def abbreviates(short: Words, long: Words) -> bool:
    """Whether ``short`` is ``long`` cut short: from the list, its initials, or word by word from the list."""
    if not short or not long:
        return False
    known = abbreviations()
    if len(short) == 1 and len(long) > 1:
        return known.get(short[0]) == long or _initials(short[0], long)
    if len(short) == len(long) == 1:
        return known.get(short[0]) == long
    return False


def _initials(short: str, long: Words) -> bool:
    if len(short) < 2:
        return False
    small = {"of", "the", "and", "for", "in", "on"}
    strict = "".join(word[0] for word in long)
    loose = "".join(word[0] for word in long if word not in small)
    return short in (strict, loose)


def _is_honorific(quoted: tuple[Word, ...], archived: tuple[Word, ...], comparison: Comparison) -> bool:
    one, other = plain(quoted), plain(archived)
    changed = one or other
    return not (one and other) and bool(changed) and all(word in _TITLES for word in changed)


_TITLES = honorifics() - {"m", "he", "his", "her", "don", "sir", "pan"} | {"sir"}


def _is_name_form(quoted: tuple[Word, ...], archived: tuple[Word, ...], comparison: Comparison) -> bool:
    one = tuple(word for word in plain(quoted) if word not in _TITLES)
    other = tuple(word for word in plain(archived) if word not in _TITLES)
    if not one or not other:
        return False
    capitals = all(word.span.of(comparison.quoted.text)[:1].isupper() for word in quoted)
    return capitals and comparison.names.are_forms_of_one_name(one, other)


def _is_masked(quoted: tuple[Word, ...], archived: tuple[Word, ...], comparison: Comparison) -> bool:
    if len(quoted) != 1 or len(archived) != 1:
        return False
    one, other = quoted[0].text_normalised, archived[0].text_normalised
    masked, clear = (one, other) if "*" in one else (other, one)
    if "*" not in masked or len(masked) < 3:
        return False
    pattern = "".join("." if mark == "*" else regex.escape(mark) for mark in masked)
    return regex.fullmatch(pattern, clear) is not None or _loosely_masked(masked, clear)


def _loosely_masked(masked: str, clear: str) -> bool:
    head, tail = masked.split("*", 1)[0], masked.rsplit("*", 1)[1]
    return bool(head) and clear.startswith(head) and clear.endswith(tail) and len(clear) > len(head) + len(tail)


def _is_marker(quoted: tuple[Word, ...], archived: tuple[Word, ...], comparison: Comparison) -> bool:
    if quoted or not archived:
        return False
    text = archived[0].span.start, archived[-1].span.end
    printed = comparison.archived.text[text[0] : text[1]]
    return bool(_THREAD_NUMBER.fullmatch(printed)) or all(word in _MARKERS for word in plain(archived))


def _around(words: tuple[Word, ...], text: str) -> str:
    """A number with the signs and the unit word beside it."""
    start, end = words[0].span.start, words[-1].span.end
    after = regex.match(r"[\s-]*(?:percent|per cent|dollars?|euros?|pounds?|rupees?|yen|%)?", text[end : end + 12])
    return text[max(0, start - 2) : end] + (after.group() if after else "")


_RULES: tuple[tuple[FindingCode, Callable[[tuple[Word, ...], tuple[Word, ...], Comparison], bool]], ...] = (
    (FindingCode.HANDLE_AS_NAME, _is_name_for_handle),
    (FindingCode.HANDLE_DROPPED, _is_dropped_handle),
    (FindingCode.HASHTAG_UNWRAPPED, _is_dropped_hashtag),
    (FindingCode.TYPOGRAPHY, _is_joined),
    (FindingCode.NUMBER_STYLE, _is_number_style),
    (FindingCode.ABBREVIATION, _is_abbreviation),
    (FindingCode.HONORIFIC_CHANGED, _is_honorific),
    (FindingCode.NAME_FORM_CHANGED, _is_name_form),
    (FindingCode.OBSCENITY_MASKED, _is_masked),
    (FindingCode.LINK_OR_MARKER_REMOVED, _is_marker),
)
