"""Capturing an article: one page, whole, that a reader would see."""

from __future__ import annotations

import re

from archive.capture.fetcher import Fetcher
from archive.domain.captures import CaptureClass, Captured
from archive.errors import CaptureError

_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", "application/xml", "text/xml"})
_UNTOLD_TYPES = frozenset({"application/octet-stream", "text/plain"})
_LOOKS_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)


def capture_article(fetcher: Fetcher, url: str) -> Captured:
    """The page at ``url``.

    CaptureError as in ``Fetcher.fetch``, and ``capture_status`` for answers other than success, ``capture_empty`` for
    pages without a byte, ``capture_not_html`` for anything that is no page (a PDF, a picture, data).
    """
    captured = fetcher.fetch(url, capture_class=CaptureClass.THIRD_PARTY_ATTESTED)
    status = captured.capture.provenance.status or 0
    if not 200 <= status < 300:
        raise CaptureError(f"The site answered with status {status} instead of the page.", code="capture_status")
    if not captured.body.strip():
        raise CaptureError("The site answered with an empty page.", code="capture_empty")
    if not _is_html(captured):
        raise CaptureError("The address leads to something other than a web page.", code="capture_not_html")
    return captured


def _is_html(captured: Captured) -> bool:
    media_type = captured.capture.media_type
    if media_type in _HTML_TYPES:
        return True
    return media_type in _UNTOLD_TYPES and _LOOKS_HTML.search(captured.body[:4_000]) is not None
