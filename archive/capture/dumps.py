"""Files handed in: dumps of posts, uploaded pages, pasted text – kept whole, as they came, and read line by line.

Packed dumps (.gz, .xz) are kept packed; they are unpacked step by step, so that a bomb ends at the cap.
"""

from __future__ import annotations

import lzma
import re
import zlib
from collections.abc import Callable, Generator, Iterable, Iterator
from datetime import datetime
from pathlib import Path

from archive.domain.captures import CaptureClass, Captured, CaptureMethod, Provenance, captured
from archive.domain.ids import CaptureId, new_id
from archive.errors import InvalidInputError

_GZIP, _XZ = b"\x1f\x8b", b"\xfd7zXZ\x00"
_STEP = 1 << 18
_XZ_MEMORY = 256 << 20
_LARGEST_FILE = 1_000_000_000  # what one value of a database may hold
LARGEST_UPLOAD = 10_000_000
_LONGEST_LINE = 4_000_000
_MOST_UNPACKED = 8 << 30
_MOST_STREAMS = 2_000_000
_SMALL_STEP = 1 << 12
_PADDING = re.compile(rb"\x00*")

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
    ".zip": "application/zip",
    ".wacz": "application/wacz",
    ".warc": "application/warc",
    ".car": "application/vnd.ipld.car",
}
_PACKED_NAMES = {".gz": _GZIP, ".xz": _XZ}


def read_dump(path: Path, *, now: datetime) -> Captured:
    """The whole file as one capture; InvalidInputError ``no_such_file``, ``unreadable_file`` or ``file_too_large``."""
    try:
        body = _read(path)
    except FileNotFoundError as error:
        raise InvalidInputError(f"There is no file {path.name}.", code="no_such_file") from error
    except OSError as error:
        raise InvalidInputError(f"{path.name} cannot be read ({error.strerror}).", code="unreadable_file") from error
    return _handed_in(path.name, body, method=CaptureMethod.IMPORT, now=now)


def _read(path: Path) -> bytes:
    size = path.stat().st_size
    with path.open("rb") as file:
        # What a device or a pipe holds shows only as it is read: /dev/zero says that it holds nothing.
        body = b"" if size > _LARGEST_FILE else file.read() if path.is_file() else file.read(_LARGEST_FILE + 1)
    if max(size, len(body)) > _LARGEST_FILE:
        words = "is larger than 1 GB; split it, or leave pictures and videos out of the zip"
        raise InvalidInputError(f"{path.name} {words}.", code="file_too_large")
    return body


def read_upload(name: str, body: bytes, *, now: datetime, most_bytes: int = LARGEST_UPLOAD) -> Captured:
    """An uploaded page as one capture; InvalidInputError ``file_too_large`` or ``file_empty``."""
    if len(body) > most_bytes:
        raise InvalidInputError(f"The file is larger than {most_bytes:,} bytes.", code="file_too_large")
    if not body.strip():
        raise InvalidInputError("The file is empty.", code="file_empty")
    return _handed_in(_bare_name(name), body, method=CaptureMethod.UPLOAD, now=now)


def pasted(text: str, *, now: datetime, most_bytes: int = LARGEST_UPLOAD) -> Captured:
    """Pasted text as one capture; InvalidInputError ``text_empty`` or ``file_too_large``."""
    body = text.encode("utf-8", "surrogatepass")
    if not text.strip():
        raise InvalidInputError("There is no text.", code="text_empty")
    if len(body) > most_bytes:
        raise InvalidInputError(f"The text is larger than {most_bytes:,} bytes.", code="file_too_large")
    return _handed_in("pasted text", body, method=CaptureMethod.PASTE, now=now, media_type="text/plain")


def dump_lines(dump: Captured, *, most_bytes: int = _MOST_UNPACKED) -> Iterator[tuple[int, bytes]]:
    """Every line with its number from 1, without its end, blank ones included; unpacked on the way.

    InvalidInputError ``dump_damaged`` for broken packing or a name that promises packing, ``dump_too_large`` past
    ``most_bytes``, ``dump_line_too_long`` for a line no post can fill.
    """
    return lines_of(unpacked(dump, most_bytes=most_bytes))


def lines_of(chunks: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """``dump_lines`` of bytes that are unpacked already; InvalidInputError ``dump_line_too_long``."""
    number, pending = 0, b""
    for chunk in chunks:
        *whole, pending = (pending + chunk).split(b"\n")
        for line in whole:
            number += 1
            yield number, line.rstrip(b"\r")
        _refuse_long_line(len(pending), number=number)
    if pending:
        yield number + 1, pending.rstrip(b"\r")


def count_lines(chunks: Iterable[bytes]) -> int:
    """How many lines ``lines_of`` gives, with its errors, in a tenth of the time."""
    number = pending = 0
    for chunk in chunks:
        last = chunk.rfind(b"\n")
        number += chunk.count(b"\n")
        pending = pending + len(chunk) if last < 0 else len(chunk) - last - 1
        _refuse_long_line(pending, number=number)
    return number + (pending > 0)


def _refuse_long_line(length: int, *, number: int) -> None:
    if length > _LONGEST_LINE:
        raise InvalidInputError(f"Line {number + 1} is too long to be a post.", code="dump_line_too_long")


def unpacked(dump: Captured, *, most_bytes: int = _MOST_UNPACKED) -> Iterator[bytes]:
    """The bytes beneath gzip or xz, step by step; those of a plain file as they are. Errors as for ``dump_lines``."""
    suffix = Path(dump.capture.provenance.source).suffix.lower()
    if suffix in _PACKED_NAMES and not dump.body.startswith(_PACKED_NAMES[suffix]):
        raise InvalidInputError(
            f"The file is called {suffix}, but is not packed so; give it its right name.", code="dump_damaged"
        )
    return unpacked_bytes(dump.body, most_bytes=most_bytes)


def unpacked_bytes(body: bytes, *, most_bytes: int = _MOST_UNPACKED) -> Iterator[bytes]:
    """The bytes beneath gzip or xz, told by what they begin with, step by step; errors as for ``dump_lines``."""
    total = 0
    for chunk in _steps(body):
        total += len(chunk)
        if total > most_bytes:
            raise InvalidInputError("The file unpacks to more than what is read.", code="dump_too_large")
        yield chunk


def _steps(body: bytes) -> Iterator[bytes]:
    if body.startswith(_GZIP):
        return _streams(body, magic=_GZIP, steps=_gzip_steps)
    if body.startswith(_XZ):
        return _streams(body, magic=_XZ, steps=_xz_steps)
    return (body[start : start + _STEP] for start in range(0, len(body), _STEP))


_Steps = Callable[[bytes, int], Generator[bytes, None, int]]


def _streams(body: bytes, *, magic: bytes, steps: _Steps) -> Iterator[bytes]:
    """The streams of a packed file one after another: packed files may be concatenated, recordings always are."""
    at, count = 0, 0
    while body.startswith(magic, at):
        count += 1
        if count > _MOST_STREAMS:
            raise InvalidInputError("The file is packed in more parts than what is read.", code="dump_too_large")
        try:
            at = yield from steps(body, at)
        except (zlib.error, lzma.LZMAError, EOFError) as error:
            raise InvalidInputError("The packed file is damaged or ends early.", code="dump_damaged") from error
        at = _PADDING.match(body, at).end()  # type: ignore[union-attr]


def _gzip_steps(body: bytes, start: int) -> Generator[bytes, None, int]:
    """The stream that begins at ``start``; the place behind it. Small bites first: a stream may be a few bytes long."""
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
    view, place, pending, bite = memoryview(body), start, b"", _SMALL_STEP
    while not unpacker.eof:
        if not pending:
            pending = bytes(view[place : place + bite])
            place, bite = place + len(pending), min(2 * bite, _STEP)
            if not pending:
                raise EOFError
        chunk = unpacker.decompress(pending, _STEP)
        pending = unpacker.unconsumed_tail
        if chunk:
            yield chunk
    return place - len(unpacker.unused_data)


def _xz_steps(body: bytes, start: int) -> Generator[bytes, None, int]:
    unpacker = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)
    view, place = memoryview(body), start
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
    return place - len(unpacker.unused_data)


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
