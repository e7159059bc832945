"""Answers: one question to a platform and what its answer shows, whoever asks – a person, the night, a follow."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from archive.capture.content_types import declared_charset
from archive.capture.endpoints import Endpoint, post_endpoint, watch_endpoint
from archive.capture.policies import XRoute, require_on
from archive.capture.posts import capture_endpoint, required
from archive.domain.accounts import Platform
from archive.domain.captures import Captured
from archive.domain.posts import PostReading
from archive.extraction.posts import Asked
from archive.extraction.posts.conditions import PostState
from archive.extraction.posts.looks import Look, look_at
from archive.runtime import Runtime
from archive.services.keeping import as_allowed

_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|ref_src|igshid|cmpid|s_cid", re.IGNORECASE)
_NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was asked, what came back, and what it shows. ``is_unchanged``: the site says nothing is new."""

    endpoint: Endpoint
    captured: Captured
    look: Look
    is_unchanged: bool = False


def ask_for_post(
    runtime: Runtime, url: str, *, posted_at: datetime | None = None, marks: Mapping[str, str] | None = None
) -> Answer:
    """What the platform shows at the post's address now. CaptureError as in ``capture_post``, and ``platform_off``."""
    endpoint = endpoint_of(runtime, url)
    first = ask(runtime, endpoint, url=url, posted_at=posted_at, marks=marks)
    pointer = endpoint.pointer
    if endpoint.reads_as is not Platform.YOUTUBE or pointer is None or first.look.readings:
        return first
    if first.look.state is PostState.GONE or (first.look.reason is None and first.look.state is not PostState.WITHHELD):
        return first
    # oEmbed names no date, or may not be given: the video's own page may say more.
    second = ask(runtime, watch_endpoint(pointer), url=url, posted_at=posted_at)
    return second if second.look.readings else first


def endpoint_of(runtime: Runtime, url: str) -> Endpoint:
    """Where the post at ``url`` is asked for under today's settings."""
    settings = runtime.settings
    endpoint = required(
        post_endpoint(url, x_route=XRoute(settings.x_route), x_token=settings.x_api_token.get_secret_value())
    )
    check_switch(runtime, endpoint.reads_as)
    return endpoint


def check_switch(runtime: Runtime, platform: Platform) -> None:
    """CaptureError ``platform_off`` for a platform that the operator switched off."""
    require_on(platform, switched_off=frozenset(Platform(name) for name in runtime.settings.platforms_off))


def ask(
    runtime: Runtime,
    endpoint: Endpoint,
    *,
    url: str,
    posted_at: datetime | None = None,
    handle: str | None = None,
    marks: Mapping[str, str] | None = None,
) -> Answer:
    """What stands at the endpoint, read as its platform's answer about ``url``."""
    captured = capture_endpoint(runtime.fetcher, endpoint, marks=marks)
    if captured.capture.provenance.status == _NOT_MODIFIED and marks:
        return Answer(endpoint=endpoint, captured=captured, look=Look(state=PostState.LIVE), is_unchanged=True)
    return Answer(
        endpoint=endpoint,
        captured=as_allowed(runtime.settings, captured),
        look=look(captured, endpoint=endpoint, url=url, posted_at=posted_at, handle=handle),
    )


def look(
    captured: Captured,
    *,
    endpoint: Endpoint,
    url: str,
    posted_at: datetime | None = None,
    handle: str | None = None,
) -> Look:
    """What a captured answer shows of ``url``."""
    provenance = captured.capture.provenance
    is_page = endpoint.reads_as is Platform.WEB and endpoint.url == url
    asked = Asked(
        url=plain_address(provenance.final_url or url) if is_page else url,
        handle=handle,
        posted_at=posted_at,
        media_type=captured.capture.media_type,
        charset=declared_charset(captured),
    )
    return look_at(
        endpoint.reads_as,
        captured.body,
        status=provenance.status or 0,
        asked=asked,
        way=(endpoint.url, provenance.final_url or endpoint.url),
        complete=provenance.complete,
    )


def reading_of(answer: Answer, *, native_id: str | None = None) -> PostReading | None:
    """The reading of the very post that was asked for; None where the answer holds only others, or none."""
    readings = answer.look.readings
    pointer = answer.endpoint.pointer
    wanted = native_id or (pointer.native_id if pointer is not None else None)
    for reading in readings:
        if wanted is None or reading.native_id == wanted or _is_alias(reading, wanted):
            return reading
    if pointer is None and native_id is None:
        return readings[0] if readings else None
    return None


def _is_alias(reading: PostReading, wanted: str) -> bool:
    """Whether a reading answers for a key written in another way: a Bluesky handle for its DID, a Mastodon object under
    its server's other path, a later edit's number on X."""
    tail = wanted.rstrip("/").rsplit("/", 1)[-1]
    return tail in {reading.native_id.rsplit("/", 1)[-1], (reading.url or "").rsplit("/", 1)[-1]}


def plain_address(url: str) -> str:
    """An address without its fragment and without what only tells a site where its readers came from."""
    parts = urlsplit(url)
    kept = [
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(name)
    ]
    query = urlencode(kept) if len(kept) != len(parse_qsl(parts.query, keep_blank_values=True)) else parts.query
    return urlunsplit(parts._replace(query=query, fragment=""))
