"""Plain text as an article: paragraphs, the dateline's day and the language."""

from __future__ import annotations

from datetime import date

from archive.domain.articles import ArticleText
from archive.domain.spans import Span
from archive.extraction.languages import guess_language
from archive.text.dates import find_dates
from archive.text.paragraphs import paragraphs_of

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
    return ArticleText(
        text=text,
        title=title,
        url=url,
        published_on=published_on or dateline_day(text, language=spoken),
        language=spoken,
        paragraphs=paragraphs_of(text),
    )


def dateline_day(text: str, *, language: str | None) -> date | None:
    """The first full date at the head of a text, or None; a day without its year dates nothing."""
    head = Span(0, min(len(text), DATELINE))
    return next(
        (found.day for found in find_dates(text, head, published_on=None, language=language) if found.day), None
    )
