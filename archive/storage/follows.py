"""Follows: which accounts are looked at every night, and how the last look went."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from archive.domain.follows import Follow
from archive.domain.ids import AccountId, FollowId
from archive.errors import NotFoundError
from archive.storage.rows.follows import FollowRow
from archive.storage.rows.posts import PostRow


def keep(session: Session, follow: Follow) -> None:
    """Store a follow as it stands now, new or known."""
    row = session.get(FollowRow, follow.id)
    if row is None:
        row = FollowRow(id=follow.id)
        session.add(row)
    row.account_id, row.route, row.shown_as = follow.account_id, follow.route, follow.shown_as
    row.since, row.active, row.failures = follow.since, follow.active, follow.failures
    row.asked_at, row.answered_at = follow.asked_at, follow.answered_at
    row.last_code, row.etag, row.last_modified = follow.last_code, follow.etag, follow.last_modified
    session.flush()


def find(session: Session, follow_id: FollowId) -> Follow | None:
    """The follow, None where there is none."""
    row = session.get(FollowRow, follow_id)
    return None if row is None else _follow(row)


def get(session: Session, follow_id: FollowId) -> Follow:
    """The follow; NotFoundError ``not_followed``."""
    found = find(session, follow_id)
    if found is None:
        raise NotFoundError("That account is not followed.", code="not_followed")
    return found


def active(session: Session) -> tuple[Follow, ...]:
    """Every account followed today, as people call them."""
    query = select(FollowRow).where(FollowRow.active.is_(True)).order_by(FollowRow.shown_as, FollowRow.route)
    return tuple(_follow(row) for row in session.scalars(query))


def due(session: Session, *, now: datetime, pause: timedelta, limit: int) -> tuple[Follow, ...]:
    """Followed accounts that were last looked at longer ago than ``pause``, those that have waited longest first."""
    waited = or_(FollowRow.asked_at.is_(None), FollowRow.asked_at <= now - pause)
    query = select(FollowRow).where(FollowRow.active.is_(True), waited)
    rows = session.scalars(query.order_by(FollowRow.asked_at.asc().nulls_first(), FollowRow.route).limit(limit))
    return tuple(_follow(row) for row in rows)


def times(session: Session, account_id: AccountId, *, since: datetime) -> tuple[datetime, ...]:
    """When the account's own posts since then were published, the oldest first."""
    query = select(PostRow.posted_at).where(
        PostRow.account_id == account_id, PostRow.posted_at >= since, PostRow.reported.is_(False)
    )
    return tuple(session.scalars(query.order_by(PostRow.posted_at)))


def newest_time(session: Session, account_id: AccountId) -> datetime | None:
    """When the account's newest post was published, None where it has none."""
    query = select(PostRow.posted_at).where(PostRow.account_id == account_id, PostRow.reported.is_(False))
    return session.scalars(query.order_by(PostRow.posted_at.desc()).limit(1)).one_or_none()


def _follow(row: FollowRow) -> Follow:
    return Follow(
        id=FollowId(row.id),
        account_id=AccountId(row.account_id),
        route=row.route,
        shown_as=row.shown_as,
        since=row.since,
        active=row.active,
        asked_at=row.asked_at,
        answered_at=row.answered_at,
        failures=row.failures,
        last_code=row.last_code,
        etag=row.etag,
        last_modified=row.last_modified,
    )
