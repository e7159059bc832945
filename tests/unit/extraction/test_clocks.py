"""The time hidden in identifiers."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.domain.accounts import Platform
from archive.extraction.clocks import hidden_time, is_clock_consistent, time_of_url
from tests.world.platforms import identify

MOMENT = datetime(2023, 9, 17, 15, 52, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("platform", "native_id", "stamp"),
    [
        (Platform.X, "1703436713362870723", "2023-09-17T15:52:15"),
        (Platform.MASTODON, "https://s.example/users/a/statuses/117020586180926938", "2026-08-01T13:54:00"),
        (Platform.TRUTH_SOCIAL, "114132050804394743", "2025-03-09T10:41:28"),
        (Platform.BLUESKY, "at://did:plc:a/app.bsky.feed.post/3kaheyt6vpc22", "2023-09-28T12:49:37"),
        (Platform.INSTAGRAM, "ByxilPNJK3M", "2019-06-16T14:30:55"),
    ],
)
def test_published_identifiers_carry_their_published_time(platform: Platform, native_id: str, stamp: str) -> None:
    found = hidden_time(platform, native_id)
    assert found is not None
    assert found.isoformat()[:19] == stamp


@pytest.mark.parametrize(
    ("platform", "native_id"),
    [
        (Platform.X, "1698308935"),
        (Platform.X, "not a number"),
        (Platform.X, "１７０３４３６７１３３６２８７０７２３"),
        (Platform.TELEGRAM, "fishery/55"),
        (Platform.YOUTUBE, "abcdefghijk"),
        (Platform.BLUESKY, "at://a/b/self"),
        (Platform.MASTODON, "https://s.example/notes/9abc"),
        (Platform.X, "99999999999999999999"),
    ],
)
def test_identifiers_without_a_clock_give_no_time(platform: Platform, native_id: str) -> None:
    assert hidden_time(platform, native_id) is None


@given(
    st.sampled_from([Platform.X, Platform.BLUESKY]),
    st.datetimes(min_value=datetime(2012, 1, 1), max_value=datetime(2040, 1, 1)),
)
def test_the_clock_is_the_inverse_of_numbering(platform: Platform, naive: datetime) -> None:
    moment = naive.replace(tzinfo=UTC)
    found = hidden_time(platform, identify(platform, "ada", moment, serial=1)[0])
    assert found is not None
    assert abs(found - moment) < timedelta(milliseconds=2)


def test_a_claimed_time_is_checked_against_the_clock() -> None:
    assert is_clock_consistent(Platform.X, "1703436713362870723", claimed=MOMENT) is True
    assert is_clock_consistent(Platform.X, "1703436713362870723", claimed=MOMENT + timedelta(hours=5)) is False
    assert is_clock_consistent(Platform.TELEGRAM, "fishery/55", claimed=MOMENT) is None


def test_a_bare_address_dates_its_post() -> None:
    found = time_of_url("https://twitter.com/ada/status/1703436713362870723")
    assert found is not None
    assert found.date() == MOMENT.date()
