"""Daily lists of congresstweets: identifier, screen name, time, link and text of each post; nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from archive.domain.accounts import Platform
from archive.domain.dumps import Found, Place
from archive.domain.posts import PostReading
from archive.errors import ArchiveError
from archive.extraction.cells import Cells
from archive.extraction.clocks import hidden_time
from archive.extraction.dumps.checking import Located, Objects, checked, require_identifier
from archive.extraction.payloads import Json
from archive.extraction.posts.x import is_cut
from archive.text.post_urls import parse_post_url

_REPOST = re.compile(r"RT @\w{1,20}:? ")


def read(found: Objects) -> Iterator[Located]:
    """Every post of a daily list. The text as the list gives it: entities undone, links as they were written out."""
    for place, item in found:
        yield place, item if isinstance(item, ArchiveError) else _found(item, place=place)


def _found(item: Json, *, place: Place) -> Found:
    cells = Cells(item, line=place.number)
    try:
        require_identifier(item, "id")
        native_id, handle = cells.optional("id") or "", cells.optional("screen_name")
        posted_at = cells.moment("time") or hidden_time(Platform.X, native_id)
        if handle is None or posted_at is None:
            missing = "screen_name" if handle is None else "time"
            raise cells.fault(f"the {missing} is missing", code="row_missing_field")
        pointer = parse_post_url(cells.optional("link") or "")
        author = pointer.handle if pointer is not None and pointer.handle else handle
        text = unescape(cells.optional("text") or "")
    except ArchiveError as error:
        return error
    # A repost's link leads to the original's author: the words are theirs, the list's account passed them on.
    is_repost = bool(_REPOST.match(text)) or author.lower() != handle.lower()
    reading = PostReading(
        platform=Platform.X,
        native_id=native_id,
        author_handle=handle,
        author_name=handle,
        text=text,
        posted_at=posted_at,
        author_native_id=cells.optional("user_id"),
        url=f"https://x.com/{handle}/status/{native_id}",
        is_repost=is_repost,
        truncated=is_cut(text),
        locator=str(place),
    )
    try:
        return checked(reading, otherwise="The item is no post.")
    except ArchiveError as error:
        return error
