"""Whose words posts are, by the controls the registry holds: asked once for many posts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy.orm import Session

from archive.domain.accounts import Account, Control
from archive.domain.ids import AccountId
from archive.domain.voices import Voice, voice_of
from archive.storage import accounts, controls, offices, people
from archive.storage.stored import storable


class Voices:
    """The voices of some accounts on any day; each day of an account is worked out once."""

    def __init__(self, session: Session, account_ids: Iterable[UUID]) -> None:
        """Read the accounts, their controls and the names behind these."""
        held = accounts.many(session, account_ids)
        found = controls.of_any(session, account_ids=[account.id for account in held])
        self._accounts: dict[AccountId, Account] = {account.id: account for account in held}
        self._controls: dict[AccountId, list[Control]] = {}
        for control in found:
            self._controls.setdefault(control.account_id, []).append(control)
        self._names = _names(session, found)
        self._worked_out: dict[tuple[AccountId, date | None], Voice] = {}

    def is_controlled(self, account_id: AccountId) -> bool:
        """Whether anybody is known to speak through the account; if nobody, it has one voice on every day."""
        return bool(self._controls.get(account_id))

    def of(self, account_id: AccountId, *, day: date) -> Voice:
        """Whose words a post of that account on that day is."""
        controls = self._controls.get(account_id, [])
        key = (account_id, day if controls else None)
        voice = self._worked_out.get(key)
        if voice is None:
            voice = voice_of(self._accounts[account_id], controls=controls, day=day, names=self._names)
            voice = replace(voice, name=storable(voice.name))
            self._worked_out[key] = voice
        return voice


def _names(session: Session, controls: Iterable[Control]) -> dict[object, str]:
    held = tuple(controls)
    names: dict[object, str] = {
        person.id: person.name
        for person in people.many(session, {c.person_id for c in held if c.person_id is not None})
    }
    found = offices.many(session, {cast(UUID, c.office_id) for c in held if c.office_id is not None})
    names |= {office.id: office.title for office in found}
    return names
