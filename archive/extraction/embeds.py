"""Posts embedded in a page: quoted in full by the newsroom's own tools, framed, or merely linked.

An embed is a third text to compare and the best pointer to the original. Newsrooms paste the platforms' blockquotes,
lazy frames put the address into ``data-src``, and CMSs rename everything: addresses decide, classes only help.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from bs4 import BeautifulSoup
from bs4.element import Tag

from archive.domain.accounts import Platform
from archive.domain.articles import Embed
from archive.extraction.markup import attribute, classes, parse_markup
from archive.extraction.wording import words_of
from archive.text.post_urls import PostPointer, parse_post_url

_CLASS_PLATFORMS = {
    "twitter-tweet": Platform.X,
    "twitter-video": Platform.X,
    "tweet-embed": Platform.X,
    "instagram-media": Platform.INSTAGRAM,
    "bluesky-embed": Platform.BLUESKY,
    "mastodon-embed": Platform.MASTODON,
    "truthsocial-embed": Platform.TRUTH_SOCIAL,
    "text-post-media": Platform.THREADS,
    "fb-post": Platform.FACEBOOK,
    "fb-video": Platform.FACEBOOK,
}
_ADDRESS_ATTRIBUTES = (
    "src", "data-src", "data-lazy-src", "data-href", "data-url", "data-post-url", "data-tweet-url", "cite",
    "data-instgrm-permalink", "data-text-post-permalink", "data-bluesky-uri", "data-embed-url", "data-iframe-src",
    "data-orig-src", "data-litespeed-src", "data-cmp-src",
)  # fmt: skip
_NUMBER_ATTRIBUTES = {
    "data-tweet-id": "https://x.com/i/status/{}",
    "data-tweetid": "https://x.com/i/status/{}",
    "tweet-id": "https://x.com/i/status/{}",
    "data-telegram-post": "https://t.me/{}",
    "data-videoid": "https://www.youtube.com/watch?v={}",
    "videoid": "https://www.youtube.com/watch?v={}",
    "data-shortcode": "https://www.instagram.com/p/{}/",
}
_CARRIERS = frozenset({"iframe", "blockquote", "div", "figure", "section", "script", "article", "span", "object"})
_LONGEST_EMBED = 6_000

_SIGNED = re.compile(
    r"(?:^|\n|\s)(?:\u2014|\u2013|--)\s*(?P<name>[^\n]{1,80}?)\s*\((?P<handle>@[\w.@-]{1,60})\)(?P<rest>[^\n]*)\s*$"
)
_SHARED_BY = re.compile(r"(?P<name>[^()]{1,80}?)\s*\(@(?P<handle>[\w.]{1,40})\)")
_POSTED_BY = re.compile(
    r"(?:^|\n)\s*(?:Posted by|Gepostet von|Publi\u00e9 par|Publicado por|Posted)\s+(?P<name>[^\n]{1,80}?)\s+"
    r"(?:on|am|le|el|em)\s+(?:[A-Z]\w+day,\s)?(?P<day>[^\n]{4,40})\s*$"
)
"""The last line of Facebook's card."""
_PLACEHOLDER = re.compile(r"^(?:Post by @\S+\s+)?View (?:this post )?on \w+(?: \w+)?$|^Loading\b.{0,40}$")
"""What a card shows before a script has put the post there."""
_MEDIA_TAIL = re.compile(r"(?:\s*pic\.(?:twitter|x)\.com/\w+)+\s*$")
_PRINTED_DATES = ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d")


def read_embeds(html: str | BeautifulSoup | Tag) -> tuple[Embed, ...]:
    """Every post embedded in a page or fragment, in reading order, each once; bare links are not among them.

    ``position`` is not set: that needs the article's text (see ``pages``).
    """
    soup = parse_markup(html) if isinstance(html, str) else html
    found: dict[tuple[object, ...], Embed] = {}
    for tag in embed_roots(soup):
        embed = embed_of(tag)
        if embed is not None:
            found[_key(embed)] = _richer(found.get(_key(embed)), embed)
    return tuple(found.values())


def embed_roots(soup: Tag) -> Iterator[Tag]:
    """The outermost tags that hold an embedded post."""
    inside: set[int] = set()
    for tag in soup.find_all(True):
        if id(tag.parent) in inside:
            inside.add(id(tag))
        elif is_embed(tag):
            inside.add(id(tag))
            yield tag


def is_embed(tag: Tag) -> bool:
    """Whether ``tag`` is itself an embedded post: a quotation by its class, anything else by an address it carries.

    A class alone proves nothing on other tags: one CMS puts ``instagram-media`` on the whole article's ``<div>``.
    """
    if tag.name == "blockquote" and _class_platform(tag) is not None:
        return _is_short(tag)
    if tag.name not in _CARRIERS and "-" not in tag.name:
        return False
    return _carried(tag) is not None and _is_short(tag)


def _is_short(tag: Tag) -> bool:
    return len(tag.get_text(" ", strip=True)) <= _LONGEST_EMBED


def embed_of(tag: Tag) -> Embed | None:
    """The post that an embed's tag shows, or None where not even its platform is certain."""
    pointer = _pointer(tag)
    platform = pointer.platform if pointer is not None else _class_platform(tag)
    if platform is None or (pointer is None and tag.name != "blockquote"):
        return None
    embed = Embed(
        platform=platform,
        url=pointer.url if pointer is not None else None,
        native_id=pointer.native_id if pointer is not None else None,
        handle=pointer.handle if pointer is not None else None,
    )
    if tag.name == "iframe" or platform is Platform.YOUTUBE:
        return embed
    return _with_words(embed, tag)


def linked_post(tag: Tag) -> Embed | None:
    """The post an ``<a>`` leads to, as an embed without text; None for any other link."""
    pointer = parse_post_url(attribute(tag, "href"))
    if pointer is None or pointer.platform is Platform.YOUTUBE:
        return None
    return Embed(platform=pointer.platform, url=pointer.url, native_id=pointer.native_id, handle=pointer.handle)


def _class_platform(tag: Tag) -> Platform | None:
    return next((_CLASS_PLATFORMS[name] for name in classes(tag) if name in _CLASS_PLATFORMS), None)


def _carried(tag: Tag) -> PostPointer | None:
    """The post whose address or number the tag's own attributes carry."""
    for name in _ADDRESS_ATTRIBUTES:
        value = attribute(tag, name)
        if value and (pointer := parse_post_url(value)):
            return pointer
    for name, shape in _NUMBER_ATTRIBUTES.items():
        value = attribute(tag, name)
        if value and (pointer := parse_post_url(shape.format(value))):
            return pointer
    return None


def _pointer(tag: Tag) -> PostPointer | None:
    """The post the embed points to: its own attributes first, else its last link to a post (the dated one).

    Links inside the text may lead to *other* posts (a quote post's tail), so the permalink at the end wins.
    """
    carried = _carried(tag)
    if carried is not None and carried.handle is not None:
        return carried
    expected = _class_platform(tag) or (carried.platform if carried else None)
    linked = [parse_post_url(attribute(link, "href")) for link in tag.find_all("a", href=True)]
    posts = [pointer for pointer in linked if pointer and (expected is None or pointer.platform is expected)]
    if carried is None:
        framed = [_carried(child) for child in tag.find_all(["iframe", "blockquote"])]
        return posts[-1] if posts else next((pointer for pointer in framed if pointer), None)
    same = [pointer for pointer in posts if pointer.native_id == carried.native_id]
    return same[-1] if same else carried


def _with_words(embed: Embed, tag: Tag) -> Embed:
    whole = words_of(tag)
    signed = _SIGNED.search(whole)
    if signed is not None:
        text = _MEDIA_TAIL.sub("", whole[: signed.start()]).strip()
        return replace(
            embed,
            text=text or None,
            author_name=signed["name"].strip(" \u200f\u200e") or None,
            handle=embed.handle or signed["handle"].lstrip("@"),
            posted_on=_printed_day(signed["rest"]) or _time_tag_day(tag),
        )
    if embed.platform is Platform.INSTAGRAM:
        return _shared(embed, whole)
    if embed.platform in {Platform.X, Platform.BLUESKY} and tag.find("p") is None:
        return embed
    text = _MEDIA_TAIL.sub("", whole).strip()
    posted = _POSTED_BY.search(text)
    if posted is not None:
        text, day = text[: posted.start()].strip(), _printed_day(posted["day"])
        return replace(
            embed, text=text or None, author_name=posted["name"].strip(), posted_on=day or _time_tag_day(tag)
        )
    return replace(embed, text=None if _PLACEHOLDER.match(text) else text or None, posted_on=_time_tag_day(tag))


def _shared(embed: Embed, whole: str) -> Embed:
    """Instagram's card: "View this post on Instagram", the caption if asked for, "A post shared by NAME (@handle)"."""
    last = whole.rsplit("\n", 1)[-1]
    found = _SHARED_BY.search(last)
    day = re.search(r"\bon ([A-Z][a-z]{2} \d{1,2}, \d{4})\b", last)
    caption = [line for line in whole.split("\n\n")[:-1] if "Instagram" not in line]
    return replace(
        embed,
        handle=embed.handle or (found["handle"] if found else None),
        text="\n\n".join(caption).strip() or None,
        posted_on=_printed_day(day[1]) if day else None,
    )


def _printed_day(text: str) -> date | None:
    cleaned = re.sub(r"\s+at\s+\d.*$", "", text.strip().strip("."))
    for shape in _PRINTED_DATES:
        try:
            return datetime.strptime(cleaned, shape).date()
        except ValueError:
            continue
    return None


def _time_tag_day(tag: Tag) -> date | None:
    stamp = tag.find("time")
    if not isinstance(stamp, Tag):
        return None
    try:
        return date.fromisoformat(attribute(stamp, "datetime")[:10])
    except ValueError:
        return None


def _key(embed: Embed) -> tuple[object, ...]:
    if embed.native_id is not None:
        return embed.platform, embed.native_id
    return embed.platform, embed.url, embed.text


def _richer(one: Embed | None, other: Embed) -> Embed:
    return other if one is None or (one.text is None and other.text is not None) else one
