"""Files handed in: dumps of posts, uploaded pages, pasted text – kept whole, as they came, and read line by line.

Packed dumps (.gz, .xz) are kept packed; they are unpacked step by step, so that a bomb ends at the cap.
"""

from __future__ import annotations

import lzma
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from archive.domain.captures import CaptureClass, Captured, CaptureMethod, Provenance, captured
from archive.domain.ids import CaptureId, new_id
from archive.errors import InvalidInputError

_GZIP, _XZ = b"\x1f\x8b", b"\xfd7zXZ\x00"
_STEP = 1 << 18
_XZ_MEMORY = 256 << 20
_LARGEST_FILE = 1 << 30
_LARGEST_UPLOAD = 10_000_000
_LONGEST_LINE = 4_000_000
_MOST_UNPACKED = 8 << 30

_MEDIA_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".ndjson": "application/jsonl",
    ".csv": "text/csv",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
    ".txt": "text/plain",
    ".md": "text/plain",
    ".xml": "application/xml",
    ".gz": "application/gzip",
    ".xz": "application/x-xz",
}


def read_dump(path: Path, *, now: datetime) -> Captured:
    """The whole file as one capture; InvalidInputError ``file_missing``, ``file_unreadable`` or ``file_too_large``."""
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise InvalidInputError(f"{path.name} is larger than 1 GiB; split it.", code="file_too_large")
        body = path.read_bytes()
    except FileNotFoundError as error:
        raise InvalidInputError(f"There is no file {path.name}.", code="file_missing") from error
    except OSError as error:
        raise InvalidInputError(f"{path.name} cannot be read ({error.strerror}).", code="file_unreadable") from error
    return _handed_in(path.name, body, method=CaptureMethod.IMPORT, now=now)


def read_upload(name: str, body: bytes, *, now: datetime) -> Captured:
    """An uploaded page as one capture; InvalidInputError ``file_too_large`` or ``file_empty``."""
    if len(body) > _LARGEST_UPLOAD:
        raise InvalidInputError("The file is larger than 10 MB.", code="file_too_large")
    if not body.strip():
        raise InvalidInputError("The file is empty.", code="file_empty")
    return _handed_in(_bare_name(name), body, method=CaptureMethod.UPLOAD, now=now)


def pasted(text: str, *, now: datetime) -> Captured:
    """Pasted text as one capture; InvalidInputError ``text_empty`` or ``file_too_large``."""
    body = text.encode("utf-8", "surrogatepass")
    if not text.strip():
        raise InvalidInputError("There is no text.", code="text_empty")
    if len(body) > _LARGEST_UPLOAD:
        raise InvalidInputError("The text is larger than 10 MB.", code="file_too_large")
    return _handed_in("pasted text", body, method=CaptureMethod.PASTE, now=now, media_type="text/plain")


def dump_lines(dump: Captured, *, most_bytes: int = _MOST_UNPACKED) -> Iterator[tuple[int, bytes]]:
    """Every line with its number from 1, without its end, blank ones included; unpacked on the way.

    InvalidInputError ``dump_damaged`` for broken packing, ``dump_too_large`` past ``most_bytes``,
    ``dump_line_too_long`` for a line no post can fill.
    """
    number, pending, total = 0, b"", 0
    for chunk in _unpacked(dump.body):
        total += len(chunk)
        if total > most_bytes:
            raise InvalidInputError("The file unpacks to more than what is read.", code="dump_too_large")
        *whole, pending = (pending + chunk).split(b"\n")
        for line in whole:
            number += 1
            yield number, line.rstrip(b"\r")
        if len(pending) > _LONGEST_LINE:
            raise InvalidInputError(f"Line {number + 1} is too long to be a post.", code="dump_line_too_long")
    if pending:
        yield number + 1, pending.rstrip(b"\r")


def _unpacked(body: bytes) -> Iterator[bytes]:
    if body.startswith(_GZIP):
        return _streams(body, magic=_GZIP, steps=_gzip_steps)
    if body.startswith(_XZ):
        return _streams(body, magic=_XZ, steps=_xz_steps)
    return (body[start : start + _STEP] for start in range(0, len(body), _STEP))


def _streams(body: bytes, *, magic: bytes, steps: Callable[[bytes, list[bytes]], Iterator[bytes]]) -> Iterator[bytes]:
    """The streams of a packed file one after another: packed files may be concatenated."""
    rest = body
    while rest.startswith(magic):
        left: list[bytes] = []
        try:
            yield from steps(rest, left)
        except (zlib.error, lzma.LZMAError, EOFError) as error:
            raise InvalidInputError("The packed file is damaged or ends early.", code="dump_damaged") from error
        rest = left[0].lstrip(b"\x00") if left else b""


def _gzip_steps(body: bytes, left: list[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
    view, place, pending = memoryview(body), 0, b""
    while not unpacker.eof:
        if not pending:
            pending = bytes(view[place : place + _STEP])
            place += len(pending)
            if not pending:
                raise EOFError
        chunk = unpacker.decompress(pending, _STEP)
        pending = unpacker.unconsumed_tail
        if chunk:
            yield chunk
    left.append(unpacker.unused_data + bytes(view[place:]))


def _xz_steps(body: bytes, left: list[bytes]) -> Iterator[bytes]:
    unpacker = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)
    view, place = memoryview(body), 0
    while not unpacker.eof:
        fresh = b""
        if unpacker.needs_input:
            fresh = bytes(view[place : place + _STEP])
            place += len(fresh)
            if not fresh:
                raise EOFError
        chunk = unpacker.decompress(fresh, _STEP)
        if chunk:
            yield chunk
    left.append(unpacker.unused_data + bytes(view[place:]))


def _handed_in(
    name: str, body: bytes, *, method: CaptureMethod, now: datetime, media_type: str | None = None
) -> Captured:
    provenance = Provenance(
        method=method,
        capture_class=CaptureClass.THIRD_PARTY_ATTESTED,
        source=name,
        requested_at=now,
        received_at=now,
    )
    suffix = Path(name).suffix.lower()
    kind = media_type or _MEDIA_TYPES.get(suffix, "application/octet-stream")
    return captured(body, capture_id=CaptureId(new_id()), media_type=kind, provenance=provenance)


def _bare_name(name: str) -> str:
    """A file's name without folders and control characters: browsers send what they like."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in last if letter.isprintable())[:200] or "upload"
