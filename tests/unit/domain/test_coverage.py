"""Coverage says what the archive could have known; a minute missing is a gap."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.domain.coverage import CoverageInterval, CoverageState, coverage_of, gaps_of
from archive.domain.ids import AccountId, new_id

ACCOUNT = AccountId(new_id())
DAY = datetime(2031, 5, 1, tzinfo=UTC)


def seen(since: int, until: int, account: AccountId = ACCOUNT) -> CoverageInterval:
    return CoverageInterval(
        account_id=account, since=DAY + timedelta(hours=since), until=DAY + timedelta(hours=until), how="timeline"
    )


@pytest.mark.parametrize(
    ("intervals", "gaps"),
    [
        ((), [(0, 24)]),
        ((seen(0, 24),), []),
        ((seen(-5, 30),), []),
        ((seen(0, 12), seen(12, 24)), []),
        ((seen(12, 24), seen(0, 12)), []),
        ((seen(0, 11), seen(12, 24)), [(11, 12)]),
        ((seen(2, 20),), [(0, 2), (20, 24)]),
        ((seen(0, 20), seen(5, 10)), [(20, 24)]),
        ((seen(-9, -3), seen(30, 40)), [(0, 24)]),
        ((seen(0, 24, AccountId(new_id())),), [(0, 24)]),
    ],
)
def test_gaps_are_what_no_interval_covers(intervals: tuple[CoverageInterval, ...], gaps: list[tuple[int, int]]) -> None:
    found = gaps_of(ACCOUNT, intervals=intervals, since=DAY, until=DAY + timedelta(hours=24))
    assert [((g.since - DAY) / timedelta(hours=1), (g.until - DAY) / timedelta(hours=1)) for g in found] == gaps


def test_without_an_account_nothing_could_have_been_known() -> None:
    coverage = coverage_of((), intervals=(), since=DAY, until=DAY + timedelta(hours=1))
    assert coverage.state is CoverageState.NO_ACCOUNT


def test_one_uncovered_account_of_two_is_a_gap() -> None:
    other = AccountId(new_id())
    window = {"since": DAY, "until": DAY + timedelta(hours=24)}
    assert coverage_of((ACCOUNT,), intervals=(seen(0, 24),), **window).state is CoverageState.COMPLETE
    both = coverage_of((ACCOUNT, other), intervals=(seen(0, 24),), **window)
    assert both.state is CoverageState.GAP
    assert [gap.account_id for gap in both.gaps] == [other]


@given(st.lists(st.tuples(st.integers(-10, 34), st.integers(0, 20)), max_size=8))
def test_gaps_and_intervals_never_overlap_and_together_fill_the_window(parts: list[tuple[int, int]]) -> None:
    intervals = [seen(start, start + length) for start, length in parts]
    gaps = gaps_of(ACCOUNT, intervals=intervals, since=DAY, until=DAY + timedelta(hours=24))
    for hour in range(24):
        instant = DAY + timedelta(hours=hour, minutes=30)
        held = any(i.since <= instant < i.until for i in intervals)
        missing = any(g.since <= instant < g.until for g in gaps)
        assert held != missing


@pytest.mark.parametrize(("watched", "known"), [((0, 24), True), ((0, 23), False), ((1, 24), False), (None, False)])
def test_deletions_are_known_only_where_somebody_watched_all_the_time(
    watched: tuple[int, int] | None, known: bool
) -> None:
    intervals = [seen(0, 24)]
    if watched is not None:
        intervals.append(replace(seen(*watched), includes_deletions=True))
    coverage = coverage_of((ACCOUNT,), intervals=intervals, since=DAY, until=DAY + timedelta(hours=24))
    assert coverage.state is CoverageState.COMPLETE
    assert coverage.includes_deletions is known
