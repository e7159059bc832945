"""Availability moves by its own rules: an error is never a deletion, and gone needs two looks."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.domain.accounts import Platform
from archive.domain.availability import (
    Availability,
    AvailabilityState,
    Observation,
    Sighting,
    is_kept_from_strangers,
    next_availability,
)

START = datetime(2031, 5, 1, tzinfo=UTC)


def after(*looks: tuple[float, Sighting]) -> AvailabilityState:
    state = AvailabilityState()
    for hours, sighting in looks:
        state = next_availability(state, Observation(seen_at=START + timedelta(hours=hours), sighting=sighting))
    return state


@pytest.mark.parametrize(
    ("looks", "state"),
    [
        ([(0, Sighting.SEEN)], Availability.LIVE),
        ([(0, Sighting.SEEN), (1, Sighting.CHANGED)], Availability.EDITED),
        ([(0, Sighting.CHANGED), (1, Sighting.SEEN)], Availability.EDITED),
        ([(0, Sighting.SEEN), (1, Sighting.ABSENT)], Availability.SUSPECTED_GONE),
        ([(0, Sighting.SEEN), (1, Sighting.ABSENT), (2, Sighting.ABSENT)], Availability.SUSPECTED_GONE),
        ([(0, Sighting.SEEN), (1, Sighting.ABSENT), (7, Sighting.ABSENT)], Availability.GONE),
        ([(1, Sighting.ABSENT), (3, Sighting.BLOCKED), (7, Sighting.ABSENT)], Availability.GONE),
        ([(1, Sighting.ABSENT), (3, Sighting.SEEN), (8, Sighting.ABSENT)], Availability.SUSPECTED_GONE),
        ([(0, Sighting.SEEN), (1, Sighting.TOMBSTONE)], Availability.GONE),
        ([(0, Sighting.ACCOUNT_ABSENT), (9, Sighting.ACCOUNT_ABSENT)], Availability.ACCOUNT_GONE),
        ([(0, Sighting.TOMBSTONE), (9, Sighting.SEEN)], Availability.RESTORED),
        ([(0, Sighting.SEEN), (1, Sighting.BLOCKED)], Availability.BLOCKED_FOR_US),
        ([(0, Sighting.SEEN), (1, Sighting.FAILED)], Availability.UNKNOWN),
        ([(0, Sighting.TOMBSTONE), (1, Sighting.FAILED)], Availability.GONE),
        ([(0, Sighting.SEEN), (1, Sighting.MARKED_WITHDRAWN)], Availability.WITHDRAWN),
        ([(0, Sighting.SEEN), (1, Sighting.WITHHELD)], Availability.WITHHELD),
    ],
)
def test_state_after_looks(looks: list[tuple[float, Sighting]], state: Availability) -> None:
    assert after(*looks).availability is state


@given(st.lists(st.sampled_from([Sighting.SEEN, Sighting.BLOCKED, Sighting.FAILED, Sighting.CHANGED]), max_size=12))
def test_no_number_of_errors_makes_a_deletion(sightings: list[Sighting]) -> None:
    state = after(*((day * 24.0, sighting) for day, sighting in enumerate(sightings)))
    assert state.availability not in (Availability.GONE, Availability.ACCOUNT_GONE, Availability.SUSPECTED_GONE)


def test_the_last_day_it_was_seen_stays_known_after_it_went() -> None:
    state = after((0, Sighting.SEEN), (24, Sighting.ABSENT), (48, Sighting.ABSENT))
    assert state.last_seen == START
    assert state.since == START + timedelta(hours=48)


@pytest.mark.parametrize("platform", Platform)
@pytest.mark.parametrize("availability", [None, *Availability])
def test_only_a_wish_of_the_author_keeps_words_from_strangers(platform: Platform, availability) -> None:
    asked = platform is Platform.BLUESKY and availability is Availability.WITHHELD
    assert is_kept_from_strangers(platform, availability) is asked
