"""Curating: the registry of people, offices, holdings, accounts and who controls them, with proof and dates."""

from __future__ import annotations

from pathlib import Path

from archive import capture, extraction, storage
from archive.domain.accounts import Proof
from archive.domain.captures import Captured
from archive.domain.custody import CustodyKind
from archive.domain.ids import OfficeId, PersonId
from archive.domain.registry import RegistryEntry
from archive.errors import ArchiveError
from archive.runtime import Runtime
from archive.services import evidence
from archive.services.reports import ImportReport, Tally
from archive.storage.database import Session


def import_registry(runtime: Runtime, path: Path) -> ImportReport:
    """Take a registry file (YAML, CSV, JSONL) in; bad rows are passed over. The same file twice adds nothing."""
    return take_registry(runtime, capture.dumps.read_dump(path, now=runtime.now()))
