import io
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from web.__main__ import onrecord, run

NEWS = """Ferry talk in Ostrelund

"The last boat leaves at nine and waits for nobody, not even for me," Prime Minister Tavrin Oskelbeck posted on X.
"""


@dataclass(frozen=True)
class Answer:
    status: int
    out: str
    err: str

    def json(self) -> dict[str, object]:
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


Command = Callable[..., Answer]


@pytest.fixture
def data_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ONRECORD_DATA_DIRECTORY", str(tmp_path / "data"))
    for name in ("ONRECORD_DATABASE_URL", "ONRECORD_INDEX_DIRECTORY", "ONRECORD_QUEUE_URL"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "data"


@pytest.fixture
def command(data_directory: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    def call(*words: object, given: str | bytes = b"") -> Answer:
        piped = given.encode() if isinstance(given, str) else given
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(piped), encoding="utf-8"))
        capfd.readouterr()
        status = run(onrecord, [str(word) for word in words])
        sys.stdout.flush()
        out, err = capfd.readouterr()
        assert "Traceback" not in out + err
        return Answer(status, out, err)

    return call


@pytest.fixture
def news(tmp_path: Path) -> Path:
    path = tmp_path / "news.txt"
    path.write_text(NEWS)
    return path


def posts_file(path: Path, rows: Sequence[dict[str, object] | str]) -> Path:
    lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    path.write_text("".join(f"{line}\n" for line in lines))
    return path


def a_row(**changes: object) -> dict[str, object]:
    row: dict[str, object] = {
        "platform": "twitter",
        "handle": "PrimeMinister_Ostrelund",
        "author_name": "Tavrin Oskelbeck",
        "post_id": "2021900000000000001",
        "posted_at": "2026-02-12T10:05:00Z",
        "text": "The last boat leaves at nine and waits for nobody, not even for me. #Ferries",
    }
    return row | changes
