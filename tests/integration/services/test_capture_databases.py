"""Capturing, following and second copies write the same on both databases."""

from dataclasses import replace
from datetime import timedelta

from archive import services, storage
from archive.domain.accounts import Platform
from archive.domain.second_copy import CopyState
from tests.world import Fault, World

WORDS = "The last boat leaves at nine and waits for nobody."


def test_a_night_of_capturing_is_the_same_on_both(runtime, clock) -> None:
    world = World()
    runtime = replace(runtime, fetcher=world.fetcher(now=clock))
    for day in range(3):
        world.publish(Platform.MASTODON, "ada@gov.example", f"Day {day}.", at=clock() - timedelta(days=3 - day))
    post = world.publish(Platform.BLUESKY, "ada.gov.example", WORDS, at=clock() - timedelta(days=1))

    services.capture.capture_url(runtime, post.url, second_copy=True)
    services.follow.follow_account(runtime, "@ada@gov.example")
    world.fault("web.archive.org", Fault.RATE_LIMIT)
    services.second_copies.push_due(runtime)
    world.edit(post, WORDS.replace("nine", "ten"), at=clock())
    clock.pass_by(timedelta(days=1))
    again = services.capture.capture_url(runtime, post.url)
    step = services.follow.fetch_followed(runtime)

    assert (again.is_changed, again.snapshot.version, step.failures) == (True, 2, ())
    (copy,) = services.second_copies.list_copies(runtime)
    assert (copy.state, copy.attempts) == (CopyState.WAITING, 1)
    (state,) = services.follow.list_follows(runtime)
    assert state.follow.answered_at == clock() and state.silence is None
    with runtime.database.reading() as session:
        assert list(storage.audit.problems(session)) == []
        (interval,) = storage.coverage.intervals(session, (state.account.id,))[-1:]
        assert interval.until == clock()
