"""Plain text as an article: paragraphs, the dateline's day and the language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from archive.domain.articles import ArticleText
from archive.domain.spans import Span
from archive.extraction.languages import guess_language
from archive.text.dates import find_dates
from archive.text.paragraphs import paragraphs_of

LEAST_HEADLINE, MOST_HEADLINE = 3, 24
"""Words of a headline."""
_QUOTED = re.compile(r"^[\"“„«「][^\"“”„«»「」]*[\"”“»」]$")
"""Nothing but one quotation."""
DATELINE_PARAGRAPHS, LONGEST_DATELINE = 4, 90
"""Paragraphs that may begin with a dateline, and its characters."""
LATEST_PUBLICATION = timedelta(days=2)
_DATELINE = re.compile(
    r"[^\W\d_a-z][\w .,’'/()-]{2,70}?[,(]\s?[\w .]{2,30}\)?(?:\s?\([^()]{2,30}\))?\s?(?:[-–—:]|--)\s"
)
DATELINE = 300
"""Characters at the head of the text in which a dateline stands."""


def plain_article(
    text: str,
    *,
    published_on: date | None = None,
    language: str | None = None,
    url: str | None = None,
    title: str | None = None,
) -> ArticleText:
    """An article from plain text; offsets are characters of ``text`` itself.

    The article's day is ``published_on``, else a full date in the first lines ("date 2026-03-06 Brod, March 6 (…)").
    """
    spoken = language or guess_language(text)
    paragraphs = paragraphs_of(text)
    return ArticleText(
        text=text,
        title=title or headline_of(text, paragraphs),
        url=url,
        published_on=published_on or dateline_day(text, language=spoken),
        language=spoken,
        paragraphs=paragraphs,
    )


def headline_of(text: str, paragraphs: Sequence[Span]) -> str | None:
    """The first line of a text where it is a headline: one short line without a full stop, above a longer paragraph
    that has one. A dateline, a label, a lone quotation or a name with a colon is none."""
    if len(paragraphs) < 2:
        return None
    line = paragraphs[0].of(text).strip()
    body = paragraphs[1].of(text).strip()
    if "\n" in line or not LEAST_HEADLINE <= len(line.split()) <= MOST_HEADLINE:
        return None
    if line.rstrip("”’\"'»)")[-1:] in ".:;,–—-。।" or line[0] in "-–—•*>" or line[0].islower() or _QUOTED.match(line):
        return None
    follows = len(body) > len(line) or body.rstrip("”’\"'»)").endswith((".", "!", "?", "。", "।"))
    return line if follows else None


def dateline_day(text: str, *, language: str | None) -> date | None:
    """The first full date at the head of a text, or None; a day without its year dates nothing."""
    head = Span(0, min(len(text), DATELINE))
    return next(
        (found.day for found in find_dates(text, head, published_on=None, language=language) if found.day), None
    )


def reporting_day(article: ArticleText) -> date | None:
    """The day from which an article counts "today" and "yesterday": that of its dateline, where that is the day of
    publication or just before it (BROD, March 5, published on the 6th elsewhere), else the day of publication."""
    if article.published_on is None:
        return None
    for paragraph in article.paragraphs[:DATELINE_PARAGRAPHS]:
        head = paragraph.of(article.text)[:LONGEST_DATELINE]
        printed = _DATELINE.match(head)
        if printed is None:
            continue
        span = Span(paragraph.start, paragraph.start + printed.end())
        days = find_dates(article.text, span, published_on=article.published_on, language=article.language)
        day = next((found.day for found in days if found.day), None)
        if day is not None and timedelta(0) <= article.published_on - day <= LATEST_PUBLICATION:
            return day
    return article.published_on
