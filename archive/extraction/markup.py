"""HTML as a tree: the one place where it is parsed, with the pages no parser can bear taken out before.

Every HTML parser is quadratic in something: attributes of one tag, nesting. Sizes are checked on the text first.
"""

from __future__ import annotations

import re
import warnings

from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning
from bs4.element import Comment, Doctype, NavigableString, ProcessingInstruction, Tag

from archive.errors import ExtractionError

_MOST_LETTERS = 10_000_000
_MOST_TAGS = 120_000
_LONGEST_TAG = 20_000
_MOST_ATTRIBUTES = 400
_DEEPEST = 2_000

_OPENING = re.compile(r"<[a-zA-Z]")
_PLAIN_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,30})")
_VOID = frozenset({
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p",
    "param", "source", "track", "wbr"
})  # fmt: skip
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")

_HIDDEN_TAGS = frozenset({"script", "style", "noscript", "template", "svg", "math", "head", "button", "select"})


def parse_markup(html: str) -> BeautifulSoup:
    """The tree of a page or a fragment; ExtractionError as in ``tamed``."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)  # XHTML pages are read as HTML on purpose
        return BeautifulSoup(tamed(html), "lxml")


def tamed(html: str) -> str:
    """The page as a parser may be given it: no control characters, no tags with thousands of attributes.

    ExtractionError ``article_too_complex`` for pages built to exhaust a parser.
    """
    if len(html) > _MOST_LETTERS or html.count("<") > _MOST_TAGS:
        raise ExtractionError("The page is too large or too intricate to be read.", code="article_too_complex")
    if _depth_of(html) > _DEEPEST:
        raise ExtractionError("The page is nested too deeply to be read.", code="article_too_complex")
    return _CONTROLS.sub("", _without_monsters(html))


def parse_feed(xml: str) -> BeautifulSoup:
    """The tree of an RSS or Atom feed; ExtractionError ``article_too_complex`` for entity tricks and giants."""
    if len(xml) > _MOST_LETTERS or xml.count("<") > _MOST_TAGS or "<!DOCTYPE" in xml or "<!ENTITY" in xml:
        raise ExtractionError("The feed is too large or declares entities of its own.", code="article_too_complex")
    return BeautifulSoup(_CONTROLS.sub("", xml), "xml")


def _without_monsters(html: str) -> str:
    """The page with the attributes of monstrous tags dropped: 40,000 of them keep a parser busy for seconds."""
    if ">" not in html:
        return html[: _LONGEST_TAG * 10]
    pieces = html.split(">")
    if all(len(piece) <= _LONGEST_TAG for piece in pieces):
        return html
    return ">".join(piece if len(piece) <= _LONGEST_TAG else _tamed(piece) for piece in pieces)


def _tamed(piece: str) -> str:
    opening = _OPENING.search(piece)
    if opening is None:
        return piece
    tag = piece[opening.start() :]
    if len(tag) <= _LONGEST_TAG or len(tag.split()) <= _MOST_ATTRIBUTES:
        return piece
    name = _PLAIN_TAG.match(tag)
    return piece[: opening.start()] + (name[0] if name else "")


def _depth_of(html: str) -> int:
    """An upper estimate of the nesting: openings less closings, void and self-closing kinds left out."""
    depth = deepest = 0
    for tag in _PLAIN_TAG.finditer(html):
        if tag[2].lower() in _VOID:
            continue
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def attribute(tag: Tag, name: str) -> str:
    """The attribute's value as one string, empty where it is missing."""
    value = tag.get(name)
    if value is None:
        return ""
    return value if isinstance(value, str) else " ".join(value)


def classes(tag: Tag) -> frozenset[str]:
    """The tag's classes, in lower case."""
    return frozenset(attribute(tag, "class").lower().split())


def is_hidden(tag: Tag) -> bool:
    """Whether a reader of the page does not see the tag's text."""
    if tag.name in _HIDDEN_TAGS or tag.has_attr("hidden") or attribute(tag, "aria-hidden").lower() == "true":
        return True
    style = attribute(tag, "style").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style or bool(classes(tag) & _SCREEN_READER_CLASSES)


_SCREEN_READER_CLASSES = frozenset(
    {"sr-only", "screen-reader-text", "visually-hidden", "visuallyhidden", "screenreader-only", "invisible", "u-hidden"}
)


def is_words(node: object) -> bool:
    """Whether a node is text a reader sees: no comment, no doctype, no processing instruction."""
    return isinstance(node, NavigableString) and not isinstance(node, Comment | Doctype | ProcessingInstruction)
