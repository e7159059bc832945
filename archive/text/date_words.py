"""The words for days of each language, from a plain file, and the one pattern that finds them all."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

WORD = re.compile(r"[^\W\d_][a-z]*[^\W\d_]*")
"""A word of letters; those without accents are passed over at once, being most."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DateWords:
    """One language's words for days and one pattern that finds them."""

    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    phrases: Mapping[str, str]
    last: frozenset[str]
    next: frozenset[str]
    numbers: Mapping[str, int]
    capitals: bool
    """Whether names of months begin with a capital."""
    month_first: bool
    """Whether 03/04/2026 may be a day in March."""
    pattern: re.Pattern[str]
    telling: frozenset[str]
    """Words of which one stands in every date but 2026-02-13; empty where spaces part no words."""


MEANINGS = (
    "today",
    "yesterday",
    "before_yesterday",
    "weekend",
    "last_week",
    "this_week",
    "last_month",
    "this_month",
)
"""Keys of the file whose groups of words stand for a row of days."""


@cache
def date_words_of(language: str) -> DateWords:
    """The words for days of a language by its two letters; those of English where we have none."""
    tables = _tables()
    table = tables.get(language) or tables["en"]
    weekdays, months = _numbered(table, "weekdays", first=0), _numbered(table, "months", first=1)
    phrases = {phrase: meaning for meaning in MEANINGS for phrase in _phrases(table, meaning)}
    counted = tuple(word for key in ("days_ago", "days", "weeks_ago") for word in _phrases(table, key))
    spaced = language != "ja"
    return DateWords(
        weekdays=weekdays,
        months=months,
        phrases=phrases,
        last=frozenset(_phrases(table, "last")),
        next=frozenset(_phrases(table, "next")),
        numbers=_numbered(table, "numbers", first=1),
        capitals=bool(table.get("capitals")),
        month_first=language == "en",
        telling=_telling(table, (*weekdays, *phrases, *counted), months) if spaced else _NONE,
        pattern=_pattern(table, spaced=spaced),
    )


_NONE: frozenset[str] = frozenset()


def _telling(table: Mapping[str, object], groups: Sequence[str], months: Iterable[str]) -> frozenset[str]:
    """The last word of each group and the names of months, as printed: "may" is a verb where capitals count."""
    words = {WORD.findall(group)[-1] for group in groups}
    printed = {form for word in words for form in (word, word.capitalize(), word.upper())}
    ways = (str.capitalize, str.upper) if table.get("capitals") else (str.lower, str.capitalize, str.upper)
    named = {WORD.findall(way(month))[-1] for month in months for way in ways}
    return frozenset(printed | named)


@cache
def _tables() -> Mapping[str, Mapping[str, object]]:
    raw = (files("archive.text.data") / "dates.toml").read_text(encoding="utf-8")
    return tomllib.loads(raw)


def _numbered(table: Mapping[str, object], key: str, *, first: int) -> Mapping[str, int]:
    words = str(table.get(key, "")).split()
    return {form: at for at, forms in enumerate(words, start=first) for form in forms.split("/")}


def _phrases(table: Mapping[str, object], key: str) -> tuple[str, ...]:
    found = table.get(key)
    return tuple(str(each) for each in found) if isinstance(found, list) else ()


def _any_of(words: object) -> str:
    """The words as alternatives, longest first; a group that never matches where there are none."""
    listed = (
        sorted((str(word) for word in words), key=len, reverse=True)
        if isinstance(words, (Mapping, frozenset, tuple))
        else []
    )
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in listed) or r"(?!)"


def _pattern(table: Mapping[str, object], *, spaced: bool) -> re.Pattern[str]:
    """One pattern for all of a language's days; every repetition in it is bounded."""
    edge, end = (rf"(?<!\w){_opening(table)}", r"(?!\w)") if spaced else ("", "")
    phrases = tuple(phrase for meaning in MEANINGS for phrase in _phrases(table, meaning))
    ways = (*_calendar_ways(table, end), rf"(?P<phrase>{_any_of(phrases)}){end}", *_counting_ways(table, end))
    return re.compile(edge + "(?:" + "|".join(ways) + ")", re.IGNORECASE)


def _opening(table: Mapping[str, object]) -> str:
    """A look at the first two letters of a word: few words begin as a day does, and the rest is tried there alone."""
    listed = [*_numbered(table, "weekdays", first=0), *_numbered(table, "months", first=1)]
    listed += _numbered(table, "numbers", first=1)
    listed += [phrase for key in (*MEANINGS, "last", "next", "since") for phrase in _phrases(table, key)]
    seconds: dict[str, set[str]] = {"a": {" "}}  # "a day ago"
    for word in listed:
        seconds.setdefault(word[0], set()).add(word[1:2])
    ways = (f"[{_either_case(first)}]{_one_of(second)}" for first, second in sorted(seconds.items()))
    return rf"(?=(?-i:\d|{'|'.join(ways)}))"


def _one_of(letters: set[str]) -> str:
    return "" if "" in letters else f"[{''.join(map(_either_case, sorted(letters)))}]"


def _either_case(letter: str) -> str:
    return r"\s" if letter == " " else re.escape(letter) + "".join(map(re.escape, letter.upper()))


_YEAR = r"(?:19|20)\d\d"


def _calendar_ways(table: Mapping[str, object], end: str) -> tuple[str, ...]:
    """Full dates: 2026-02-24, 24.02.2026, 2月24日（火）, February 24, 24 février; "24日" where spaces part no words."""
    week = _any_of(_numbered(table, "weekdays", first=0))
    month = _any_of(_numbered(table, "months", first=1))
    # "February 24, a Tuesday," and "le 24 février (mardi)" name one day, not two.
    behind = rf"(?:,?\s\(?(?:\w{{1,5}}\s)?(?P<after_%s>{week})(?!\w)\)?)?"
    return (
        rf"(?P<iso>(?P<year_i>{_YEAR})-(?P<month_i>\d\d)-(?P<day_i>\d\d)(?!\d))",
        r"(?P<numeric>(?P<day_n>\d{1,2})(?P<sign_n>[./])(?P<month_n>\d{1,2})(?P=sign_n)"
        rf"(?P<year_n>{_YEAR})(?!\d))",
        rf"(?P<japanese>(?:(?P<year_j>{_YEAR})年)?(?P<month_j>\d{{1,2}})月(?P<day_j>\d{{1,2}})日"
        r"(?:[（(](?P<weekday_j>[月火水木金土日])(?:曜日?)?[)）])?)",
        rf"(?P<monthly>(?:(?P<weekday_m>{week}),?\s)?(?P<month_m>{month})\.?\s(?P<day_m>\d{{1,2}})"
        rf"(?:st|nd|rd|th)?(?![\d:])(?:,?\s(?P<year_m>{_YEAR})(?!\d))?{behind % 'm'})",
        rf"(?P<dayly>(?:(?P<weekday_d>{week}),?\s(?:(?:den|dem|der|le|el|the)\s)?)?(?P<day_d>\d{{1,2}})"
        rf"(?:\.|st|nd|rd|th|er|º)?\s(?:de\s|of\s)?(?P<month_d>{month}){end}"
        rf"(?:,?\s(?:de\s)?(?P<year_d>{_YEAR})(?!\d))?{behind % 'd'})",
        r"(?P<bare>(?<!\d)(?P<day_b>\d{1,2})日(?![間前後目連本程]))" if not end else r"(?P<bare>(?P<day_b>(?!)))",
    )


def _counting_ways(table: Mapping[str, object], end: str) -> tuple[str, ...]:
    """Days told by counting or by name: two days ago, il y a deux jours, two weeks ago, last Friday."""
    number = _any_of(_numbered(table, "numbers", first=1))
    around = _any_of((*_phrases(table, "last"), *_phrases(table, "next")))
    week = _any_of(_numbered(table, "weekdays", first=0))
    return (
        rf"(?P<ago>(?P<count>\d{{1,3}}|a|{number})\s(?:{_any_of(_phrases(table, 'days_ago'))})){end}",
        rf"(?P<since>(?:{_any_of(_phrases(table, 'since'))})\s(?P<count_s>\d{{1,3}}|{number})\s"
        rf"(?:{_any_of(_phrases(table, 'days'))})){end}",
        rf"(?P<weeks>(?P<count_k>\d{{1,2}}|{number})\s(?:{_any_of(_phrases(table, 'weeks_ago'))})){end}",
        rf"(?P<weekly>(?:(?P<before_w>{around})\s)?(?P<weekday_w>{week})){end}",
    )
