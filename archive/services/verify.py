"""Verifying the whole archive, or what came since a day: the log, its signatures, and every row of evidence."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from archive import storage
from archive.domain.checkpoints import Note, VerifierKey, is_origin, origin_of, read_verifier_key
from archive.domain.merkle import consistency_proof, proves_consistency, root_of
from archive.errors import ArchiveError, InvalidInputError
from archive.runtime import Runtime
from archive.services import checkpoints
from archive.services.stamps import stamp_problems
from archive.signing import has_valid_signature

MANY = 300_000
"""From so many snapshots on, a second process takes the later part of them, and the other checks that take long."""
MINE = 60
"""How many of a hundred snapshots stay with the first process: the second one has those checks besides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """One check: its name and what it found amiss, one sentence each."""

    name: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """How many rows of evidence and stored bodies there are, from which entry on they were looked at, and what each
    check found."""

    records: int
    bodies: int
    since: int
    checks: tuple[CheckReport, ...]
    removed: int = 0
    """Statements and captures that are gone on purpose, as recorded."""

    @property
    def problems(self) -> tuple[str, ...]:
        """Everything amiss."""
        return tuple(problem for check in self.checks for problem in check.problems)


def verify_archive(runtime: Runtime, *, since: str | None = None, many: int = MANY) -> VerifyReport:
    """Compare everything stored with what the custody log committed to, and the log with what was signed.

    ``since``: a day or an entry's index; evidence of earlier entries is passed over, the log itself never.
    From ``many`` snapshots on a second process looks at a part; what is found is the same. InvalidInputError
    ``bad_since``.
    """
    with runtime.database.reading() as session:
        first = _first(session, since)
        with _second_process(runtime, session, since=first, many=many) as apart:
            checks = [
                CheckReport(name="signatures", problems=_as_far_as_readable(signature_problems(runtime))),
                CheckReport(name="tokens", problems=_as_far_as_readable(stamp_problems(runtime))),
            ]
            for name, _ in storage.audit.CHECKS:
                checks.append(CheckReport(name=name, problems=_problems(session, name, first=first, apart=apart)))
            found = storage.audit_index.sample_problems(runtime.settings.index, session)
            checks.append(CheckReport(name="word index", problems=found))
        records = storage.audit.record_count(session)
        bodies = storage.audit.body_count(session)
        removed = storage.redactions.confirmed(session)
    return VerifyReport(records=records, bodies=bodies, since=first, checks=tuple(checks), removed=removed)


def verify_archive_deeply(runtime: Runtime, *, since: str | None = None) -> VerifyReport:
    """The same, and everything derived from the texts derived again: minutes, where there are a million."""
    report = verify_archive(runtime, since=since)
    with runtime.database.reading() as session:
        found = (
            *storage.audit.deep_problems(session),
            *storage.audit_index.all_problems(runtime.settings.index, session),
        )
    return replace(report, checks=(*report.checks, CheckReport(name="all derived", problems=found)))


def _as_far_as_readable(problems: Iterator[str]) -> tuple[str, ...]:
    """What a check finds, and that it came no further where the rest cannot be read."""
    found: list[str] = []
    try:
        found.extend(problems)
    except storage.audit.UNREADABLE as error:
        found.append(f"What belongs to the log cannot be read: {type(error).__name__}.")
    return tuple(found)


def signature_problems(runtime: Runtime) -> Iterator[str]:
    """Checkpoints without a valid signature by a known key, and a log that is not what the signer signed last."""
    with runtime.database.reading() as session:
        signed = storage.checkpoints.latest(session, limit=100_000)
    announced = tuple(read_verifier_key(text) for text in checkpoints.published_keys(runtime))
    pinned = _pinned(runtime)
    keys = pinned.known if pinned is not None and pinned.known else announced
    for one in signed:
        if not has_valid_signature(one.note, keys):
            yield f"Checkpoint number {one.number} bears no valid signature by a known key."
    unannounced = [key for key in keys if key not in announced]
    for key in unannounced:
        yield f"The custody log never announced the signing key {key.key_hash.hex()}."
    if pinned is not None and pinned.last is not None:
        yield from _against_signer(runtime, pinned.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pinned:
    known: tuple[VerifierKey, ...]
    last: Note | None


def _pinned(runtime: Runtime) -> _Pinned | None:
    """What the signer's own folder says, where this process can read it."""
    settings = runtime.settings
    if not is_origin(settings.origin or origin_of(settings.base_url)):
        return None
    signer = checkpoints.signer_of(settings)
    return _Pinned(known=signer.known_keys(), last=signer.last())


def _against_signer(runtime: Runtime, last: Note) -> Iterator[str]:
    before = last.checkpoint()
    with runtime.database.reading() as session:
        try:
            leaves = storage.custody.recomputed_leaves(session)
        except ArchiveError as error:
            yield error.message
            return
    if len(leaves) < before.size:
        yield f"The signer signed {before.size} entries; the custody log has {len(leaves)}."
    elif not proves_consistency(
        old_size=before.size,
        old_root=before.root,
        new_size=len(leaves),
        new_root=root_of(leaves),
        path=consistency_proof(leaves, before.size),
    ):
        yield f"The custody log does not begin with the {before.size} entries that the signer signed last."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Apart:
    """What a second process looks at: the snapshots of entries from ``border`` on, and the checks that take long."""

    border: int
    work: Future[dict[str, tuple[str, ...]]]


def _problems(session: storage.database.Session, name: str, *, first: int, apart: _Apart | None) -> tuple[str, ...]:
    if apart is not None and name == storage.audit.SNAPSHOTS:
        mine = storage.audit.snapshot_problems_until(session, since=first, until=apart.border)
        return (*mine, *apart.work.result()[name])
    if apart is not None and name in storage.audit.LONG:
        return apart.work.result()[name]
    return tuple(storage.audit.problems_of(session, name, since=first))


@contextmanager
def _second_process(
    runtime: Runtime, session: storage.database.Session, *, since: int, many: int
) -> Iterator[_Apart | None]:
    """A process that takes its share of the work meanwhile, where there are many snapshots; None otherwise."""
    storage.audit.save_memory(session)
    is_large = storage.audit_snapshots.count(session) >= many
    border = storage.audit_snapshots.border(session, percent=MINE) if is_large else 0
    if border <= since:
        yield None
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        url, long = runtime.database.url, storage.audit.LONG
        work = pool.submit(storage.audit.problems_apart, url, long, since=since, snapshots_from=border)
        yield _Apart(border=border, work=work)


def _first(session: storage.database.Session, since: str | None) -> int:
    if since is None:
        return 0
    try:
        if since.isascii() and since.isdigit():
            return min(int(since), 2**62)
        return storage.audit.index_at(session, datetime.combine(date.fromisoformat(since), time(), UTC))
    except ValueError as error:
        raise InvalidInputError(
            "Since when? Give a day as YYYY-MM-DD, or an entry's number.", code="bad_since"
        ) from error
