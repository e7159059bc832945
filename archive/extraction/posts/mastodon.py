"""Posts of Mastodon and its relatives: statuses, lists, contexts, edit histories, ActivityPub notes and outboxes.

Only what is addressed to the public is read: outboxes and exports hold followers-only and direct messages too.
"""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit

from archive.domain.accounts import Platform
from archive.domain.posts import PostReading
from archive.extraction.payloads import Json, items, load_json, mapping, moment, text_of, texts
from archive.extraction.posts.asking import Asked
from archive.extraction.wording import post_words

_PUBLIC = frozenset({"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"})
_OPEN = frozenset({"public", "unlisted", None})
_STATUS_NUMBER = re.compile(r"/statuses/(\d+)")


def read(body: bytes, *, asked: Asked) -> tuple[PostReading, ...]:
    """Every public post in an answer of the Mastodon family, in its order."""
    return read_value(load_json(body), asked=asked)


def read_value(data: object, *, asked: Asked) -> tuple[PostReading, ...]:
    """Every public post in an answer that was parsed already: imports read theirs item by item."""
    if isinstance(data, list):
        entries = items(data)
        if entries and all("id" not in entry and "content" in entry for entry in entries):
            return _history(entries, asked=asked)
        return statuses(entries, platform=Platform.MASTODON)
    answer = mapping(data)
    if "orderedItems" in answer or text_of(answer, "type") in {"Note", "Article", "Question", "Create"}:
        return _activities(answer)
    if "ancestors" in answer or "descendants" in answer:
        both = (*items(answer.get("ancestors")), *items(answer.get("descendants")))
        return statuses(both, platform=Platform.MASTODON)
    if "statuses" in answer:
        return statuses(items(answer["statuses"]), platform=Platform.MASTODON)
    if "id" not in answer and "content" in answer:
        return _history((answer,), asked=asked)
    return statuses((answer,), platform=Platform.MASTODON)


def statuses(found: tuple[Json, ...], *, platform: Platform) -> tuple[PostReading, ...]:
    """Statuses of Mastodon's shape, read for ``platform``; private ones and other objects are left out."""
    readings = (_status(status, platform=platform) for status in found)
    return tuple(reading for reading in readings if reading is not None)


def _status(status: Json, *, platform: Platform) -> PostReading | None:
    account = mapping(status.get("account"))
    native_id = text_of(status, "uri") if platform is Platform.MASTODON else text_of(status, "id")
    posted_at = moment(text_of(status, "created_at"))
    handle = _handle(account, platform=platform)
    if native_id is None or posted_at is None or handle is None or text_of(status, "visibility") not in _OPEN:
        return None
    original = mapping(status.get("reblog"))
    shown = original or status
    return PostReading(
        platform=platform,
        native_id=native_id,
        author_handle=handle,
        author_name=text_of(account, "display_name") or handle,
        text=_text(shown),
        posted_at=posted_at,
        author_native_id=(text_of(account, "uri") if platform is Platform.MASTODON else None) or text_of(account, "id"),
        url=text_of(status, "url"),
        language=text_of(shown, "language"),
        edited_at=moment(text_of(status, "edited_at")),
        in_reply_to=text_of(status, "in_reply_to_id"),
        is_repost=bool(original),
        quoted_native_id=_quoted(status, platform=platform),
    )


def _text(status: Json) -> str:
    warning = (text_of(status, "spoiler_text") or "").strip()
    words = post_words(text_of(status, "content") or "")
    return "\n\n".join(part for part in (warning, words) if part)


def _handle(account: Json, *, platform: Platform) -> str | None:
    """``user`` on Truth Social; ``user@server`` on Mastodon, where a bare name means nothing."""
    name = text_of(account, "acct", "username")
    if name is None or platform is not Platform.MASTODON or "@" in name:
        return name
    host = _host(text_of(account, "url", "uri"))
    return f"{name}@{host}" if host else name


def _host(url: str | None) -> str | None:
    try:
        return urlsplit(url or "").netloc or None
    except ValueError:
        return None


def _quoted(status: Json, *, platform: Platform) -> str | None:
    quote = mapping(status.get("quote"))
    post = mapping(quote.get("quoted_status")) or quote
    return text_of(post, "uri") if platform is Platform.MASTODON else text_of(status, "quote_id") or text_of(post, "id")


def _history(entries: tuple[Json, ...], *, asked: Asked) -> tuple[PostReading, ...]:
    """Every version of one post, oldest first. The entries name their author but not their post: the address does."""
    number = _STATUS_NUMBER.search(asked.url or "")
    account = mapping(entries[0].get("account"))
    author = text_of(account, "uri") or text_of(account, "url")
    posted_at = moment(text_of(entries[0], "created_at"))
    handle = _handle(account, platform=Platform.MASTODON)
    if number is None or author is None or posted_at is None or handle is None:
        return ()
    if text_of(account, "uri") is None:  # https://server/@user: the conventional key
        author = f"https://{_host(author)}/users/{text_of(account, 'username')}"
    first = PostReading(
        platform=Platform.MASTODON,
        native_id=f"{author}/statuses/{number[1]}",
        author_handle=handle,
        author_name=text_of(account, "display_name") or handle,
        text=_text(entries[0]),
        posted_at=posted_at,
        author_native_id=author,
        url=f"{text_of(account, 'url')}/{number[1]}" if text_of(account, "url") else None,
    )
    later = [
        first._replace(text=_text(entry), edited_at=moment(text_of(entry, "created_at")), locator=f"version {place}")
        for place, entry in enumerate(entries[1:], start=2)
    ]
    return (first, *later)


def _activities(answer: Json) -> tuple[PostReading, ...]:
    """Notes of an outbox or a single one; boosts (Announce) are another's words and are left out."""
    listed = items(answer.get("orderedItems")) or (answer,)
    notes = [mapping(item.get("object")) if text_of(item, "type") == "Create" else item for item in listed]
    readings = [_note(note) for note in notes if text_of(note, "type") in {"Note", "Article", "Question"}]
    return tuple(reading for reading in readings if reading is not None)


def is_public(item: Json) -> bool:
    """Whether a note or activity is addressed to everybody, be it only in copy (unlisted)."""
    addressed = {*texts(item.get("to")), *texts(item.get("cc")), text_of(item, "to"), text_of(item, "cc")}
    return bool(addressed & _PUBLIC)


def _note(note: Json) -> PostReading | None:
    native_id, author = text_of(note, "id"), text_of(note, "attributedTo")
    posted_at: datetime | None = moment(text_of(note, "published"))
    if native_id is None or author is None or posted_at is None or not is_public(note):
        return None
    handle = f"{author.rstrip('/').rsplit('/', 1)[-1].lstrip('@')}@{_host(author)}"
    languages = list(mapping(note.get("contentMap")))
    warning, words = text_of(note, "summary"), post_words(text_of(note, "content") or "")
    return PostReading(
        platform=Platform.MASTODON,
        native_id=native_id,
        author_handle=handle,
        author_name=handle,
        text="\n\n".join(part for part in (warning, words) if part),
        posted_at=posted_at,
        author_native_id=author,
        url=text_of(note, "url"),
        language=languages[0] if len(languages) == 1 else None,
        edited_at=moment(text_of(note, "updated")),
        in_reply_to=text_of(note, "inReplyTo"),
        quoted_native_id=text_of(note, "quote", "quoteUrl"),
    )
