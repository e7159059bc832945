"""What a reader asks before believing: who controls an account, could the archive have known, what says the log."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date

from archive import storage
from archive.domain.accounts import Account, Control, Platform
from archive.domain.coverage import CoverageInterval
from archive.domain.directory import Directory
from archive.domain.ids import AccountId
from archive.domain.offices import Holding, Office
from archive.domain.statements import Statement, StatementQuery
from archive.runtime import Runtime


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Why a statement counts as somebody's: the controls of its account and the offices of its voice, on its day."""

    controls: tuple[Control, ...] = field(default=())
    offices: tuple[tuple[Holding, Office], ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """What an empty search means: the accounts it asked about, and when each was seen without a gap."""

    accounts: tuple[Account, ...] = field(default=())
    intervals: tuple[CoverageInterval, ...] = field(default=())
    asked_about_somebody: bool = False

    def seen(self, account_id: AccountId) -> tuple[CoverageInterval, ...]:
        """The stretches in which that account was seen without a gap, in order."""
        mine = (interval for interval in self.intervals if interval.account_id == account_id)
        return tuple(sorted(mine, key=lambda interval: interval.since))


@dataclass(frozen=True, slots=True, kw_only=True)
class LogHead:
    """The custody log as it stands: how many entries, and the Merkle root over them in hexadecimal."""

    size: int
    root: str
    signed: int | None = None
    """On how many entries the newest checkpoint is; None before the first."""


def get_standing(runtime: Runtime, statement: Statement) -> Standing:
    """The proof on record for a statement's account and office on the day it was posted."""
    day = statement.post.posted_at.astimezone(UTC).date()
    with runtime.database.reading() as session:
        known = storage.directory.directory(session, names=(statement.voice.name,), account_ids=(statement.account.id,))
    return Standing(controls=known.controls_of(statement.account.id, on=day), offices=_held(known, statement, day=day))


def explain_silence(runtime: Runtime, query: StatementQuery) -> Silence:
    """What it means that a search found nothing: could the archive have known?"""
    names = tuple(name for name in (query.speaker, query.office) if name)
    handles = tuple(handle for handle in (query.handle, query.speaker) if handle)
    if not names and not handles:
        return Silence()
    with runtime.database.reading() as session:
        known = storage.directory.directory(session, names=names, handles=handles)
        accounts = tuple(account for account in known.accounts if _is_asked(account, query.platform))
        intervals = storage.coverage.intervals(session, tuple(account.id for account in accounts))
    return Silence(accounts=accounts, intervals=intervals, asked_about_somebody=True)


def get_log_head(runtime: Runtime) -> LogHead:
    """The size and root of the custody log, for strangers to write down and compare later."""
    with runtime.database.reading() as session:
        size, root = storage.custody.head(session)
        newest = storage.checkpoints.latest(session)
    return LogHead(size=size, root=root.hex(), signed=newest[0].size if newest else None)


def _held(known: Directory, statement: Statement, *, day: date) -> tuple[tuple[Holding, Office], ...]:
    person = statement.voice.person_id
    return tuple(
        (holding, office)
        for holding in known.holdings
        if holding.person_id == person
        and holding.holds_on(day)
        and (office := known.office(holding.office_id)) is not None
    )


def _is_asked(account: Account, platform: Platform | None) -> bool:
    return platform is None or account.platform is platform
