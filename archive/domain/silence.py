"""Silence: an account that posts every day and suddenly says nothing may have moved, or we may have gone blind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

WINDOW = timedelta(days=30)
"""How far back from its last post an account's habit is read."""
_LEAST_POSTS = 8
_LEAST_PAUSE = timedelta(days=2)
_TIMES_THE_LONGEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """An unusual silence: nothing since ``since``, by an account whose ``posts`` in the ``days`` before came at most
    ``longest_pause`` apart. Nothing is known from ``doubtful_from`` on."""

    since: datetime
    posts: int
    days: int
    longest_pause: timedelta
    doubtful_from: datetime


def silence_of(times: Iterable[datetime], *, now: datetime) -> Silence | None:
    """The silence an account keeps at ``now``, or None where it is not unusual.

    Unusual is more than twice the longest pause of the thirty days before the last post, and more than two days; an
    account with fewer than eight posts in those days has no habit to break.
    """
    held = sorted(time for time in times if time <= now)
    if not held:
        return None
    last = held[-1]
    recent = [time for time in held if time >= last - WINDOW]
    if len(recent) < _LEAST_POSTS:
        return None
    longest = max(after - before for before, after in pairwise(recent))
    doubtful_from = last + max(_LEAST_PAUSE, longest * _TIMES_THE_LONGEST)
    if now <= doubtful_from:
        return None
    return Silence(
        since=last,
        posts=len(recent),
        days=max(1, round((last - recent[0]) / timedelta(days=1))),
        longest_pause=longest,
        doubtful_from=doubtful_from,
    )
