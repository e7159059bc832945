"""When the original should have been posted if it exists."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from archive.verification.dates import days_of, window
from tests.unit.verification.cases import a_claim, a_day

NOW = datetime(2031, 6, 1, tzinfo=UTC)
DAYS = st.dates(date(2001, 1, 1), date(2090, 1, 1))


def test_claimed_day_is_that_day_in_every_time_zone() -> None:
    claim = a_claim(said_on=a_day(date(2031, 5, 2)))
    since, until = window(claim, published_on=date(2031, 5, 20), now=NOW)
    assert (since, until) == (datetime(2031, 5, 1, 10, tzinfo=UTC), datetime(2031, 5, 3, 12, tzinfo=UTC))


def test_without_a_day_the_month_before_publication() -> None:
    since, until = window(a_claim(), published_on=date(2031, 5, 3), now=NOW)
    assert until == datetime(2031, 5, 4, 12, tzinfo=UTC)
    assert until - since == timedelta(days=30)


def test_event_date_bounds_only_the_beginning() -> None:
    claim = a_claim(said_on=a_day(date(2031, 4, 1), event_only=True))
    since, until = window(claim, published_on=date(2031, 5, 3), now=NOW)
    assert (since.date(), until.date()) == (date(2031, 3, 31), date(2031, 5, 4))


def test_window_never_reaches_into_the_future() -> None:
    claim = a_claim(said_on=a_day(date(2031, 6, 1)))
    assert window(claim, published_on=date(2031, 6, 1), now=NOW)[1] == NOW


@given(
    first=st.none() | DAYS,
    last=st.none() | DAYS,
    published=st.none() | DAYS,
    now=st.datetimes(timezones=st.just(UTC), min_value=datetime(2000, 1, 1)),
)
def test_window_is_never_empty_nor_later_than_now(
    first: date | None, last: date | None, published: date | None, now: datetime
) -> None:
    from archive.domain.claims import ClaimedDate

    claim = a_claim(said_on=ClaimedDate(first=first, last=last))
    since, until = window(claim, published_on=published, now=now)
    assert since < until <= now


@given(at=st.datetimes(timezones=st.just(UTC), min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)))
def test_an_instant_has_two_or_three_days_around_its_own(at: datetime) -> None:
    first, last = days_of(at)
    assert first <= at.date() <= last
    assert (last - first).days in (1, 2)
