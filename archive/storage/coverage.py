"""Coverage: what has been seen of accounts without a gap; extended and taken back by appending, never by changing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from archive.domain.coverage import CoverageInterval
from archive.domain.custody import CustodyKind
from archive.domain.ids import AccountId
from archive.errors import InvalidInputError
from archive.storage import commitments, custody, writing
from archive.storage.memory import Memory, memory_of
from archive.storage.rows.runs import CoverageRow
from archive.storage.stored import storable


def extend(session: Session, interval: CoverageInterval, *, at: datetime | None = None) -> None:
    """Append that an account was seen without a gap; what is said already is not said again.

    InvalidInputError ``bad_date`` for an interval that ends before it begins.
    """
    if interval.since >= interval.until:
        raise InvalidInputError("The end of a coverage interval lies after its beginning.", code="bad_date")
    custody.lock(session)
    if any(_says(held, interval) for held in intervals(session, (interval.account_id,))):
        return
    _append(session, interval, retraction=False, at=at)


def retract(
    session: Session,
    account_id: AccountId,
    *,
    since: datetime,
    until: datetime,
    reason: str,
    at: datetime | None = None,
) -> None:
    """Append that the account was, after all, not seen without a gap between two instants, and why."""
    if since >= until:
        raise InvalidInputError("The end of a coverage interval lies after its beginning.", code="bad_date")
    custody.lock(session)
    taken = CoverageInterval(account_id=account_id, since=since, until=until, how=reason)
    _append(session, taken, retraction=True, at=at)


def intervals(session: Session, account_ids: Iterable[AccountId]) -> tuple[CoverageInterval, ...]:
    """What stands of the intervals of these accounts, by account and time; retractions are taken out."""
    wanted: set[UUID] = set(account_ids)
    memory = memory_of(session)
    known = _recalled(session, memory) if memory is not None else {}
    missing = {account_id for account_id in wanted if account_id not in known}
    known.update({account_id: () for account_id in missing})
    for interval in _read(session, missing) if missing and (memory is None or memory.is_coverage_large) else ():
        known[interval.account_id] = (*known[interval.account_id], interval)
    found = (interval for account_id in wanted for interval in known[account_id])
    return tuple(sorted(found, key=lambda interval: (interval.account_id, interval.since, interval.until)))


def _recalled(session: Session, memory: Memory) -> dict[UUID, tuple[CoverageInterval, ...]]:
    """What the session remembers: all there is, read the first time it is asked, unless that is much."""
    if not memory.coverage and not memory.is_coverage_large:
        size = session.scalar(select(func.count()).select_from(CoverageRow)) or 0
        memory.is_coverage_large = size > _MOST_REMEMBERED
        if not memory.is_coverage_large:
            for interval in _standing(session.scalars(select(CoverageRow).order_by(CoverageRow.seq))):
                memory.coverage[interval.account_id] = (*memory.coverage.get(interval.account_id, ()), interval)
    return memory.coverage


def _read(session: Session, wanted: set[UUID]) -> list[CoverageInterval]:
    query = select(CoverageRow).where(CoverageRow.account_id.in_(wanted)).order_by(CoverageRow.seq)
    return _standing(session.scalars(query))


def _standing(rows: Iterable[CoverageRow]) -> list[CoverageInterval]:
    """What stands of the intervals of rows in the order in which they were recorded, account by account."""
    held: dict[UUID, list[CoverageInterval]] = {}
    for row in rows:
        interval, mine = _interval(row), held.setdefault(row.account_id, [])
        held[row.account_id] = _without(mine, interval) if row.retraction else [*mine, interval]
    return [interval for mine in held.values() for interval in mine]


_MOST_REMEMBERED = 20_000


def changed_since(session: Session, at: datetime) -> tuple[AccountId, ...]:
    """Accounts whose coverage was extended or taken back at or after that instant."""
    query = select(CoverageRow.account_id).where(CoverageRow.recorded_at >= at).distinct()
    return tuple(sorted(AccountId(account_id) for account_id in session.scalars(query)))


def manifest_of(interval: CoverageInterval, *, retraction: bool, at: datetime) -> bytes:
    """What the custody entry of a coverage row commits to."""
    return commitments.values_manifest(
        interval.account_id.hex,
        commitments.moment(interval.since),
        commitments.moment(interval.until),
        storable(interval.how),
        interval.includes_deletions,
        retraction,
        commitments.moment(at),
    )


def _append(session: Session, interval: CoverageInterval, *, retraction: bool, at: datetime | None) -> None:
    recorded = at or datetime.now(UTC)
    manifest = manifest_of(interval, retraction=retraction, at=recorded)
    subject = f"coverage:{interval.account_id}"
    event = custody.append(session, CustodyKind.REGISTRY, subject, manifest=manifest, at=recorded)
    values = {
        "seq": writing.next_number(session, CoverageRow.seq),
        "account_id": interval.account_id,
        "since": interval.since,
        "until": interval.until,
        "how": interval.how,
        "includes_deletions": interval.includes_deletions,
        "retraction": retraction,
        "recorded_at": recorded,
        "custody_index": event.index,
    }
    session.execute(insert(CoverageRow), values)


def _says(held: CoverageInterval, wanted: CoverageInterval) -> bool:
    around = held.since <= wanted.since and wanted.until <= held.until
    return around and held.how == storable(wanted.how) and held.includes_deletions >= wanted.includes_deletions


def _without(held: list[CoverageInterval], taken: CoverageInterval) -> list[CoverageInterval]:
    left: list[CoverageInterval] = []
    for interval in held:
        if interval.account_id != taken.account_id or interval.until <= taken.since or taken.until <= interval.since:
            left.append(interval)
            continue
        if interval.since < taken.since:
            left.append(_cut(interval, since=interval.since, until=taken.since))
        if taken.until < interval.until:
            left.append(_cut(interval, since=taken.until, until=interval.until))
    return left


def _cut(interval: CoverageInterval, *, since: datetime, until: datetime) -> CoverageInterval:
    return CoverageInterval(
        account_id=interval.account_id,
        since=since,
        until=until,
        how=interval.how,
        includes_deletions=interval.includes_deletions,
    )


def _interval(row: CoverageRow) -> CoverageInterval:
    return CoverageInterval(
        account_id=AccountId(row.account_id),
        since=row.since,
        until=row.until,
        how=row.how,
        includes_deletions=row.includes_deletions,
    )
