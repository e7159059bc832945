"""Days as articles print them – "on Friday", "Earlier, on February 8", "last week" – by the article's own day.

A weekday is the latest one that is not after the article's day; a day without a year takes the latest year that is not.
"Last week" gives bounds, not a day. Without the article's day only full dates can be read. Words for days are a plain
file per language.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import chain

from archive.domain.spans import Span

WEEK = 7
AHEAD = timedelta(days=60)
"""A day without a year this near in the future is one to come, not one of last year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedDate:
    """A day or a row of days as printed: ``first`` to ``last``, both included; None where that side is open.

    ``weekday_disagrees`` is true where a weekday printed beside the date does not fall on it (D4).
    """

    first: date | None
    last: date | None
    span: Span
    weekday_disagrees: bool = False

    @property
    def day(self) -> date | None:
        """The one day meant, or None for a row of days."""
        return self.first if self.first == self.last else None


@dataclass(frozen=True, slots=True, kw_only=True)
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
    pattern: re.Pattern[str]
    telling: frozenset[str]
    """Words of which one stands in every date but 2026-02-13; empty where spaces part no words."""


def find_dates(
    text: str, within: Span, *, published_on: date | None, language: str | None = None
) -> tuple[PrintedDate, ...]:
    """The days printed in ``within``, in order; those that cannot be placed without the article's day are left out."""
    words = _words_of((language or "en").partition("-")[0].lower())
    places = _places(text, within, words) if words.telling else (within,)
    matches = chain.from_iterable(words.pattern.finditer(text, place.start, place.end) for place in places)
    found = (_read(match, words, published_on) for match in matches)
    return tuple(each for each in found if each is not None)


_WORD = re.compile(r"[^\W\d_]+")
_ISO = re.compile(r"(?:19|20)\d\d-\d")
_BEFORE, _BEHIND = 64, 32
"""Characters around the telling word of a date ("on Wednesday, the 21st of [September] 2026"): more than any has."""


def _places(text: str, within: Span, words: DateWords) -> Iterator[Span]:
    """Where a date may stand, in order and apart: around the words of which one is in every date, and years.

    The full pattern tries many words at every letter, and most text has no day.
    """
    start, end = -1, -1
    for at in sorted({*_telling_at(text, within, words), *_years_at(text, within)}):
        first = _word_edge(text, max(at - _BEFORE, within.start), step=-1, limit=within.start)
        last = _word_edge(text, min(at + _BEHIND, within.end), step=1, limit=within.end)
        if start >= 0 and first > end:
            yield Span(start, end)
            start = -1
        start, end = (first if start < 0 else start), last
    if start >= 0:
        yield Span(start, end)


def _telling_at(text: str, within: Span, words: DateWords) -> Iterator[int]:
    for word in words.telling.intersection(_WORD.findall(text, within.start, within.end)):
        at = text.find(word, within.start, within.end)
        while at >= 0:
            yield at
            at = text.find(word, at + len(word), within.end)


def _years_at(text: str, within: Span) -> Iterator[int]:
    if text.find("-", within.start, within.end) >= 0:
        yield from (match.start() for match in _ISO.finditer(text, within.start, within.end))


def _word_edge(text: str, at: int, *, step: int, limit: int) -> int:
    """The place with no letter or sign directly beyond it, so that a window cuts no date: 48 characters off at most."""
    for here in range(at, at + 48 * step, step):
        if here == limit or text[here - (step < 0)].isspace():
            return here
    return at + 48 * step


def _read(match: re.Match[str], words: DateWords, published_on: date | None) -> PrintedDate | None:
    try:
        return _placed(match, words, published_on)
    except OverflowError:
        return None  # "last week" in an article that claims to be of the year 1


def _placed(match: re.Match[str], words: DateWords, published_on: date | None) -> PrintedDate | None:
    span = Span(*match.span())
    group = match.lastgroup
    if group == "iso":
        day = _day(int(match["year_i"]), int(match["month_i"]), int(match["day_i"]))
        return None if day is None else PrintedDate(first=day, last=day, span=span)
    if group in ("monthly", "dayly", "japanese"):
        return _calendar_date(match, words, span, published_on=published_on)
    if published_on is None:
        return None
    if group == "weekly":
        return _weekday(match, words, span, published_on=published_on)
    if group == "ago":
        count = words.numbers.get(match["count"].lower()) or (int(match["count"]) if match["count"].isdigit() else 1)
        day = published_on - timedelta(days=min(count, 3_650))
        return PrintedDate(first=day, last=day, span=span)
    return _relative(words.phrases[" ".join(match.group().lower().split())], span, published_on)


def _calendar_date(
    match: re.Match[str], words: DateWords, span: Span, *, published_on: date | None
) -> PrintedDate | None:
    month_word = match["month_m"] or match["month_d"]
    if words.capitals and month_word and month_word[0].islower():
        return None  # "he may 5 times …"
    day_of_month = int(match["day_m"] or match["day_d"] or match["day_j"])
    month = int(match["month_j"]) if match["month_j"] else words.months[month_word.lower()]
    year = match["year_m"] or match["year_d"] or match["year_j"]
    day = _day(int(year), month, day_of_month) if year else _latest(month, day_of_month, published_on)
    if day is None:
        return None
    weekday = match["weekday_m"] or match["weekday_d"]
    disagrees = weekday is not None and words.weekdays[weekday.lower()] != day.weekday()
    return PrintedDate(first=day, last=day, span=span, weekday_disagrees=disagrees)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _latest(month: int, day: int, published_on: date | None) -> date | None:
    """The latest such day that is not after the article's day (one day's grace for time zones); none where the day is
    just ahead: "will meet on March 9" in an article of March 6 is no day of last year."""
    if published_on is None:
        return None
    for year in range(published_on.year, published_on.year - 5, -1):
        found = _day(year, month, day)
        if found is not None and found <= published_on + timedelta(days=1):
            return found
        if found is not None and found - published_on <= AHEAD:
            return None
    return None


def _weekday(match: re.Match[str], words: DateWords, span: Span, *, published_on: date) -> PrintedDate | None:
    before = (match["before_w"] or "").lower()
    if before in words.next:
        return None
    back = (published_on.weekday() - words.weekdays[match["weekday_w"].lower()]) % WEEK
    if before in words.last and back == 0:
        back = WEEK
    day = published_on - timedelta(days=back)
    return PrintedDate(first=day, last=day, span=span)


def _relative(meaning: str, span: Span, published_on: date) -> PrintedDate:
    monday = published_on - timedelta(days=published_on.weekday())
    first_of_month = published_on.replace(day=1)
    last_of_previous = first_of_month - timedelta(days=1)
    first, last = {
        "today": (published_on, published_on),
        "yesterday": (published_on - timedelta(days=1),) * 2,
        "last_week": (monday - timedelta(days=WEEK), monday - timedelta(days=1)),
        "this_week": (monday, published_on),
        "last_month": (last_of_previous.replace(day=1), last_of_previous),
        "this_month": (first_of_month, published_on),
    }[meaning]
    return PrintedDate(first=first, last=last, span=span)


# ---------------------------------------------------------------- the words


@cache
def _words_of(language: str) -> DateWords:
    tables = _tables()
    table = tables.get(language) or tables["en"]
    weekdays, months = _numbered(table, "weekdays", first=0), _numbered(table, "months", first=1)
    meanings = ("today", "yesterday", "last_week", "this_week", "last_month", "this_month")
    phrases = {phrase: meaning for meaning in meanings for phrase in _phrases(table, meaning)}
    numbers = {word: at for at, word in enumerate(str(table.get("numbers", "")).split(), start=1)}
    last, coming = frozenset(_phrases(table, "last")), frozenset(_phrases(table, "next"))
    pattern = _pattern(
        weekdays=weekdays,
        months=months,
        phrases=phrases,
        around=last | coming,
        ago=_phrases(table, "days_ago"),
        numbers=numbers,
        spaced=language != "ja",
    )
    return DateWords(
        weekdays=weekdays,
        months=months,
        phrases=phrases,
        last=last,
        next=coming,
        numbers=numbers,
        capitals=bool(table.get("capitals")),
        telling=_telling(table, (*weekdays, *phrases, *_phrases(table, "days_ago")), months)
        if language != "ja"
        else _NONE,
        pattern=pattern,
    )


_NONE: frozenset[str] = frozenset()


def _telling(table: Mapping[str, object], groups: Sequence[str], months: Iterable[str]) -> frozenset[str]:
    """The last word of each group and the names of months, as printed: "may" is a verb where capitals count."""
    words = {_WORD.findall(group)[-1] for group in groups}
    printed = {form for word in words for form in (word, word.capitalize(), word.upper())}
    ways = (str.capitalize, str.upper) if table.get("capitals") else (str.lower, str.capitalize, str.upper)
    named = {_WORD.findall(way(month))[-1] for month in months for way in ways}
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


def _pattern(
    *,
    weekdays: Mapping[str, int],
    months: Mapping[str, int],
    phrases: Mapping[str, str],
    around: frozenset[str],
    ago: tuple[str, ...],
    numbers: Mapping[str, int],
    spaced: bool,
) -> re.Pattern[str]:
    """One pattern for all of a language's days; every repetition in it is bounded."""
    edge, end = (r"(?<!\w)", r"(?!\w)") if spaced else ("", "")
    week, month = _any_of(weekdays), _any_of(months)
    return re.compile(
        rf"{edge}(?:(?P<iso>(?P<year_i>(?:19|20)\d\d)-(?P<month_i>\d\d)-(?P<day_i>\d\d)(?!\d))"
        rf"|(?P<japanese>(?:(?P<year_j>(?:19|20)\d\d)年)?(?P<month_j>\d{{1,2}})月(?P<day_j>\d{{1,2}})日)"
        rf"|(?P<monthly>(?:(?P<weekday_m>{week}),?\s)?(?P<month_m>{month})\.?\s(?P<day_m>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])"
        rf"(?:,?\s(?P<year_m>(?:19|20)\d\d)(?!\d))?)"
        rf"|(?P<dayly>(?:(?P<weekday_d>{week}),?\s(?:den\s|le\s|el\s|the\s)?)?(?P<day_d>\d{{1,2}})(?:\.|st|nd|rd|th|er|º)?"
        rf"\s(?:de\s|of\s)?(?P<month_d>{month}){end}(?:,?\s(?:de\s)?(?P<year_d>(?:19|20)\d\d)(?!\d))?)"
        rf"|(?P<phrase>{_any_of(phrases)}){end}"
        rf"|(?P<ago>(?P<count>\d{{1,3}}|a|{_any_of(numbers)})\s(?:{_any_of(ago)})){end}"
        rf"|(?P<weekly>(?:(?P<before_w>{_any_of(around)})\s)?(?P<weekday_w>{week})){end})",
        re.IGNORECASE,
    )
