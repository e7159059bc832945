"""How sites misbehave: each fault is an answer (or none) that a fetcher must record as what it was."""

from __future__ import annotations

import gzip
from enum import StrEnum

import httpx

WALL = (
    "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><p>Checking your browser</p></body></html>"
)


class Fault(StrEnum):
    """What goes wrong."""

    REFUSED = "refused"
    SLOW = "slow"
    RESET_INSIDE = "reset_inside"
    SHORT_LENGTH = "short_length"
    SHORT_GZIP = "short_gzip"
    GZIP_BOMB = "gzip_bomb"
    DOUBLE_GZIP = "double_gzip"
    FOREIGN_CODING = "foreign_coding"
    HUGE = "huge"
    HEADER_FLOOD = "header_flood"
    EMPTY = "empty"
    WALL = "wall"
    LOOP = "loop"
    TO_PRIVATE = "to_private"
    TO_FILE = "to_file"
    RATE_LIMIT = "rate_limit"
    FORBIDDEN = "forbidden"
    LEGAL = "legal"
    GATEWAY = "gateway"
    GARBAGE = "garbage"
    PDF = "pdf"


def answer_of(fault: Fault, request: httpx.Request) -> httpx.Response:
    """The answer that shows ``fault``, or the error a broken connection raises."""
    if fault is Fault.REFUSED:
        raise httpx.ConnectError("connection refused")
    if fault is Fault.SLOW:
        raise httpx.ReadTimeout("timed out")
    if fault is Fault.RESET_INSIDE:
        return httpx.Response(200, headers={"content-type": "text/html"}, stream=_Broken())
    if fault is Fault.LOOP:
        return httpx.Response(302, headers={"location": str(request.url)})
    return _STATIC[fault]()


class _Broken(httpx.SyncByteStream):
    def __iter__(self):
        yield b"<html><body><p>The minister said"
        raise httpx.ReadError("connection reset by peer")


def _html(status: int, body: bytes, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(
        status, headers={"content-type": "text/html", "content-length": str(len(body)), **named}, stream=_Whole(body)
    )


class _Whole(httpx.SyncByteStream):
    def __init__(self, body: bytes) -> None:
        self._body = body

    def __iter__(self):
        yield self._body


_PAGE = b"<html><body><p>" + b"The harbour stays open. " * 200 + b"</p></body></html>"

_STATIC = {
    Fault.SHORT_LENGTH: lambda: _html(200, _PAGE[:50], content_length=str(len(_PAGE))),
    Fault.SHORT_GZIP: lambda: _html(200, gzip.compress(_PAGE)[:-20], content_encoding="gzip"),
    Fault.GZIP_BOMB: lambda: _html(200, gzip.compress(b"a" * 30_000_000), content_encoding="gzip"),
    Fault.DOUBLE_GZIP: lambda: _html(200, gzip.compress(gzip.compress(_PAGE)), content_encoding="gzip, gzip"),
    Fault.FOREIGN_CODING: lambda: _html(200, b"\x8b\x00\x80", content_encoding="br"),
    Fault.HUGE: lambda: _html(200, b"a" * 6_000_000),
    Fault.HEADER_FLOOD: lambda: httpx.Response(200, headers=[(f"x-{n}", "y" * 900) for n in range(90)], text="a"),
    Fault.EMPTY: lambda: _html(200, b""),
    Fault.WALL: lambda: _html(200, WALL.encode()),
    Fault.TO_PRIVATE: lambda: httpx.Response(302, headers={"location": "http://10.1.2.3/"}),
    Fault.TO_FILE: lambda: httpx.Response(302, headers={"location": "file:///etc/hostname"}),
    Fault.RATE_LIMIT: lambda: _html(429, b"slow down", retry_after="3600"),
    Fault.FORBIDDEN: lambda: _html(403, WALL.encode()),
    Fault.LEGAL: lambda: _html(451, b"not available in your country"),
    Fault.GATEWAY: lambda: _html(502, b"bad gateway"),
    Fault.GARBAGE: lambda: _html(200, bytes(range(256)) * 20),
    Fault.PDF: lambda: httpx.Response(200, headers={"content-type": "application/pdf"}, content=b"%PDF-1.7 ..."),
}
