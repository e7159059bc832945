"""Claims as JSON: a quotation's words and places, and what the article says of them."""

from __future__ import annotations

from datetime import UTC

from archive.domain.articles import ArticleText
from archive.domain.claims import Claim
from archive.domain.spans import hull
from archive.services.moments import day

Document = dict[str, object]


def article_document(article: ArticleText) -> Document:
    """What is known of an article beside its text."""
    published = article.published.astimezone(UTC).date() if article.published is not None else None
    return {
        "title": article.title,
        "url": article.url,
        "outlet": article.outlet,
        "published": day(article.published_on or published),
        "language": article.language,
    }


def claim_document(claim: Claim) -> Document:
    """A quotation as ``extract`` gives it: ``speaker`` as printed, ``speaker_resolved`` whom it stands for.

    ``confidence``, 0 to 1, is how sure the reader is of the speaker; it decides nothing.
    """
    attribution = claim.attribution
    return {
        **quoted_words(claim),
        "speaker": attribution.speaker_printed,
        "speaker_resolved": attribution.speaker_name,
        "office": attribution.office,
        "relayed_by": attribution.relayed_by,
        "cue": attribution.cue,
        "platform": name_of(attribution.platform),
        "account": attribution.handle,
        "said_on": said_on(claim),
        "said_within": said_within(claim),
        "confidence": attribution.confidence,
        "selector": selector(claim),
    }


def selector(claim: Claim) -> Document:
    """Finds the place again in a page that has changed (W3C Web Annotation, TextQuoteSelector).

    Of a quotation in several pieces the first one, which what follows the last cannot help to find.
    """
    quotation = claim.quotation
    first = quotation.content[: len(quotation.spans[0])]
    suffix = quotation.suffix if len(quotation.spans) == 1 else ""
    return {"type": "TextQuoteSelector", "prefix": quotation.prefix, "exact": first, "suffix": suffix}


def said_on(claim: Claim) -> str | None:
    """The one day the article gives for the words, None where it gives only bounds or nothing."""
    claimed = claim.attribution.said_on
    return day(claimed.day) if claimed is not None else None


def said_within(claim: Claim) -> list[str | None] | None:
    """The first and the last day the article leaves possible, None on a side it leaves open; None without any bound.

    "In response to Venn's message of February 8" bounds the answer: ``["2026-02-08", None]``.
    """
    claimed = claim.attribution.said_on
    if claimed is None or (claimed.first is None and claimed.last is None):
        return None
    return [day(claimed.first), day(claimed.last)]


def quoted_words(claim: Claim) -> Document:
    """The words without their marks, and where they stand; offsets count characters of the article's text."""
    quotation = claim.quotation
    whole = hull(quotation.spans)
    return {
        "text": quotation.content,
        "start": whole.start,
        "end": whole.end,
        "spans": [[span.start, span.end] for span in quotation.spans],
        "kind": quotation.kind.value,
    }


def name_of(member: object) -> str | None:
    """A member of an enumeration as documents write it."""
    return str(member) if member is not None else None
