"""What the storage tests stand on: a migrated database of either kind, and an archive with a few posts in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from archive.domain.accounts import Account
from archive.domain.captures import Captured
from archive.domain.posts import PostReading
from archive.storage import accounts, captures, posts
from archive.storage.database import Database
from tests.factories import NOON, a_capture

Keep = Callable[..., posts.BulkResult]


@pytest.fixture
def database(migrated_url: str) -> Iterator[Database]:
    """A database at the newest revision, without rows."""
    opened = Database(migrated_url)
    yield opened
    opened.dispose()


@pytest.fixture
def keep(database: Database) -> Keep:
    """Keep readings as one capture of their own, each by the account it names."""

    def keep_readings(*readings: PostReading, seen_at: datetime = NOON) -> posts.BulkResult:
        captured: Captured = a_capture(b"payload", at=seen_at)
        with database.writing() as session:
            captures.add(session, captured)
            rows = [(reading, author_of(session, reading).id) for reading in readings]
            return posts.add_readings(session, rows, capture_id=captured.capture.id, seen_at=seen_at)

    return keep_readings


def author_of(session: object, reading: PostReading) -> Account:
    """The account that a reading names."""
    return accounts.ensure_account(
        session,  # type: ignore[arg-type]
        platform=reading.platform,
        native_id=reading.author_native_id,
        handle=reading.author_handle,
        display_name=reading.author_name,
    )
