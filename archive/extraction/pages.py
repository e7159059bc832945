"""Reading an article page: its text as paragraphs, what it says about itself, block quotes and embedded posts.

trafilatura gives the first opinion on what belongs to the article; the page's own structure decides what a paragraph
is, and brings back quotations and embeds that were lost.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import htmldate

from archive.domain.articles import ArticleText, Embed
from archive.domain.spans import Span
from archive.errors import ExtractionError
from archive.extraction.blocks import Block, read_blocks
from archive.extraction.boilerplate import MainText, letters, main_text
from archive.extraction.charsets import decoded
from archive.extraction.languages import language_of
from archive.extraction.markup import parse_markup, tamed
from archive.extraction.metadata import PageFacts, byline_of, read_facts
from archive.extraction.selection import Selected, select

_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", "application/xml", "text/xml"})
_MAYBE_HTML = frozenset({"", "application/octet-stream", "text/plain", "binary/octet-stream"})
_LOOKS_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|main|div|p|meta|h1)\b", re.IGNORECASE)
_MAGIC = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\x00\x00\x00",
    b"RIFF",
    b"\x7fELF",
)
_SITE_TAIL = re.compile(r"\s+[|\u2013\u2014\u00b7\u2022-]\s+[^|]{2,60}$")
_LEAST_LETTERS = 30
_LEAST_STATED = 400
_LEAST_SHOWN = 0.5
"""Share of the stated text that the page must show to be believed before it."""
_FEW, _PROSE = 6, 80
"""A page with that many blocks and none of that length or with a stop is a list."""
_STATED_BREAKS = re.compile(r"\n\s*|<br\s*/?>|</p>")
_TAGS = re.compile(r"<[^<>]{1,300}>")


def read_article(
    body: bytes, *, url: str | None, media_type: str = "text/html", charset: str | None = None
) -> ArticleText:
    """The article on a page.

    ``charset`` is what the HTTP header declared. ExtractionError ``article_binary`` for files that are no text,
    ``article_not_html`` for other kinds of text, ``article_empty`` where no article is seen, ``article_too_complex``
    for pages that no parser should be given.
    """
    kind, _, parameters = media_type.partition(";")
    _check_kind(body, media_type=kind.strip().lower())
    declared = charset or _charset_parameter(parameters)
    html = tamed(decoded(body, declared=declared).text)
    soup = parse_markup(html)
    facts = read_facts(soup)
    main = main_text(html, url=url)
    selected = select(read_blocks(soup.body or soup), main=main, title=facts.title)
    selected = _with_stated_body(selected, stated=facts.body)
    if len(letters("".join(block.text for block in selected.blocks))) < _LEAST_LETTERS or not _has_prose(selected):
        raise ExtractionError(
            "No article text was found on the page; some pages fetch theirs with a script.", code="article_empty"
        )
    return _composed(selected, facts=facts, main=main, url=url, html=html)


def _with_stated_body(selected: Selected, *, stated: str | None) -> Selected:
    """The article as the page's structured data state it, where the page itself shows less than half of it: some pages
    put the text there and fetch it for readers with a script."""
    if stated is None:
        return selected
    shown = sum(len(block.text) for block in selected.blocks)
    if len(stated) < _LEAST_STATED or len(stated) * _LEAST_SHOWN <= shown:
        return selected
    root = parse_markup("<p></p>").p or parse_markup("<p></p>")
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*|<br\s*/?>|</p>", stated))
    blocks = tuple(
        Block(text=_TAGS.sub("", part).strip(), tag=root) for part in paragraphs if _TAGS.sub("", part).strip()
    )
    return Selected(items=(*blocks, *(item for item in selected.items if isinstance(item, Embed))))


def _has_prose(selected: Selected) -> bool:
    """Whether anything on the page is a sentence: lists of links and times are no article."""
    return len(selected.blocks) < _FEW or any(
        len(block.text) >= _PROSE or block.text.rstrip("”’\"'»)").endswith((".", "!", "?", "…", "。", "।", "؟"))
        for block in selected.blocks
    )


def _check_kind(body: bytes, *, media_type: str) -> None:
    if not body.strip():
        raise ExtractionError("The page is empty.", code="article_empty")
    if body.startswith(_MAGIC) or _is_mostly_control(body):
        raise ExtractionError("The file is not text, so no article can be read from it.", code="article_binary")
    if media_type in _HTML_TYPES:
        return
    if media_type not in _MAYBE_HTML:
        raise ExtractionError("The address leads to something other than a web page.", code="article_not_html")
    if not _LOOKS_HTML.search(body[:20_000]):
        raise ExtractionError("The text has no markup of a web page.", code="article_not_html")


def _is_mostly_control(body: bytes) -> bool:
    head = body[:4_000]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    controls = sum(1 for byte in head if byte < 9 or 13 < byte < 27 or 27 < byte < 32)
    return controls > len(head) * 0.05 and b"\x00<" not in head and b"<\x00" not in head


def _charset_parameter(parameters: str) -> str | None:
    found = re.search(r"charset\s*=\s*[\"']?([\w:.-]{2,40})", parameters, re.IGNORECASE)
    return found[1] if found else None


def _composed(selected: Selected, *, facts: PageFacts, main: MainText, url: str | None, html: str) -> ArticleText:
    text = ""
    paragraphs: list[Span] = []
    quoted: list[Span] = []
    embeds: list[Embed] = []
    for item in selected.items:
        if isinstance(item, Embed):
            embeds.append(replace(item, position=len(text)))
            continue
        text += "\n\n" if text else ""
        span = Span(len(text), len(text) + len(item.text))
        text += item.text
        paragraphs.append(span)
        if item.quoted is not None:
            quoted.append(span)
        embeds.extend(replace(link, position=span.start) for link in item.links)
    title = facts.title or main.title
    return ArticleText(
        text=text,
        title=_SITE_TAIL.sub("", title) if title and facts.outlet and title.endswith(facts.outlet) else title,
        url=url or facts.url,
        outlet=facts.outlet or main.sitename,
        byline=facts.byline or byline_of(main.author),
        published=facts.published,
        published_on=facts.published_on or _guessed_day(main, html=html, url=url),
        language=language_of(text, stated=facts.language),
        paragraphs=tuple(paragraphs),
        block_quotes=tuple(quoted),
        embeds=_once(embeds),
    )


def _once(embeds: list[Embed]) -> tuple[Embed, ...]:
    """Each post once: its embed rather than a link to it, the first of several."""
    found: dict[tuple[object, ...], Embed] = {}
    for embed in embeds:
        key = (embed.platform, embed.native_id or embed.url or embed.text)
        known = found.get(key)
        if known is None or (known.text is None and embed.text is not None):
            found[key] = embed
    return tuple(sorted(found.values(), key=lambda embed: embed.position or 0))


def _guessed_day(main: MainText, *, html: str, url: str | None) -> date | None:
    try:
        guess = main.day or htmldate.find_date(html, url=url, original_date=True, extensive_search=False)
        return date.fromisoformat(guess) if guess else None
    except Exception:  # a guess that fails is no guess
        return None
