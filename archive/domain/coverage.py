"""Coverage: what the archive could have known. Silence is a value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from archive.domain.ids import AccountId


class CoverageState(StrEnum):
    """Could the archive have known?"""

    COMPLETE = "complete"
    GAP = "gap"
    NO_ACCOUNT = "no_account"
    """No account of the credited speaker is registered."""
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageInterval:
    """An account was seen without a gap from ``since`` to ``until`` (aware UTC, half-open), ``how`` says by what."""

    account_id: AccountId
    since: datetime
    until: datetime
    how: str
    includes_deletions: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A stretch of time in which an account was not seen."""

    account_id: AccountId
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What the archive could have known of ``accounts`` in the window asked for.

    ``includes_deletions`` is true where posts deleted within the window would have been seen too: an export made later
    shows every post that was left, and nothing of those that were not.
    """

    state: CoverageState
    accounts: tuple[AccountId, ...] = field(default=())
    since: datetime | None = None
    until: datetime | None = None
    gaps: tuple[Gap, ...] = field(default=())
    includes_deletions: bool = False


def coverage_of(
    accounts: Iterable[AccountId], *, intervals: Iterable[CoverageInterval], since: datetime, until: datetime
) -> Coverage:
    """Whether every one of ``accounts`` was seen without a gap from ``since`` to ``until``."""
    asked = tuple(accounts)
    if not asked:
        return Coverage(state=CoverageState.NO_ACCOUNT, since=since, until=until)
    held = tuple(intervals)
    gaps = tuple(gap for account in asked for gap in gaps_of(account, intervals=held, since=since, until=until))
    watched = tuple(interval for interval in held if interval.includes_deletions)
    unwatched = any(gaps_of(account, intervals=watched, since=since, until=until) for account in asked)
    return Coverage(
        state=CoverageState.GAP if gaps else CoverageState.COMPLETE,
        accounts=asked,
        since=since,
        until=until,
        gaps=gaps,
        includes_deletions=not unwatched,
    )


def gaps_of(
    account: AccountId, *, intervals: Iterable[CoverageInterval], since: datetime, until: datetime
) -> tuple[Gap, ...]:
    """The stretches of the window that no interval of ``account`` covers, in order."""
    gaps: list[Gap] = []
    reached = since
    mine = (interval for interval in intervals if interval.account_id == account)
    for interval in sorted(mine, key=lambda interval: interval.since):
        if interval.until <= reached:
            continue
        if interval.since >= until:
            break
        if interval.since > reached:
            gaps.append(Gap(account_id=account, since=reached, until=interval.since))
        reached = max(reached, interval.until)
    if reached < until:
        gaps.append(Gap(account_id=account, since=reached, until=until))
    return tuple(gaps)
