"""Statements on an institution's own site: a press release or transcript, read as an article is."""

from __future__ import annotations

from datetime import UTC, datetime, time
from urllib.parse import urlsplit

from archive.domain.accounts import Platform
from archive.domain.posts import PostReading
from archive.errors import ExtractionError
from archive.extraction.pages import read_article
from archive.extraction.payloads import load_json, mapping
from archive.extraction.posts import govuk
from archive.extraction.posts.asking import Asked


def read(body: bytes, *, asked: Asked) -> tuple[PostReading, ...]:
    """The page as one statement of its site.

    ExtractionError as in ``read_article``, ``post_undated`` where the page names no day; a day without an hour is
    taken at its start in UTC.
    """
    if body.lstrip()[:1] == b"{":
        answer = mapping(load_json(body))
        if govuk.is_content(answer):
            return govuk.read(answer, asked=asked)
    article = read_article(body, url=asked.url, media_type=asked.media_type, charset=asked.charset)
    posted_at = article.published or asked.posted_at
    if posted_at is None and article.published_on is not None:
        posted_at = datetime.combine(article.published_on, time(), tzinfo=UTC)
    address = article.url or asked.url
    if posted_at is None or address is None:
        raise ExtractionError("The page does not say when it was published.", code="post_undated")
    site = (urlsplit(address).hostname or "").removeprefix("www.")
    return (
        PostReading(
            platform=Platform.WEB,
            native_id=address,
            author_handle=asked.handle or site,
            author_name=asked.author_name or article.outlet or site,
            text=f"{article.title}\n\n{article.text}" if article.title else article.text,
            posted_at=posted_at,
            url=address,
            language=article.language,
        ),
    )
