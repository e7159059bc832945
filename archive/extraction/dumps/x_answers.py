"""Answers of the X API v2 as researchers keep them (twarc): a page of posts a line, or one flattened post a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archive.domain.dumps import Found, LeftOut, Place
from archive.errors import ArchiveError, InvalidInputError
from archive.extraction.dumps.checking import Located, Objects, checked, require_identifier
from archive.extraction.dumps.x_statuses import is_withheld
from archive.extraction.payloads import Json, items, mapping, text_of, texts
from archive.extraction.posts.asking import Asked
from archive.extraction.posts.x import read_value

_ASKED_FOR = frozenset({None, "id", "ids"})


def read(found: Objects, *, asked: Asked) -> Iterator[Located]:
    """Every post among the pages or flattened posts of a file; earlier versions of edited posts that came along, oldest
    first; posts that the platform did not hand out as left out."""
    for place, item in found:
        if isinstance(item, ArchiveError):
            yield place, item
        else:
            yield from _row(item, place=place, asked=asked)


def _row(row: Json, *, place: Place, asked: Asked) -> Iterator[Located]:
    if "data" in row or "errors" in row:
        yield from _page(row, place=place, asked=asked)
    elif text_of(row, "text") is None and ("reason" in row or "action" in row):
        yield place, LeftOut.NOT_AVAILABLE  # a line of a compliance list: the post is gone or locked
    else:
        quoted = items(row.get("referenced_tweets"))
        flat = {"data": [row], "includes": {"users": [mapping(row.get("author"))], "tweets": list(quoted)}}
        yield from _page({**flat, "__twarc": row.get("__twarc")}, place=place, asked=asked)


@dataclass(frozen=True, slots=True)
class _Along:
    """What came along with a page: users and posts by identifier, and when the page was asked for."""

    users: dict[str | None, Json]
    posts: dict[str | None, Json]
    retrieved: str | None


def _page(page: Json, *, place: Place, asked: Asked) -> Iterator[Located]:
    includes = mapping(page.get("includes"))
    along = _Along(
        users={text_of(user, "id"): user for user in items(includes.get("users"))},
        posts={text_of(post, "id"): post for post in items(includes.get("tweets"))},
        retrieved=text_of(mapping(page.get("__twarc")), "retrieved_at"),
    )
    data = page.get("data")
    for post in items(data) if isinstance(data, list) else (mapping(data),) if data else ():
        for version in (*_earlier(post, along=along), post):
            yield place, _found(version, place=place, along=along, asked=asked)
    for error in items(page.get("errors")):
        if text_of(error, "parameter") in _ASKED_FOR:
            yield place, LeftOut.NOT_AVAILABLE


def _earlier(post: Json, *, along: _Along) -> tuple[Json, ...]:
    """Earlier versions of an edited post that came along; each edit has an identifier of its own."""
    own = text_of(post, "id")
    chain_of_edits = texts(post.get("edit_history_tweet_ids"))[:10]
    before = chain_of_edits[: chain_of_edits.index(own)] if own in chain_of_edits else ()
    return tuple(
        {**along.posts[key], "edit_history_tweet_ids": [*chain_of_edits]} for key in before if key in along.posts
    )


def _found(post: Json, *, place: Place, along: _Along, asked: Asked) -> Found:
    if is_withheld(post):
        return LeftOut.NOT_AVAILABLE
    user = along.users.get(text_of(post, "author_id"))
    referenced = [along.posts.get(text_of(item, "id")) for item in items(post.get("referenced_tweets"))[:10]]
    page = {
        "data": [post],
        "includes": {"users": [user] if user else [], "tweets": [item for item in referenced if item]},
    }
    try:
        require_identifier(post, "id")
        if not (user and text_of(user, "username")) and not asked.handle:
            raise InvalidInputError(
                "The post names no account; say whose it is with --account.", code="row_missing_field"
            )
        reading = checked(next(iter(read_value(page, asked=asked)), None), otherwise="The item is no post with a text.")
    except ArchiveError as error:
        return error
    retrieved = f", retrieved {along.retrieved[:40]}" if along.retrieved else ""
    return reading._replace(locator=f"{place}{retrieved}")
