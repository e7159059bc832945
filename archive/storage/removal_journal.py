"""The journal of removals, beside the database: what went, and when, so that an older backup does not bring it back
unseen. It holds identifiers and days, nothing of what was removed."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from archive.domain.redactions import RedactionId, TargetKind, Tombstone
from archive.errors import StorageError
from archive.storage import json_text

NAME = "removals.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """One removal: on which request, of what, when."""

    request_id: RedactionId
    kind: TargetKind
    target: UUID
    removed_at: datetime


def add(folder: Path, tombstone: Tombstone) -> None:
    """Note a removal. StorageError ``disk_failed`` where the file cannot be written."""
    entry = Removed(
        request_id=tombstone.request_id,
        kind=tombstone.kind,
        target=tombstone.target,
        removed_at=tombstone.removed_at,
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / NAME).open("a", encoding="ascii") as file:
            file.write(json_text.dumps(entry) + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise StorageError("The journal of removals cannot be written.", code="disk_failed") from error


def read(folder: Path) -> tuple[Removed, ...]:
    """Every removal noted so far, in order; lines that cannot be read are passed over."""
    try:
        lines = (folder / NAME).read_text("ascii").splitlines()
    except (OSError, ValueError):
        return ()
    return tuple(found for line in lines if (found := _read(line)) is not None)


def _read(line: str) -> Removed | None:
    try:
        return json_text.load(Removed, json.loads(line))
    except (StorageError, ValueError):
        return None
