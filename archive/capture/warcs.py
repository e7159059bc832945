"""Recorded web traffic (WARC) handed in: its responses one by one, digests checked; the only door to warcio.

The file is unpacked by our own bounded steps, and a budget stands before every record: a header without end, a packed
bomb or a length that lies ends the file, not the machine.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders

from archive.capture.decoding import decoded_body
from archive.errors import ArchiveError, InvalidInputError

_HEADERS = 1 << 20
_LARGEST_BODY = 10_000_000
_STEP = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One recorded response: the address asked, when, the status, and the body beneath its coding.

    ``fault`` says why there is no body to read: larger than what is read, damaged, or other bytes than its digest says.
    """

    number: int
    url: str
    at: datetime | None
    status: int
    media_type: str
    charset: str | None
    body: bytes
    digest_checked: bool
    fault: ArchiveError | None = None


def recorded(chunks: Iterable[bytes]) -> Iterator[Recorded]:
    """Every response of a WARC whose chunks are unpacked already; other records are passed over.

    InvalidInputError ``dump_damaged`` where the file is none or breaks off.
    """
    source = _Budgeted(chunks)
    try:
        records = iter(ArchiveIterator(source, check_digests=True))
        number = 0
        while True:
            source.allow(_HEADERS)
            record = next(records, None)
            if record is None:
                return
            number += 1
            source.allow_everything()
            if record.rec_type == "response" and record.http_headers is not None:
                yield _response(record, number=number)
            else:
                _read_through(record.raw_stream)
    except (ArchiveLoadFailed, EOFError, OSError, ValueError, AttributeError, IndexError, KeyError) as error:
        raise InvalidInputError("The WARC is damaged or ends early.", code="dump_damaged") from error


def _response(record: ArcWarcRecord, *, number: int) -> Recorded:
    headers, http = record.rec_headers, record.http_headers
    raw, whole = _limited(record.raw_stream)
    fault: ArchiveError | None = None
    body = b""
    checker = record.digest_checker
    is_checked = (
        headers.get_header("WARC-Payload-Digest") is not None or headers.get_header("WARC-Block-Digest") is not None
    )
    if not whole:
        fault = InvalidInputError("The recorded answer is larger than what is read.", code="dump_too_large")
    elif is_checked and checker is not None and checker.passed is False:
        fault = InvalidInputError("The recorded answer is not what its digest says.", code="warc_digest_wrong")
    else:
        try:
            body = _unwrapped(raw, http)
        except ArchiveError as error:
            fault = error
    content_type = str(http.get_header("Content-Type") or "")
    return Recorded(
        number=number,
        url=str(headers.get_header("WARC-Target-URI") or "").strip("<>"),
        at=_moment(headers.get_header("WARC-Date")),
        status=_status(http.get_statuscode()),
        media_type=content_type.split(";")[0].strip().lower(),
        charset=_charset(content_type),
        body=body,
        digest_checked=is_checked and checker is not None and checker.passed is True,
        fault=fault,
    )


def _limited(stream: IO[bytes]) -> tuple[bytes, bool]:
    """The payload, and whether it is whole within what is read; read to its end either way, for its digest."""
    body, whole = bytearray(), True
    while chunk := stream.read(_STEP):
        if len(body) + len(chunk) > _LARGEST_BODY:
            whole = False
        if whole:
            body += chunk
    return bytes(body), whole


def _read_through(stream: IO[bytes]) -> None:
    while stream.read(_STEP):
        pass


def _unwrapped(raw: bytes, http: StatusAndHeaders) -> bytes:
    """The body beneath chunked transfer and content coding, as far as its own headers name them."""
    if "chunked" in str(http.get_header("Transfer-Encoding") or "").lower():
        raw = ChunkedDataReader(io.BytesIO(raw), decomp_type=None).read()
    return decoded_body(raw, coding=str(http.get_header("Content-Encoding") or ""), limit=_LARGEST_BODY)


def _status(code: object) -> int:
    return int(str(code)) if str(code).isdecimal() and len(str(code)) == 3 else 0


def _charset(content_type: str) -> str | None:
    _, found, value = content_type.lower().partition("charset=")
    return value.split(";")[0].strip(" \"'") or None if found else None


def _moment(text: object) -> datetime | None:
    try:
        parsed = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)


class _Budgeted(io.RawIOBase):
    """Chunks as a file that gives no more than it was allowed to, so that a header without end ends."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._pending = b""
        self._left: int | None = None

    def allow(self, size: int) -> None:
        """From here on, no more than ``size`` bytes."""
        self._left = size

    def allow_everything(self) -> None:
        """From here on, as much as the file has: whoever reads bounds what they keep."""
        self._left = None

    def read(self, size: int = -1) -> bytes:
        """Up to ``size`` bytes."""
        if not self._pending:
            self._pending = next(self._chunks, b"")
        wanted = size if size >= 0 else _STEP
        piece, self._pending = self._pending[:wanted], self._pending[wanted:]
        if self._left is not None:
            self._left -= len(piece)
            if self._left < 0:
                raise InvalidInputError("A header in the WARC has no end.", code="dump_damaged")
        return piece

    def readable(self) -> bool:
        """Always."""
        return True
