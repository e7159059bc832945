"""Looks: one answer of a platform as a whole – what state it shows, and which posts can be read from it.

Truncated, challenged and misdirected answers are never read as the statement: they have a state and no readings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from archive.domain.accounts import Platform
from archive.domain.posts import PostReading
from archive.errors import ExtractionError
from archive.extraction.posts import read_posts
from archive.extraction.posts.asking import Asked
from archive.extraction.posts.conditions import PostState
from archive.extraction.posts.states import read_state
from archive.extraction.posts.walls import wall_of

_MARKUP = re.compile(rb"^\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|\?xml)", re.IGNORECASE | re.DOTALL)
_READABLE = frozenset({PostState.LIVE, PostState.WITHDRAWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one answer shows. ``reason`` says why nothing could be read, where the answer should have held a post."""

    state: PostState
    readings: tuple[PostReading, ...] = field(default=())
    reason: str | None = None


def look_at(
    platform: Platform,
    body: bytes,
    *,
    status: int,
    asked: Asked,
    way: tuple[str, str] | None = None,
    complete: bool = True,
) -> Look:
    """The state and the posts in an answer with HTTP ``status``.

    ``way`` is the address that was asked and the one that answered in the end. ``complete`` False: nothing tells
    whether the body is whole; a page is then not read, JSON must be whole to be read.
    """
    state = read_state(platform, status=status, body=body)
    if state in _READABLE and _MARKUP.match(body):
        wall = wall_of(body, asked_url=way[0] if way else None, final_url=way[1] if way else None)
        if wall is not None:
            return Look(state=wall, reason="answer_is_a_wall")
        if not complete:
            return Look(state=PostState.UNKNOWN, reason="answer_incomplete")
    if state not in _READABLE:
        return Look(state=state)
    try:
        readings = read_posts(platform, body, asked=asked)
    except ExtractionError as error:
        # A page that shows no such post may be a log-in wall or a new layout: nothing is known of the post.
        return Look(state=PostState.UNKNOWN, reason=error.code)
    return Look(state=state if readings else PostState.UNKNOWN, readings=readings)
