"""Renderings: changes that print the same words in another way – a name for a handle, a number in another style, an
abbreviation written out, an honorific, a masked word."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import regex

from archive.domain.differences import Difference
from archive.domain.findings import FindingCode
from archive.domain.spans import Span
from archive.matching.calendar_words import is_date_order
from archive.matching.changes import Change
from archive.matching.context import Comparison, plain
from archive.matching.guards import is_tone_sign
from archive.matching.handles import abbreviations, honorifics, stands_for_token
from archive.matching.numbers import currency_of, have_equal_values, is_scale
from archive.matching.passages import Passage
from archive.matching.vocabulary import word_class
from archive.text.folding import fold_text
from archive.text.tokens import Word, WordKind

Words = tuple[str, ...]
_THREAD_NUMBER = regex.compile(r"\(?\d{1,2}\s?/\s?\d{0,2}\)?[.:]?")


@dataclass(frozen=True, slots=True)
class _Sides:
    """The words on both sides of a change, and what they are compared in."""

    quoted: tuple[Word, ...]
    archived: tuple[Word, ...]
    comparison: Comparison
    change: Change


def rendering_of(change: Change, comparison: Comparison) -> list[Difference] | None:
    """The rendering that this change is, or None when it is none."""
    quoted = comparison.quoted_words(change.quoted_first, change.quoted_last)
    archived = comparison.archived_words(change.archived_first, change.archived_last)
    sides = _Sides(quoted, archived, comparison, change)
    code = next((code for code, is_it in _RULES if is_it(sides)), None)
    if code is None:
        return None
    here = comparison.quoted.span_of(change.quoted_first, change.quoted_last)
    there = comparison.archived.span_of(change.archived_first, change.archived_last)
    if code is FindingCode.OBSCENITY_MASKED:
        here, there = _with_dashes(here, comparison.quoted.text), _with_dashes(there, comparison.archived.text)
    return [comparison.difference(code, here, archived=there)]


def _is_name_for_handle(sides: _Sides) -> bool:
    for one, other, text in (
        (sides.archived, sides.quoted, sides.comparison.archived.text),
        (sides.quoted, sides.archived, sides.comparison.quoted.text),
    ):
        tokens = {word.whole for word in one}
        if one and other and len(tokens) == 1 and all(word.kind is WordKind.HANDLE for word in one):
            return stands_for_token(plain(other), one[0].whole.of(text), names=sides.comparison.names)
    return False


def _is_dropped_handle(sides: _Sides) -> bool:
    return not sides.quoted and bool(sides.archived) and all(word.kind is WordKind.HANDLE for word in sides.archived)


def _is_dropped_hashtag(sides: _Sides) -> bool:
    """A dropped hashtag, unless losing it turns the sense round: "#not", "#sarcasm"."""
    if sides.quoted or not sides.archived:
        return False
    text = sides.comparison.archived.text
    return all(w.kind is WordKind.HASHTAG and not is_tone_sign(w.whole.of(text)) for w in sides.archived)


def _is_percent(sides: _Sides) -> bool:
    return {"".join(plain(sides.quoted)), "".join(plain(sides.archived))} == {"percent"}


def _is_joined(sides: _Sides) -> bool:
    return bool(sides.quoted and sides.archived) and "".join(plain(sides.quoted)) == "".join(plain(sides.archived))


def _is_number_style(sides: _Sides) -> bool:
    if not sides.quoted or not sides.archived:
        return _is_unit_for_sign(sides)
    if _is_percent(sides) or is_date_order(sides.quoted, sides.archived):
        return True
    if not have_equal_values(plain(sides.quoted), plain(sides.archived)):
        return False
    one = currency_of(_around(sides.quoted, sides.comparison.quoted.text))
    other = currency_of(_around(sides.archived, sides.comparison.archived.text))
    return one == other


def _is_unit_for_sign(sides: _Sides) -> bool:
    """Whether a unit word stands on one side alone, its sign before the number on the other: "5 dollars", "$5"."""
    comparison, change = sides.comparison, sides.change
    word, passage, number = sides.quoted, comparison.archived, change.archived_first - 1
    if not word:
        word, passage, number = sides.archived, comparison.quoted, change.quoted_first - 1
    unit = currency_of(word[0].text_normalised) if len(word) == 1 else frozenset()
    # "Rs 500" for "₹500" has its unit before the number, "$5 million" for "5 million dollars" a scale behind it.
    while number >= 0 and is_scale(passage.words[number].text_normalised):
        number -= 1
    return bool(unit) and any(_sign_before(at, passage) == unit for at in (number, number + 1))


def _sign_before(number: int, passage: Passage) -> frozenset[str]:
    """The currency sign right before a number, none where that word is no number."""
    if not 0 <= number < len(passage.words) or passage.words[number].kind is not WordKind.NUMBER:
        return frozenset()
    start = passage.words[number].span.start
    return currency_of(passage.text[max(0, start - 1) : start])


def _is_abbreviation(sides: _Sides) -> bool:
    one, other = plain(sides.quoted), plain(sides.archived)
    if abbreviates(one, other) or abbreviates(other, one):
        return True
    return _is_contraction(sides.quoted, sides.comparison.quoted.text, long=other) or _is_contraction(
        sides.archived, sides.comparison.archived.text, long=one
    )


def _is_contraction(short: tuple[Word, ...], text: str, *, long: Words) -> bool:
    """Whether a word with an apostrophe is written out: "I'll" as "I will", "it's" as "it is" or "it has". A genitive
    ("Velmora's") is none."""
    if len(short) != 1 or len(long) != 2:
        return False
    match = _CONTRACTED.fullmatch(fold_text(short[0].span.of(text)).lower())
    if match is None or match["head"] != long[0]:
        return False
    if match["tail"] == "s" and match["head"] not in word_class("contracted"):
        return False
    return long[1] in _TAILS[match["tail"]]


_TAILS = {"ll": ("will", "shall"), "m": ("am",), "re": ("are",), "ve": ("have",), "d": ("would", "had"),
          "s": ("is", "has", "us")}  # fmt: skip
_CONTRACTED = regex.compile(r"(?P<head>\p{L}+)'(?P<tail>ll|m|re|ve|d|s)")


def abbreviates(short: Words, long: Words) -> bool:
    """Whether ``short`` is ``long`` cut short: from the list, its initials, or word by word from the list."""
    if not short or not long:
        return False
    known = abbreviations()
    if len(short) == 1 and len(long) > 1:
        return known.get(short[0]) == long or _initials(short[0], long)
    if len(short) == len(long):
        cut = [known.get(one) == (other,) for one, other in zip(short, long, strict=True)]
        return any(cut) and all(is_cut or one == other for is_cut, one, other in zip(cut, short, long, strict=True))
    return False


def _initials(short: str, long: Words) -> bool:
    if len(short) < 2:
        return False
    small = {"of", "the", "and", "for", "in", "on"}
    strict = "".join(word[0] for word in long)
    loose = "".join(word[0] for word in long if word not in small)
    return short in (strict, loose)


def _is_honorific(sides: _Sides) -> bool:
    if sides.quoted and sides.archived:
        return False
    words, text = (sides.quoted, sides.comparison.quoted.text)
    if not words:
        words, text = (sides.archived, sides.comparison.archived.text)
    return bool(words) and all(_is_title(words, number, text=text) for number in range(len(words)))


def _is_title(words: tuple[Word, ...], number: int, *, text: str) -> bool:
    """Whether a word is an honorific here: "he" only as "H.E.", "his" only before "Excellency", "m" only as "M."."""
    word = words[number]
    normalised, printed = word.text_normalised, word.span.of(text)
    if normalised in _TITLES:
        return True
    if normalised in ("his", "her"):
        return number + 1 < len(words) and words[number + 1].text_normalised in ("excellency", "highness", "honor")
    if normalised in ("he", "m"):
        return printed[:1].isupper() and "." in text[word.span.start : word.span.end + 1]
    return normalised in ("don", "pan", "sir") and printed[:1].isupper()


_TITLES = honorifics() - {"m", "he", "his", "her", "don", "sir", "pan"} | {"sir"}


def _is_name_form(sides: _Sides) -> bool:
    capitals = all(word.span.of(sides.comparison.quoted.text)[:1].isupper() for word in sides.quoted)
    if not (sides.quoted and sides.archived and capitals):
        return False
    known = sides.comparison.names.are_forms_of_one_name
    return any(
        known(_name_words(one), _name_words(other)) or known(plain(one), plain(other)) for one, other in _widened(sides)
    )


def _name_words(words: tuple[Word, ...]) -> Words:
    return tuple(word for word in plain(words) if word not in _TITLES)


def _widened(sides: _Sides) -> Iterator[tuple[tuple[Word, ...], tuple[Word, ...]]]:
    """The change with the same words beside it: of "Olga Kvitka" for "Olha Kvitka" only one word is changed."""
    change, quoted, archived = sides.change, sides.comparison.quoted.words, sides.comparison.archived.words
    for before in range(3):
        first, there = change.quoted_first - before, change.archived_first - before
        if min(first, there) < 0 or plain(quoted[first : change.quoted_first]) != plain(
            archived[there : change.archived_first]
        ):
            return
        for behind in range(3):
            last, end = change.quoted_last + behind, change.archived_last + behind
            if plain(quoted[change.quoted_last : last]) == plain(archived[change.archived_last : end]):
                yield quoted[first:last], archived[there:end]


def _is_masked(sides: _Sides) -> bool:
    if len(sides.quoted) != 1 or len(sides.archived) != 1:
        return False
    if _is_dashed_out(sides):
        return True
    one, other = sides.quoted[0].text_normalised, sides.archived[0].text_normalised
    masked, clear = (one, other) if "*" in one else (other, one)
    if "*" not in masked or len(masked) < 3:
        return False
    pattern = "".join("." if mark == "*" else regex.escape(mark) for mark in masked)
    return regex.fullmatch(pattern, clear) is not None or _loosely_masked(masked, clear)


def _is_dashed_out(sides: _Sides) -> bool:
    """Whether a letter with dashes stands for a word that begins with it: "d---" for "damn", as wires mask."""
    for short, text, clear in (
        (sides.quoted[0], sides.comparison.quoted.text, sides.archived[0]),
        (sides.archived[0], sides.comparison.archived.text, sides.quoted[0]),
    ):
        head, dashes = short.text_normalised, _DASHES.match(text, short.span.end)
        if dashes is not None and len(head) <= 2 and clear.text_normalised.startswith(head):
            return abs(len(clear.text_normalised) - len(head) - len(dashes.group())) <= 1
    return False


_DASHES = regex.compile(r"[-–—_.]{2,}")


def _with_dashes(span: Span, text: str) -> Span:
    """The span with the dashes behind it that stand for letters: of "d---" the word alone is "d"."""
    dashes = _DASHES.match(text, span.end)
    return span if dashes is None else Span(span.start, dashes.end())


def _loosely_masked(masked: str, clear: str) -> bool:
    head, tail = masked.split("*", 1)[0], masked.rsplit("*", 1)[1]
    return bool(head) and clear.startswith(head) and clear.endswith(tail) and len(clear) > len(head) + len(tail)


def markers() -> frozenset[str]:
    """Words that say where a post comes from or whom it is for, and are none of its sentences (R6)."""
    return word_class("marker")


def _is_marker(sides: _Sides) -> bool:
    if sides.quoted or not sides.archived:
        return False
    text = sides.archived[0].span.start, sides.archived[-1].span.end
    printed = sides.comparison.archived.text[text[0] : text[1]]
    return bool(_THREAD_NUMBER.fullmatch(printed)) or all(word in markers() for word in plain(sides.archived))


def _around(words: tuple[Word, ...], text: str) -> str:
    """A number with the signs and the unit word beside it."""
    start, end = words[0].span.start, words[-1].span.end
    after = regex.match(r"[\s-]*(?:percent|per cent|dollars?|euros?|pounds?|rupees?|yen|%)?", text[end : end + 12])
    return text[max(0, start - 2) : end] + (after.group() if after else "")


_RULES: tuple[tuple[FindingCode, Callable[[_Sides], bool]], ...] = (
    (FindingCode.HANDLE_AS_NAME, _is_name_for_handle),
    (FindingCode.HANDLE_DROPPED, _is_dropped_handle),
    (FindingCode.HASHTAG_UNWRAPPED, _is_dropped_hashtag),
    (FindingCode.NUMBER_STYLE, _is_number_style),
    (FindingCode.TYPOGRAPHY, _is_joined),
    (FindingCode.ABBREVIATION, _is_abbreviation),
    (FindingCode.HONORIFIC_CHANGED, _is_honorific),
    (FindingCode.NAME_FORM_CHANGED, _is_name_form),
    (FindingCode.OBSCENITY_MASKED, _is_masked),
    (FindingCode.LINK_OR_MARKER_REMOVED, _is_marker),
)
