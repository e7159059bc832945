"""Plain rows: the quick reader says what the slow one says, or nothing at all."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.errors import InvalidInputError
from archive.extraction.posts.dump import json_row, read_row
from archive.extraction.posts.quick_rows import quick_reading

PLAIN = {
    "platform": "twitter",
    "handle": "PortVelm",
    "author_name": "Port of Velm",
    "post_id": "1700000000000000001",
    "posted_at": "2031-05-14T12:00:00Z",
    "text": "The harbour stays open.",
    "is_retweet": False,
    "truncated": False,
}
ODD_WORDS = (
    *("", " ", "@", " @PortVelm ", "x", "X", "Truth Social", "1", "007", "1.7E+18", "\u0661\u0662", "true", "\ud800"),
    *("2031-05-14T12:00:00Z", "2031-05-14T12:00:00+02:00", "1999-12-31T23:59:59Z", "2031-02-30T12:00:00Z", "\x00"),
    *("2031-05-14 12:00:00Z", "2031-05-14T12:00:00z", "https://x.com/PortVelm/status/12", "\x7f"),
)
WORDS = st.text(max_size=12) | st.sampled_from(ODD_WORDS)
VALUES = WORDS | st.none() | st.booleans() | st.integers() | st.floats() | st.just([]) | st.just({"a": 1})
OTHER_NAMES = ("id", "id_str", " Handle ", "LANG", "url", "author_id", "edited_at", "in_reply_to", "quoted_id")
NAMES = st.sampled_from([*PLAIN, *OTHER_NAMES, "favorite_count", "retweet", "is_repost", "unheard_of"])


def slow(line: bytes) -> object:
    try:
        return read_row(json_row(line, line=7), line=7)
    except InvalidInputError as error:
        return error.code


@given(st.dictionaries(NAMES, VALUES, max_size=5), st.sets(st.sampled_from(sorted(PLAIN)), max_size=1), st.booleans())
@example({"truncated": 0.0}, set(), True)
@example({"post_id": 10**30}, set(), True)
@example({"lang": " en ", "in_reply_to": ""}, set(), False)
def test_a_plain_row_is_read_as_the_slow_reader_reads_it(changes, missing, ensure_ascii):
    row = {name: value for name, value in (PLAIN | changes).items() if name not in missing}
    line = json.dumps(row, ensure_ascii=ensure_ascii).encode("utf-8", "surrogatepass")

    quick = quick_reading(line, number=7)

    assert quick is None or quick == slow(line)


@given(st.binary(max_size=40))
def test_what_is_no_row_is_left_to_the_slow_reader(line):
    assert quick_reading(line, number=7) is None


@pytest.mark.parametrize(
    "changes", [{}, {"author_name": None}, {"lang": "en", "favorite_count": 7}, {"url": "https://velm.example/1"}]
)
def test_the_rows_of_most_dumps_are_plain(changes):
    line = json.dumps(PLAIN | changes).encode()

    assert quick_reading(line, number=7) == slow(line) is not None
