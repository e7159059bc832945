"""What a page says about itself: title, byline, outlet, moment of publication, language.

Order of trust: JSON-LD of an article, then ``<meta>``, then ``<time>``, then the general guess of ``htmldate``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import unescape

from bs4 import BeautifulSoup
from bs4.element import Tag

from archive.extraction.markup import attribute

_ARTICLE_KINDS = re.compile(
    r"Article|BlogPosting|Report|PressRelease|WebPage|GovernmentService|Posting$", re.IGNORECASE
)
_DATE_NAMES = (
    "article:published_time", "og:article:published_time", "datepublished", "og:published_time", "parsely-pub-date",
    "sailthru.date", "article.published", "published-date", "published_time", "publish-date", "publishdate",
    "publication_date", "pubdate", "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.created", "dc.date",
    "dcterms.date", "date",
)  # fmt: skip
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]{2,8})*")
_MOST_DATA = 400_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What the page says about itself; every field None where it says nothing."""

    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    published: datetime | None = None
    published_on: date | None = None
    language: str | None = None
    url: str | None = None
    body: str | None = None
    """The article's text, where the structured data hold it."""


def read_facts(soup: BeautifulSoup) -> PageFacts:
    """Everything the page states in its head and structured data."""
    data = tuple(_articles(soup))
    named = _named(soup)
    moment, day = _publication(soup, data=data, named=named)
    return PageFacts(
        title=_first(_texts(data, "headline"), [named.get("og:title"), named.get("twitter:title"), _heading(soup)]),
        byline=byline_of(_first(_names(data, "author"), [_plain_author(named)])),
        outlet=_first(_names(data, "publisher"), [named.get("og:site_name"), named.get("application-name")]),
        published=moment,
        published_on=day,
        language=_language(soup, named=named, data=data),
        url=_canonical(soup),
        body=_first_long(_texts(data, "articleBody")),
    )


def _first_long(texts: list[str | None]) -> str | None:
    """The longest of the texts, its entities resolved."""
    return unescape(max((text for text in texts if text), key=len, default="")) or None


def moment_of(text: str) -> tuple[datetime | None, date | None]:
    """A printed machine date as (aware UTC, day in its own zone); without a zone only the day is known."""
    cleaned = re.sub(r"\.\d+", "", text.strip())
    try:
        parsed = datetime.fromisoformat(cleaned)
    except ValueError:
        parsed_or_none = _loosely(cleaned)
        if parsed_or_none is None:
            return None, None
        parsed = parsed_or_none
    if not 1990 <= parsed.year <= 2100:
        return None, None
    if parsed.tzinfo is None:
        return None, parsed.date()
    return parsed.astimezone(UTC), parsed.date()


def _loosely(text: str) -> datetime | None:
    for shape in ("%a, %d %b %Y %H:%M:%S %z", "%a %b %d %H:%M:%S %z %Y", "%Y-%m-%d %H:%M:%S %z", "%Y-%m-%dT%H:%M:%S%z"):
        try:
            return datetime.strptime(text.replace("GMT", "+0000").replace("UTC", "+0000"), shape)
        except ValueError:
            continue
    day = re.match(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)", text)
    try:
        return datetime(int(day[1]), int(day[2]), int(day[3])) if day else None
    except ValueError:
        return None


def _articles(soup: BeautifulSoup) -> Iterator[Mapping[str, object]]:
    """The JSON-LD objects that describe an article, articles proper before pages."""
    held: list[Mapping[str, object]] = []
    for script in soup.find_all("script", type=re.compile(r"ld\+json", re.IGNORECASE)):
        text = script.get_text()
        if len(text) > _MOST_DATA:
            continue
        try:
            held.extend(_objects(json.loads(text, strict=False)))
        except (ValueError, RecursionError):
            continue
    found = [item for item in held if _ARTICLE_KINDS.search(_kind(item))]
    yield from sorted(found, key=lambda item: "page" in _kind(item).lower())


def _objects(data: object) -> Iterator[Mapping[str, object]]:
    waiting = [data]
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting.extend(item[:50])
        elif isinstance(item, dict):
            yield item
            waiting.extend(item[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in item)


def _kind(item: Mapping[str, object]) -> str:
    kind = item.get("@type")
    return " ".join(map(str, kind)) if isinstance(kind, list) else str(kind or "")


def _texts(data: tuple[Mapping[str, object], ...], key: str) -> list[str | None]:
    return [value for item in data if isinstance(value := item.get(key), str)]


def _names(data: tuple[Mapping[str, object], ...], key: str) -> list[str | None]:
    return [_name(item.get(key)) for item in data]


def _name(value: object) -> str | None:
    if isinstance(value, str):
        return None if value.startswith("http") else value
    if isinstance(value, dict):
        return _name(value.get("name"))
    if isinstance(value, list):
        found = [name for part in value[:10] if (name := _name(part))]
        return ", ".join(dict.fromkeys(found)) or None
    return None


def _named(soup: BeautifulSoup) -> dict[str, str]:
    """``<meta>`` contents by lower-case name; the first of a name wins."""
    found: dict[str, str] = {}
    for tag in soup.find_all("meta", content=True):
        for key in ("property", "name", "itemprop", "http-equiv"):
            name, content = attribute(tag, key).lower(), attribute(tag, "content").strip()
            if name and content:
                found.setdefault(name, content)
    return found


def _publication(
    soup: BeautifulSoup, *, data: tuple[Mapping[str, object], ...], named: dict[str, str]
) -> tuple[datetime | None, date | None]:
    stated = [*_texts(data, "datePublished"), *(named.get(name) for name in _DATE_NAMES), *_time_tags(soup)]
    day_only: date | None = None
    for text in stated:
        moment, day = moment_of(text) if text else (None, None)
        if moment is not None and (day_only is None or abs((moment.date() - day_only).days) <= 1):
            return moment, day
        day_only = day_only or day
    return None, day_only


def _time_tags(soup: BeautifulSoup) -> list[str | None]:
    """``<time>`` stamps that are said to be of publication, and the one of an article's head."""
    found: list[str | None] = []
    for tag in soup.find_all("time", limit=40):
        marks = " ".join(attribute(tag, key) for key in ("class", "itemprop", "pubdate", "data-testid")).lower()
        if "publish" in marks or tag.has_attr("pubdate") or "entry-date" in marks:
            found.append(attribute(tag, "datetime") or attribute(tag, "content"))
    return found


def _plain_author(named: dict[str, str]) -> str | None:
    author = named.get("author") or named.get("article:author") or named.get("parsely-author")
    return None if not author or author.startswith("http") else author


_NO_AUTHOR = re.compile(
    r"^(?:no author|unknown|unbenannt|admin|administrator|staff|author|by|von|updated?\b.*|posted\b.*)$", re.IGNORECASE
)


def byline_of(stated: str | None) -> str | None:
    """The people in a byline; what systems put where nobody signed is none."""
    if stated is None:
        return None
    parts = [re.sub(r"^(?:by|von|par|por)\s+", "", part.strip(), flags=re.IGNORECASE) for part in stated.split(";")]
    kept = [part for part in parts if part and not _NO_AUTHOR.match(part)]
    return "; ".join(kept) or None


def _heading(soup: BeautifulSoup) -> str | None:
    heading = soup.find("h1")
    return " ".join(heading.get_text(" ").split()) if isinstance(heading, Tag) else None


def _language(soup: BeautifulSoup, *, named: dict[str, str], data: tuple[Mapping[str, object], ...]) -> str | None:
    html = soup.find("html")
    stated = [attribute(html, "lang") if isinstance(html, Tag) else "", *_texts(data, "inLanguage")]
    stated += [named.get("content-language"), named.get("og:locale")]
    for text in stated:
        found = _LANGUAGE.fullmatch((text or "").strip())
        if found:
            return re.split(r"[-_]", found[0])[0].lower()
    return None


def _canonical(soup: BeautifulSoup) -> str | None:
    link = soup.find("link", rel="canonical", href=True)
    address = attribute(link, "href").strip() if isinstance(link, Tag) else ""
    return address if address.startswith(("http://", "https://")) else None


def _first(*groups: list[str | None]) -> str | None:
    for group in groups:
        for value in group:
            words = " ".join(unescape(value or "").split())
            if words:
                return words
    return None
