"""Times as SQLite keeps them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.storage.stored import stored_time, time_text

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 12, 31), timezones=ZONES | st.just(UTC))


@pytest.mark.parametrize(
    ("moment", "stored"),
    [
        (datetime(2024, 2, 29, 7, 5, 9, tzinfo=UTC), "2024-02-29 07:05:09.000000"),
        (datetime(2024, 2, 29, 23, 59, 59, 40, tzinfo=UTC), "2024-02-29 23:59:59.000040"),
        (datetime(2024, 3, 1, 1, 0, tzinfo=timezone(timedelta(hours=2))), "2024-02-29 23:00:00.000000"),
        (datetime(812, 1, 2, 3, 4, tzinfo=UTC), "0812-01-02 03:04:00.000000"),
    ],
)
def test_a_time_is_written_in_utc_to_the_microsecond(moment: datetime, stored: str) -> None:
    assert time_text(moment) == stored_time(moment) == stored


@given(MOMENTS)
def test_it_reads_back_as_the_same_moment(moment: datetime) -> None:
    assert datetime.fromisoformat(time_text(moment) + "+00:00") == moment


@given(MOMENTS, MOMENTS)
def test_it_sorts_as_the_moments_do(one: datetime, other: datetime) -> None:
    assert (time_text(one) < time_text(other)) == (one < other)
