from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.runtime import Runtime, build_runtime
from archive.settings import load_settings
from tests.integration.services.clock import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 3, 1, 8, tzinfo=UTC))


@pytest.fixture
def runtime(migrated_url: str, tmp_path: Path, clock: Clock) -> Iterator[Runtime]:
    settings = load_settings(data_directory=tmp_path / "data", database_url=migrated_url, index_directory=None)
    with build_runtime(settings, now=clock) as runtime:
        yield runtime


@pytest.fixture
def later() -> timedelta:
    return timedelta(hours=7)
