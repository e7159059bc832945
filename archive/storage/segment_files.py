"""Segments as files: arrays that processes map and share, and a manifest with the digest of each."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from archive.errors import StorageError
from archive.storage import json_text
from archive.storage.postings import Halves, Numbers, Postings, Segment, Texts
from archive.text.shingles import SHINGLE_VERSION

FORMAT = 5
MANIFEST = "manifest.json"
LOCK = ".lock"
_READERS = 4
_ARRAYS = (
    "runs-offsets", "runs-posts", "words-offsets", "words-posts", "texts-posts", "texts-times",
    "texts-offsets", "texts-words",
)  # fmt: skip


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
    reworded: int = 0
    """Up to this snapshot the words were read from the texts, because another version had written them down."""
    format: int = FORMAT
    shingles: int = SHINGLE_VERSION
    removed: int = 0


def read_manifest(directory: Path) -> Manifest | None:
    """The manifest; None where there is none, or a file of it is missing or damaged."""
    manifest = known_manifest(directory)
    if manifest is None:
        return None
    files = [file for segment in manifest.segments for file in segment.files]
    # Digests of large blocks are worked out without the interpreter's lock.
    with ThreadPoolExecutor(_READERS) as readers:
        return manifest if all(readers.map(lambda file: _is_intact(directory, file), files)) else None


def known_manifest(directory: Path) -> Manifest | None:
    """The manifest as written, its files unread; None where there is none or another version of the program wrote it,
    with another form of files or of words."""
    try:
        manifest = json_text.load(Manifest, json.loads((directory / MANIFEST).read_text("utf-8")))
    except (OSError, ValueError, StorageError):
        return None
    return manifest if (manifest.format, manifest.shingles) == (FORMAT, SHINGLE_VERSION) else None


@contextmanager
def read_lock(directory: Path) -> Iterator[None]:
    """While it is held nobody replaces or removes files of the index."""
    with _locked(directory, exclusive=False):
        yield


@contextmanager
def write_lock(directory: Path) -> Iterator[None]:
    """While it is held no other process writes the index or opens it; waits for those that do."""
    with _locked(directory, exclusive=True):
        yield


@contextmanager
def _locked(directory: Path, *, exclusive: bool) -> Iterator[None]:
    try:
        directory.mkdir(parents=True, exist_ok=True)
        handle = os.open(directory / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        # A directory that cannot be written is only read, and writing to it fails with its own message.
        yield
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH)
        yield
    finally:
        os.close(handle)


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
    files = []
    for kind, array in zip(_ARRAYS, arrays_of(segment), strict=True):
        name = f"words-{first}-{last}-{anchor[:8]}-{kind}.npy"
        _write(directory, name, lambda file, array=array: np.save(file, array, allow_pickle=False))  # type: ignore[misc]
        files.append(StoredFile(name=name, sha256=_digest(directory / name)))
    return StoredSegment(first=first, last=last, documents=segment.documents, anchor=anchor, files=tuple(files))


def arrays_of(segment: Segment) -> tuple[Numbers | Halves, ...]:
    """A segment's arrays in the order of its files."""
    runs, words, texts = segment.runs, segment.words, segment.texts
    return (
        *(runs.offsets, runs.posts, words.offsets, words.posts),
        *(texts.posts, texts.times, texts.offsets, texts.words),
    )


def load(directory: Path, stored: StoredSegment) -> Segment:
    """Map a segment's arrays; nothing is read before it is needed."""
    # As plain arrays: each slice of a numpy.memmap costs several microseconds more.
    arrays = [np.asarray(np.load(directory / f.name, mmap_mode="r", allow_pickle=False)) for f in stored.files]
    return Segment(
        runs=Postings(offsets=arrays[0], posts=arrays[1]),
        words=Postings(offsets=arrays[2], posts=arrays[3]),
        texts=Texts(posts=arrays[4], times=arrays[5], offsets=arrays[6], words=arrays[7]),
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
