"""The list of files inside a WACZ: what each one's digest should be."""

from __future__ import annotations

import re

from archive.extraction.json_stream import JsonStream
from archive.extraction.payloads import items, mapping, text_of

LIST = "datapackage.json"
_RECORDING = re.compile(r"archive/[^/]+\.warc(?:\.gz)?")
_SHA256 = re.compile(r"sha256:([0-9a-fA-F]{64})")


def recordings_in(names: tuple[str, ...]) -> tuple[str, ...]:
    """The recordings among a WACZ's members."""
    return tuple(sorted(name for name in names if _RECORDING.fullmatch(name)))


def declared_digests(body: bytes) -> dict[str, str]:
    """The SHA-256 that the list declares for each file; InvalidInputError ``row_not_json`` where it is none."""
    listed = items(mapping(JsonStream(iter((body,)), where=LIST).value()).get("resources"))
    found: dict[str, str] = {}
    for item in listed:
        path, digest = text_of(item, "path"), _SHA256.fullmatch(text_of(item, "hash") or "")
        if path is not None and digest is not None:
            found[path] = digest[1].lower()
    return found
