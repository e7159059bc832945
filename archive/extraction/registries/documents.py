"""Registries that are one JSON document: which kind, told by its members, and its rows."""

from __future__ import annotations

import json
from collections.abc import Iterator

from archive.errors import InvalidInputError
from archive.extraction.json_stream import JsonStream
from archive.extraction.payloads import mapping
from archive.extraction.registries import popolo, wikidata
from archive.extraction.registries.rows import NumberedRow

_LARGEST = 100_000_000
_HEAD = 1 << 16
_MOST_NAMES = 40


def is_document(body: bytes) -> bool:
    """Whether a file is a registry in one JSON document, rather than a row a line."""
    names = _names(body)
    return popolo.is_popolo(names) or "entities" in names or names >= {"head", "results"}


def document_rows(body: bytes) -> Iterator[NumberedRow]:
    """The rows of the document; InvalidInputError ``row_not_json`` or ``file_too_large``."""
    if len(body) > _LARGEST:
        raise InvalidInputError("The registry file is larger than 100 MB.", code="file_too_large")
    try:
        document = mapping(json.loads(body.decode("utf-8-sig"), parse_constant=lambda _: None))
    except (ValueError, RecursionError) as error:
        raise InvalidInputError("The file is not JSON in UTF-8.", code="row_not_json") from error
    if "entities" in document:
        return wikidata.entity_rows(document)
    return wikidata.query_rows(document) if "results" in document else popolo.rows(document)


def _names(body: bytes) -> frozenset[str]:
    """The members of the object that a file begins with, as far as its head shows them."""
    if body.lstrip(b" \t\r\n\xef\xbb\xbf")[:1] != b"{":
        return frozenset()
    stream = JsonStream(iter((body[:_HEAD],)), where="The file")
    found: set[str] = set()
    try:
        for name in stream.member_names():
            found.add(name)
            if len(found) > _MOST_NAMES:
                break
            stream.value()
    except InvalidInputError:
        pass
    return frozenset(found)
