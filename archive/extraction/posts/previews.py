"""Posts as a saved page shows them to link previews: what is left of X and Truth Social in public web archives.

A copy at a third party, read by the page's own description; long texts end cut, and are marked so.
"""

from __future__ import annotations

import re

from bs4.element import Tag

from archive.domain.posts import PostReading
from archive.extraction.charsets import decoded
from archive.extraction.clocks import hidden_time
from archive.extraction.markup import attribute, parse_markup
from archive.extraction.payloads import moment
from archive.text.post_urls import PostPointer

_AUTHOR = re.compile(
    r"^(?P<name>.{1,120}?)\s*\(@(?P<handle>[\w.]+)\)|^(?P<alone>.{1,120}?) on (?:X|Twitter|Truth Social)\b"
)
_QUOTED = re.compile(r"^[\u201c\"](.+)[\u201d\"]$", re.DOTALL)
_CUT = re.compile(r"(?:\u2026|\.\.\.)[\u201d\"]?\s*$")


def read_preview(body: bytes, *, pointer: PostPointer) -> PostReading | None:
    """The post behind ``pointer`` as the saved page describes it; None where the page describes no such post."""
    soup = parse_markup(decoded(body).text)
    held = {_name(tag): attribute(tag, "content") for tag in soup.find_all("meta", content=True)}
    words, title = (held.get("og:description") or "").strip(), held.get("og:title") or ""
    posted_at = (hidden_time(pointer.platform, pointer.native_id) if pointer.native_id is not None else None) or moment(
        held.get("article:published_time")
    )
    author = _AUTHOR.search(title)
    if not words or author is None or posted_at is None or pointer.native_id is None or not _is_same(held, pointer):
        return None
    handle = author["handle"] or pointer.handle
    if handle is None:
        return None
    quoted = _QUOTED.match(words)
    return PostReading(
        platform=pointer.platform,
        native_id=pointer.native_id,
        author_handle=handle,
        author_name=(author["name"] or author["alone"] or handle).strip(),
        text=(quoted[1] if quoted else words).strip(),
        posted_at=posted_at,
        url=pointer.url,
        truncated=bool(_CUT.search(words)),
    )


def _is_same(held: dict[str, str], pointer: PostPointer) -> bool:
    """Whether the page names itself by the post's number: a front page saved under the post's address does not."""
    return (pointer.native_id or "") in held.get("og:url", "")


def _name(tag: Tag) -> str:
    return attribute(tag, "property") or attribute(tag, "name")
