"""Pages of GOV.UK by its Content API: the text with its dates, change notes and the organisation that speaks.

``withdrawn_notice`` marks a page that still stands and no longer holds; ``gone`` and ``redirect`` are document types.
"""

from __future__ import annotations

from datetime import datetime

from archive.domain.accounts import Platform
from archive.domain.posts import PostReading
from archive.errors import ExtractionError
from archive.extraction.payloads import Json, items, mapping, moment, text_of
from archive.extraction.posts.asking import Asked
from archive.extraction.wording import post_words

_SITE = "https://www.gov.uk"
_NOT_PAGES = frozenset({"gone", "redirect", "vanish"})


def is_content(answer: Json) -> bool:
    """Whether an answer is one of the Content API."""
    return "base_path" in answer and "document_type" in answer


def read(answer: Json, *, asked: Asked) -> tuple[PostReading, ...]:
    """The page as one statement; nothing for what is gone or moved.

    ExtractionError ``post_undated`` for a page without a day of publication.
    """
    path, kind = text_of(answer, "base_path"), text_of(answer, "document_type")
    if path is None or kind in _NOT_PAGES:
        return ()
    details = mapping(answer.get("details"))
    published = moment(text_of(answer, "first_published_at")) or moment(text_of(answer, "public_updated_at"))
    if published is None:
        raise ExtractionError("The page does not say when it was published.", code="post_undated")
    speaker = next(iter(items(mapping(answer.get("links")).get("organisations"))), {})
    parts = (text_of(answer, "title"), text_of(answer, "description"), _body(details))
    return (
        PostReading(
            platform=Platform.WEB,
            native_id=_SITE + path,
            author_handle=asked.handle or f"www.gov.uk{text_of(speaker, 'base_path') or ''}",
            author_name=text_of(speaker, "title") or "GOV.UK",
            text="\n\n".join(part for part in parts if part),
            posted_at=published,
            author_native_id=text_of(speaker, "content_id"),
            url=_SITE + path,
            language=text_of(answer, "locale"),
            edited_at=_edited(details),
        ),
    )


def is_withdrawn(answer: Json) -> bool:
    """Whether the page is marked as withdrawn."""
    return bool(mapping(answer.get("withdrawn_notice")))


def _body(details: Json) -> str:
    body = details.get("body")
    if isinstance(body, list):  # one entry for each form of the text
        html = next(
            (text_of(item, "content") for item in items(body) if text_of(item, "content_type") == "text/html"), ""
        )
    else:
        html = body if isinstance(body, str) else ""
    return post_words(html or "")


def _edited(details: Json) -> datetime | None:
    """When the page was last changed, by its own notes: the first note is its publication."""
    notes = items(details.get("change_history"))
    stamps = sorted(stamp for note in notes if (stamp := moment(text_of(note, "public_timestamp"))) is not None)
    return stamps[-1] if len(stamps) > 1 else None
