"""WACZ: captures as web archives know them (WARC 1.1), with an ``evidence`` folder that proves them.

What web archives call valid is a format; whether the content is authentic, the receipt in ``evidence`` says. Bytes are
those that went over the wire, where they were kept. Else they are the stored body's, and headers that describe the
wire's packing go, for that body is unpacked.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive import __version__
from archive.domain.captures import Captured
from archive.receipts import verify

WARC = "archive/data.warc.gz"
_WIRE_ONLY = ("content-encoding", "transfer-encoding", "content-length", "connection", "keep-alive")
_ISO = "%Y-%m-%dT%H:%M:%S.%fZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page that a reader of the package opens: an address, a title, and when it was captured."""

    url: str
    title: str
    captured_at: datetime


def package(
    captures: Sequence[Captured],
    *,
    pages: Sequence[Page],
    evidence: Sequence[tuple[str, bytes]],
    title: str,
    made_at: datetime,
) -> bytes:
    """Captures with their bytes, pages and proofs as one WACZ file (version 1.1.1)."""
    warc, index = _warc(captures, title=title)
    files = [
        (WARC, warc),
        ("indexes/index.cdx", index),
        ("pages/pages.jsonl", _pages(pages)),
        *((f"evidence/{name}", body) for name, body in evidence),
    ]
    described = _datapackage(files, title=title, made_at=made_at, main=pages[0] if pages else None)
    digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(described).hexdigest()}"}
    return verify.packed(
        [*files, ("datapackage.json", described), ("datapackage-digest.json", json.dumps(digest).encode("ascii"))]
    )


def address_of(captured: Captured) -> str:
    """The address a capture is filed under: its own, or a name of ours for what was handed in as a file."""
    provenance = captured.capture.provenance
    for url in (provenance.final_url, provenance.source):
        if url is not None and url.lower().startswith(("https://", "http://")):
            return url
    return f"urn:uuid:{captured.capture.id}"


class _Writer(WARCWriter):  # type: ignore[misc]
    """A writer of WARC 1.1 whose digests are SHA-256: the library's own are SHA-1."""

    @classmethod
    def _curr_warc_date(cls) -> str:
        return datetime.now(UTC).strftime(_ISO)

    def _create_digester(self) -> _Digester:
        return _Digester()


class _Digester:
    """SHA-256 as WARC headers write it."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def update(self, block: bytes) -> None:
        """Take more bytes in."""
        self._hash.update(block)

    def __str__(self) -> str:
        return "sha256:" + base64.b32encode(self._hash.digest()).decode("ascii")


def _warc(captures: Sequence[Captured], *, title: str) -> tuple[bytes, bytes]:
    target = io.BytesIO()
    writer = _Writer(target, gzip=True, warc_version="1.1")
    about = {"software": f"OnRecord/{__version__}", "format": "WARC File Format 1.1", "description": title}
    writer.write_record(writer.create_warcinfo_record("data.warc.gz", about))
    lines = []
    for captured in captures:
        for record, request in _records(writer, captured):
            start = target.tell()
            writer.write_record(record)
            if not request:
                lines.append(_cdx(captured, record.rec_headers, start=start, length=target.tell() - start))
    return target.getvalue(), "".join(sorted(lines)).encode("utf-8")


class _AsSent(StatusAndHeaders):  # type: ignore[misc]
    """The head of a message byte by byte as it went over the wire: the library would write it anew."""

    def __init__(self, head: bytes) -> None:
        super().__init__(head.partition(b"\r\n")[0].decode("latin-1"), [], protocol="")
        self._head = head

    def compute_headers_buffer(self, header_filter: object = None) -> None:
        """Take the bytes as they are."""
        self.headers_buff = self._head


def _records(writer: _Writer, captured: Captured):  # type: ignore[no-untyped-def]
    """A capture's records, each with whether it is a question: what went over the wire, hop by hop, where that was
    kept; else the stored body under its stored headers."""
    if not captured.exchanges:
        yield _record(writer, captured), False
    for exchange in captured.exchanges:
        headers = {"WARC-Date": exchange.requested_at.astimezone(UTC).strftime(_ISO)}
        if exchange.peer:
            headers["WARC-IP-Address"] = exchange.peer
        answer = _message(writer, "response", exchange.url, wire=exchange.response, headers=headers)
        yield answer, False
        beside = {**headers, "WARC-Concurrent-To": answer.rec_headers.get_header("WARC-Record-ID")}
        yield _message(writer, "request", exchange.url, wire=exchange.request, headers=beside), True


def _message(writer: _Writer, kind: str, url: str, *, wire: bytes, headers: dict[str, str]):  # type: ignore[no-untyped-def]
    head, blank, body = wire.partition(b"\r\n\r\n")
    return writer.create_warc_record(
        url,
        kind,
        payload=io.BytesIO(body),
        length=len(body),
        http_headers=_AsSent(head + blank),
        warc_headers_dict=dict(headers),
    )


def _record(writer: _Writer, captured: Captured):  # type: ignore[no-untyped-def]
    provenance = captured.capture.provenance
    headers = {"WARC-Date": provenance.received_at.astimezone(UTC).strftime(_ISO)}
    address, body = address_of(captured), io.BytesIO(captured.body)
    if provenance.peer:
        headers["WARC-IP-Address"] = provenance.peer
    if provenance.status is None or address.startswith("urn:"):
        return writer.create_warc_record(
            address,
            "resource",
            payload=body,
            length=len(captured.body),
            warc_content_type=captured.capture.media_type or "application/octet-stream",
            warc_headers_dict=headers,
        )
    kept = [(name, _flat(value)) for name, value in provenance.headers if name.lower() not in _WIRE_ONLY]
    kept.append(("Content-Length", str(len(captured.body))))
    answer = StatusAndHeaders(f"{provenance.status} ", kept, protocol="HTTP/1.1")
    return writer.create_warc_record(
        address, "response", payload=body, length=len(captured.body), http_headers=answer, warc_headers_dict=headers
    )


def _flat(value: str) -> str:
    return " ".join(value.split())


def _cdx(captured: Captured, headers: StatusAndHeaders, *, start: int, length: int) -> str:
    address = headers.get_header("WARC-Target-URI")
    provenance = captured.capture.provenance
    hop = next((each for each in captured.exchanges if each.url == address), None)
    fields = {
        "url": address,
        "mime": captured.capture.media_type,
        "status": str((hop.status if hop is not None else provenance.status) or 200),
        "digest": headers.get_header("WARC-Payload-Digest"),
        "length": str(length),
        "offset": str(start),
        "filename": "data.warc.gz",
    }
    at = provenance.received_at.astimezone(UTC)
    return f"{_sort_key(address)} {at:%Y%m%d%H%M%S} {json.dumps(fields, ensure_ascii=True)}\n"


def _sort_key(address: str) -> str:
    """The address with its host turned round, as indexes of web archives sort it."""
    parts = urlsplit(address)
    if not parts.hostname:
        return address.lower()
    host = ",".join(reversed(parts.hostname.removeprefix("www.").split(".")))
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{port}){parts.path or '/'}{query}".lower().replace(" ", "%20")


def _pages(pages: Iterable[Page]) -> bytes:
    lines: list[dict[str, object]] = [{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}]
    for number, page in enumerate(pages, start=1):
        at = page.captured_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        lines.append({"id": str(number), "url": page.url, "title": page.title, "ts": at})
    return "".join(json.dumps(line) + "\n" for line in lines).encode("ascii")


def _datapackage(files: Sequence[tuple[str, bytes]], *, title: str, made_at: datetime, main: Page | None) -> bytes:
    document: dict[str, object] = {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "title": title,
        "created": made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "software": f"OnRecord/{__version__}",
        "resources": [
            {
                "name": name.rpartition("/")[2].lower(),
                "path": name,
                "hash": f"sha256:{hashlib.sha256(body).hexdigest()}",
                "bytes": len(body),
            }
            for name, body in files
        ],
    }
    if main is not None:
        document |= {"mainPageUrl": main.url, "mainPageDate": main.captured_at.astimezone(UTC).strftime(_ISO)}
    return json.dumps(document, indent=2).encode("ascii")
