"""Posts of Truth Social as public archives keep them: JSON or CSV with ``id, created_at, content, url`` and counts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.domain.accounts import Platform
from archive.domain.dumps import Found, Place
from archive.domain.posts import PostReading
from archive.errors import ArchiveError
from archive.extraction.cells import Cells
from archive.extraction.clocks import hidden_time
from archive.extraction.dumps.checking import Located, Objects, checked, require_identifier
from archive.extraction.dumps.mastodon_exports import status_at
from archive.extraction.payloads import Json, mapping
from archive.extraction.posts.asking import Asked
from archive.extraction.wording import post_words
from archive.text.post_urls import parse_post_url

_REPOST = re.compile(r"RT(?: @\w|:? https?://truthsocial\.com/)")


def read_list(found: Objects, *, asked: Asked) -> Iterator[Located]:
    """Every post among the objects of a JSON file: whole statuses, or the flat rows of a public archive."""
    for place, item in found:
        yield place, item if isinstance(item, ArchiveError) else row_at(place, item, asked=asked)


def row_at(place: Place, item: Json, *, asked: Asked) -> Found:
    """What one row or status holds: a reading, what is wrong with it, or why it is left out."""
    if mapping(item.get("account")):
        return status_at(place, item, platform=Platform.TRUTH_SOCIAL)
    cells = Cells(item, line=place.number)
    try:
        require_identifier(item, "id")
        native_id, url = cells.optional("id") or "", cells.optional("url")
        pointer = parse_post_url(url or "")
        handle = pointer.handle if pointer is not None and pointer.handle else asked.handle
        if handle is None:
            raise cells.fault("the url names no account; say whose it is with --account", code="row_missing_field")
        posted_at = cells.moment("created_at") or hidden_time(Platform.TRUTH_SOCIAL, native_id)
        if posted_at is None:
            raise cells.fault("created_at is missing", code="row_missing_field")
        text = post_words(cells.optional("content") or "")
    except ArchiveError as error:
        return error
    reading = PostReading(
        platform=Platform.TRUTH_SOCIAL,
        native_id=native_id,
        author_handle=handle,
        author_name=handle,
        text=text,
        posted_at=posted_at,
        url=url or f"https://truthsocial.com/@{handle}/{native_id}",
        is_repost=bool(_REPOST.match(text)),
    )
    try:
        return checked(reading, otherwise="The item is no post.")._replace(locator=str(place))
    except ArchiveError as error:
        return error
