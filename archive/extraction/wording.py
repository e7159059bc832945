"""The words of an HTML fragment as a reader sees them: line breaks kept, quotation elements given their marks."""

from __future__ import annotations

import re

from bs4.element import Tag

from archive.extraction.markup import attribute, classes, is_hidden, is_words, parse_markup

_BLOCKS = frozenset({
    "article", "blockquote", "dd", "div", "dt", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "li", "ol", "p", "pre", "section", "table", "tr", "ul"
})  # fmt: skip
_SPACES = re.compile(r"[^\S\n]+")
_AROUND_BREAKS = re.compile(r" ?\n ?")
_MANY_BREAKS = re.compile(r"\n{3,}")


def words_of(tag: Tag) -> str:
    """The visible text beneath ``tag``: ``<br>`` a line, blocks set apart by a blank line, spaces collapsed."""
    pieces: list[str] = []
    _collect(tag, pieces)
    text = _SPACES.sub(" ", "".join(pieces))
    return _MANY_BREAKS.sub("\n\n", _AROUND_BREAKS.sub("\n", text)).strip()


def post_words(html: str) -> str:
    """A post's HTML as its text, as the Mastodon family writes it: paragraphs by a blank line, links whole.

    The display of a link is split into visible and invisible parts; both belong to the address. Custom emoji stay as
    ``:code:``, mentions as ``@user``. Bare text without any markup is returned as it is.
    """
    if "<" not in html and "&" not in html:
        return html.strip()
    return words_of(parse_markup(f"<div>{html}</div>"))


def _collect(tag: Tag, pieces: list[str]) -> None:
    """Append the words beneath ``tag``, walking without recursion: pages nest as deep as they like."""
    waiting: list[object] = [tag]
    while waiting:
        node = waiting.pop()
        if type(node) is str:  # a line break or mark of our own; the page's own words are a subclass
            pieces.append(node)
            continue
        if is_words(node):
            pieces.append(str(node).replace("\n", " "))
            continue
        if not isinstance(node, Tag) or (is_hidden(node) and "invisible" not in classes(node)):
            continue
        _open(node, waiting, pieces)


def _open(tag: Tag, waiting: list[object], pieces: list[str]) -> None:
    if tag.name == "br":
        pieces.append("\n")
        return
    if tag.name == "img":
        pieces.append(_emoji(tag))
        return
    before, after = _edges(tag)
    if after:
        waiting.append(after)
    if tag.name == "a" and "ellipsis" in " ".join(_classes_beneath(tag)):
        waiting.append(attribute(tag, "href"))
    else:
        waiting.extend(reversed(list(tag.children)))
    if before:
        pieces.append(before)


def _edges(tag: Tag) -> tuple[str, str]:
    if tag.name in _BLOCKS:
        return "\n\n", "\n\n"
    if tag.name == "q":  # a browser prints the marks
        return "\u201c", "\u201d"
    return "", ""


def _emoji(tag: Tag) -> str:
    """The character or code of an emoji picture; other pictures have no words."""
    if classes(tag) & {"emoji", "emojione", "custom-emoji"}:
        return attribute(tag, "alt")
    return ""


def _classes_beneath(tag: Tag) -> list[str]:
    return [name for child in tag.find_all(True) for name in classes(child)]
