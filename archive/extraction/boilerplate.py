"""Which text of a page is the article: trafilatura's answer, through the one door it has.

It is asked twice at most: as it is, then leaning to recall where it returns next to nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import trafilatura

_LEAST = 200
_MOST_TAGS = 12_000
"""trafilatura is quadratic in paragraphs: 20,000 of them take it 40 seconds. Real articles stay under 5,000 tags."""
_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class MainText:
    """The article's text without its surroundings, and what was read beside it; all of it only a first opinion."""

    text: str
    title: str | None = None
    author: str | None = None
    sitename: str | None = None
    day: str | None = None
    """YYYY-MM-DD."""


def main_text(html: str, *, url: str | None) -> MainText:
    """What trafilatura takes for the article; empty text where it sees none."""
    if html.count("<") > _MOST_TAGS:
        return MainText(text="")
    found = _asked(html, url=url, recall=False)
    if len(found.text) < _LEAST:
        wider = _asked(html, url=url, recall=True)
        found = wider if len(wider.text) > len(found.text) else found
    return found


def letters(text: str) -> str:
    """Only the letters and digits, case folded: how two renderings of the same words are compared."""
    return _NOT_LETTERS.sub("", text).casefold()


def _asked(html: str, *, url: str | None, recall: bool) -> MainText:
    try:
        document = trafilatura.bare_extraction(
            html, url=url, favor_recall=recall, include_comments=False, include_tables=True, with_metadata=True
        )
    except Exception:  # whatever a hostile page makes of it, the page's own structure is still there to be asked
        return MainText(text="")
    if document is None or isinstance(document, dict):
        return MainText(text="")
    return MainText(
        text=document.text or "",
        title=document.title or None,
        author=document.author or None,
        sitename=document.sitename or None,
        day=document.date or None,
    )
