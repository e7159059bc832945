"""Posts of Bluesky: a record from its host, hydrated posts, threads and feeds of the AppView (platforms.md 7)."""

from __future__ import annotations

from datetime import datetime

from archive.domain.accounts import Platform
from archive.domain.posts import PostReading
from archive.extraction.clocks import hidden_time
from archive.extraction.payloads import Json, items, load_json, mapping, moment, number_pair, text_of, texts
from archive.extraction.posts.asking import Asked

_POST = "app.bsky.feed.post"
_LINK = "app.bsky.richtext.facet#link"
_NOT_FOR_STRANGERS = "!no-unauthenticated"


def read(body: bytes, *, asked: Asked) -> tuple[PostReading, ...]:
    """Every post in an answer, in its order; records of other kinds are left out."""
    return read_value(load_json(body), asked=asked)


def read_value(data: object, *, asked: Asked) -> tuple[PostReading, ...]:
    """Every post in an answer that was parsed already: imports read theirs record by record."""
    answer = mapping(data)
    if "value" in answer:
        reading = _post({**answer, "record": answer["value"]}, asked=asked)
        return (reading,) if reading is not None else ()
    readings = [_post(view, asked=asked) for view in _views(answer)]
    return tuple(reading for reading in readings if reading is not None)


def _views(answer: Json) -> tuple[Json, ...]:
    if "posts" in answer:
        return items(answer["posts"])
    if "feed" in answer:
        return tuple(_with_reason(item) for item in items(answer["feed"]))
    if "thread" in answer:
        return _thread(mapping(answer["thread"]))
    return (answer,) if "record" in answer else ()


def _with_reason(item: Json) -> Json:
    return {**mapping(item.get("post")), "reason": item.get("reason")}


def _thread(root: Json) -> tuple[Json, ...]:
    """A thread's posts: ancestors first, the post asked for, then the replies; absent and blocked ones have none."""
    above: list[Json] = []
    parent = mapping(root.get("parent"))
    while parent and len(above) < 100:
        above.append(parent)
        parent = mapping(parent.get("parent"))
    nodes: list[Json] = [*reversed(above), root]
    waiting = list(items(root.get("replies")))
    while waiting and len(nodes) < 1_000:
        node = waiting.pop(0)
        nodes.append(node)
        waiting.extend(items(node.get("replies")))
    return tuple(mapping(node.get("post")) for node in nodes if "post" in node)


def _post(view: Json, *, asked: Asked) -> PostReading | None:
    uri, record, author = text_of(view, "uri"), mapping(view.get("record")), mapping(view.get("author"))
    if uri is None or text_of(record, "$type") != _POST or f"/{_POST}/" not in uri or is_withheld(author):
        return None
    did, key = uri.removeprefix("at://").split("/")[0], uri.rsplit("/", 1)[-1]
    posted_at = moment(text_of(record, "createdAt")) or hidden_time(Platform.BLUESKY, uri)
    if posted_at is None:
        return None
    handle = text_of(author, "handle") or asked.handle or did
    return PostReading(
        platform=Platform.BLUESKY,
        native_id=uri,
        author_handle=handle,
        author_name=text_of(author, "displayName") or asked.author_name or handle,
        text=_text(record),
        posted_at=posted_at,
        author_native_id=did if did.startswith("did:") else None,
        url=f"https://bsky.app/profile/{handle}/post/{key}",
        language=next(iter(texts(record.get("langs"))), None),
        edited_at=_edited_at(record),
        in_reply_to=text_of(mapping(mapping(record.get("reply")).get("parent")), "uri"),
        is_repost=text_of(mapping(view.get("reason")), "$type") == "app.bsky.feed.defs#reasonRepost",
        quoted_native_id=_quoted(mapping(record.get("embed"))),
    )


def is_withheld(author: Json) -> bool:
    """Whether the author (as views show one) asks not to be shown to people who are not signed in; that is honoured."""
    return any(text_of(label, "val") == _NOT_FOR_STRANGERS for label in items(author.get("labels")))


def _edited_at(record: Json) -> datetime | None:
    return moment(text_of(record, "updatedAt"))


def _quoted(embed: Json) -> str | None:
    record = mapping(embed.get("record"))
    uri = text_of(record, "uri") or text_of(mapping(record.get("record")), "uri")
    return uri if uri and f"/{_POST}/" in uri else None


def _text(record: Json) -> str:
    """The text with shortened links written out; facets count bytes of UTF-8, not characters."""
    raw = record.get("text")
    whole = (raw if isinstance(raw, str) else "").encode("utf-8", "surrogatepass")
    for start, end, target in sorted(_links(record), reverse=True):
        if 0 <= start < end <= len(whole) and whole[start:end].endswith((b"...", "…".encode())):
            whole = whole[:start] + target.encode("utf-8", "surrogatepass") + whole[end:]
    return whole.decode("utf-8", "replace").strip()


def _links(record: Json) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for facet in items(record.get("facets")):
        index = mapping(facet.get("index"))
        span = number_pair([index.get("byteStart"), index.get("byteEnd")])
        for feature in items(facet.get("features")):
            target = text_of(feature, "uri")
            if span is not None and target and text_of(feature, "$type") == _LINK:
                found.append((*span, target))
    return found
