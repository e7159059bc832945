"""Posts of public Telegram channels: the preview page and the widget of one post (platforms.md 8).

A forward is not the channel's own statement and is read as a repost; the quoted parent of a reply is never its text.
"""

from __future__ import annotations

from bs4.element import Tag

from archive.domain.accounts import Platform
from archive.domain.posts import PostReading
from archive.extraction.charsets import decoded
from archive.extraction.markup import attribute, parse_markup
from archive.extraction.payloads import moment
from archive.extraction.posts.asking import Asked
from archive.extraction.wording import words_of


def read(body: bytes, *, asked: Asked) -> tuple[PostReading, ...]:
    """Every message on the page, in its order; service messages and error blocks give none."""
    soup = parse_markup(decoded(body, declared=asked.charset).text)
    readings = (_message(tag) for tag in soup.select(".tgme_widget_message[data-post]"))
    return tuple(reading for reading in readings if reading is not None)


def _message(tag: Tag) -> PostReading | None:
    native_id = attribute(tag, "data-post")
    channel, _, number = native_id.partition("/")
    stamp = tag.select_one(".tgme_widget_message_date time[datetime]") or tag.select_one("time[datetime]")
    posted_at = moment(attribute(stamp, "datetime")) if stamp is not None else None
    if not channel or not number.isdigit() or posted_at is None or "service_message" in attribute(tag, "class"):
        return None
    text = tag.select_one(".tgme_widget_message_text.js-message_text") or tag.select_one(
        ".tgme_widget_message_text:not(.js-message_reply_text)"
    )
    meta = tag.select_one(".tgme_widget_message_meta")
    is_edited = meta is not None and "edited" in meta.get_text(" ").lower().split()
    owner = tag.select_one(".tgme_widget_message_owner_name")
    return PostReading(
        platform=Platform.TELEGRAM,
        native_id=native_id,
        author_handle=channel,
        author_name=(" ".join(owner.get_text(" ").split()) if owner is not None else "") or channel,
        text=words_of(text) if text is not None else "",
        posted_at=posted_at,
        url=f"https://t.me/{native_id}",
        edited_at=posted_at if is_edited else None,
        in_reply_to=_replied(tag),
        is_repost=tag.select_one(".tgme_widget_message_forwarded_from") is not None,
    )


def _replied(tag: Tag) -> str | None:
    reply = tag.select_one("a.tgme_widget_message_reply[href]")
    return "/".join(attribute(reply, "href").rstrip("/").split("/")[-2:]) if reply is not None else None
