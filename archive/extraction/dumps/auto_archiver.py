"""Records of Bellingcat's auto-archiver, JSON or CSV: address, time, title and content of each page it kept.

Its content is either the platform's own answer, which is read like any other, or the words as its extractors give them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from archive.domain.accounts import Platform
from archive.domain.dumps import Found, LeftOut, Place
from archive.domain.posts import PostReading
from archive.errors import ArchiveError, ExtractionError, InvalidInputError
from archive.extraction.clocks import hidden_time
from archive.extraction.dumps.checking import Located, Objects, checked
from archive.extraction.dumps.python_literals import read_literal
from archive.extraction.payloads import Json, mapping, moment, text_of
from archive.extraction.posts import read_posts
from archive.extraction.posts.asking import Asked
from archive.extraction.wording import post_words
from archive.text.post_urls import PostPointer, parse_post_url

_NOT_ARCHIVED = ("no archiver", "nothing archived", "failed")


def read(found: Objects) -> Iterator[Located]:
    """Every record among the objects of a JSON file."""
    for place, item in found:
        yield place, item if isinstance(item, ArchiveError) else row_at(place, item)


def row_at(place: Place, row: Json) -> Found:
    """What one record holds: a reading, what is wrong with it, or why it is left out."""
    try:
        held = row.get("metadata")
        metadata = mapping(read_literal(held) if isinstance(held, str) else held)
        status = (text_of(row, "status") or "").lower()
        pointer = parse_post_url(text_of(metadata, "url") or "")
        if any(words in status for words in _NOT_ARCHIVED):
            return LeftOut.NOT_AVAILABLE
        if pointer is None or pointer.native_id is None:
            return LeftOut.NOT_A_POST
        found = _answered(metadata, pointer=pointer) or _described(metadata, pointer=pointer)
        return checked(found, otherwise="The record has no words or no account.")._replace(locator=str(place))
    except ArchiveError as error:
        return error


def _answered(metadata: Json, *, pointer: PostPointer) -> PostReading | None:
    """The platform's own answer, where the content is that."""
    content = text_of(metadata, "content") or ""
    if not content.lstrip().startswith("{"):
        return None
    try:
        asked = Asked(url=pointer.url, handle=pointer.handle)
        readings = read_posts(pointer.platform, content.encode("utf-8", "replace"), asked=asked)
    except ExtractionError:
        return None
    return next((reading for reading in readings if reading.native_id == pointer.native_id), None)


def _described(metadata: Json, *, pointer: PostPointer) -> PostReading | None:
    """The title and content as an extractor put them; a title alone may be cut, and then says so with its dots."""
    title, content = text_of(metadata, "title") or "", text_of(metadata, "content") or ""
    is_data = content.lstrip().startswith("{")
    words = post_words(title if is_data or not content else content)
    handle = pointer.handle or text_of(metadata, "author", "uploader_id", "author_handle")
    posted_at = _posted_at(metadata) or hidden_time(pointer.platform, pointer.native_id or "")
    if pointer.platform in {Platform.FACEBOOK, Platform.INSTAGRAM, Platform.THREADS}:
        raise InvalidInputError("The terms of this platform allow a pointer only.", code="platform_pointer_only")
    if not words or handle is None or posted_at is None or pointer.native_id is None:
        return None
    return PostReading(
        platform=pointer.platform,
        native_id=pointer.native_id,
        author_handle=handle.lstrip("@"),
        author_name=text_of(metadata, "author") or handle,
        text=words,
        posted_at=posted_at,
        url=pointer.url,
        truncated=words.endswith(("…", "...")),
    )


def _posted_at(metadata: Json) -> datetime | None:
    value = metadata.get("timestamp")
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return datetime.fromtimestamp(value, UTC)
        except (ValueError, OverflowError, OSError):
            return None
    return moment(text_of(metadata, "timestamp"))
