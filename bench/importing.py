"""Import beside the obvious way: custody, words and search included, against plain mapped objects without them."""

from __future__ import annotations

import json
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive.runtime import build_runtime
from archive.services import database, ingest
from archive.settings import load_settings
from bench.writing import plain_import

BEGIN = datetime(2020, 1, 1, tzinfo=UTC)


def report(made: list[str]) -> str:
    """Import the posts both ways and say how long ours takes beside the other."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(data_directory=Path(folder), database_url="", index_directory=None)
        database.upgrade_database(settings)
        dump = _dump(made, Path(folder))
        plain = plain_import(dump, at=Path(folder) / "plain.db")
        with build_runtime(settings) as runtime:
            begun = time.perf_counter()
            ingest.import_posts(runtime, dump)
            took = time.perf_counter() - begun
    return f"import of {len(made)} posts with custody, words and search: {took / plain:.2f} x plain ORM objects without"


def _dump(made: list[str], folder: Path) -> Path:
    path = folder / "posts.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number, text in enumerate(made):
            row = {
                "platform": "x",
                "handle": f"invented_office_{number % 50:02d}",
                "author_name": f"Invented Office {number % 50}",
                "post_id": str(number),
                "posted_at": (BEGIN + timedelta(minutes=7 * number)).isoformat(),
                "text": text,
            }
            file.write(json.dumps(row) + "\n")
    return path
