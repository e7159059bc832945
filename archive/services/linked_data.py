"""Linked data: statements and checks in schema.org's words, for search engines and other archives."""

from __future__ import annotations

from archive.domain.articles import ArticleText
from archive.domain.checks import Check
from archive.domain.statements import Statement
from archive.domain.verdicts import Evidence, Judgement
from archive.services.moments import day, instant

Document = dict[str, object]
CONTEXT = "https://schema.org"


def statement_linked_data(statement: Statement, *, permalink: str) -> Document:
    """A quotation, based on the post unless it is known from a report only."""
    document: Document = {
        "@context": CONTEXT,
        "@type": "Quotation",
        "@id": permalink,
        "text": None if statement.snapshot.is_hidden else statement.snapshot.text,
        "inLanguage": statement.snapshot.language,
        "creator": {"@type": "Person" if statement.voice.person_id else "Organization", "name": statement.voice.name},
        "dateCreated": instant(statement.post.posted_at),
    }
    if statement.report is not None:
        cited = _web(statement.report.article_url)
        return {**document, "citation": {"@type": "NewsArticle", "name": statement.report.article_title, "url": cited}}
    return {
        **document,
        "isBasedOn": {
            "@type": "SocialMediaPosting",
            "url": _web(statement.post.url),
            "identifier": statement.post.reference,
            "datePublished": instant(statement.post.posted_at),
            "author": {"@type": "Organization", "name": statement.account.display_name},
        },
    }


def check_linked_data(check: Check, *, permalink: str, base: str) -> Document:
    """A check as a graph: the article, and a review of each quotation as a claim that somebody said these words.

    A review rates no truth: ``alternateName`` is the verdict, and there is no number.
    """
    article = check.article.article if check.article is not None else None
    news = _article(article)
    reviews = [_review(judgement, check=check, permalink=permalink, base=base) for judgement in check.judgements]
    return {"@context": CONTEXT, "@graph": [*([news] if news is not None else []), *reviews]}


def _article(article: ArticleText | None) -> Document | None:
    if article is None:
        return None
    return {
        "@type": "NewsArticle",
        "@id": "#article",
        "headline": article.title,
        "url": _web(article.url),
        "publisher": {"@type": "Organization", "name": article.outlet} if article.outlet else None,
        "datePublished": instant(article.published) or day(article.published_on),
        "inLanguage": article.language,
    }


def _review(judgement: Judgement, *, check: Check, permalink: str, base: str) -> Document:
    opinion = judgement.opinion
    claim = opinion.claim
    speaker = claim.attribution.speaker_name or claim.attribution.speaker_printed
    return {
        "@type": "ClaimReview",
        "@id": f"{permalink}#card-{judgement.number}",
        "url": f"{permalink}#card-{judgement.number}",
        "claimReviewed": f"{speaker or 'Somebody'} said: “{claim.quotation.content}”",
        "datePublished": instant(judgement.decided_at),
        "author": {"@type": "Organization", "name": "OnRecord"},
        "reviewBody": opinion.explanation,
        "reviewRating": {"@type": "Rating", "alternateName": opinion.verdict.value.replace("_", " ")},
        "itemReviewed": {
            "@type": "Claim",
            "appearance": {"@id": "#article"},
            "about": {
                "@type": "Quotation",
                "text": claim.quotation.content,
                "creator": {"@type": "Person", "name": speaker} if speaker else None,
                "inLanguage": claim.language,
                "isBasedOn": [_original(item, base=base) for item in opinion.evidence],
            },
        },
    }


def _original(item: Evidence, *, base: str) -> Document:
    statement = item.statement
    return statement_linked_data(statement, permalink=f"{base}/statements/{statement.post.id}") | {"@context": CONTEXT}


def _web(url: str | None) -> str | None:
    """Only web addresses are passed on as such."""
    return url if url is not None and url.lower().startswith(("https://", "http://")) else None
