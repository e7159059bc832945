"""Backups: one file with everything the archive holds, and a manifest that says what is in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupFile:
    """One file of a backup: its name, size in bytes, and SHA-256 in hexadecimal."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupManifest:
    """What a backup holds: the moment it shows, the database's revision, the custody log's size and root, rows by
    table, and every file with its digest."""

    made_at: datetime
    software: str
    engine: str
    revision: str
    log_size: int
    log_root: str
    counts: dict[str, int]
    files: tuple[BackupFile, ...] = field(default=())
    format: int = FORMAT


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restore brought back, and what is amiss with it, one sentence each."""

    manifest: BackupManifest
    problems: tuple[str, ...] = field(default=())
