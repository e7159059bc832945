"""Backup and restore, one command each: a packed file with a manifest, made under write load, checked when read."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive import __version__, storage
from archive.domain.backups import FORMAT, BackupFile, BackupManifest, Restored
from archive.domain.custody import CustodyKind, canonical_manifest, instant
from archive.errors import ConflictError, InvalidInputError, StorageError
from archive.logs import logger_of
from archive.runtime import Runtime, build_runtime
from archive.services import verify
from archive.settings import Settings
from archive.storage import json_text, migrations, removal_journal
from archive.storage.backups import Copied
from archive.storage.database import Database

log = logger_of("services.backups")

MANIFEST = "manifest.json"
_LARGEST_MANIFEST = 1_000_000
_BLOCK = 1 << 20


def back_up(runtime: Runtime, target: Path) -> BackupManifest:
    """Write everything the archive holds at one moment to ``target``, while others go on writing.

    ConflictError ``file_exists``; nothing is left behind by a backup that failed.
    """
    if target.exists():
        raise ConflictError(f"There is a file {target} already.", code="file_exists")
    with _scratch(target.parent) as folder:
        copied = storage.backups.copy_out(runtime.database, folder)
        manifest = _described(runtime, folder, copied=copied)
        unfinished = folder / "unfinished.zip"
        _pack(folder, unfinished, manifest=manifest)
        os.replace(unfinished, target)
    log.info("backup.made", entries=manifest.log_size)
    return manifest


def restore(settings: Settings, source: Path) -> Restored:
    """Bring a backup back into an archive that is empty, then check it as a night would.

    ConflictError ``archive_not_empty``; InvalidInputError ``not_a_backup``, ``backup_damaged``, ``wrong_engine``.
    """
    settings.data_directory.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database)
    try:
        storage.backups.refuse_unless_empty(database)
        with _scratch(settings.data_directory) as folder:
            manifest = _unpacked(source, folder)
            storage.backups.copy_in(database, folder, manifest)
    finally:
        database.dispose()
    migrations.upgrade(settings.database)
    with build_runtime(settings) as runtime:
        problems = _looked_over(runtime, manifest)
    log.info("backup.restored", entries=manifest.log_size, problems=len(problems))
    return Restored(manifest=manifest, problems=problems)


def _described(runtime: Runtime, folder: Path, *, copied: Copied) -> BackupManifest:
    return BackupManifest(
        made_at=runtime.now(),
        software=__version__,
        engine="sqlite" if runtime.database.is_sqlite else "postgresql",
        revision=migrations.current(runtime.database.url) or "",
        log_size=copied.log_size,
        log_root=copied.log_root,
        counts=copied.counts,
        files=tuple(_file(folder / name) for name in copied.names),
    )


def _file(path: Path) -> BackupFile:
    with path.open("rb") as file:
        return BackupFile(
            name=path.name, size=path.stat().st_size, sha256=hashlib.file_digest(file, "sha256").hexdigest()
        )


def _pack(folder: Path, target: Path, *, manifest: BackupManifest) -> None:
    try:
        with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
            packed.writestr(MANIFEST, json_text.dumps(manifest))
            for file in manifest.files:
                packed.write(folder / file.name, file.name)
        with target.open("rb+") as written:
            os.fsync(written.fileno())
    except OSError as error:
        raise StorageError("The backup cannot be written: the disk is full or failing.", code="disk_failed") from error


def _unpacked(source: Path, folder: Path) -> BackupManifest:
    try:
        with zipfile.ZipFile(source) as packed:
            manifest = _manifest(packed)
            for file in manifest.files:
                _unpack(packed, file, folder=folder)
    except OSError as error:
        raise InvalidInputError(f"The file {source} cannot be read.", code="unreadable_file") from error
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, RuntimeError) as error:
        raise InvalidInputError(f"The file {source} is no backup of this archive's.", code="not_a_backup") from error
    return manifest


def _manifest(packed: zipfile.ZipFile) -> BackupManifest:
    if packed.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
        raise InvalidInputError("The backup's manifest is too large to be one.", code="not_a_backup")
    try:
        manifest = json_text.loads(BackupManifest, packed.read(MANIFEST).decode("utf-8"))
    except (StorageError, ValueError) as error:
        raise InvalidInputError("The backup's manifest cannot be read.", code="not_a_backup") from error
    if manifest.format != FORMAT or any(Path(file.name).name != file.name for file in manifest.files):
        raise InvalidInputError("The backup is of another kind than this program reads.", code="not_a_backup")
    return manifest


def _unpack(packed: zipfile.ZipFile, file: BackupFile, *, folder: Path) -> None:
    found, size = hashlib.sha256(), 0
    with packed.open(file.name) as member, (folder / file.name).open("wb") as target:
        while block := member.read(_BLOCK):
            size += len(block)
            if size > file.size:
                break
            found.update(block)
            target.write(block)
    if size != file.size or found.hexdigest() != file.sha256:
        raise InvalidInputError(f"The backup's {file.name} is damaged: its digest differs.", code="backup_damaged")


def _looked_over(runtime: Runtime, manifest: BackupManifest) -> tuple[str, ...]:
    """Note the restore in the custody log, then say what is amiss."""
    with runtime.database.reading() as session:
        size, root = storage.custody.head(session)
        problems = list(storage.audit.problems(session))
        held = {each.request.id for each in storage.redactions.latest(session, limit=1_000_000)}
    if (size, root.hex()) != (manifest.log_size, manifest.log_root):
        problems.append("The custody log is not the one that the backup's manifest describes.")
    problems += [
        f"The {entry.kind.value} {entry.target} was removed on {entry.removed_at:%Y-%m-%d}, after this backup "
        "was made: it is here again and has to go again."
        for entry in removal_journal.read(runtime.settings.data_directory)
        if entry.request_id not in held
    ]
    problems += verify.signature_problems(runtime)
    _note(runtime, manifest)
    return tuple(problems)


def _note(runtime: Runtime, manifest: BackupManifest) -> None:
    document: dict[str, object] = {
        "v": 1,
        "made_at": instant(manifest.made_at),
        "log_size": manifest.log_size,
        "log_root": manifest.log_root,
    }
    with runtime.database.writing() as session:
        storage.custody.append_document(
            session, CustodyKind.RESTORE, "restore", manifest=canonical_manifest(document), at=runtime.now()
        )


@contextmanager
def _scratch(parent: Path) -> Iterator[Path]:
    try:
        folder = Path(tempfile.mkdtemp(prefix=".onrecord-", dir=parent))
    except OSError as error:
        raise InvalidInputError(f"Nothing can be written to the folder {parent}.", code="unreadable_file") from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
