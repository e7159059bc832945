"""Capturing posts: the answer of the platform's open address, whatever it says; extraction judges it."""

from __future__ import annotations

from archive.capture.endpoints import Endpoint, post_endpoint
from archive.capture.fetcher import Fetcher
from archive.capture.questions import Question
from archive.domain.captures import CaptureClass, Captured
from archive.errors import CaptureError


def capture_post(fetcher: Fetcher, url: str) -> Captured:
    """What the platform answers when asked for the post at ``url``, with any status: 404 is an answer, too.

    CaptureError as in ``Fetcher.fetch``, and ``capture_not_offered`` for platforms that show nothing without
    credentials (Truth Social, Threads, Instagram, Facebook).
    """
    endpoint = post_endpoint(url)
    if endpoint is None:
        raise CaptureError(
            "This platform shows its posts to signed-in readers or robots only by agreement; import or paste the text.",
            code="capture_not_offered",
        )
    return capture_endpoint(fetcher, endpoint)


def capture_endpoint(fetcher: Fetcher, endpoint: Endpoint, *, headers: tuple[tuple[str, str], ...] = ()) -> Captured:
    """The answer at one endpoint, marked with what the platform's terms allow."""
    return fetcher.fetch(
        endpoint.url,
        question=Question(accept=endpoint.accept, headers=headers),
        terms=endpoint.terms,
        capture_class=CaptureClass.PLATFORM_ATTESTED,
    )
