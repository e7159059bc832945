"""Custody: the log is dense, evidence cannot be changed through the front door, and a change through the back shows."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import text

from archive.domain.custody import CustodyKind
from archive.domain.merkle import root_of
from archive.errors import StorageError
from archive.storage import accounts, audit, checks, coverage, custody, migrations, reviews, rows
from archive.storage.database import Database
from tests.factories import NOON, a_check, a_judgement, a_reading, an_article_version, an_interval
from tests.integration.storage.test_checks import a_review, finished


@pytest.fixture
def full(database, keep):
    """One row at least in every table of evidence."""
    keep(a_reading("One.", native_id="1"), a_reading("Two.", native_id="2"))
    check = finished(database, a_check(), number_of_judgements=2)
    with database.writing() as session:
        reviews.add(session, a_review(check.judgements[0]))
        account = accounts.with_handles(session, ("AldoTindall",))[0]
        coverage.extend(session, an_interval(account.id), at=NOON)
    return database


def problems(database) -> list[str]:
    with database.reading() as session:
        return list(audit.problems(session))


def test_an_untouched_archive_has_no_problem(full):
    assert problems(full) == []


def test_the_log_is_dense_and_its_root_that_of_its_leaves(database):
    for number in range(9):
        with database.writing() as session:
            event = custody.append(session, CustodyKind.RUN, f"run {number}", manifest=b"{}", at=NOON)
            assert event.index == number
        with database.reading() as session:
            size, root = custody.head(session)
            assert (size, root) == (number + 1, root_of(custody.leaves(session)))
            assert custody.verify(session) == ()
            assert [e.index for e in custody.events(session, start=number - 1, limit=5)] == list(
                range(max(0, number - 1), number + 1)
            )


def test_a_rolled_back_entry_leaves_no_gap(database):
    class StopError(Exception):
        pass

    with pytest.raises(StopError), database.writing() as session:
        custody.append(session, CustodyKind.RUN, "never", manifest=b"{}", at=NOON)
        raise StopError
    with database.writing() as session:
        assert custody.append(session, CustodyKind.RUN, "first", manifest=b"{}", at=NOON).index == 0


def test_writers_at_once_queue_instead_of_failing(database):
    failed: list[BaseException] = []

    def write() -> None:
        own = Database(database.url)
        try:
            for _ in range(5):
                with own.writing() as session:
                    custody.head(session)
                    custody.append(session, CustodyKind.RUN, "run", manifest=b"{}", at=NOON)
        except BaseException as error:
            failed.append(error)
        finally:
            own.dispose()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with database.reading() as session:
        assert custody.head(session)[0] == 20
        assert custody.verify(session) == ()


@pytest.mark.parametrize("start", [0, 2**63 - 1, 2**63, 2**80, -5])
def test_any_start_is_answered(database, start):
    with database.reading() as session:
        assert custody.events(session, start=start, limit=3) == ()


EVIDENCE = [
    table
    for table in rows.APPEND_ONLY
    if table
    not in (
        "observations",
        "reports",
        "judgement_accounts",
        "judgement_posts",
        "custody_manifests",
        "checkpoints",
        "timestamps",
        "redaction_requests",
        "redaction_decisions",
        "redacted_rows",
    )
]


@pytest.mark.parametrize("table", EVIDENCE)
def test_evidence_is_neither_changed_nor_removed(full, table):
    columns = list(rows.Base.metadata.tables[table].columns.keys())
    attempts = [
        f"UPDATE {table} SET {columns[0]} = {columns[0]}",
        f"DELETE FROM {table}",
        f"DELETE FROM {table} WHERE 1 = 0 OR 1 = 1",
    ]
    if full.is_sqlite:
        listed = ", ".join(columns)
        attempts += [
            f"INSERT OR REPLACE INTO {table} ({listed}) SELECT {listed} FROM {table}",
            f"INSERT OR REPLACE INTO {table} (rowid, {listed}) SELECT rowid, {listed} FROM {table}",
            f"REPLACE INTO {table} ({listed}) SELECT {listed} FROM {table} LIMIT 1",
        ]
    else:
        attempts += [f"TRUNCATE {table} CASCADE"]
    for attempt in attempts:
        with pytest.raises(StorageError) as caught, full.writing() as session:
            session.execute(text(attempt))
        assert caught.value.code == "append_only", attempt
    assert problems(full) == []


TAMPERING = {
    "text of a snapshot": "UPDATE snapshots SET text = 'Three.' WHERE version = 1 AND text = 'One.'",
    "text and digest of a snapshot": "UPDATE snapshots SET text = 'Three.', text_digest = (SELECT min(text_digest) FROM snapshots)",
    "language": "UPDATE snapshots SET language = 'fr'",
    "time seen": "UPDATE snapshots SET seen_at = '2001-01-01 00:00:00.000000'",
    "time posted": "UPDATE posts SET posted_at = '2001-01-01 00:00:00.000000'",
    "address of a post": "UPDATE posts SET url = 'https://other.example'",
    "native id": "UPDATE posts SET native_id = '999' WHERE native_id = '1'",
    "snapshot removed": "DELETE FROM snapshots WHERE text = 'One.'",
    "all snapshots removed": "DELETE FROM snapshots",
    "capture's source": "UPDATE captures SET source = 'https://other.example'",
    "capture's headers": "UPDATE captures SET headers = '[]'",
    "capture's bytes": "UPDATE body_parts SET bytes = x'00'",
    "capture removed": "DELETE FROM captures",
    "article's text": "UPDATE article_versions SET document = replace(document, 'winter', 'summer')",
    "judgement": "UPDATE judgements SET document = replace(document, 'verbatim', 'uncheckable')",
    "judgement removed": "DELETE FROM judgements WHERE number = 2",
    "review": "UPDATE reviews SET reason = 'another'",
    "coverage": "UPDATE coverage_intervals SET until = '2041-01-01 00:00:00.000000'",
    "log entry": "UPDATE custody_log SET subject = 'x' WHERE position = 1",
    "log entry's commitment": "UPDATE custody_log SET commitment = (SELECT leaf FROM custody_log WHERE position = 0) WHERE position = 1",
    "log entry removed": "DELETE FROM custody_log WHERE position = 1",
    "salt of an entry": "UPDATE custody_salts SET salt = (SELECT salt FROM custody_salts WHERE position = 0) WHERE position = 1",
    "salt removed": "DELETE FROM custody_salts WHERE position = 1",
    "salt of a snapshot": "UPDATE snapshots SET salt = (SELECT salt FROM snapshots WHERE seq = 1) WHERE seq = 2",
    "characters replaced": "UPDATE snapshots SET replaced = 1",
    "log's tail cut": "DELETE FROM custody_log WHERE position = (SELECT max(position) FROM custody_log)",
    "log's head put back": "UPDATE custody_head SET size = size - 1",
}


@pytest.mark.parametrize("statement", TAMPERING.values(), ids=TAMPERING)
def test_a_change_behind_the_applications_back_is_noticed(full, statement):
    if not full.is_sqlite:
        statement = statement.replace("x'00'", "'\\x00'")
    with full.engine.connect() as connection:
        _switch_off_protection(connection)
        with connection.begin():
            if full.is_sqlite:
                connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            changed = connection.exec_driver_sql(statement)
            assert changed.rowcount
    assert problems(full) != []


def _switch_off_protection(connection) -> None:
    tables = [*rows.APPEND_ONLY, *rows.FIXED_COLUMNS]
    if connection.dialect.name == "sqlite":
        driver = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys = OFF")
        for table in tables:
            for name in ("update", "delete", "replace"):
                driver.execute(f"DROP TRIGGER {table}_refuse_{name}")
        return
    with connection.begin():
        for table in [*tables, "custody_head"]:
            connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER ALL")


def test_missing_triggers_are_noticed(full):
    assert migrations.check(full.url) == ()
    with full.engine.begin() as connection:
        on = "" if full.is_sqlite else " ON snapshots"
        connection.exec_driver_sql(f"DROP TRIGGER snapshots_refuse_update{on}")
    assert any("snapshots_refuse_update" in problem for problem in migrations.check(full.url))


def test_a_weaker_trigger_is_noticed(full):
    with full.engine.begin() as connection:
        if full.is_sqlite:
            connection.exec_driver_sql("DROP TRIGGER captures_refuse_delete")
            connection.exec_driver_sql(
                "CREATE TRIGGER captures_refuse_delete BEFORE DELETE ON captures BEGIN SELECT 1; END"
            )
        else:
            connection.exec_driver_sql("ALTER TABLE captures DISABLE TRIGGER captures_refuse_delete")
    assert any("captures_refuse_delete" in problem for problem in migrations.check(full.url))


def test_a_reader_cannot_write(database):
    with pytest.raises(StorageError), database.reading() as session:
        custody.append(session, CustodyKind.RUN, "x", manifest=b"{}", at=NOON)


def test_a_database_that_was_never_upgraded_says_so(database_url):
    empty = Database(database_url)
    with pytest.raises(StorageError) as caught, empty.reading() as session:
        custody.head(session)
    assert caught.value.code == "database_not_upgraded"
    empty.dispose()


@pytest.mark.parametrize(
    "url",
    ["", "nonsense", "mysql://x/y", "postgresql://127.0.0.1:9/none?connect_timeout=1", "sqlite:////proc/none/x.db"],
)
def test_a_database_out_of_reach_says_so(url):
    with pytest.raises(StorageError) as caught, Database(url).reading() as session:
        custody.head(session)
    assert caught.value.code == "database_unreachable"


def test_a_busy_database_says_so(migrated_url, monkeypatch):
    monkeypatch.setattr("archive.storage.database.BUSY_SECONDS", 1)
    holder, other = Database(migrated_url), Database(migrated_url)
    with holder.writing() as held:
        custody.lock(held)
        with pytest.raises(StorageError) as caught, other.writing() as session:
            custody.lock(session)
    assert caught.value.code == "database_busy"
    holder.dispose()
    other.dispose()


def test_a_judgement_without_check_is_committed_to(database):
    version = an_article_version()
    with database.writing() as session:
        checks.add_judgement(session, a_judgement(decided_at=version.read_at + timedelta(days=1)))
    assert problems(database) == []
