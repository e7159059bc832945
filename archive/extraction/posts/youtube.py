"""Videos of YouTube: Data API lists, the watch page's own marks, and oEmbed (title and author only, no date)."""

from __future__ import annotations

from bs4.element import Tag

from archive.domain.accounts import Platform
from archive.domain.posts import PostReading
from archive.errors import ExtractionError
from archive.extraction.charsets import decoded
from archive.extraction.embeds import read_embeds
from archive.extraction.feeds import is_feed
from archive.extraction.markup import attribute, parse_feed, parse_markup
from archive.extraction.payloads import Json, items, load_json, mapping, moment, text_of
from archive.extraction.posts.asking import Asked
from archive.text.post_urls import parse_post_url

_MEMBERS = ("yt:videoId", "yt:channelId", "published", "title", "media:description", "name")


def read(body: bytes, *, asked: Asked) -> tuple[PostReading, ...]:
    """Every video in an answer: its title and, where given, its description.

    ExtractionError ``post_undated`` for an oEmbed answer when nobody knows the date.
    """
    if is_feed(body):
        return _feed(body)
    if body.lstrip()[:1] == b"<":
        return _watch_page(body, asked=asked)
    answer = mapping(load_json(body))
    if "items" in answer:
        readings = [_listed(item) for item in items(answer["items"])]
        return tuple(reading for reading in readings if reading is not None)
    return _oembed(answer, asked=asked)


def _feed(body: bytes) -> tuple[PostReading, ...]:
    """The feed of a channel: its newest videos with titles, descriptions and days."""
    readings = (_entry(tag) for tag in parse_feed(decoded(body).text).find_all("entry"))
    return tuple(reading for reading in readings if reading is not None)


def _entry(tag: Tag) -> PostReading | None:
    held = {name: found.get_text().strip() for name in _MEMBERS if isinstance(found := tag.find(name), Tag)}
    video, channel = held.get("yt:videoId"), held.get("yt:channelId")
    posted_at = moment(held.get("published"))
    if not video or not channel or posted_at is None:
        return None
    parts = (held.get("title"), held.get("media:description"))
    return PostReading(
        platform=Platform.YOUTUBE,
        native_id=video,
        author_handle=channel,
        author_name=held.get("name") or channel,
        text="\n\n".join(part for part in parts if part),
        posted_at=posted_at,
        author_native_id=channel,
        url=f"https://www.youtube.com/watch?v={video}",
    )


def _listed(item: Json) -> PostReading | None:
    snippet = mapping(item.get("snippet"))
    video = text_of(item, "id") or text_of(mapping(item.get("id")), "videoId")
    channel, posted_at = text_of(snippet, "channelId"), moment(text_of(snippet, "publishedAt"))
    if video is None or channel is None or posted_at is None:
        return None
    parts = (text_of(snippet, "title"), text_of(snippet, "description"))
    return PostReading(
        platform=Platform.YOUTUBE,
        native_id=video,
        author_handle=channel,
        author_name=text_of(snippet, "channelTitle") or channel,
        text="\n\n".join(part.strip() for part in parts if part),
        posted_at=posted_at,
        author_native_id=channel,
        url=f"https://www.youtube.com/watch?v={video}",
        language=text_of(snippet, "defaultLanguage", "defaultAudioLanguage"),
    )


def _oembed(answer: Json, *, asked: Asked) -> tuple[PostReading, ...]:
    title, author = text_of(answer, "title"), text_of(answer, "author_name")
    framed = [embed.native_id for embed in read_embeds(text_of(answer, "html") or "")]
    pointer = parse_post_url(asked.url or "")
    video = next(iter(framed), None) or (pointer.native_id if pointer else None)
    if title is None or author is None or video is None:
        return ()
    if asked.posted_at is None:
        raise ExtractionError("The answer gives the video's title but not its date.", code="post_undated")
    handle = (text_of(answer, "author_url") or "").rstrip("/").rsplit("/", 1)[-1].lstrip("@")
    return (
        PostReading(
            platform=Platform.YOUTUBE,
            native_id=video,
            author_handle=handle or author,
            author_name=author,
            text=title,
            posted_at=asked.posted_at,
            url=f"https://www.youtube.com/watch?v={video}",
        ),
    )


def _watch_page(body: bytes, *, asked: Asked) -> tuple[PostReading, ...]:
    soup = parse_markup(decoded(body, declared=asked.charset).text)
    marks = {
        attribute(tag, "itemprop") or attribute(tag, "property"): attribute(tag, "content")
        for tag in soup.find_all("meta", content=True)
    }
    posted_at = moment(marks.get("datePublished") or marks.get("uploadDate"))
    video, channel = marks.get("identifier") or marks.get("videoId"), marks.get("channelId")
    author = soup.select_one("[itemprop=author] [itemprop=name]")
    name = attribute(author, "content") if author is not None else ""
    title = marks.get("og:title") or marks.get("name")
    if not (posted_at and video and title and (channel or name)):
        return ()
    return (
        PostReading(
            platform=Platform.YOUTUBE,
            native_id=video,
            author_handle=channel or name,
            author_name=name or channel or "",
            text="\n\n".join(part for part in (title, marks.get("og:description") or "") if part),
            posted_at=posted_at,
            author_native_id=channel,
            url=f"https://www.youtube.com/watch?v={video}",
        ),
    )
