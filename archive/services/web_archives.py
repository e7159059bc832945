"""Web archives: what others have kept of an address, and reading a post from such a copy where nothing else is open."""

from __future__ import annotations

from archive.capture.content_types import declared_charset
from archive.capture.policies import POLICIES
from archive.capture.web_archives import ask_closest, ask_copies, ask_time_map, capture_copy
from archive.domain.accounts import Platform
from archive.domain.captures import Captured
from archive.domain.posts import PostReading
from archive.errors import CaptureError, ExtractionError
from archive.extraction.posts import Asked, read_posts
from archive.extraction.posts.looks import look_at
from archive.extraction.posts.previews import read_preview
from archive.extraction.web_archives import Memento, read_closest, read_copies, read_time_map
from archive.runtime import Runtime
from archive.text.post_urls import PostPointer, parse_post_url

_MOST_TRIED = 3


def copies_of(runtime: Runtime, url: str) -> tuple[Memento, ...]:
    """The copies of ``url`` that web archives hold, the oldest first, each change once; nothing where none answers.

    Three ways, since each fails at times: the list of copies, the time map, the nearest copy.
    """
    captured = ask_copies(runtime.fetcher, url)
    if captured.capture.provenance.status == 200:
        try:
            found = read_copies(captured.body)
        except ExtractionError:
            found = ()
        if found:
            return found
    mapped = ask_time_map(runtime.fetcher, url)
    if mapped.capture.provenance.status == 200 and (listed := read_time_map(mapped.body)):
        return listed
    closest = ask_closest(runtime.fetcher, url, near=runtime.now())
    if closest.capture.provenance.status != 200:
        raise CaptureError("The web archive does not answer just now; try again later.", code="web_archive_silent")
    try:
        memento = read_closest(closest.body, original=url)
    except ExtractionError as error:
        raise CaptureError(
            "The web archive does not answer just now; try again later.", code="web_archive_silent"
        ) from error
    return () if memento is None else (memento,)


def post_from_copies(runtime: Runtime, pointer: PostPointer) -> tuple[Captured, PostReading] | None:
    """A post of a platform that shows nothing openly, read from what web archives kept of it; None where no copy shows
    the post itself (many show a wall)."""
    for address in _addresses(pointer):
        for memento in reversed(copies_of(runtime, address)[-_MOST_TRIED:]):
            captured = capture_copy(runtime.fetcher, memento.bytes_url, terms=POLICIES[pointer.platform].terms)
            reading = _read(captured, pointer) if captured.capture.provenance.status == 200 else None
            if reading is not None:
                return captured, reading._replace(locator=f"copy of {memento.made_at:%Y-%m-%d %H:%M} UTC")
    return None


def read_copy(runtime: Runtime, memento: Memento) -> tuple[Captured, str | None]:
    """The bytes of one copy and the words of the post or page it shows, None where none can be read from it."""
    pointer = parse_post_url(memento.original)
    terms = POLICIES[Platform.WEB if pointer is None else pointer.platform].terms
    captured = capture_copy(runtime.fetcher, memento.bytes_url, terms=terms)
    if captured.capture.provenance.status != 200:
        return captured, None
    if pointer is not None:
        reading = _read(captured, pointer)
        return captured, None if reading is None else reading.text
    asked = Asked(url=memento.original, media_type=captured.capture.media_type, charset=declared_charset(captured))
    found = look_at(Platform.WEB, captured.body, status=200, asked=asked).readings
    return captured, found[0].text if found else None


def _addresses(pointer: PostPointer) -> tuple[str, ...]:
    """The platform's own data first, then the page: both are kept now and then."""
    if pointer.native_id is not None and pointer.native_id.isdigit() and "truthsocial.com" in pointer.url:
        return (f"https://truthsocial.com/api/v1/statuses/{pointer.native_id}", pointer.url)
    return (pointer.url,)


def _read(captured: Captured, pointer: PostPointer) -> PostReading | None:
    try:
        if captured.body.lstrip()[:1] in (b"{", b"["):
            found = read_posts(pointer.platform, captured.body)
            return next((reading for reading in found if reading.native_id == pointer.native_id), None)
        return read_preview(captured.body, pointer=pointer)
    except ExtractionError:
        return None
