"""Segments as files: arrays that processes map and share, and a manifest with the digest of each."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from archive.errors import StorageError
from archive.storage import json_text
from archive.storage.postings import Numbers, Postings, Segment

FORMAT = 2
MANIFEST = "manifest.json"
_ARRAYS = ("runs-offsets", "runs-posts", "words-offsets", "words-posts")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """One array on disk with the digest of its file."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSegment:
    """A segment on disk: the snapshots it spans, how many, and the digest of the last one's words."""

    first: int
    last: int
    documents: int
    anchor: str
    files: tuple[StoredFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The segments of an index, in the order of their snapshots; ``removed`` of the archive's snapshots had gone on
    purpose when it was written."""

    segments: tuple[StoredSegment, ...]
    format: int = FORMAT
    removed: int = 0


def read_manifest(directory: Path) -> Manifest | None:
    """The manifest; None where there is none, or a file of it is missing or damaged."""
    try:
        manifest = json_text.load(Manifest, json.loads((directory / MANIFEST).read_text("utf-8")))
    except (OSError, ValueError, StorageError):
        return None
    if manifest.format != FORMAT:
        return None
    files = [file for segment in manifest.segments for file in segment.files]
    return manifest if all(_is_intact(directory, file) for file in files) else None


def write_manifest(directory: Path, manifest: Manifest) -> None:
    """Put the manifest in place and remove files that it does not name."""
    text = json_text.dumps(manifest)
    _write(directory, MANIFEST, lambda file: _write_bytes(file, text.encode("ascii")))
    kept = {file.name for segment in manifest.segments for file in segment.files}
    for path in directory.glob("words-*.npy"):
        if path.name not in kept:
            path.unlink(missing_ok=True)


def write(directory: Path, segment: Segment, *, first: int, last: int, anchor: str) -> StoredSegment:
    """Write a segment's arrays; the manifest does not know them yet."""
    arrays = (segment.runs.offsets, segment.runs.posts, segment.words.offsets, segment.words.posts)
    files = []
    for kind, array in zip(_ARRAYS, arrays, strict=True):
        name = f"words-{first}-{last}-{anchor[:8]}-{kind}.npy"
        _write(directory, name, lambda file, array=array: np.save(file, array, allow_pickle=False))  # type: ignore[misc]
        files.append(StoredFile(name=name, sha256=_digest(directory / name)))
    return StoredSegment(first=first, last=last, documents=segment.documents, anchor=anchor, files=tuple(files))


def load(directory: Path, stored: StoredSegment) -> Segment:
    """Map a segment's arrays; nothing is read before it is needed."""
    arrays: list[Numbers] = [np.load(directory / file.name, mmap_mode="r", allow_pickle=False) for file in stored.files]
    return Segment(
        runs=Postings(offsets=arrays[0], posts=arrays[1]),
        words=Postings(offsets=arrays[2], posts=arrays[3]),
        documents=stored.documents,
    )


def remove(directory: Path) -> None:
    """Remove the index; nothing is lost that the database does not hold."""
    for path in (directory / MANIFEST, *directory.glob("words-*.npy")):
        path.unlink(missing_ok=True)


def _is_intact(directory: Path, file: StoredFile) -> bool:
    if Path(file.name).name != file.name:
        return False
    try:
        return _digest(directory / file.name) == file.sha256
    except OSError:
        return False


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_bytes(file: BinaryIO, content: bytes) -> None:
    file.write(content)


def _write(directory: Path, name: str, fill: Callable[[BinaryIO], object]) -> None:
    unfinished = ""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        handle, unfinished = tempfile.mkstemp(dir=directory, prefix=".unfinished-")
        with os.fdopen(handle, "wb") as file:
            fill(file)
        os.replace(unfinished, directory / name)
    except OSError as error:
        if unfinished:
            Path(unfinished).unlink(missing_ok=True)
        raise StorageError("The word index cannot be written to its directory.", code="index_unwritable") from error
