"""Exports: what the archive hands out as files."""

from __future__ import annotations

from pathlib import Path

from archive.errors import ConflictError, StorageError


def write_file(path: Path, body: bytes) -> None:
    """Write a new file. ConflictError ``file_exists``; StorageError ``disk_failed``."""
    try:
        with path.open("xb") as file:
            file.write(body)
    except FileExistsError as error:
        raise ConflictError(f"There is a file {path} already.", code="file_exists") from error
    except OSError as error:
        raise StorageError(f"The file {path} cannot be written: {error.strerror}.", code="disk_failed") from error
