"""Days as articles print them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.domain.spans import Span
from archive.text.dates import PrintedDate, find_dates

FRIDAY = date(2026, 3, 6)


def read(text: str, *, language: str = "en", published_on: date | None = FRIDAY) -> tuple[PrintedDate, ...]:
    return find_dates(text, Span(0, len(text)), published_on=published_on, language=language)


DAYS = [
    ("en", "met on Friday", date(2026, 3, 6)),
    ("en", "said on Tuesday", date(2026, 3, 3)),
    ("en", "last Friday", date(2026, 2, 27)),
    ("en", "Earlier, on February 8, she", date(2026, 2, 8)),
    ("en", "on Feb. 24", date(2026, 2, 24)),
    ("en", "on March 7", date(2026, 3, 7)),
    ("en", "in Brod on December 30", date(2025, 12, 30)),
    ("en", "7 April 2024", date(2024, 4, 7)),
    ("en", "the 3rd of January", date(2026, 1, 3)),
    ("en", "date 2026-03-05", date(2026, 3, 5)),
    ("en", "two days ago", date(2026, 3, 4)),
    ("en", "yesterday", date(2026, 3, 5)),
    ("cs", "v pátek 27. února", date(2026, 2, 27)),
    ("ru", "в пятницу 27 февраля", date(2026, 2, 27)),
    ("de", "am vergangenen Freitag", date(2026, 2, 27)),
    ("fr", "le 3 mars 2026", date(2026, 3, 3)),
    ("es", "el 3 de marzo de 2026", date(2026, 3, 3)),
    ("pt", "na terça-feira", date(2026, 3, 3)),
    ("hi", "मंगलवार को", date(2026, 3, 3)),
    ("ja", "3月5日に", date(2026, 3, 5)),
]


@pytest.mark.parametrize(("language", "text", "day"), DAYS)
def test_a_day_is_read_against_the_day_of_the_article(language: str, text: str, day: date) -> None:
    found = read(text, language=language)
    assert [each.day for each in found] == [day]


@pytest.mark.parametrize(
    "text", ["next Monday", "by Sunday", "on March 20", "he may 5 times", "Sundayed", "12 March's"]
)
def test_what_is_to_come_or_no_day_at_all_is_not_read(text: str) -> None:
    assert read(text) == ()


def test_last_week_is_a_row_of_days_from_monday_to_sunday() -> None:
    (found,) = read("last week")
    assert (found.first, found.last, found.day) == (date(2026, 2, 23), date(2026, 3, 1), None)


def test_a_weekday_that_contradicts_its_date_is_marked() -> None:
    assert read("Tuesday, March 5")[0].weekday_disagrees
    assert not read("Thursday, March 5")[0].weekday_disagrees


def test_without_the_articles_day_only_full_dates_are_read() -> None:
    found = read("on Friday, on March 3, on 3 March 2025", published_on=None)
    assert [each.day for each in found] == [date(2025, 3, 3)]


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1)), st.integers(0, 6))
def test_a_weekday_is_the_latest_one_not_after_the_article(published_on: date, weekday: int) -> None:
    name = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][weekday]
    (found,) = read(f"on {name}", published_on=published_on)
    assert found.day is not None
    assert found.day.weekday() == weekday
    assert timedelta(0) <= published_on - found.day < timedelta(days=7)


@given(st.text(max_size=200))
def test_any_text_is_read_without_failing(text: str) -> None:
    for found in read(text):
        assert found.span.end <= len(text)
