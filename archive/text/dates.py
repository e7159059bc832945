"""Days as articles print them – "on Friday", "Earlier, on February 8", "last week" – by the article's own day.

A weekday is the latest one that is not after the article's day; a day without a year takes the latest year that is not.
"Last week" gives bounds, not a day. Without the article's day only full dates can be read. Words for days are a plain
file per language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from archive.domain.spans import Span
from archive.text.date_places import places_of_dates
from archive.text.date_words import DateWords, date_words_of

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


def find_dates(
    text: str, within: Span, *, published_on: date | None, language: str | None = None, today: date | None = None
) -> tuple[PrintedDate, ...]:
    """The days printed in ``within``, in order; those that cannot be placed without the article's day are left out.

    ``today`` is the day from which "yesterday" and "two days ago" count, where that is not the day of publication.
    """
    if published_on is None and today is None and _YEAR.search(text, within.start, within.end) is None:
        return ()  # what no day places must bring its year
    words = date_words_of((language or "en").partition("-")[0].lower())
    places = places_of_dates(text, within, words)
    matches = chain.from_iterable(words.pattern.finditer(text, place.start, place.end) for place in places)
    found = (_read(match, words, published_on, today=today) for match in matches)
    return tuple(each for each in found if each is not None)


_YEAR = re.compile(r"(?:19|20)\d\d")
_COUNTED = frozenset(("phrase", "ago", "since", "weeks"))
_JAPANESE_WEEKDAYS = "月火水木金土日"


def _read(
    match: re.Match[str], words: DateWords, published_on: date | None, *, today: date | None
) -> PrintedDate | None:
    try:
        told = match.lastgroup in _COUNTED and today is not None
        return _placed(match, words, today if told else published_on)
    except OverflowError:
        return None  # "last week" in an article that claims to be of the year 1


def _placed(match: re.Match[str], words: DateWords, published_on: date | None) -> PrintedDate | None:
    span = Span(*match.span())
    group = match.lastgroup or ""
    if group == "iso":
        day = _day(int(match["year_i"]), int(match["month_i"]), int(match["day_i"]))
        return None if day is None else PrintedDate(first=day, last=day, span=span)
    if group == "numeric":
        return _numeric(match, words, span)
    if group in ("monthly", "dayly", "japanese"):
        return _calendar_date(match, words, span, published_on=published_on)
    return None if published_on is None else _told(match, words, span, published_on=published_on)


def _told(match: re.Match[str], words: DateWords, span: Span, *, published_on: date) -> PrintedDate | None:
    """What only the article's own day can place: weekdays, "two days ago", "last week"."""
    group = match.lastgroup
    if group == "weekly":
        return _weekday(match, words, span, published_on=published_on)
    if group in ("ago", "since"):
        day = published_on - timedelta(days=min(_count(match["count"] or match["count_s"], words), 3_650))
        return PrintedDate(first=day, last=day, span=span)
    if group == "weeks":
        weeks = min(_count(match["count_k"], words), 520)
        monday = published_on - timedelta(days=published_on.weekday() + WEEK * weeks)
        return PrintedDate(first=monday, last=monday + timedelta(days=WEEK - 1), span=span)
    if group == "bare":
        return _day_of_month(int(match["day_b"]), span, published_on=published_on)
    return _relative(words.phrases[" ".join(match.group().lower().split())], span, published_on)


def _count(word: str, words: DateWords) -> int:
    return words.numbers.get(word.lower()) or (int(word) if word.isdigit() else 1)


def _numeric(match: re.Match[str], words: DateWords, span: Span) -> PrintedDate | None:
    """24.02.2026 and 24/02/2026; with slashes in English only where no month can be meant by the first number."""
    first, second, year = int(match["day_n"]), int(match["month_n"]), int(match["year_n"])
    if match["sign_n"] == "/" and words.month_first:
        if second > 12:
            first, second = second, first
        elif first <= 12 and first != second:
            return None  # 03/04/2026 is a day in March in Boston and one in April in Bristol
    day = _day(year, second, first)
    return None if day is None else PrintedDate(first=day, last=day, span=span)


def _day_of_month(number: int, span: Span, *, published_on: date) -> PrintedDate | None:
    """The latest day of that number that is not after the article's: "24日" in Japanese news."""
    month = published_on.replace(day=1)
    for _ in range(3):
        day = _day(month.year, month.month, number)
        if day is not None and day <= published_on:
            return PrintedDate(first=day, last=day, span=span)
        month = (month - timedelta(days=1)).replace(day=1)
    return None


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
    weekday = match["weekday_m"] or match["weekday_d"] or match["after_m"] or match["after_d"]
    number = _JAPANESE_WEEKDAYS.find(match["weekday_j"]) if match["weekday_j"] else None
    if weekday is not None:
        number = words.weekdays[weekday.lower()]
    disagrees = number is not None and number != day.weekday()
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
        "before_yesterday": (published_on - timedelta(days=2),) * 2,
        "weekend": (monday - timedelta(days=2), monday - timedelta(days=1)),
        "last_week": (monday - timedelta(days=WEEK), monday - timedelta(days=1)),
        "this_week": (monday, published_on),
        "last_month": (last_of_previous.replace(day=1), last_of_previous),
        "this_month": (first_of_month, published_on),
    }[meaning]
    return PrintedDate(first=first, last=last, span=span)
