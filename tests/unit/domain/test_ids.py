"""Identifiers: named ones are always the same, ordered ones sort as they were made."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from archive.domain.ids import named_bytes, named_id, ordered_ids

NOON = datetime(2031, 5, 14, 12, tzinfo=UTC)


@given(st.sampled_from(["post", "account"]), st.lists(st.text(st.characters(codec="utf-8"))))
def test_the_quick_bytes_are_those_of_the_named_identifier(kind, parts):
    assert named_bytes(kind, *parts) == named_id(kind, *parts).bytes


@given(st.integers(0, 2**26 - 10), st.integers(1, 9))
def test_ordered_identifiers_sort_as_they_were_made(first, count):
    made = ordered_ids(count, at=NOON, first=first)
    assert sorted(made) == made
    assert made[-1] < ordered_ids(1, at=NOON + timedelta(milliseconds=1))[0]
    assert {(UUID(bytes=identifier).version, UUID(bytes=identifier).variant) for identifier in made} == {
        (7, "specified in RFC 4122")
    }
    assert int.from_bytes(made[0][:6], "big") == int(NOON.timestamp() * 1000)


def test_ordered_identifiers_of_the_same_moment_differ():
    assert len({*ordered_ids(100, at=NOON), *ordered_ids(100, at=NOON)}) == 200
