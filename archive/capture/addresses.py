"""Addresses: which can be asked at all."""

from __future__ import annotations

import httpx

from archive.capture.egress import check_port
from archive.domain.second_copy import is_distrusted_archive
from archive.errors import CaptureError, EgressDeniedError

_LONGEST_URL = 2_048


def parsed_url(url: str, *, base: httpx.URL | None = None) -> httpx.URL:
    """``url`` read strictly, relative to ``base`` where it is a redirect's target; the fragment is dropped.

    CaptureError ``bad_url`` for what is no address, EgressDeniedError for schemes other than http and https, and
    (``distrusted_archive``) for web archives that are not believed.
    """
    if len(url) > _LONGEST_URL or any(letter.isspace() or not letter.isprintable() for letter in url):
        raise CaptureError("That is not a web address: it is too long or has spaces in it.", code="bad_url")
    try:
        parsed = base.join(url) if base is not None else httpx.URL(url)
        parsed = parsed.copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise CaptureError("That is not a web address.", code="bad_url") from error
    if not parsed.scheme:
        raise CaptureError("That is not a web address: it must begin with http:// or https://.", code="bad_url")
    check_port(parsed.scheme, None)
    if not parsed.host:
        raise CaptureError("That is not a web address: it names no host.", code="bad_url")
    if parsed.userinfo:
        raise CaptureError("Addresses with a user name or password are not fetched.", code="bad_url")
    if is_distrusted_archive(parsed.host):
        raise EgressDeniedError(
            "Copies at archive.today are not fetched: some were shown to be altered. Give the page's own address, or a "
            "copy at web.archive.org.",
            code="distrusted_archive",
        )
    return parsed
