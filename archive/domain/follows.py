"""Follows: accounts that are looked at every night, and where their newest posts stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from archive.domain.ids import AccountId, FollowId, named_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """One followed account. ``route`` is the address of its newest posts; ``shown_as`` what a person calls it.

    ``asked_at`` is the last look, ``answered_at`` the last one that was answered, ``failures`` how many looks since
    were not. ``etag`` and ``last_modified`` are the marks of the last answer, for asking "anything new?".
    """

    id: FollowId
    account_id: AccountId
    route: str
    shown_as: str
    since: datetime
    active: bool = True
    asked_at: datetime | None = None
    answered_at: datetime | None = None
    failures: int = 0
    last_code: str | None = None
    etag: str | None = None
    last_modified: str | None = None


def follow_id_of(route: str) -> FollowId:
    """The identifier that following a route always gets: following it twice is following it once."""
    return FollowId(named_id("follow", route))
