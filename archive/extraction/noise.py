"""What on a page is surely not the article: captions, share bars, teasers, forms – by the names their makers gave them.

A name is a suspicion only: ``selection`` acquits tags that turn out to hold the article.
"""

from __future__ import annotations

import re

from bs4.element import Tag

from archive.extraction.markup import attribute, classes

BLOCK_TAGS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li",
    "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    "ul"
})  # fmt: skip
"""Elements that a browser sets on lines of their own."""

_NOISE_TAGS = frozenset({"aside", "nav", "footer", "form", "figcaption", "figure", "label", "iframe", "video", "audio"})
_NOISE_WORDS = frozenset({
    "ad", "ads", "adslot", "advert", "advertisement", "advertising", "also-read", "alsoread", "author-bio",
    "authorbox", "banner", "bio", "breadcrumb", "breadcrumbs", "byline", "caption", "captions", "comment",
    "comments", "consent", "cookie", "copyright", "correction-link", "credit", "credits", "dateline",
    "disclaimer", "disqus", "donate", "footer", "footnotes", "gallery", "infobox", "jp-relatedposts", "kicker",
    "legal", "login", "masthead", "media-caption", "menu", "meta", "metadata", "modal", "more-on", "most-read",
    "mostread", "nav", "navigation", "newsletter", "newsletters", "outbrain", "paywall", "photo-caption",
    "photocredit", "poll", "popular", "popup", "premium", "print", "promo", "promoted", "promotion", "rating",
    "read-more", "readmore", "recirc", "recommend", "recommendation", "recommendations", "recommended", "related",
    "relatedposts", "see-also", "seealso", "share", "share-bar", "sharebar", "sharedaddy", "shares", "sharing",
    "shop", "sidebar", "signup", "slideshow", "social", "sponsor", "sponsored", "subscribe", "subscription",
    "taboola", "tag", "tagline", "tags", "teaser", "teasers", "timestamp", "toc", "toolbar", "tooltip", "topics",
    "trending", "widget", "widgets", "wp-caption-text"
})  # fmt: skip
_HOLDERS = frozenset({
    "article", "body", "col", "column", "container", "content", "grid", "inner", "main", "page", "row", "story",
    "text", "wrapper"
})  # fmt: skip
_NOISE_ROLES = frozenset({"complementary", "navigation", "search", "contentinfo", "dialog"})
_INLINE_NOISE = frozenset({"caption", "credit", "copyright", "photo-credit", "image-credit", "sharebar"})
_NEVER_NOISE = frozenset({"body", "html", "main", "article", "p"})
_NEGATIONS = frozenset({"has", "with", "no", "is", "js", "not", "without"})
_SPLIT_CLASS = re.compile(r"[^a-z0-9]+")


_CODE_CLASSES = ("lang", "highlight", "brush", "code")


def is_code(tag: Tag) -> bool:
    """Whether a preformatted block holds program text, whose strings are nobody's words."""
    if tag.name != "pre":
        return False
    if tag.find("code") is not None or any(
        word.startswith(("lang", "highlight", "brush", "code")) for word in classes(tag)
    ):
        return True
    text = tag.get_text()[:2_000]
    return sum(text.count(sign) for sign in "{};=<>|") > len(text) * 0.02 + 2


def is_noise(tag: Tag) -> bool:
    """Whether a tag's name, class, id or role says that what it holds is not article text."""
    if tag.name in _NOISE_TAGS:
        return tag.name != "figure" or tag.find("blockquote") is None
    if tag.name in _NEVER_NOISE:
        return False
    words = classes(tag)
    if tag.name not in BLOCK_TAGS:
        return tag.name in {"span", "small"} and any(word in _INLINE_NOISE for word in words)
    if attribute(tag, "id").lower() in _NOISE_WORDS or attribute(tag, "role").lower() in _NOISE_ROLES:
        return True
    return any(word in _NOISE_WORDS or any(part in _NOISE_WORDS for part in _ends(word)) for word in words)


def _ends(name: str) -> tuple[str, ...]:
    """First and last part of a compound class: ``teaser-list__item`` gives ``teaser`` and ``item``.

    Middle parts say little, and ``has-sidebar`` or ``sidebar-content`` is mostly the content beside it.
    """
    parts = [part for part in _SPLIT_CLASS.split(name) if part]
    if not parts or parts[0] in _NEGATIONS or parts[-1] in _HOLDERS:
        return ()
    return (parts[0], parts[-1])
