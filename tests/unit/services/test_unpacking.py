"""Unpacking once: what the reader gets is the file, however far ahead it was unpacked, and its lines are counted right."""

import lzma
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.capture.dumps import count_lines, lines_of, read_upload
from archive.errors import InvalidInputError
from archive.services.unpacking import Unpacking

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
BODY = b"".join(b"%d boats wait in the harbour\n" % number for number in range(60_000))


def packed(body: bytes):
    return read_upload("posts.jsonl.xz", body, now=NOON)


@pytest.mark.parametrize("most_ahead", [0, 300_000, 1 << 30])
def test_the_reader_gets_every_byte_once(most_ahead: int) -> None:
    unpacking = Unpacking(packed(lzma.compress(BODY)), most_ahead=most_ahead)
    assert unpacking.lines() == 60_000
    assert b"".join(unpacking.chunks()) == BODY


def test_a_file_that_ends_early_is_told_by_the_count_and_never_keeps_the_reader_waiting() -> None:
    unpacking = Unpacking(packed(lzma.compress(BODY)[:-40]))
    with pytest.raises(InvalidInputError) as told:
        unpacking.lines()
    assert told.value.code == "dump_damaged"
    assert BODY.startswith(b"".join(unpacking.chunks()))


@given(st.lists(st.text(alphabet="ab\r\n", max_size=6).map(str.encode), max_size=6))
def test_lines_are_counted_as_they_are_read(chunks: list[bytes]) -> None:
    assert count_lines(chunks) == len(list(lines_of(chunks)))


def test_a_line_without_end_is_refused_while_counting() -> None:
    with pytest.raises(InvalidInputError) as refused:
        count_lines([b"a\n"] + [b"x" * 1_000_000] * 5)
    assert refused.value.code == "dump_line_too_long"
    assert "Line 2" in refused.value.message
