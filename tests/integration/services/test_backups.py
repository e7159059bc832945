"""Backup and restore: whole, under write load, and refused where something would be lost or is not what it says."""

import threading
import zipfile
from pathlib import Path

import pytest

from archive import services, storage
from archive.domain.redactions import RedactionBasis, Signatory
from archive.errors import ArchiveError, ConflictError, InvalidInputError
from archive.runtime import build_runtime
from archive.settings import Settings, load_settings
from archive.storage.database import Database
from tests.integration.services.given import WORDS, a_dump, a_registry, a_row, a_text


@pytest.fixture
def filled(runtime):
    services.curate.take_registry(runtime, a_registry())
    services.ingest.take_posts(runtime, a_dump())
    services.checks.judge_article(runtime, a_text())
    return runtime


@pytest.fixture
def elsewhere(runtime, tmp_path, request) -> Settings:
    """An empty archive of the same kind."""
    if runtime.database.is_sqlite:
        return load_settings(data_directory=tmp_path / "elsewhere", database_url="", index_directory=None)
    url = request.getfixturevalue("postgres_url")
    return load_settings(data_directory=tmp_path / "elsewhere", database_url=url, index_directory=None)


def head(url: str) -> tuple[int, bytes]:
    database = Database(url)
    with database.reading() as session:
        found = storage.custody.head(session)
    database.dispose()
    return found


def test_a_restored_copy_is_the_archive_it_was_made_from(filled, elsewhere, tmp_path) -> None:
    runtime = filled
    before = head(runtime.settings.database)
    manifest = services.backups.back_up(runtime, tmp_path / "backup.zip")
    assert (manifest.log_size, bytes.fromhex(manifest.log_root)) == before
    assert manifest.counts["posts"] == 1
    assert head(runtime.settings.database) == before

    restored = services.backups.restore(elsewhere, tmp_path / "backup.zip")

    assert restored.problems == ()
    assert storage.migrations.check(elsewhere.database) == ()
    with build_runtime(elsewhere) as other:
        (check,) = services.checks.recent_checks(other)
        assert check == services.checks.recent_checks(runtime)[0]
        # The word index is derived, and the archive goes on counting where it stood.
        services.ingest.take_posts(other, a_dump(a_row(post_id="99", text="A later post."), name="later.jsonl"))
        judged = services.checks.judge_article(other, a_text())
        assert [item.statement.post.reference for item in judged.judgements[0].opinion.evidence] == ["x:17"]
        with other.database.reading() as session:
            kinds = [event.kind.value for event in storage.custody.events(session, limit=1_000)]
            assert "restore" in kinds
            assert list(storage.audit.problems(session)) == []


def test_a_backup_shows_one_moment_while_others_write(filled, elsewhere, tmp_path) -> None:
    runtime = filled
    stop, failed = threading.Event(), []

    def write() -> None:
        number = 0
        try:
            with build_runtime(runtime.settings) as own:
                while not stop.is_set():
                    number += 1
                    rows = [a_row(post_id=f"9{number}{each}", text=f"Word {number} {each}.") for each in range(20)]
                    services.ingest.take_posts(own, a_dump(*rows, name=f"{number}.jsonl"))
        except BaseException as error:
            failed.append(error)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        manifest = services.backups.back_up(runtime, tmp_path / "backup.zip")
    finally:
        stop.set()
        writer.join()
    assert failed == []
    assert services.backups.restore(elsewhere, tmp_path / "backup.zip").problems == ()
    assert head(elsewhere.database)[0] == manifest.log_size + 1


def test_an_archive_that_holds_anything_is_not_written_over(filled, tmp_path) -> None:
    services.backups.back_up(filled, tmp_path / "backup.zip")
    with pytest.raises(ConflictError) as caught:
        services.backups.restore(filled.settings, tmp_path / "backup.zip")
    assert caught.value.code == "archive_not_empty"
    assert services.checks.recent_checks(filled)
    with pytest.raises(ConflictError) as caught:
        services.backups.back_up(filled, tmp_path / "backup.zip")
    assert caught.value.code == "file_exists"


@pytest.mark.parametrize("position", [0.2, 0.5, 0.9])
def test_a_damaged_backup_is_refused_and_leaves_the_archive_empty(filled, elsewhere, tmp_path, position) -> None:
    path = tmp_path / "backup.zip"
    services.backups.back_up(filled, path)
    with zipfile.ZipFile(path) as packed:
        largest = max(packed.infolist(), key=lambda member: member.compress_size)
    body = bytearray(path.read_bytes())
    begin = largest.header_offset + 30 + len(largest.filename)
    body[begin + int(largest.compress_size * position)] ^= 0x55
    path.write_bytes(body)
    with pytest.raises(InvalidInputError) as caught:
        services.backups.restore(elsewhere, path)
    assert caught.value.code in ("not_a_backup", "backup_damaged")
    storage.backups.refuse_unless_empty(Database(elsewhere.database))


def test_a_member_put_in_place_of_another_is_found_by_its_digest(filled, elsewhere, tmp_path) -> None:
    path, forged = tmp_path / "backup.zip", tmp_path / "forged.zip"
    services.backups.back_up(filled, path)
    with zipfile.ZipFile(path) as real, zipfile.ZipFile(forged, "w") as other:
        for name in real.namelist():
            body = real.read(name)
            other.writestr(name, body if name == "manifest.json" else body[:-1] + b"\x00")
    with pytest.raises(InvalidInputError) as caught:
        services.backups.restore(elsewhere, forged)
    assert caught.value.code == "backup_damaged"


@pytest.mark.parametrize("body", [b"", b"PK", b"not a backup at all" * 10])
def test_what_is_no_backup_is_said_to_be_none(elsewhere, tmp_path, body) -> None:
    path: Path = tmp_path / "something"
    path.write_bytes(body)
    with pytest.raises(InvalidInputError) as caught:
        services.backups.restore(elsewhere, path)
    assert caught.value.code == "not_a_backup"


def test_an_older_backup_says_what_it_brings_back_that_was_removed(filled, elsewhere, tmp_path) -> None:
    runtime = filled
    services.backups.back_up(runtime, tmp_path / "backup.zip")
    (check,) = services.checks.recent_checks(runtime)
    target = check.judgements[0].opinion.evidence[0].statement
    assert target.snapshot.text == WORDS
    asked = services.removal.request_redaction(
        runtime, target.post.id, basis=RedactionBasis.COURT_ORDER, by=Signatory(name="Oda Brennick", role="editor")
    )
    services.removal.confirm_redaction(runtime, asked.request.id, by=Signatory(name="Piet Vastergard", role="counsel"))
    elsewhere.data_directory.mkdir(exist_ok=True)
    (elsewhere.data_directory / "removals.jsonl").write_bytes(
        (runtime.settings.data_directory / "removals.jsonl").read_bytes()
    )

    (problem,) = services.backups.restore(elsewhere, tmp_path / "backup.zip").problems

    assert str(target.post.id) in problem
    assert "has to go again" in problem


def test_an_older_copy_is_noticed_by_the_signer(sqlite_url, tmp_path, clock) -> None:
    settings = load_settings(
        data_directory=tmp_path / "data", database_url="", index_directory=None, origin="a.example"
    )
    services.database.upgrade_database(settings)
    with build_runtime(settings, now=clock) as runtime:
        services.checkpoints.make_key(runtime)
        services.ingest.take_posts(runtime, a_dump())
        services.checkpoints.sign(runtime)
        services.backups.back_up(runtime, tmp_path / "old.zip")
        services.ingest.take_posts(runtime, a_dump(a_row(post_id="18", text="Later."), name="later.jsonl"))
        services.checkpoints.sign(runtime)
        services.backups.back_up(runtime, tmp_path / "new.zip")
    for file in (tmp_path / "data").glob("archive.db*"):
        file.unlink()

    (problem, *_) = services.backups.restore(settings, tmp_path / "old.zip").problems
    assert "signer signed" in problem
    with build_runtime(settings, now=clock) as runtime, pytest.raises(ArchiveError):
        services.checkpoints.sign(runtime)

    for file in (tmp_path / "data").glob("archive.db*"):
        file.unlink()
    assert services.backups.restore(settings, tmp_path / "new.zip").problems == ()
    with build_runtime(settings, now=clock) as runtime:
        assert services.checkpoints.sign(runtime) is not None
        assert services.verify.verify_archive(runtime).problems == ()
