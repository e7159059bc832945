"""Profiles that a page links: what makes a ministry's page proof of whose account it is."""

from __future__ import annotations

from archive.domain.accounts import Platform, bare_handle
from archive.extraction.charsets import decoded
from archive.extraction.markup import attribute, parse_markup
from archive.text.account_urls import parse_account_url

_MOST_LINKS = 20_000


def linked_profiles(body: bytes, *, charset: str | None = None) -> frozenset[tuple[Platform, str]]:
    """Platform and bare handle of every profile the page links; ExtractionError ``article_too_complex``."""
    soup = parse_markup(decoded(body, declared=charset).text)
    links = soup.find_all(["a", "link", "area"], href=True, limit=_MOST_LINKS)
    found = (parse_account_url(attribute(link, "href")) for link in links)
    return frozenset((profile[0], bare_handle(profile[1])) for profile in found if profile is not None)
