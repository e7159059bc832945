"""How far a walk saw, when a silence is unusual, how long a second copy is asked for, and what a ghost edit is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.domain.accounts import Platform
from archive.domain.costs import x_estimate
from archive.domain.posts import Snapshot, is_ghost_edit
from archive.domain.second_copy import CopyState, put_off, second_copy_of, under_way
from archive.domain.silence import silence_of
from archive.domain.walks import seen_since
from tests.factories import a_snapshot

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def days_before(*days: float) -> list[datetime]:
    return [NOON - timedelta(days=day) for day in days]


WALKS = [
    ([], None),
    (days_before(1), 1),
    (days_before(0, 1, 2, 3), 3),
    (days_before(900, 0, 1, 2, 3), 3),  # a pinned post stands first
    (days_before(0, 1, 900, 2, 3), 3),  # one that claims to be old stands in the middle
    (days_before(0, 1, 2, 3, 900), 3),  # and as the last one it is not believed
    (days_before(0, 20, 40, 60, 100), 100),  # an account that posts rarely is
]


@pytest.mark.parametrize(("times", "day"), WALKS)
def test_a_walk_saw_as_far_as_its_last_post_in_order(times, day) -> None:
    assert seen_since(times) == (None if day is None else NOON - timedelta(days=day))


@given(st.lists(st.datetimes(datetime(2020, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC)), max_size=30))
def test_a_walk_never_claims_more_than_its_pages_hold(times) -> None:
    since = seen_since(times)
    assert since is None if not times else since in times


SILENCES = [
    ("daily, three days", [*range(3, 33)], True),
    ("daily, a day and a half", [day + 0.5 for day in range(1, 31)], False),
    ("weekly, ten days", [10 + 4 * week for week in range(8)], True),
    ("weekly, seven days", [7 + 4 * week for week in range(8)], False),
    ("no habit", [90, 91, 120], False),
    ("nothing at all", [], False),
]


@pytest.mark.parametrize(("days", "unusual"), [case[1:] for case in SILENCES], ids=[case[0] for case in SILENCES])
def test_a_silence_is_unusual_by_the_accounts_own_habit(days, unusual) -> None:
    found = silence_of(days_before(*days), now=NOON)
    assert (found is not None) is unusual
    if found is not None:
        assert found.since < found.doubtful_from < NOON


def test_a_copy_is_asked_for_ever_more_rarely_and_then_given_up() -> None:
    copy, at, pauses = second_copy_of("https://o.example/", at=NOON), NOON, []
    while copy.state is CopyState.WAITING:
        assert copy.next_try_at is not None
        pauses.append(copy.next_try_at - at)
        at = copy.next_try_at
        copy = put_off(copy, at=at, reason="copy_later")
    assert pauses == sorted(pauses) and len(pauses) == 6
    assert (copy.state, copy.next_try_at) == (CopyState.REFUSED, None)


def test_a_copy_under_way_is_not_asked_after_for_ever() -> None:
    copy = second_copy_of("https://o.example/", at=NOON)
    for _ in range(20):
        copy = under_way(copy, job="spn2-1", at=NOON)
        if copy.state is CopyState.REFUSED or copy.job is None:
            break
    assert copy.state is not CopyState.UNDER_WAY


def test_the_cost_is_said_in_dollars() -> None:
    assert x_estimate(1000).dollars == Decimal("15")
    assert x_estimate(1).within(Decimal("0.015")) and not x_estimate(1).within(Decimal("0.0149"))


def snapshot(text: str, *, edited_at: datetime | None = None, truncated: bool = False) -> Snapshot:
    return replace(a_snapshot(), text=text, edited_at=edited_at, truncated=truncated)


GHOSTS = [
    (Platform.MASTODON, snapshot("One."), snapshot("Two."), True),
    (Platform.MASTODON, snapshot("One."), snapshot("Two.", edited_at=NOON), False),
    (Platform.MASTODON, snapshot("One.", edited_at=NOON), snapshot("Two.", edited_at=NOON), True),
    (Platform.X, snapshot("One…", truncated=True), snapshot("One and two."), False),
    (Platform.WEB, snapshot("One."), snapshot("Two."), False),
    (Platform.BLUESKY, snapshot("One."), snapshot("Two."), False),
]


@pytest.mark.parametrize(("platform", "before", "after", "ghost"), GHOSTS)
def test_a_ghost_edit_lacks_the_mark_its_platform_sets(platform, before, after, ghost) -> None:
    assert is_ghost_edit(platform, before, after=after) is ghost
