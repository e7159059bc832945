"""The audit of evidence: every row against what the custody log committed to when it was written.

Rows are read a few thousand at a time, however many there are. The log itself comes first; only both together say
that nothing was changed behind the application's back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.errors import ArchiveError
from archive.storage import (
    adoption,
    audit_captures,
    audit_decisions,
    audit_exchanges,
    audit_log,
    audit_posts,
    audit_redactions,
    audit_registry,
    audit_snapshots,
    custody,
    derived,
    rows,
    second_copies,
)
from archive.storage.database import Database
from archive.storage.rows.custody import CustodyRow

Check = Callable[..., Iterator[str]]
UNREADABLE = (ArchiveError, TypeError, ValueError, KeyError, AttributeError, IndexError, LookupError, AssertionError)
"""What reading a row leads to whose columns hold what the archive never writes."""

CHECKS: tuple[tuple[str, Check], ...] = (
    ("log", audit_log.log_problems),
    ("salts", audit_log.salt_problems),
    ("manifests", audit_registry.document_problems),
    ("checkpoints", audit_log.checkpoint_problems),
    ("time stamps", audit_log.stamp_problems),
    ("bodies", audit_captures.body_problems),
    ("captures", audit_captures.capture_problems),
    ("snapshots", audit_snapshots.snapshot_problems),
    ("exchanges", audit_exchanges.exchange_problems),
    ("removals", audit_redactions.redaction_problems),
    ("numbers", audit_posts.number_problems),
    ("posts without text", audit_posts.textless_problems),
    ("looks", audit_posts.observation_problems),
    ("adopted looks", adoption.looks_problems),
    ("reports", audit_posts.report_problems),
    ("registry", audit_registry.registry_problems),
    ("voices", audit_registry.voice_problems),
    ("articles", audit_decisions.article_problems),
    ("judgements", audit_decisions.judgement_problems),
    ("coverage", audit_decisions.coverage_problems),
    ("runs", audit_decisions.run_problems),
    ("second copies", second_copies.problems),
    ("derived", derived.sample_problems),
)
"""Every check by its name, in the order of the night: the log first, then what stands on it."""
SNAPSHOTS = "snapshots"
LONG = ("voices", "derived")
"""Checks that take long besides that of the snapshots: a second process takes them with its part of these."""


def problems(session: Session, *, since: int = 0) -> Iterator[str]:
    """Everything amiss, one sentence each; of the evidence that entries from ``since`` on commit to.

    What was removed as recorded is not amiss; what is missing otherwise is.
    """
    for name, _ in CHECKS:
        yield from problems_of(session, name, since=since)


def problems_of(session: Session, name: str, *, since: int = 0) -> Iterator[str]:
    """What one check finds amiss. A row that the check cannot even read is amiss too."""
    try:
        yield from dict(CHECKS)[name](session, since=since)
    except UNREADABLE as error:
        yield f"Rows of the check “{name}” cannot be read: {type(error).__name__}."


def deep_problems(session: Session) -> Iterator[str]:
    """What is amiss with any derived row; a row that cannot be read is amiss too."""
    try:
        yield from derived.all_problems(session)
    except UNREADABLE as error:
        yield f"Derived rows cannot be read: {type(error).__name__}."


def problems_apart(url: str, names: Sequence[str], *, since: int, snapshots_from: int) -> dict[str, tuple[str, ...]]:
    """What some checks find amiss, and the snapshots of the entries from ``snapshots_from`` on, in a process of its
    own."""
    database = Database(url)
    try:
        with database.reading() as session:
            save_memory(session)
            found = {SNAPSHOTS: tuple(_snapshot_problems(session, since=snapshots_from))}
            return found | {name: tuple(problems_of(session, name, since=since)) for name in names}
    finally:
        database.dispose()


def snapshot_problems_until(session: Session, *, since: int, until: int) -> tuple[str, ...]:
    """What is amiss with the snapshots of the entries before ``until``."""
    return tuple(_snapshot_problems(session, since=since, until=until))


def _snapshot_problems(session: Session, *, since: int, until: int | None = None) -> Iterator[str]:
    try:
        yield from audit_snapshots.snapshot_problems(session, since=since, until=until)
    except UNREADABLE as error:
        yield f"Rows of the check “{SNAPSHOTS}” cannot be read: {type(error).__name__}."


def save_memory(session: Session) -> None:
    """Read with a small cache: every row is read once."""
    if session.connection().dialect.name == "sqlite":
        session.connection().exec_driver_sql("PRAGMA cache_size = -8192")


def index_at(session: Session, at: datetime) -> int:
    """The first entry of that instant or later; the log's length where there is none."""
    found = session.scalar(select(func.min(CustodyRow.position)).where(CustodyRow.at >= at))
    return custody.head(session)[0] if found is None else found


def body_count(session: Session) -> int:
    """How many stored bodies there are."""
    return session.scalar(select(func.count()).select_from(rows.captures.BodyRow)) or 0


def record_count(session: Session) -> int:
    """How many rows of evidence there are."""
    tables = (*rows.APPEND_ONLY, *rows.FIXED_COLUMNS)
    counts = (session.scalar(select(func.count()).select_from(rows.Base.metadata.tables[table])) for table in tables)
    return sum(count or 0 for count in counts)
