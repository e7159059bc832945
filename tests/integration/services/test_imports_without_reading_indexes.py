"""Large imports into a small archive: reading indexes are aside meanwhile, and there again however the import ends."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from archive import services, storage
from archive.capture.dumps import read_upload
from archive.errors import InvalidInputError
from archive.runtime import build_runtime
from archive.settings import load_settings
from archive.storage import audit, roles
from tests.integration.services.given import NOON, a_dump, a_row
from tests.integration.storage.test_roles import as_role

PADDING = b"\n" * 8_100_000
"""Blank lines: a dump of that size is expected to hold 100,000 posts."""


def rows(count):
    return "".join(
        json.dumps(a_row(post_id=str(number), text=f"Boat {number} waits.", author_id=None)) + "\n"
        for number in range(count)
    ).encode()


def due(runtime):
    with runtime.database.reading() as session:
        return storage.reading_indexes.due(session.connection())


def lay_aside(runtime):
    with runtime.database.writing() as session:
        storage.reading_indexes.lay_aside(session)


def test_they_are_aside_while_a_large_dump_is_taken_in_and_there_behind_it(runtime):
    seen = []
    captured = read_upload("posts.jsonl", rows(3) + PADDING, now=NOON)

    report = services.ingest.take_posts(runtime, captured, progress=lambda *_: seen.append(due(runtime)))

    assert report.added == 3
    assert seen
    assert all("ix_posts_posted_at" in names for names in seen)
    assert due(runtime) == ()
    assert storage.migrations.check(runtime.database.url) == ()


def test_they_stay_while_a_small_dump_is_taken_in(runtime):
    seen = []

    services.ingest.take_posts(runtime, a_dump(a_row()), progress=lambda *_: seen.append(due(runtime)))

    assert seen == [()]


def test_they_are_there_again_where_the_dump_is_broken(runtime, tmp_path):
    file = tmp_path / "posts.jsonl"
    file.write_bytes(rows(3) + PADDING + b"x" * 4_100_000)

    with pytest.raises(InvalidInputError):
        services.ingest.import_posts(runtime, file)

    assert due(runtime) == ()


@pytest.mark.parametrize("end", [KeyboardInterrupt, RuntimeError])
def test_they_are_there_again_where_somebody_breaks_off(runtime, end):
    captured = read_upload("posts.jsonl", rows(3) + PADDING, now=NOON)

    def break_off(*_):
        raise end

    with pytest.raises(end):
        services.ingest.take_posts(runtime, captured, progress=break_off)

    assert due(runtime) == ()


def test_any_later_import_makes_again_what_a_dead_one_left_aside(runtime):
    lay_aside(runtime)

    services.ingest.take_posts(runtime, a_dump(a_row()))

    assert due(runtime) == ()


def test_an_upgrade_makes_again_what_a_dead_import_left_aside(runtime):
    lay_aside(runtime)

    services.database.upgrade_database(runtime.settings)

    assert due(runtime) == ()


def test_an_import_that_is_killed_goes_on_and_leaves_nothing_aside(runtime, tmp_path):
    file = tmp_path / "posts.jsonl"
    file.write_bytes(rows(60_000) + PADDING)
    environment = os.environ | {
        "ONRECORD_DATABASE_URL": runtime.database.url,
        "ONRECORD_DATA_DIRECTORY": str(runtime.settings.data_directory),
    }
    command = [sys.executable, "-m", "web", "import", "posts", str(file)]
    importing = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        while not due(runtime):
            assert importing.poll() is None
            time.sleep(0.01)
    finally:
        os.killpg(importing.pid, signal.SIGKILL)
        importing.wait()
    assert storage.migrations.check(runtime.database.url)

    report = services.ingest.import_posts(runtime, file)

    assert report.added + report.unchanged == 60_000
    assert due(runtime) == ()
    assert storage.migrations.check(runtime.database.url) == ()
    with runtime.database.reading() as session:
        assert list(audit.problems(session)) == []


@pytest.mark.postgres
def test_a_night_that_may_not_make_them_says_who_may(postgres_url, tmp_path):
    settings = load_settings(database_url=postgres_url, data_directory=tmp_path)
    services.database.upgrade_database(settings)
    roles.grant(postgres_url)
    with build_runtime(settings) as owner:
        lay_aside(owner)
        app = replace(owner, database=as_role(postgres_url, roles.APP))
        report = services.database.mend_indexes(app)
        app.database.dispose()

    assert (report.changed, report.looked_at) == (0, 6)
    assert "ix_snapshot_search_words" in report.alarms[0]
    assert "onrecord database upgrade" in report.alarms[0]
