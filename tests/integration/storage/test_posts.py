"""Posts and snapshots: kept once, an edit is a new version, and evidence is never changed."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from archive.domain.accounts import Platform
from archive.domain.availability import Availability, AvailabilityState, Observation, Sighting
from archive.domain.captures import text_digest
from archive.domain.ids import PostId
from archive.domain.posts import post_id_of
from archive.domain.voices import Voice, VoiceBasis
from archive.errors import NotFoundError, StorageError
from archive.storage import audit, custody, offices, people, posts, statements
from archive.storage.accounts import ensure_account
from archive.storage.controls import ensure_control
from tests.factories import NOON, WORDS, a_capture, a_reading, an_id


def id_of(reading) -> PostId:
    return post_id_of(reading.platform, reading.native_id)


def test_a_reading_becomes_a_post_with_one_snapshot(database, keep):
    reading = a_reading(in_reply_to="77", is_repost=True)
    result = keep(reading)
    assert (result.new_posts, result.new_snapshots, result.unchanged) == (1, 1, 0)
    with database.reading() as session:
        post = posts.get(session, id_of(reading))
        (snapshot,) = posts.snapshots(session, id_of(reading))
    assert (post.native_id, post.url, post.in_reply_to, post.is_repost) == (reading.native_id, reading.url, "77", True)
    assert post.posted_at == reading.posted_at
    assert (snapshot.text, snapshot.version, snapshot.language, snapshot.locator) == (WORDS, 1, "en", "line 1")
    assert snapshot.text_digest == text_digest(WORDS)
    assert snapshot.seen_at == NOON


def test_the_same_readings_again_add_nothing(database, keep):
    readings = [a_reading(f"Statement number {number}.") for number in range(5)]
    keep(*readings)
    with database.reading() as session:
        before = custody.head(session)[0]
    again = keep(*readings)
    assert (again.new_posts, again.new_snapshots, again.unchanged) == (0, 0, 5)
    with database.reading() as session:
        # One more entry: the second capture itself.
        assert custody.head(session)[0] == before + 1


def test_an_edit_is_a_second_version_even_within_one_batch(database, keep):
    first = a_reading("The ferry sails on Monday.", native_id="500")
    second = a_reading("The ferry sails on Tuesday.", native_id="500")
    assert keep(first, second).new_snapshots == 2
    assert keep(second).unchanged == 1
    third = a_reading("The ferry does not sail.", native_id="500")
    assert keep(third, seen_at=NOON + timedelta(days=1)).new_snapshots == 1
    with database.reading() as session:
        found = posts.snapshots(session, id_of(first))
        latest = posts.latest_snapshot(session, id_of(first))
    assert [snapshot.version for snapshot in found] == [1, 2, 3]
    assert latest is not None and latest.text == third.text


def test_a_cut_reading_of_a_whole_text_is_no_edit(keep):
    keep(a_reading("The harbour will stay open all winter.", native_id="501"))
    assert keep(a_reading("The harbour will stay…", native_id="501", truncated=True)).unchanged == 1


def test_the_first_account_stays_when_a_later_reading_names_another(database, keep):
    keep(a_reading("First.", native_id="502", handle="AldoTindall"))
    keep(a_reading("Second.", native_id="502", handle="SomebodyElse"))
    with database.reading() as session:
        post = posts.get(session, post_id_of(Platform.X, "502"))
        assert statements.get(session, post.id).statement.account.handle == "AldoTindall"
        assert list(audit.problems(session)) == []


HOSTILE = {
    "nul": ("A\x00B", "A\ufffdB", 1),
    "lone surrogate": ("A\ud800B", "A\ufffdB", 1),
    "both": ("\x00\udfff", "\ufffd\ufffd", 2),
    "astral and marks stay": ("𝔸 e\u0301 \u202e", "𝔸 e\u0301 \u202e", 0),
}


@pytest.mark.parametrize("given_text, stored, replaced", HOSTILE.values(), ids=HOSTILE)
def test_what_no_database_can_hold_is_replaced_and_counted(database, keep, given_text, stored, replaced):
    reading = a_reading(given_text)
    keep(reading)
    assert keep(reading).unchanged == 1
    with database.reading() as session:
        (snapshot,) = posts.snapshots(session, id_of(reading))
        assert snapshot.text == stored
        assert snapshot.text_digest == text_digest(stored)
        assert session.scalar(text("SELECT replaced FROM snapshots")) == replaced
        assert list(audit.problems(session)) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.text(alphabet=st.characters(), max_size=40))
def test_any_text_can_be_kept_and_searched(database, keep, words):
    reading = a_reading(words, handle=words or "x", name=words)
    keep(reading)
    with database.reading() as session:
        assert len(posts.snapshots(session, id_of(reading))) == 1


def test_a_single_snapshot_carries_its_own_commitment(database, keep):
    reading = a_reading("One.")
    keep(reading)
    with database.writing() as session:
        latest = posts.latest_snapshot(session, id_of(reading))
        assert latest is not None
        edited = type(latest)(
            id=an_id(),
            post_id=latest.post_id,
            capture_id=latest.capture_id,
            version=2,
            seen_at=NOON,
            text="Two.",
            text_digest=text_digest("Two."),
        )
        posts.add_snapshot(session, edited)
    with database.reading() as session:
        assert posts.latest_snapshot(session, id_of(reading)) == edited
        assert list(audit.problems(session)) == []


def test_the_voice_is_the_controller_on_the_day_of_the_post(database, keep):
    with database.writing() as session:
        account = ensure_account(session, platform=Platform.X, handle="VelmFish", display_name="Fisheries")
        person = people.ensure_person(session, "Aldo Tindall")
        office = offices.ensure_office(session, "Ministry of Fisheries", institution=True)
        day = NOON.date()
        ensure_control(session, account.id, office_id=office.id)
        ensure_control(session, account.id, person_id=person.id, since=day)
    keep(
        a_reading("Mine.", handle="VelmFish", native_id="1"),
        a_reading("Ours.", handle="VelmFish", native_id="2", posted_at=NOON - timedelta(days=1)),
        a_reading("Nobody's.", handle="Stranger", name="A Stranger", native_id="3"),
    )
    with database.reading() as session:
        voices = [statements.get(session, post_id_of(Platform.X, key)).statement.voice for key in "123"]
    assert [(voice.name, voice.basis) for voice in voices] == [
        ("Aldo Tindall", VoiceBasis.CONTROL),
        ("Ministry of Fisheries", VoiceBasis.CONTROL),
        ("A Stranger", VoiceBasis.PROFILE),
    ]


def test_availability_moves_with_its_looks(database, keep):
    reading = a_reading()
    keep(reading)
    post_id = id_of(reading)
    look = Observation(seen_at=NOON + timedelta(days=2), sighting=Sighting.ABSENT)
    state = AvailabilityState(
        availability=Availability.SUSPECTED_GONE, since=look.seen_at, suspected_at=look.seen_at, last_seen=NOON
    )
    with database.writing() as session:
        assert posts.availability(session, post_id) == AvailabilityState()
        assert [post.id for post in posts.due(session, now=NOON, limit=5)] == [post_id]
        posts.set_availability(session, post_id, state, observation=look)
    with database.reading() as session:
        assert posts.availability(session, post_id) == state
        assert posts.observations(session, post_id) == (look,)
        # Suspected: a second look is due after six hours, not before.
        assert posts.due(session, now=look.seen_at + timedelta(hours=5), limit=5) == ()
        assert len(posts.due(session, now=look.seen_at + timedelta(hours=6), limit=5)) == 1


def test_the_voice_can_be_corrected_but_the_post_cannot(database, keep):
    reading = a_reading()
    keep(reading)
    curated = Voice(name="Mara Quill", basis=VoiceBasis.CURATED)
    with database.writing() as session:
        posts.set_voice(session, id_of(reading), curated)
    with database.reading() as session:
        assert statements.get(session, id_of(reading)).statement.voice == curated
    with pytest.raises(StorageError) as caught, database.writing() as session:
        session.execute(text("UPDATE posts SET url = 'https://other.example'"))
    assert caught.value.code == "append_only"


def test_an_unknown_post_is_said_to_be_none(database):
    with database.reading() as session, pytest.raises(NotFoundError) as caught:
        posts.get(session, PostId(an_id()))
    assert caught.value.code == "no_such_post"


def test_a_capture_is_stored_once(database):
    from archive.storage import captures

    captured = a_capture(b"x" * 10_000_000)
    with database.writing() as session:
        captures.add(session, captured)
        captures.add(session, captured)
    other = a_capture(captured.body)
    with database.writing() as session:
        captures.add(session, other)
    with database.reading() as session:
        assert captures.get(session, captured.capture.id) == captured.capture
        assert captures.body(session, captured.capture.digest) == captured.body
        assert captures.digests(session, after=None, limit=5) == (captured.capture.digest,)
        assert custody.head(session)[0] == 2
        with pytest.raises(NotFoundError):
            captures.body(session, "00" * 32)
