"""Coverage: from when to when an account was seen without a gap, as the operator knows it."""

from __future__ import annotations

from datetime import datetime

from archive import storage
from archive.domain.accounts import Platform, bare_handle
from archive.domain.coverage import CoverageInterval
from archive.domain.ids import AccountId
from archive.errors import InvalidInputError, NotFoundError
from archive.runtime import Runtime
from archive.storage.database import Session


def declare_coverage(
    runtime: Runtime,
    *,
    handle: str,
    platform: Platform,
    since: datetime,
    until: datetime,
    how: str,
    includes_deletions: bool = False,
) -> CoverageInterval:
    """Note that an account was seen without a gap from ``since`` to ``until``; ``how`` says by what.

    ``includes_deletions``: posts deleted in that time would have been seen before they went.
    """
    if since >= until:
        raise InvalidInputError("The end of a coverage interval lies after its beginning.", code="bad_date")
    with runtime.database.writing() as session:
        interval = CoverageInterval(
            account_id=_known(session, handle=handle, platform=platform),
            since=since,
            until=until,
            how=how,
            includes_deletions=includes_deletions,
        )
        storage.coverage.extend(session, interval)
    return interval


def retract_coverage(
    runtime: Runtime, *, handle: str, platform: Platform, since: datetime, until: datetime, reason: str
) -> tuple[CoverageInterval, ...]:
    """Take back that an account was seen between two instants: appended as a correction. The intervals that remain."""
    with runtime.database.writing() as session:
        account_id = _known(session, handle=handle, platform=platform)
        storage.coverage.retract(session, account_id, since=since, until=until, reason=reason, at=runtime.now())
        return storage.coverage.intervals(session, (account_id,))


def coverage_of_account(runtime: Runtime, *, handle: str, platform: Platform) -> tuple[CoverageInterval, ...]:
    """What has been seen of an account without a gap."""
    with runtime.database.reading() as session:
        return storage.coverage.intervals(session, (_known(session, handle=handle, platform=platform),))


def _known(session: Session, *, handle: str, platform: Platform) -> AccountId:
    account = storage.accounts.find_by_handle(session, platform, handle)
    if account is None:
        raise NotFoundError(f"No account @{bare_handle(handle)} is known on {platform.value}.", code="no_such_account")
    return account.id
