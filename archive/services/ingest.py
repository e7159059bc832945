"""Taking posts in: dumps of many, captures of one, and what has been seen of an account without a gap."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from archive import storage
from archive.capture.dumps import dump_lines, read_dump
from archive.domain.accounts import Platform, bare_handle
from archive.domain.captures import Captured, CaptureMethod
from archive.domain.coverage import CoverageInterval
from archive.domain.ids import AccountId, CaptureId, PostId, named_id
from archive.domain.posts import Post, PostReading, post_id_of
from archive.errors import ConflictError, InvalidInputError, NotFoundError
from archive.extraction.posts import read_posts
from archive.extraction.posts.dump import read_row
from archive.logs import logger_of
from archive.runtime import Runtime
from archive.services.dump_rows import rows_of
from archive.services.reports import ImportReport, Tally
from archive.storage.database import Session

log = logger_of("services.ingest")

BATCH = 10_000
"""Posts written in one transaction: large enough to be quick, small enough that nobody waits for the lock."""

Progress = Callable[[int, int], None]


def import_posts(runtime: Runtime, path: Path, *, progress: Progress | None = None) -> ImportReport:
    """Take a dump of posts in (JSONL or CSV, packed or not), passing bad rows over; the same file twice adds nothing.

    ``progress`` is told how many rows were read, of how many (0 while unknown).
    """
    return take_posts(runtime, read_dump(path, now=runtime.now()), progress=progress)


def take_posts(runtime: Runtime, captured: Captured, *, progress: Progress | None = None) -> ImportReport:
    """Take the posts of a captured dump in, a batch and a transaction at a time."""
    captured = same_identifier(captured)
    # Unpacked once to its end before anything is written: a broken file leaves nothing half-written behind.
    total = sum(1 for _ in dump_lines(captured))
    _refuse_removed_rows(runtime, captured)
    captured = _recorded(runtime, captured)
    tally = Tally()
    importer = _Importer(runtime, captured=captured, tally=tally)
    readings = _readings(captured, tally)
    while batch := list(islice(readings, BATCH)):
        importer.write(batch)
        if progress is not None:
            progress(tally.read, total)
    log.info("import.finished", read=tally.read, added=tally.added, refused=tally.refused)
    return tally.report()


def _refuse_removed_rows(runtime: Runtime, captured: Captured) -> None:
    """The bytes of a dump are kept as they are: one that holds a removed statement would bring it back."""
    with runtime.database.reading() as session:
        removed = storage.redactions.removed_posts(session)
    if not removed:
        return
    tally = Tally()
    lines = [reading.locator or "" for reading in _readings(captured, tally) if _id_of(reading) in removed]
    if lines:
        raise ConflictError(
            f"{_listed(lines)} holds a statement that was removed on purpose: import the rest only.",
            code="holds_removed",
        )


def _listed(lines: list[str]) -> str:
    return ", ".join(lines[:20]).capitalize()


def _id_of(reading: PostReading) -> PostId:
    return post_id_of(reading.platform, reading.native_id)


def _readings(captured: Captured, tally: Tally) -> Iterator[PostReading]:
    for line, row in rows_of(captured):
        tally.read += 1
        if isinstance(row, InvalidInputError):
            tally.refuse(line, row)
            continue
        try:
            yield read_row(row, line=line)
        except InvalidInputError as error:
            tally.refuse(line, error)


def same_identifier(captured: Captured) -> Captured:
    """The same capture for the same bytes from the same source, so that taking a file in twice records it once."""
    capture = captured.capture
    if capture.provenance.method is CaptureMethod.DEMO:
        return captured
    identifier = CaptureId(named_id("taken in", capture.provenance.source, capture.digest))
    return replace(captured, capture=replace(capture, id=identifier))


def _recorded(runtime: Runtime, captured: Captured) -> Captured:
    """The capture as recorded: for a file taken in before, as it was then, so that its texts are not news now."""
    with runtime.database.writing() as session:
        storage.captures.add(session, captured)
        return replace(captured, capture=storage.captures.get(session, captured.capture.id))


class _Importer:
    """Writes batches of one dump and remembers the accounts it has met."""

    def __init__(self, runtime: Runtime, *, captured: Captured, tally: Tally) -> None:
        self._runtime = runtime
        self._captured = captured
        self._tally = tally
        self._accounts: dict[tuple[Platform, str | None, str], AccountId] = {}

    def write(self, batch: list[PostReading]) -> None:
        """One batch in one transaction."""
        met = dict(self._accounts)
        with self._runtime.database.writing() as session:
            rows = [(reading, self._account(session, reading, met=met)) for reading in batch]
            result = storage.posts.add_readings(
                session,
                rows,
                capture_id=self._captured.capture.id,
                seen_at=self._captured.capture.provenance.received_at,
            )
        self._accounts = met
        self._tally.added += result.new_snapshots
        self._tally.unchanged += result.unchanged

    def _account(
        self, session: Session, reading: PostReading, *, met: dict[tuple[Platform, str | None, str], AccountId]
    ) -> AccountId:
        key = (reading.platform, reading.author_native_id, bare_handle(reading.author_handle))
        if key not in met:
            met[key] = ensure_author(session, reading)
        return met[key]


def ensure_author(session: Session, reading: PostReading) -> AccountId:
    """The account a reading names, made where it is new: with the name the platform shows, and no proof of office."""
    return storage.accounts.ensure_account(
        session,
        platform=reading.platform,
        native_id=reading.author_native_id,
        handle=reading.author_handle,
        display_name=reading.author_name,
        url=None,
    ).id


def keep(runtime: Runtime, captured: Captured, *, platform: Platform) -> tuple[Post, ...]:
    """Keep what one captured page or payload of a platform shows: the posts that are new or have changed."""
    readings = read_posts(platform, captured.body)
    with runtime.database.writing() as session:
        for reading in readings:
            # Neither the words nor the bytes that hold them come back.
            storage.redactions.refuse_removed_statement(session, _id_of(reading))
        storage.captures.add(session, captured)
        kept = [keep_reading(session, reading, captured=captured) for reading in readings]
    return tuple(post for post in kept if post is not None)


def keep_reading(session: Session, reading: PostReading, *, captured: Captured) -> Post | None:
    """Add what one reading shows to its post; None when it shows nothing new."""
    result = storage.posts.add_readings(
        session,
        [(reading, ensure_author(session, reading))],
        capture_id=captured.capture.id,
        seen_at=captured.capture.provenance.received_at,
    )
    if not (result.new_posts or result.new_snapshots):
        return None
    return storage.posts.ensure(session, reading, ensure_author(session, reading))


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
