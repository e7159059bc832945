"""What a session that sees one moment remembers of it: for batches, which ask for the same accounts again and again.

It outlives the session as long as the connection lives and nothing was committed since: then the next moment is the
same moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from archive.domain.accounts import Account
from archive.domain.captures import Capture
from archive.domain.coverage import CoverageInterval
from archive.domain.ids import CaptureId
from archive.domain.statements import Statement
from archive.domain.verdicts import Opinion

if TYPE_CHECKING:
    from archive.storage.registry import Registry

_KEY = "archive.memory"
KEPT = "archive.memory.kept"
"""Where a connection keeps the memory of the sessions before; whoever writes with it takes it away."""
_MOST_POSTS = 40_000
_MOST_CAPTURES = 20_000
_MOST_OPINIONS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A post's place among its author's: what its neighbours are found by."""

    seq: int
    account_id: UUID
    posted_at: datetime
    native_id: str
    in_reply_to: str | None


@dataclass(slots=True, kw_only=True)
class Memory:
    """Accounts with their place in the database's order (None: not read yet) and the whole registry, unless either is
    too large to be remembered; captures, statements by their posts' numbers, and neighbours met so far."""

    accounts: dict[UUID, tuple[int, Account]] | None = None
    registry: Registry | None = None
    coverage: dict[UUID, tuple[CoverageInterval, ...]] = field(default_factory=dict)
    is_coverage_large: bool = False
    is_too_large: bool = False
    captures: dict[CaptureId, Capture] = field(default_factory=dict)
    statements: dict[int, tuple[Statement, ...]] = field(default_factory=dict)
    beside: dict[int, tuple[Placed, ...]] = field(default_factory=dict)
    opinions: dict[tuple[object, ...], Opinion] = field(default_factory=dict)
    """By what was asked: a report printed by fifty papers is judged once."""


def remember(session: Session) -> None:
    """Let a reading session remember; never a writing one, whose rows change under it."""
    connection = session.connection()
    moment = _moment(session)
    held = connection.info.get(KEPT)
    memory = held[1] if isinstance(held, tuple) and held[0] == moment else Memory()
    if len(memory.statements) > _MOST_POSTS:
        memory.statements.clear()
    if len(memory.opinions) > _MOST_OPINIONS:
        memory.opinions.clear()
    if len(memory.beside) > _MOST_POSTS:
        memory.beside.clear()
    if len(memory.captures) > _MOST_CAPTURES:
        memory.captures.clear()
    connection.info[KEPT] = (moment, memory)
    session.info[_KEY] = memory


def forget(session: Session) -> None:
    """Let the session read everything anew from now on."""
    session.info.pop(_KEY, None)


def memory_of(session: Session) -> Memory | None:
    """What the session remembers; None where it was not asked to."""
    found = session.info.get(_KEY)
    return found if isinstance(found, Memory) else None


def _moment(session: Session) -> Sequence[object]:
    """What changes whenever another connection has committed."""
    if session.connection().dialect.name == "sqlite":
        return tuple(session.execute(text("PRAGMA data_version")).one())
    return tuple(session.execute(text("SELECT pg_current_snapshot()::text")).one())
