"""Following accounts in the simulated world: what is fetched, what the ledger says of it, and what it must not say."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive import services, storage
from archive.domain.accounts import Platform
from archive.domain.availability import Availability
from archive.domain.coverage import gaps_of
from archive.errors import CaptureError, InvalidInputError, NotFoundError
from archive.jobs.nightly import run_nightly
from archive.runtime import Network, Runtime, build_runtime
from archive.settings import load_settings
from tests.integration.services.clock import Clock
from tests.world import Fault, World

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
GIVEN = {
    Platform.BLUESKY: ("https://bsky.app/profile/ada.gov.example", "ada.gov.example", "public.api.bsky.app"),
    Platform.MASTODON: ("@ada@gov.example", "ada@gov.example", "gov.example"),
    Platform.TELEGRAM: ("https://t.me/fishery", "fishery", "t.me"),
}


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def runtime(migrated_sqlite: Path, tmp_path: Path, clock: Clock, world: World) -> Iterator[Runtime]:
    shutil.copyfile(migrated_sqlite, tmp_path / "archive.db")
    settings = load_settings(data_directory=tmp_path, index_directory=None, follow_pages=3)
    with build_runtime(settings, now=clock) as runtime:
        yield replace(runtime, network=Network(lambda: world.fetcher(now=clock)))


def a_habit(world: World, platform: Platform, *, days: int, until: datetime = NOW) -> None:
    """One post a day up to ``until``."""
    for number in range(days, 0, -1):
        world.publish(
            platform, GIVEN[platform][1], f"Day {number} before.", name="Ada", at=until - timedelta(days=number)
        )


def covered(runtime: Runtime, account_id, *, since: datetime, until: datetime) -> bool:
    with runtime.database.reading() as session:
        intervals = storage.coverage.intervals(session, (account_id,))
    return not gaps_of(account_id, intervals=intervals, since=since, until=until)


@pytest.mark.parametrize("platform", GIVEN)
def test_following_fetches_at_once_and_covers_what_the_pages_reach(runtime, world, platform) -> None:
    a_habit(world, platform, days=30)

    fetched = services.follow.follow_account(runtime, GIVEN[platform][0])

    assert (fetched.posts, fetched.added, fetched.gap) == (30, 30, False)
    account = fetched.state.account
    assert (account.handle, account.platform) == (GIVEN[platform][1], platform)
    assert covered(runtime, account.id, since=NOW - timedelta(days=30), until=NOW)
    assert not covered(runtime, account.id, since=NOW - timedelta(days=31), until=NOW)
    with runtime.database.reading() as session:
        assert list(storage.audit.problems(session)) == []


@pytest.mark.parametrize("platform", GIVEN)
def test_the_next_look_takes_the_new_posts_and_joins_the_old_ones(runtime, world, clock, platform) -> None:
    a_habit(world, platform, days=30)
    first = services.follow.follow_account(runtime, GIVEN[platform][0])
    clock.pass_by(timedelta(days=2))
    world.publish(platform, GIVEN[platform][1], "New.", at=NOW + timedelta(days=1))

    run = run_nightly(runtime)

    assert run.steps[0].name == "follow" and run.steps[0].changed == 1
    assert covered(runtime, first.state.account.id, since=NOW - timedelta(days=30), until=NOW + timedelta(days=2))
    assert services.search.search_statements(runtime, services.search.parse_query("New")).hits


@pytest.mark.parametrize("platform", GIVEN)
def test_pages_that_do_not_meet_the_last_look_leave_a_gap(runtime, world, clock, platform) -> None:
    world.page_size = 5
    a_habit(world, platform, days=10)
    first = services.follow.follow_account(runtime, GIVEN[platform][0])
    clock.pass_by(timedelta(days=40))
    a_habit(world, platform, days=39, until=NOW + timedelta(days=40))

    fetched = services.follow.follow_account(runtime, GIVEN[platform][0])

    assert fetched.gap and fetched.pages == 3
    account = first.state.account.id
    assert not covered(runtime, account, since=NOW, until=NOW + timedelta(days=40))
    assert covered(runtime, account, since=NOW + timedelta(days=26), until=NOW + timedelta(days=40))
    assert covered(runtime, account, since=NOW - timedelta(days=10), until=NOW)
    step = services.follow.fetch_followed(runtime)
    assert step.looked_at == 0, "an account is not asked for twice within the hour"


@pytest.mark.parametrize(
    "fault", [Fault.WALL, Fault.RATE_LIMIT, Fault.GATEWAY, Fault.GARBAGE, Fault.EMPTY, Fault.REFUSED]
)
@pytest.mark.parametrize("platform", GIVEN)
def test_a_look_that_fails_covers_nothing(runtime, world, clock, platform, fault) -> None:
    a_habit(world, platform, days=30)
    account = services.follow.follow_account(runtime, GIVEN[platform][0]).state.account.id
    world.fault(GIVEN[platform][2], fault)
    clock.pass_by(timedelta(days=1))

    step = services.follow.fetch_followed(runtime)

    assert len(step.failures) == 1
    assert not covered(runtime, account, since=NOW, until=NOW + timedelta(days=1))
    (state,) = services.follow.list_follows(runtime)
    assert (state.follow.failures, state.follow.answered_at) == (1, NOW)
    world.heal(GIVEN[platform][2])
    clock.pass_by(timedelta(hours=2))
    assert services.follow.fetch_followed(runtime).failures == ()
    assert covered(runtime, account, since=NOW, until=NOW + timedelta(days=1))


def test_a_sudden_silence_is_an_alarm_and_not_said_to_be_covered(runtime, world, clock) -> None:
    a_habit(world, Platform.MASTODON, days=30)
    account = services.follow.follow_account(runtime, "@ada@gov.example").state.account.id
    clock.pass_by(timedelta(days=6))

    run = run_nightly(runtime)

    assert run.exit_status == 1
    (alarm,) = run.steps[0].alarms
    assert "mastodon:ada@gov.example posted" in alarm and "a gap is suspected" in alarm
    assert covered(runtime, account, since=NOW, until=NOW + timedelta(days=1))
    assert not covered(runtime, account, since=NOW, until=NOW + timedelta(days=2))
    (state,) = services.follow.list_follows(runtime)
    assert state.silence is not None
    world.publish(Platform.MASTODON, "ada@gov.example", "Back from the islands.", at=NOW + timedelta(days=6))
    clock.pass_by(timedelta(days=1))
    assert services.follow.fetch_followed(runtime).alarms == ()
    assert covered(runtime, account, since=NOW, until=NOW + timedelta(days=7)), "the pages show nothing was missed"


def test_an_account_without_a_habit_may_be_silent(runtime, world, clock) -> None:
    a_habit(world, Platform.MASTODON, days=3)
    services.follow.follow_account(runtime, "@ada@gov.example")
    clock.pass_by(timedelta(days=60))
    assert services.follow.fetch_followed(runtime).alarms == ()


def test_an_edit_seen_on_a_page_is_a_version_and_a_return_is_noticed(runtime, world, clock) -> None:
    a_habit(world, Platform.TELEGRAM, days=3)
    post = world.publish(Platform.TELEGRAM, "fishery", "Nets at ten.", at=NOW - timedelta(hours=2))
    services.follow.follow_account(runtime, "telegram:fishery")
    world.edit(post, "Nets at nine.", at=NOW)
    clock.pass_by(timedelta(days=1))

    assert services.follow.fetch_followed(runtime).changed == 1

    (hit,) = services.search.search_statements(runtime, services.search.parse_query("Nets")).hits
    assert hit.statement.snapshot.text == "Nets at nine." and hit.statement.latest_version == 2
    assert hit.statement.availability.availability is Availability.EDITED


def test_a_text_that_changes_without_the_platforms_mark_is_an_alarm(runtime, world, clock) -> None:
    post = world.publish(Platform.MASTODON, "ada@gov.example", "Nets at ten.", at=NOW - timedelta(hours=2))
    services.capture.capture_url(runtime, post.url)
    world.edit(post, "Nets at nine.", at=NOW, unmarked=True)
    clock.pass_by(timedelta(days=1))

    step = services.recapture.recapture_due(runtime)

    assert step.alarms == (
        f"mastodon:{post.native_id} says something else since version 2, without a mark of an edit.",
    )


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour office</title>
<item><title>Ferries</title><link>https://harbour.ostrelund.example/ferries</link><pubDate>Sun, 01 Mar 2026 06:00:00 GMT</pubDate></item>
<item><title>Gone</title><link>https://harbour.ostrelund.example/gone</link></item></channel></rss>"""
PAGE = """<html><head><title>Ferries</title><link rel="alternate" type="application/rss+xml" href="/feed"></head><body><main><article>
<h1>Ferries</h1><p>The last boat leaves at nine and waits for nobody, the harbour office said.</p>
<p>It said so in the morning, and meant it.</p></article></main></body></html>"""


def test_a_site_is_followed_by_the_feed_that_its_page_names(runtime, world, clock) -> None:
    world.marks = True
    world.article("https://harbour.ostrelund.example/", PAGE)
    world.article("https://harbour.ostrelund.example/feed", FEED, media_type="application/rss+xml")
    world.article("https://harbour.ostrelund.example/ferries", PAGE)

    fetched = services.follow.follow_account(runtime, "https://harbour.ostrelund.example/")

    assert (fetched.added, fetched.covered_since) == (1, None)
    (hit,) = services.search.search_statements(runtime, services.search.parse_query("boat")).hits
    assert hit.statement.post.posted_at == datetime(2026, 3, 1, 6, tzinfo=UTC)
    world.requests.clear()
    clock.pass_by(timedelta(days=1))
    step = services.follow.fetch_followed(runtime)
    assert (step.failures, world.requests) == ((), ["https://harbour.ostrelund.example/feed"])


VIDEOS = """<?xml version="1.0"?><feed xmlns:yt="http://www.youtube.com/xml/schemas/2015"
xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom"><entry><yt:videoId>abcdefghijk</yt:videoId>
<yt:channelId>UC0000000000000000000001</yt:channelId><title>Ferries</title><author><name>Harbours</name></author>
<published>2026-02-20T10:00:00+00:00</published><media:group><media:description>Nine.</media:description></media:group></entry></feed>"""


def test_a_channel_of_videos_is_followed_by_its_feed(runtime, world) -> None:
    world.article(
        "https://www.youtube.com/feeds/videos.xml?channel_id=UC0000000000000000000001", VIDEOS, media_type="text/xml"
    )
    fetched = services.follow.follow_account(runtime, "https://www.youtube.com/channel/UC0000000000000000000001")
    assert (fetched.added, fetched.covered_since) == (1, datetime(2026, 2, 20, 10, tzinfo=UTC))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("https://x.com/AdaNorden", "follow_not_offered"),
        ("truth_social:AdaNorden", "follow_not_offered"),
        ("https://www.instagram.com/ada", "follow_not_offered"),
        ("@nobody@gov.example", "account_not_found"),
        ("https://harbour.ostrelund.example/", "not_a_feed"),
    ],
)
def test_what_cannot_be_followed_says_why(runtime, world, given, code) -> None:
    with pytest.raises(CaptureError) as caught:
        services.follow.follow_account(runtime, given)
    assert caught.value.code == code
    assert services.follow.list_follows(runtime) == ()


def test_what_names_no_account_is_refused(runtime) -> None:
    with pytest.raises(InvalidInputError) as caught:
        services.follow.follow_account(runtime, "ada")
    assert caught.value.code == "bad_account"


def test_an_account_can_be_let_go(runtime, world, clock) -> None:
    a_habit(world, Platform.MASTODON, days=3)
    services.follow.follow_account(runtime, "@ada@gov.example")
    services.follow.unfollow_account(runtime, "mastodon:ada@gov.example")
    clock.pass_by(timedelta(days=1))
    assert services.follow.list_follows(runtime) == ()
    assert services.follow.fetch_followed(runtime).looked_at == 0
    with pytest.raises(NotFoundError) as caught:
        services.follow.unfollow_account(runtime, "mastodon:ada@gov.example")
    assert caught.value.code == "not_followed"
