"""Imports of many rows: prepared in a process of its own, all or nothing where the file is broken, safe to repeat."""

import json

import pytest
from sqlalchemy import event, text

from archive import services, storage
from archive.capture.dumps import read_upload
from archive.domain.custody import CustodyKind
from archive.errors import ArchiveError, InvalidInputError
from archive.services import dump_batches
from archive.services.dump_readings import Dump, recognised
from archive.services.ingest import _Importer
from archive.services.preparing import Preparation, PreparationApart
from archive.services.reports import Tally
from archive.storage import audit
from tests.integration.services.given import NOON, a_dump, a_row

MADE_FRESH = {"snapshot_ids", "salts", "tails"}
"""Columns that hold something random, or commit to it."""


def many_rows(count=12):
    return [
        a_row(post_id=str(number), text=f"Boat {number} waits.", handle=f"Office{number % 3}", author_id=None)
        for number in range(count)
    ]


def a_broken_dump(*, size=4_100_000):
    rows = "".join(json.dumps(row) + "\n" for row in many_rows())
    return read_upload("posts.jsonl", rows.encode() + b"x" * size, now=NOON)


def dump_of(captured):
    return recognised(Dump(captured=captured))


@pytest.fixture
def apart():
    started = []

    def start(captured):
        started.append(PreparationApart(dump_of(captured), dialect="sqlite"))
        return started[-1]

    yield start
    for preparation in started:
        preparation.close()


def held(runtime):
    with runtime.database.reading() as session:
        posts = session.scalar(text("SELECT count(*) FROM posts"))
        captures = session.scalar(text("SELECT count(*) FROM captures"))
        return posts, captures, storage.custody.head(session)[0]


def test_another_process_prepares_the_same_as_this_one(apart):
    captured = a_dump(*many_rows(), {"platform": "x"}, a_row(post_id="99", text="Ünder \U0001f6a2 way"))
    (here,) = Preparation(dump_of(captured), dialect="sqlite").batches()
    there = apart(captured)

    (batch,) = there.batches()

    assert (batch.read, batch.authors) == (here.read, here.authors)
    assert [(place, str(fault)) for place, fault in batch.passed] == [
        (place, str(fault)) for place, fault in here.passed
    ]
    names = [name for name in type(here.posts).__dataclass_fields__ if name != "copied"]
    for name, mine, theirs in zip(names, here.posts.columns(), batch.posts.columns(), strict=True):
        assert name in MADE_FRESH or mine == theirs, name
    assert there.whole() == 14


def test_a_file_that_is_broken_at_its_end_is_told_by_the_other_process(apart):
    with pytest.raises(InvalidInputError) as caught:
        apart(a_broken_dump()).whole()
    assert caught.value.code == "dump_line_too_long"


def test_a_process_that_dies_is_an_error_and_no_silence(apart):
    preparation = apart(a_dump())
    preparation._process._process.kill()
    preparation._process._process.join()
    with pytest.raises(ArchiveError) as caught:
        list(preparation.batches())
    assert caught.value.code == "reader_died"


@pytest.mark.parametrize("size", [4_100_000, 5_000_000])
def test_a_broken_file_leaves_nothing_half_written_behind(runtime, size):
    before = held(runtime)
    with pytest.raises(InvalidInputError):
        services.ingest.take_posts(runtime, a_broken_dump(size=size))
    assert held(runtime) == before


class ToldLate(Preparation):
    """A dump of which it takes some batches until it is known whether it is whole."""

    given = 0

    def batches(self):
        for batch in super().batches():
            self.given += 1
            yield batch

    def size(self):
        return super().size() if self.given >= 6 else 0


def test_the_first_transaction_goes_on_until_the_file_is_known_to_be_whole(runtime, monkeypatch):
    monkeypatch.setattr(dump_batches, "BATCH", 1)
    monkeypatch.setattr(dump_batches, "_FIRST", 1)
    captured = a_dump(*many_rows(13))
    prepared = ToldLate(dump_of(captured), dialect=runtime.database.dialect)
    importer, batches = _Importer(runtime, captured=captured, tally=Tally()), prepared.batches()

    committed = []
    while importer.write(batches, prepared):
        committed.append(held(runtime)[0])

    assert committed == [6, 10, 13]


def test_an_interrupted_import_goes_on_where_it_ended_and_adds_nothing_twice(runtime):
    def interrupt(read, total):
        raise KeyboardInterrupt

    captured = a_dump(*many_rows())
    with pytest.raises(KeyboardInterrupt):
        services.ingest.take_posts(runtime, captured, progress=interrupt)
    assert held(runtime)[0] == 0

    assert services.ingest.take_posts(runtime, captured).added == 12
    after = held(runtime)
    again = services.ingest.take_posts(runtime, captured)
    assert (again.added, again.unchanged) == (0, 12)
    assert held(runtime) == after
    with runtime.database.reading() as session:
        assert list(audit.problems(session)) == []


def test_an_interruption_while_the_database_writes_leaves_no_lock_behind(runtime):
    """Ctrl-C comes when it comes, and mostly while a statement runs."""
    interrupted, by = [], {"sqlite": "INTO posts (", "postgresql": "INTO custody_log ("}[runtime.database.dialect]

    def interrupt(cursor, statement, parameters, context):
        if by in statement and not interrupted:
            interrupted.append(cursor.execute(statement, parameters))
            raise KeyboardInterrupt

    event.listen(runtime.database.engine, "do_execute", interrupt)
    captured = a_dump(*many_rows())
    with pytest.raises(KeyboardInterrupt):
        services.ingest.take_posts(runtime, captured)
    assert interrupted
    assert held(runtime)[0] == 0

    assert services.ingest.take_posts(runtime, captured).added == 12
    with runtime.database.reading() as session:
        assert list(audit.problems(session)) == []


def test_more_rows_than_one_statement_takes_are_written_as_they_were_read(runtime):
    rows = many_rows(1203)
    rows[700]["text"] = "Ünder \x00 way"
    rows[1200]["in_reply_to"] = "77"
    rows += [rows[3] | {"text": "Boat 3 has left."}, rows[4]]

    report = services.ingest.take_posts(runtime, a_dump(*rows))

    assert (report.read, report.added, report.unchanged) == (1205, 1204, 1)
    with runtime.database.reading() as session:
        assert list(audit.problems(session)) == []
        found = session.execute(
            text("SELECT p.native_id, s.version, s.text FROM snapshots s JOIN posts p ON p.seq = s.post_seq")
        ).all()
        entries = [event for event in storage.custody.events(session, limit=9) if event.kind is CustodyKind.SNAPSHOTS]
    expected = {(str(row["post_id"]), str(row["text"]).replace("\x00", "\ufffd")) for row in rows}
    assert {(native_id, words) for native_id, _, words in found} == expected
    assert [version for native_id, version, _ in sorted(found) if native_id == "3"] == [1, 2]
    assert len(entries) == 1
