"""Exports of Mastodon: the outbox of an account, and statuses as a server answers them. Public posts only.

An outbox holds followers-only and direct messages too, and writes ``orderedItems`` twice: empty, then full.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from archive.domain.accounts import Platform
from archive.domain.dumps import Found, LeftOut, Place
from archive.errors import ArchiveError
from archive.extraction.dumps.checking import Located, Objects, checked, listed
from archive.extraction.dumps.members import Members
from archive.extraction.json_stream import JsonStream
from archive.extraction.payloads import Json, items, mapping, text_of
from archive.extraction.posts.asking import Asked
from archive.extraction.posts.mastodon import is_public, read_value, statuses

_OUTBOX = re.compile(r"(?:[^/]+/)?outbox\.json")
_ACTOR = re.compile(r"(?:[^/]+/)?actor\.json")
_SMALL = 20_000_000
_OPEN = frozenset({"public", "unlisted", None})


def outbox_in(names: tuple[str, ...]) -> str | None:
    """The outbox among a zip's members."""
    return next((name for name in names if _OUTBOX.fullmatch(name)), None)


def read_package(members: Members) -> Iterator[Located]:
    """Every public post of an exported account; of its other files only the profile's name is read."""
    outbox = outbox_in(members.names)
    actor = next((name for name in members.names if _ACTOR.fullmatch(name)), None)
    shown = None
    if actor is not None:
        profile = mapping(JsonStream(iter((members.whole(actor, most=_SMALL),)), where=actor).value())
        shown = text_of(profile, "name")
    if outbox is not None:
        yield from read_outbox(members.chunks(outbox), member=outbox, author_name=shown)


def read_outbox(
    chunks: Iterable[bytes], *, member: str | None = None, author_name: str | None = None
) -> Iterator[Located]:
    """Every public post of an outbox; boosts, private posts and other activities as left out."""
    stream = JsonStream(chunks, where=member or "The file")
    for name in stream.member_names():
        if name != "orderedItems" or stream.peek() != "[":
            stream.value()
            continue
        for place, item in listed(stream, member=member):
            if isinstance(item, ArchiveError):
                yield place, item
                return
            yield place, _activity(place, item, author_name=author_name)


def _activity(place: Place, item: Json, *, author_name: str | None) -> Found:
    kind, note = text_of(item, "type"), mapping(item.get("object"))
    if kind == "Announce":
        return LeftOut.REPOST if is_public(item) else LeftOut.PRIVATE
    if kind != "Create" or text_of(note, "type") not in {"Note", "Article", "Question"}:
        return LeftOut.NOT_A_POST
    if not is_public(note) or note.get("directMessage") is True:
        return LeftOut.PRIVATE
    try:
        reading = checked(
            next(iter(read_value(item, asked=Asked())), None), otherwise="The note has no identifier, author or date."
        )
    except ArchiveError as error:
        return error
    return reading._replace(author_name=author_name or reading.author_name, locator=str(place))


def read_statuses(found: Objects) -> Iterator[Located]:
    """Every status among the objects of a JSON file, as a server answers them: alone, in threads, in search results."""
    for place, item in found:
        if isinstance(item, ArchiveError):
            yield place, item
        elif "statuses" in item or "ancestors" in item or "descendants" in item:
            listed_in = (item.get("ancestors"), item.get("statuses"), item.get("descendants"))
            each = (status for part in listed_in for status in items(part))
            yield from ((place, status_at(place, status, platform=Platform.MASTODON)) for status in each)
        else:
            yield place, status_at(place, item, platform=Platform.MASTODON)


def status_at(place: Place, status: Json, *, platform: Platform) -> Found:
    """What one status holds: a reading, what is wrong with it, or why it is left out."""
    if text_of(status, "visibility") not in _OPEN:
        return LeftOut.PRIVATE
    if mapping(status.get("account")).get("unauth_visibility") is False:
        return LeftOut.NOT_SHOWN_TO_STRANGERS
    try:
        found = next(iter(statuses((status,), platform=platform)), None)
        reading = checked(found, otherwise="The item has no identifier, author or date.")
    except ArchiveError as error:
        return error
    return reading._replace(locator=str(place))
