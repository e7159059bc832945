"""What a session that sees one moment remembers of it: for batches, which ask for the same accounts again and again."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.orm import Session

from archive.domain.accounts import Account
from archive.domain.captures import Capture
from archive.domain.ids import CaptureId

_KEY = "archive.memory"


@dataclass(slots=True, kw_only=True)
class Memory:
    """Accounts with their place in the database's order (None: not read yet), and captures met so far."""

    accounts: dict[UUID, tuple[int, Account]] | None = None
    captures: dict[CaptureId, Capture] = field(default_factory=dict)


def remember(session: Session) -> None:
    """Let a reading session remember; never a writing one, whose rows change under it."""
    session.info[_KEY] = Memory()


def forget(session: Session) -> None:
    """Let the session read everything anew from now on."""
    session.info.pop(_KEY, None)


def memory_of(session: Session) -> Memory | None:
    """What the session remembers; None where it was not asked to."""
    found = session.info.get(_KEY)
    return found if isinstance(found, Memory) else None
