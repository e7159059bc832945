"""Registry entries: what one line of a registry file states of people, offices, holdings and accounts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from archive.domain.accounts import AccountKind, HandleUse, Platform


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryEntry:
    """One statement of the registry; every field may be missing, but one of person, office and handle is there.

    ``since`` and ``until`` bound the *holding* (person and office), ``control_since`` and ``control_until`` the
    *control* (account and person, or account and office where no person is named); both days are included.
    ``proof_url`` and ``proof_note`` prove what the entry states. ``line`` counts from 1 in its file.
    """

    line: int
    person: str | None = None
    aliases: tuple[str, ...] = field(default=())
    wikidata: str | None = None
    office: str | None = None
    office_aliases: tuple[str, ...] = field(default=())
    office_wikidata: str | None = None
    country: str | None = None
    institution: bool = False
    since: date | None = None
    until: date | None = None
    proof_url: str | None = None
    proof_note: str | None = None
    platform: Platform | None = None
    handle: str | None = None
    account_native_id: str | None = None
    account_name: str | None = None
    account_kind: AccountKind | None = None
    account_url: str | None = None
    handles: tuple[HandleUse, ...] = field(default=())
    control_since: date | None = None
    control_until: date | None = None
