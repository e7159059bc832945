"""Capturing posts: the answer of the platform's open address, whatever it says; extraction judges it."""

from __future__ import annotations

from collections.abc import Mapping

from archive.capture.endpoints import Endpoint, post_endpoint
from archive.capture.fetcher import Fetcher
from archive.capture.questions import Question
from archive.domain.captures import Capture, CaptureClass, Captured
from archive.errors import CaptureError

MOST_KEPT = 500
"""The longest mark of an answer that is sent back; longer ones are no marks."""


def capture_post(fetcher: Fetcher, url: str) -> Captured:
    """What the platform answers when asked for the post at ``url``, with any status: 404 is an answer, too.

    CaptureError as in ``Fetcher.fetch``, and ``capture_not_offered`` for platforms that show nothing without
    credentials (Truth Social, Threads, Instagram, Facebook).
    """
    return capture_endpoint(fetcher, required(post_endpoint(url)))


def required(endpoint: Endpoint | None) -> Endpoint:
    """The endpoint; CaptureError ``capture_not_offered`` where there is none."""
    if endpoint is None:
        raise CaptureError(
            "This platform shows its posts to signed-in readers or robots only by agreement; import or paste the text.",
            code="capture_not_offered",
        )
    return endpoint


def capture_endpoint(fetcher: Fetcher, endpoint: Endpoint, *, marks: Mapping[str, str] | None = None) -> Captured:
    """The answer at one endpoint, marked with what the platform's terms allow; ``marks`` as ``marks_of`` gives them."""
    return fetcher.fetch(
        endpoint.url,
        question=Question(accept=endpoint.accept, headers=(*endpoint.headers, *(marks or {}).items())),
        terms=endpoint.terms,
        capture_class=CaptureClass.PLATFORM_ATTESTED,
    )


def marks_of(capture: Capture) -> dict[str, str]:
    """The headers that ask "anything new since this answer?"; a site that sends no marks is asked in full."""
    return conditional(etag=header(capture, "etag"), last_modified=header(capture, "last-modified"))


def conditional(*, etag: str | None, last_modified: str | None) -> dict[str, str]:
    """The headers for an answer's marks."""
    marks = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: mark for name, mark in marks.items() if mark and len(mark) <= MOST_KEPT and mark.isascii()}


def header(capture: Capture, name: str) -> str | None:
    """The first header of that name (lower case), None where there is none."""
    return next((value for key, value in capture.provenance.headers if key.lower() == name), None)
