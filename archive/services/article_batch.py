"""A batch of articles read: their quotations, for pipelines and for measuring. Needs no archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.domain.articles import ArticleText
from archive.domain.claims import Claim
from archive.errors import InvalidInputError
from archive.extraction.claims import find_claims, plain_article
from archive.extraction.marks import has_plain_marks
from archive.services.batch_lines import Document, Row, answered, day_of, text_of
from archive.services.claim_documents import claim_document


def extract_batch(lines: Iterable[str]) -> Iterator[str]:
    """Quotations of each article: ``{"id","text"|"html","url"?,"published"?}`` in, ``{"id","quotes"}`` out.

    A line that cannot be answered gives ``{"id","error":{"code","message"}}``; the others are answered all the same.
    """
    return answered(lines, _extracted)


def _extracted(row: Row) -> Document:
    article = _article(row)
    return {"id": row.get("id"), "quotes": [_quoted(article, claim) for claim in find_claims(article)]}


def _quoted(article: ArticleText, claim: Claim) -> Document:
    """The claim's document, its ``kind`` null where the marks are two characters each (\'\'so\'\', ``so\'\') or none.

    In this format the kind is what can be read off the marks. Programs that know double marks only do not count these;
    they are quotations all the same, stand in the list, and are ``direct`` everywhere else.
    """
    document = claim_document(claim)
    plain = has_plain_marks(article.text, claim.quotation.spans[0])
    return document if plain else {**document, "kind": None}


def _article(row: Row) -> ArticleText:
    text, html = text_of(row, "text"), text_of(row, "html")
    if (text is None) == (html is None):
        raise InvalidInputError("Give either text or html.", code="bad_row")
    url, published, language = text_of(row, "url"), day_of(row, "published"), text_of(row, "language")
    if text is not None:
        return plain_article(text, published_on=published, language=language, url=url, title=text_of(row, "title"))
    return _page(html or "", url=url)


def _page(html: str, *, url: str | None) -> ArticleText:
    # Pages take parsers that plain text does without: they are loaded with the first page.
    from archive.extraction.pages import read_article  # noqa: PLC0415

    return read_article(html.encode("utf-8", "replace"), url=url, media_type="text/html", charset="utf-8")
