"""Snapshots: a version for each change, never one for nothing, and a cut text never replaces a whole one."""

from datetime import UTC, datetime

from archive.domain.accounts import Platform
from archive.domain.ids import CaptureId, new_id
from archive.domain.posts import PostReading, Snapshot, next_snapshot, post_id_of

NOW = datetime(2031, 5, 1, tzinfo=UTC)
POST = post_id_of(Platform.X, "12")
READING = PostReading(
    platform=Platform.X,
    native_id="12",
    author_handle="harbour_min",
    author_name="Harbour Ministry",
    text="The ferry sails at noon on Friday, wind permitting.",
    posted_at=NOW,
)


def step(text: str, latest: Snapshot | None, *, truncated: bool = False) -> Snapshot | None:
    reading = READING._replace(text=text, truncated=truncated)
    return next_snapshot(reading, post_id=POST, capture_id=CaptureId(new_id()), seen_at=NOW, latest=latest)


def test_the_same_post_always_gets_the_same_identifier() -> None:
    assert post_id_of(Platform.X, "12") == POST
    assert post_id_of(Platform.BLUESKY, "12") != POST


def test_the_first_reading_is_version_one_and_the_same_text_adds_nothing() -> None:
    first = step(READING.text, None)
    assert first is not None
    assert first.version == 1
    assert step(READING.text, first) is None


def test_an_edit_is_the_next_version() -> None:
    second = step("The ferry sails at one.", step(READING.text, None))
    assert second is not None
    assert (second.version, second.text) == (2, "The ferry sails at one.")


def test_a_cut_copy_of_a_whole_text_is_no_edit_but_a_whole_text_after_a_cut_one_is_kept() -> None:
    whole = step(READING.text, None)
    assert step("The ferry sails at noon…", whole, truncated=True) is None
    cut = step("The ferry sails at noon…", None, truncated=True)
    grown = step(READING.text, cut)
    assert grown is not None
    assert grown.version == 2
