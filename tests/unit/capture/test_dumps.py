"""Files handed in: read whole, up to a bound that what is no file has as well."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.capture import dumps
from archive.errors import InvalidInputError

NOON = datetime(2031, 5, 2, 12, tzinfo=UTC)


def refusal(path: Path) -> str:
    with pytest.raises(InvalidInputError) as caught:
        dumps.read_dump(path, now=NOON)
    return caught.value.code


def test_a_file_is_read_to_its_bound_and_no_further(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dumps, "_LARGEST_FILE", 10)
    path = tmp_path / "posts.jsonl"
    path.write_bytes(b"0123456789")
    assert dumps.read_dump(path, now=NOON).body == b"0123456789"
    path.write_bytes(b"0123456789a")
    assert refusal(path) == "file_too_large"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no such device")
def test_a_device_that_never_ends_ends_at_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dumps, "_LARGEST_FILE", 10_000)
    assert refusal(Path("/dev/zero")) == "file_too_large"


def test_what_is_no_file_is_no_file(tmp_path: Path) -> None:
    assert refusal(tmp_path / "missing.jsonl") == "no_such_file"
    assert refusal(tmp_path) == "unreadable_file"
