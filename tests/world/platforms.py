"""How the platforms of the world name and show posts: their shapes with invented people."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import httpx

from archive.domain.accounts import Platform
from tests.world.repositories import cid_of

if TYPE_CHECKING:
    from tests.world.world import WorldPost

_TID_LETTERS = "234567abcdefghijklmnopqrstuvwxyz"


def identify(platform: Platform, handle: str, moment: datetime, *, serial: int) -> tuple[str, str]:
    """The native id and the address of a post published at ``moment``."""
    milliseconds = int(moment.timestamp() * 1000)
    match platform:
        case Platform.X:
            number = ((milliseconds - 1_288_834_974_657) << 22) + serial
            return str(number), f"https://x.com/{handle}/status/{number}"
        case Platform.MASTODON:
            user, host = handle.split("@")
            number = (milliseconds << 16) + serial
            return f"https://{host}/users/{user}/statuses/{number}", f"https://{host}/@{user}/{number}"
        case Platform.BLUESKY:
            key = _record_key(milliseconds * 1000, serial)
            return f"at://{did_of(handle)}/app.bsky.feed.post/{key}", f"https://bsky.app/profile/{handle}/post/{key}"
        case Platform.TELEGRAM:
            return f"{handle}/{serial + 1}", f"https://t.me/{handle}/{serial + 1}"
        case _:
            raise NotImplementedError(platform)


def did_of(handle: str) -> str:
    """The stable identifier of a Bluesky account."""
    return f"did:plc:{handle.replace('.', '')}"


def x_oembed(post: WorldPost | None) -> httpx.Response:
    """publish.x.com: the text inside a blockquote; a deleted post is an HTML 404."""
    if post is None:
        return httpx.Response(404, html="<html><body>Sorry, that page doesn't exist!</body></html>")
    words = html.escape(post.text).replace("\n", "<br>")
    day = f"{post.posted_at:%B} {post.posted_at.day}, {post.posted_at.year}"
    quote = (
        f'<blockquote class="twitter-tweet"><p lang="en" dir="ltr">{words}</p>&mdash; {html.escape(post.name)} '
        f'(@{post.handle}) <a href="{post.url}?ref_src=twsrc%5Etfw">{day}</a></blockquote>\n'
    )
    return httpx.Response(
        200,
        json={
            "url": post.url,
            "author_name": post.name,
            "author_url": f"https://x.com/{post.handle}",
            "html": quote,
            "type": "rich",
            "cache_age": "3153600000",
            "provider_name": "X",
            "version": "1.0",
        },
    )


def mastodon_status(post: WorldPost | None) -> httpx.Response:
    """A status, or Mastodon's one answer for deleted and private alike."""
    if post is None:
        return httpx.Response(404, json={"error": "Record not found"})
    return httpx.Response(
        200,
        json={
            "id": post.native_id.rsplit("/", 1)[-1],
            "uri": post.native_id,
            "url": post.url,
            "created_at": _stamp(post.posted_at),
            "edited_at": _stamp(post.versions[-1][0]) if len(post.versions) > 1 and not post.unmarked else None,
            "visibility": "public",
            "language": "en",
            "spoiler_text": "",
            "content": _paragraphs(post.text),
            "account": _mastodon_account(post),
            "in_reply_to_id": None,
            "reblog": None,
        },
    )


def mastodon_history(post: WorldPost | None) -> httpx.Response:
    """Every version of a status, oldest first."""
    if post is None:
        return httpx.Response(404, json={"error": "Record not found"})
    account = _mastodon_account(post)
    return httpx.Response(
        200,
        json=[
            {"content": _paragraphs(text), "spoiler_text": "", "created_at": _stamp(moment), "account": account}
            for moment, text in post.versions
        ],
    )


def bluesky_record(post: WorldPost) -> dict[str, object]:
    """The record as the author's own host holds it."""
    return {
        "$type": "app.bsky.feed.post",
        "text": post.text,
        "createdAt": _stamp(post.posted_at),
        "langs": ["en"],
    }


def bluesky_thread(post: WorldPost | None) -> httpx.Response:
    """A thread of one post, or the AppView's words for a missing one."""
    if post is None:
        return httpx.Response(400, json={"error": "NotFound", "message": "Post not found"})
    thread = {"$type": "app.bsky.feed.defs#threadViewPost", "post": _bluesky_view(post)}
    return httpx.Response(200, json={"thread": thread})


def bluesky_feed(posts: Sequence[WorldPost], *, cursor: str | None) -> httpx.Response:
    """One page of an account's posts, newest first."""
    page: dict[str, object] = {"feed": [{"post": _bluesky_view(post)} for post in posts]}
    return httpx.Response(200, json=page | ({"cursor": cursor} if cursor else {}))


def bluesky_own_record(post: WorldPost | None) -> httpx.Response:
    """What the author's own host answers: the record with its address, or that there is none."""
    if post is None:
        return httpx.Response(400, json={"error": "RecordNotFound", "message": "Could not locate record"})
    record = bluesky_record(post)
    return httpx.Response(200, json={"uri": post.native_id, "cid": cid_of(record), "value": record})


def _bluesky_view(post: WorldPost) -> dict[str, object]:
    record, did = bluesky_record(post), did_of(post.handle)
    labels = [{"src": did, "val": label} for label in post.labels]
    return {
        "uri": post.native_id,
        "cid": cid_of(record),
        "author": {"did": did, "handle": post.handle, "displayName": post.name, "labels": labels},
        "record": record,
    }


def mastodon_profile(handle: str, *, name: str) -> httpx.Response:
    """An account as its own server shows it."""
    user, host = handle.split("@")
    profile = {
        "id": "1001",
        "username": user,
        "acct": user,
        "display_name": name,
        "url": f"https://{host}/@{user}",
        "uri": f"https://{host}/users/{user}",
    }
    return httpx.Response(200, json=profile)


def mastodon_timeline(posts: Sequence[WorldPost]) -> httpx.Response:
    """One page of an account's statuses, newest first."""
    return httpx.Response(200, json=[mastodon_status(post).json() for post in posts])


def mastodon_note(post: WorldPost | None) -> httpx.Response:
    """The ActivityPub object under a post's own name; a deleted one leaves a tombstone on some servers."""
    if post is None:
        return httpx.Response(404, json={"error": "Record not found"})
    user, host = post.handle.split("@")
    return httpx.Response(
        200,
        json={
            "type": "Note",
            "id": post.native_id,
            "attributedTo": f"https://{host}/users/{user}",
            "published": _stamp(post.posted_at),
            "content": _paragraphs(post.text),
            "to": ["https://www.w3.org/ns/activitystreams#Public"],
            "url": post.url,
        },
    )


def telegram_page(posts: Sequence[WorldPost]) -> httpx.Response:
    """A channel's preview page, oldest message first as Telegram shows it."""
    messages = "".join(_telegram_message(post) for post in reversed(posts))
    page = f'<!DOCTYPE html><html><body><section class="tgme_channel_history">{messages}</section></body></html>'
    return httpx.Response(200, html=page)


def telegram_widget(post: WorldPost | None) -> httpx.Response:
    """The widget of one message; a missing one is a 200 with an error block."""
    if post is None:
        return httpx.Response(
            200, html='<html><body><div class="tgme_widget_message_error">Post not found</div></body>'
        )
    return httpx.Response(200, html=f"<!DOCTYPE html><html><body>{_telegram_message(post)}</body></html>")


def _telegram_message(post: WorldPost) -> str:
    edited = "edited " if len(post.versions) > 1 and not post.unmarked else ""
    words = html.escape(post.text).replace("\n", "<br/>")
    return f"""
<div class="tgme_widget_message js-widget_message" data-post="{post.native_id}">
<a class="tgme_widget_message_owner_name"><span>{html.escape(post.name)}</span></a>
<div class="tgme_widget_message_text js-message_text" dir="auto">{words}</div>
<span class="tgme_widget_message_meta">{edited}<a class="tgme_widget_message_date" href="{post.url}">
<time datetime="{post.posted_at.astimezone(UTC).isoformat()}">10:00</time></a></span></div>"""


def _mastodon_account(post: WorldPost) -> dict[str, object]:
    user, host = post.handle.split("@")
    return {
        "id": "1001",
        "username": user,
        "acct": user,
        "display_name": post.name,
        "url": f"https://{host}/@{user}",
        "uri": f"https://{host}/users/{user}",
    }


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{html.escape(part).replace(chr(10), '<br />')}</p>" for part in text.split("\n\n"))


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _record_key(microseconds: int, serial: int) -> str:
    number = (microseconds << 10) | serial
    letters = ""
    for _ in range(13):
        letters = _TID_LETTERS[number & 31] + letters
        number >>= 5
    return letters
