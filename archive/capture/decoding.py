"""Content codings: one of gzip, deflate or none, inflated step by step so that a bomb is stopped early.

A cap checked between decoded chunks comes too late: 1.8 KB of doubly gzipped data became one chunk of 1 GB.
"""

from __future__ import annotations

import zlib

from archive.errors import CaptureError

_GZIP_WINDOW = 16 + zlib.MAX_WBITS
_STEP = 64 * 1024
_PLAIN = frozenset({"", "identity"})
_GZIP = frozenset({"gzip", "x-gzip"})


def decoded_body(wire: bytes, *, coding: str, limit: int) -> bytes:
    """The body beneath one content coding.

    CaptureError ``capture_bad_encoding`` for codings we never asked for or bytes that are none, ``capture_truncated``
    where the coded data ends early, ``capture_too_large`` past ``limit`` bytes.
    """
    name = coding.strip().lower()
    if name in _PLAIN:
        return _within(wire, limit=limit)
    if name in _GZIP:
        return _gunzipped(wire, limit=limit)
    if name == "deflate":
        return _inflated(wire, limit=limit)
    raise CaptureError("The answer is packed in a way that was not asked for.", code="capture_bad_encoding")


def _within(body: bytes, *, limit: int) -> bytes:
    if len(body) > limit:
        raise CaptureError("The page is larger than what is read.", code="capture_too_large")
    return body


def _gunzipped(wire: bytes, *, limit: int) -> bytes:
    """All members of a gzip stream; rubbish behind the last one is ignored, as every browser does."""
    whole = bytearray()
    rest = wire
    while True:
        member, rest = _one_stream(rest, window=_GZIP_WINDOW, limit=limit - len(whole))
        whole += member
        if not rest.startswith(b"\x1f\x8b"):
            return bytes(whole)


def _inflated(wire: bytes, *, limit: int) -> bytes:
    """Deflate with its zlib header, or bare as some servers send it."""
    try:
        return _one_stream(wire, window=zlib.MAX_WBITS, limit=limit)[0]
    except CaptureError as error:
        if error.code != "capture_bad_encoding":
            raise
    return _one_stream(wire, window=-zlib.MAX_WBITS, limit=limit)[0]


def _one_stream(wire: bytes, *, window: int, limit: int) -> tuple[bytes, bytes]:
    inflater = zlib.decompressobj(window)
    whole = bytearray()
    pending = wire
    try:
        while not inflater.eof:
            piece = inflater.decompress(pending, _STEP)
            whole += piece
            if len(whole) > limit:
                raise CaptureError("The page is larger than what is read once unpacked.", code="capture_too_large")
            pending = inflater.unconsumed_tail
            if not pending and not piece and not inflater.eof:
                raise CaptureError("The page ended before it was whole.", code="capture_truncated")
    except zlib.error as error:
        raise CaptureError("The page is packed in a damaged way.", code="capture_bad_encoding") from error
    return bytes(whole), inflater.unused_data
