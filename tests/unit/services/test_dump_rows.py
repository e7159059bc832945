from datetime import UTC, datetime

import pytest

from archive.capture.dumps import read_upload
from archive.errors import InvalidInputError
from archive.services.dump_rows import readings_of

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CSV = b"""platform,handle,post_id,posted_at,text
x,harbour,1,2026-01-01T00:00:00Z,first
x,harbour,2
x,harbour,3,2026-01-03T00:00:00Z,third
x,harbour,4,2026-01-04T00:00:00Z,"four
lines"
x,harbour,5,2026-01-05T00:00:00Z,fifth,too,many
x,harbour,6,2026-01-06T00:00:00Z,sixth
"""
ROW = '{"platform": "x", "handle": "harbour", "posted_at": "2026-01-01T00:00:00Z", "text": "", "post_id": "%s"}'
JSON = "\n".join((ROW % 1, "not json", ROW % 3, "", "[1, 2]", ROW % 5, '{"post_id": "6"}', "")).encode()


def read(name: str, body: bytes) -> list[tuple[int, str]]:
    found = readings_of(read_upload(name, body, now=NOON))
    return [(line, row.code if isinstance(row, InvalidInputError) else row.native_id) for line, row in found]


def test_good_rows_behind_a_bad_csv_row_are_kept() -> None:
    assert read("posts.csv", CSV) == [
        (2, "1"),
        (3, "row_not_csv"),
        (4, "3"),
        (6, "4"),
        (7, "row_not_csv"),
        (8, "6"),
    ]


def test_good_rows_behind_a_bad_json_line_are_kept() -> None:
    found = read("posts.jsonl", JSON)

    assert found == [
        (1, "1"),
        (2, "row_not_json"),
        (3, "3"),
        (5, "row_not_json"),
        (6, "5"),
        (7, "row_missing_field"),
    ]


@pytest.mark.parametrize("name", ["posts.csv", "posts.jsonl"])
def test_a_file_with_one_bad_line_only_ends(name: str) -> None:
    assert len(read(name, b"\xff\xfe\x00")) <= 1
