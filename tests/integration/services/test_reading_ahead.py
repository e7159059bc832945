"""A large file is read by a process of its own while the archive is opened; what is kept is the same."""

import json
from contextlib import closing

import pytest
from sqlalchemy import text

from archive import services
from archive.errors import ArchiveError, InvalidInputError
from archive.services.dump_readings import dump_at, recognised
from archive.services.preparing import PreparationApart, preparation
from archive.services.reading_process import ReadingProcess, reading_ahead
from archive.storage import audit
from tests.integration.services.given import NOON, a_row

SENTENCE = "The ferry to Halm leaves at nine and waits for nobody. "


@pytest.fixture
def large(tmp_path):
    path = tmp_path / "posts.jsonl"
    rows = [a_row(post_id=str(number), text=f"{number}. " + 36 * SENTENCE) for number in range(1_000)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert path.stat().st_size > 2_000_000
    return path


def ahead(runtime, path, *, now=NOON):
    return reading_ahead(path, settings=lambda: runtime.settings, now=now)


def rows_held(runtime):
    with runtime.database.reading() as session:
        assert list(audit.problems(session)) == []
        return session.execute(text("SELECT count(*) FROM snapshots")).scalar()


def test_the_process_that_reads_ahead_is_the_one_the_import_takes_from(runtime, large):
    with ahead(runtime, large) as process:
        assert process.dump == recognised(dump_at(large, now=NOON))
        with closing(preparation(process.dump, dialect=runtime.database.dialect, process=process)) as prepared:
            assert prepared._process is process
            assert sum(batch.read for batch in prepared.batches()) == prepared.whole() == 1_000


def test_what_was_read_ahead_is_imported_once(runtime, large):
    with ahead(runtime, large) as process:
        report = services.ingest.import_posts(runtime, large, process=process)
    assert (report.read, report.added, report.refused) == (1_000, 1_000, 0)
    assert rows_held(runtime) == 1_000


def test_a_file_taken_in_before_is_read_as_it_was_recorded_then(runtime, large, clock, later):
    services.ingest.import_posts(runtime, large)
    clock.pass_by(later)

    with ahead(runtime, large, now=clock()) as process:
        report = services.ingest.import_posts(runtime, large, process=process)

    assert (report.added, report.unchanged) == (0, 1_000)
    assert rows_held(runtime) == 1_000


def test_a_rehearsal_reads_ahead_and_keeps_nothing(runtime, large):
    with ahead(runtime, large) as process:
        assert services.ingest.rehearse_posts(runtime, large, process=process).added == 1_000
    assert rows_held(runtime) == 0


@pytest.mark.parametrize("content", [None, b"", b'{"platform": "x"}\n'], ids=["missing", "empty", "small"])
def test_nothing_is_read_ahead_where_it_does_not_pay(runtime, tmp_path, content):
    path = tmp_path / "posts.jsonl"
    if content is not None:
        path.write_bytes(content)
    with ahead(runtime, path) as process:
        assert process is None


def test_a_large_file_of_no_known_kind_is_refused_as_ever(runtime, tmp_path):
    path = tmp_path / "posts.tar"
    path.write_bytes(bytes(257) + b"ustar" + bytes(2_000_000))
    with ahead(runtime, path) as process, pytest.raises(InvalidInputError) as caught:
        assert process.dump is None
        services.ingest.import_posts(runtime, path, process=process)
    assert caught.value.code == "dump_unknown"


def test_a_process_that_reads_another_dump_is_left_alone(runtime, large):
    dump = recognised(dump_at(large, now=NOON))
    other = "postgresql" if runtime.database.dialect == "sqlite" else "sqlite"
    with closing(ReadingProcess()) as process:
        process.hand_over(dump, dialect=other)
        with closing(PreparationApart(dump, dialect=runtime.database.dialect, process=process)) as prepared:
            assert prepared._process is not process


def test_a_process_that_dies_while_the_archive_opens_is_an_error(runtime, large):
    with ahead(runtime, large) as process:
        process._process.kill()
        process._process.join()
        with pytest.raises(ArchiveError) as caught:
            services.ingest.import_posts(runtime, large, process=process)
    assert caught.value.code == "reader_died"
    assert rows_held(runtime) == 0


def test_a_process_ends_with_its_block_and_ends_once(runtime, large):
    with ahead(runtime, large) as process:
        assert process._process.is_alive()
    assert not process._process.is_alive()
    process.close()
