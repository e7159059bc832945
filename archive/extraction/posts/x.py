"""Posts of X: oEmbed, the embed back end's tweet-result, API v2, API v1.1 and account archives (platforms.md 4, 11).

Text is what the author wrote: entities unescaped, ``t.co`` links expanded, the media link at the end dropped.
"""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape

from archive.domain.accounts import Platform
from archive.domain.posts import PostReading
from archive.extraction.clocks import hidden_time
from archive.extraction.embeds import read_embeds
from archive.extraction.payloads import Json, items, load_json, mapping, moment, number_pair, text_of, texts
from archive.extraction.posts.asking import Asked
from archive.text.post_urls import parse_post_url

_ARCHIVE_PREFIX = re.compile(rb"^\s*window\.YTD\.[\w.]+\s*=\s*")
_CUT = re.compile(r"(?:…|\.\.\.)\s*(?:https?://t\.co/\w+)?\s*$")
_REPOST = re.compile(r"^RT @\w{1,20}:")
_CUT_FROM = 130
"""No text shorter than this was cut by the platform (the limit was once 140)."""


def read(body: bytes, *, asked: Asked) -> tuple[PostReading, ...]:
    """Every post in an answer of X, in its order; tombstones and posts without any known author give none."""
    return read_value(load_json(_ARCHIVE_PREFIX.sub(b"", body, count=1)), asked=asked)


def read_value(data: object, *, asked: Asked) -> tuple[PostReading, ...]:
    """Every post in an answer that was parsed already: imports read theirs item by item."""
    if isinstance(data, list):
        found = [_old(mapping(item.get("tweet")) or item, asked=asked) for item in items(data)]
    else:
        found = _one_answer(mapping(data), asked=asked)
    return tuple(reading for reading in found if reading is not None)


def _one_answer(data: Json, *, asked: Asked) -> list[PostReading | None]:
    if "html" in data and "author_url" in data:
        return [_oembed(data)]
    if text_of(data, "__typename") == "Tweet":
        return [_embedded(data)]
    if "data" in data:
        return _second_version(data, asked=asked)
    if "statuses" in data:
        return [_old(item, asked=asked) for item in items(data["statuses"])]
    if "status" in data and "screen_name" in data:
        return [_old({**mapping(data["status"]), "user": data}, asked=asked)]
    return [_old(data, asked=asked)] if text_of(data, "full_text", "text") and text_of(data, "id_str", "id") else []


def _oembed(data: Json) -> PostReading | None:
    pointer = parse_post_url(text_of(data, "url") or "")
    embeds = read_embeds(text_of(data, "html") or "")
    if not embeds or embeds[0].text is None:
        return None
    embed = embeds[0]
    native_id = (pointer.native_id if pointer else None) or embed.native_id
    handle = (
        embed.handle or (pointer.handle if pointer else None) or (text_of(data, "author_url") or "").rsplit("/", 1)[-1]
    )
    if native_id is None or not handle:
        return None
    posted_at = hidden_time(Platform.X, native_id)
    if posted_at is None and embed.posted_on is not None:
        posted_at = moment(embed.posted_on.isoformat())
    if posted_at is None or embed.text is None:
        return None
    return PostReading(
        platform=Platform.X,
        native_id=native_id,
        author_handle=handle,
        author_name=text_of(data, "author_name") or handle,
        text=embed.text,
        posted_at=posted_at,
        url=f"https://x.com/{handle}/status/{native_id}",
        truncated=is_cut(embed.text),
    )


def _embedded(data: Json) -> PostReading | None:
    """A ``tweet-result``; one without ``user`` belongs to a suspended account and is not read."""
    user = mapping(data.get("user"))
    native_id, handle = text_of(data, "id_str"), text_of(user, "screen_name")
    posted_at = moment(text_of(data, "created_at"))
    if native_id is None or handle is None or posted_at is None:
        return None
    versions = texts(mapping(data.get("edit_control")).get("edit_tweet_ids"))
    return _reading(
        native_id,
        handle=handle,
        user=user,
        text=_written(data, text_of(data, "text") or ""),
        posted_at=posted_at,
        versions=versions,
        language=text_of(data, "lang"),
        in_reply_to=text_of(data, "in_reply_to_status_id_str"),
        quoted=text_of(mapping(data.get("quoted_tweet")), "id_str"),
        truncated="note_tweet" in data,
    )


def _second_version(data: Json, *, asked: Asked) -> list[PostReading | None]:
    users = {text_of(user, "id"): user for user in items(mapping(data.get("includes")).get("users"))}
    posts = items(data["data"]) or ((mapping(data["data"]),) if isinstance(data["data"], dict) else ())
    others = {text_of(post, "id"): post for post in items(mapping(data.get("includes")).get("tweets"))}
    return [_second_post(post, users=users, others=others, asked=asked) for post in posts if text_of(post, "text")]


def _second_post(
    post: Json, *, users: dict[str | None, Json], others: dict[str | None, Json], asked: Asked
) -> PostReading | None:
    native_id = text_of(post, "id")
    user = users.get(text_of(post, "author_id"), {"id": text_of(post, "author_id")})
    handle = text_of(user, "username") or asked.handle
    if native_id is None or handle is None:
        return None
    posted_at = moment(text_of(post, "created_at")) or hidden_time(Platform.X, native_id)
    if posted_at is None:
        return None
    kinds = {text_of(item, "type"): text_of(item, "id") for item in items(post.get("referenced_tweets"))}
    text, truncated = _second_words(post, original=others.get(kinds.get("retweeted")) or {})
    return _reading(
        native_id,
        handle=handle,
        user=user,
        text=text,
        posted_at=posted_at,
        versions=texts(post.get("edit_history_tweet_ids")),
        language=text_of(post, "lang"),
        in_reply_to=kinds.get("replied_to"),
        quoted=kinds.get("quoted"),
        is_repost="retweeted" in kinds,
        truncated=truncated,
    )


def _second_words(post: Json, *, original: Json) -> tuple[str, bool]:
    """The words of a v2 post and whether they were cut; a repost's are those of the original where that is there."""
    raw = text_of(post, "text") or ""
    passed_on = _REPOST.match(raw)
    if passed_on and text_of(original, "text"):
        words, truncated = _second_words(original, original={})
        return f"{passed_on.group()} {words}", truncated
    note = mapping(post.get("note_tweet"))
    whole = text_of(note, "text")
    text = _written(note if whole else post, whole or raw)
    return text, whole is None and is_cut(text)


def _old(post: Json, *, asked: Asked) -> PostReading | None:
    """A status of API v1.1 or of an account archive; ``user`` may hold no more than an id."""
    user = mapping(post.get("user"))
    native_id, handle = text_of(post, "id_str", "id"), text_of(user, "screen_name") or asked.handle
    if native_id is None or handle is None:
        return None
    posted_at = moment(text_of(post, "created_at")) or hidden_time(Platform.X, native_id)
    if posted_at is None:
        return None
    text, truncated = _old_words(post)
    return _reading(
        native_id,
        handle=handle,
        user=user,
        text=text,
        posted_at=posted_at,
        versions=_old_versions(post),
        language=text_of(post, "lang"),
        in_reply_to=text_of(post, "in_reply_to_status_id_str", "in_reply_to_status_id"),
        quoted=text_of(post, "quoted_status_id_str"),
        is_repost=bool(mapping(post.get("retweeted_status")) or _REPOST.match(text)),
        truncated=truncated,
    )


def _old_words(post: Json) -> tuple[str, bool]:
    """The words of a v1.1 status and whether they were cut. A repost's own text is cut, the original's not."""
    original = mapping(post.get("retweeted_status"))
    if handle := text_of(mapping(original.get("user")), "screen_name"):
        words, truncated = _old_words({**original, "retweeted_status": None})
        return f"RT @{handle}: {words}", truncated
    extended = mapping(post.get("extended_tweet"))
    raw = text_of(extended, "full_text") or text_of(post, "full_text", "text") or ""
    words = _written(extended or post, raw, has_range="full_text" in post or bool(extended))
    is_cut_repost = bool(_REPOST.match(raw)) and raw.rstrip().endswith("…")
    return words, (post.get("truncated") is True and not extended) or is_cut_repost


def _old_versions(post: Json) -> tuple[str, ...]:
    """The identifiers of every version of an edited post, the first first, as account archives keep them."""
    info = mapping(post.get("edit_info"))
    edit = mapping(info.get("edit"))
    chain = mapping(info.get("initial")) or mapping(edit.get("editControlInitial"))
    first = text_of(edit, "initialTweetId")
    return texts(chain.get("editTweetIds")) or ((first,) if first else ())


def _reading(
    native_id: str,
    *,
    handle: str,
    user: Json,
    text: str,
    posted_at: datetime,
    versions: tuple[str, ...],
    language: str | None,
    in_reply_to: str | None,
    quoted: str | None,
    truncated: bool,
    is_repost: bool = False,
) -> PostReading:
    """One reading. Every edit has an id of its own: the first of the chain is the post, the others its versions."""
    first = versions[0] if versions and versions[0].isdigit() else native_id
    is_edit = first != native_id
    return PostReading(
        platform=Platform.X,
        native_id=first,
        author_handle=handle.lstrip("@"),
        author_name=text_of(user, "name") or handle,
        text=text,
        posted_at=(hidden_time(Platform.X, first) or posted_at) if is_edit else posted_at,
        author_native_id=text_of(user, "id_str", "id"),
        url=f"https://x.com/{handle.lstrip('@')}/status/{native_id}",
        language=None if language in {None, "und", "zxx", "qme", "qst", "qht"} else language,
        edited_at=(hidden_time(Platform.X, native_id) or posted_at) if is_edit else None,
        in_reply_to=in_reply_to,
        is_repost=is_repost,
        quoted_native_id=quoted,
        truncated=truncated,
    )


def _written(post: Json, text: str, *, has_range: bool = True) -> str:
    """The author's own words: the displayed range (it counts escaped characters), links expanded, media links gone."""
    shown = _shown_range(post.get("display_text_range")) if has_range else None
    if shown is not None and 0 <= shown[0] < shown[1] <= len(text):
        text = text[shown[0] : shown[1]]
    entities = mapping(post.get("entities"))
    media = (*items(entities.get("media")), *items(post.get("mediaDetails")))
    for item in media:
        if link := text_of(item, "url"):
            text = text.replace(link, "")
    for item in items(entities.get("urls")):
        link, target = text_of(item, "url"), text_of(item, "expanded_url")
        if link and target:
            is_media = re.search(r"/status/\d+/(?:photo|video)/", target)
            text = text.replace(link, "" if is_media else target)
    return unescape(text).strip()


def _shown_range(value: object) -> tuple[int, int] | None:
    """The displayed range in code points; account archives write its numbers as texts."""
    if isinstance(value, list):
        value = [int(part) if isinstance(part, str) and part.isdecimal() and len(part) < 8 else part for part in value]
    return number_pair(value)


def before_cut(text: str) -> str:
    """The words before the dots, and before the short link behind them, that a cut text ends with."""
    return _CUT.sub("", text)


def is_cut(text: str) -> bool:
    """Whether the platform cut this text: it is long and ends with three dots, a short link behind them or not."""
    return len(text) >= _CUT_FROM and _CUT.search(text) is not None
