"""Voices: whose words a post is, kept apart from whom an article credits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from archive.domain.accounts import Account, Control
from archive.domain.ids import OfficeId, PersonId


class VoiceBasis(StrEnum):
    """Why we take the words to be somebody's."""

    CONTROL = "control"
    SIGNATURE = "signature"
    CURATED = "curated"
    PROFILE = "profile"
    """Only the profile's own name says so; no proof."""
    REPORT = "report"
    """Only an article's attribution says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Whose words: a person, an office or institution, or only a name."""

    name: str
    basis: VoiceBasis
    person_id: PersonId | None = None
    office_id: OfficeId | None = None


def voice_of(account: Account, *, controls: Iterable[Control], day: date, names: dict[object, str]) -> Voice:
    """Whose words a post of ``account`` on ``day`` is, by control; failing that, as the profile names itself.

    ``names`` gives the printed name of person and office identifiers. A person's control goes before an office's.
    """
    held = [control for control in controls if control.account_id == account.id and control.holds_on(day)]
    person = next((control.person_id for control in held if control.person_id is not None), None)
    office = next((control.office_id for control in held if control.office_id is not None), None)
    named = names.get(person) if person is not None else names.get(office) if office is not None else None
    if named is None:
        return Voice(name=account.display_name or account.handle, basis=VoiceBasis.PROFILE)
    return Voice(name=named, basis=VoiceBasis.CONTROL, person_id=person, office_id=office)
