"""Strangers: authors of a dump whose accounts are new to the archive, made many at once.

An account is made by some twenty statements, since a handle may turn out to be that of an account which is held. A dump
of a parliament has a thousand authors, nearly all of them new under every name: these take a few statements for all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from archive.domain.accounts import AccountKind, Platform, bare_handle, handle_key
from archive.domain.ids import AccountId, named_id
from archive.storage import attributions, custody, names
from archive.storage.accounts import ensure_account
from archive.storage.rows.accounts import AccountRow
from archive.storage.rows.registry import Named
from archive.storage.stored import storable

_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """An account as a platform shows it: its stable identifier where that is known, handle and display name."""

    platform: Platform
    native_id: str | None
    handle: str
    display_name: str


def ensure_accounts(session: Session, profiles: Sequence[Profile]) -> list[AccountId]:
    """What ``accounts.ensure_account`` finds or makes for each profile, in their order; strangers are made first."""
    custody.lock(session)
    strangers = _strangers(session, profiles)
    _make(session, tuple(strangers.values()))
    return [
        AccountId(strangers[place].id) if place in strangers else _ensured(session, profile)
        for place, profile in enumerate(profiles)
    ]


def _ensured(session: Session, profile: Profile) -> AccountId:
    return ensure_account(
        session,
        platform=profile.platform,
        native_id=profile.native_id,
        handle=profile.handle,
        display_name=profile.display_name,
    ).id


def _strangers(session: Session, profiles: Sequence[Profile]) -> dict[int, AccountRow]:
    """Rows for the profiles, by their places, that share no identifier and no handle with another or with what is
    held."""
    rows = {place: _row(profile) for place, profile in enumerate(profiles) if bare_handle(profile.handle)}
    met = Counter(key for row in rows.values() for key in _keys(row))
    held = _held_keys(session, rows.values())
    return {
        place: row
        for place, row in rows.items()
        if held.isdisjoint(_keys(row)) and all(met[key] == 1 for key in _keys(row))
    }


def _row(profile: Profile) -> AccountRow:
    handle = storable(profile.handle).strip().lstrip("@")
    known_by = storable(profile.native_id) if profile.native_id else handle_key(handle)
    return AccountRow(
        id=named_id("account", profile.platform.value, known_by),
        platform=profile.platform,
        native_id=known_by,
        handle=handle,
        handle_key=bare_handle(handle),
        display_name=storable(profile.display_name) or handle,
        kind=AccountKind.UNREGISTERED,
    )


def _keys(row: AccountRow) -> frozenset[object]:
    """Everything by which the account could turn out to be another one, on any platform."""
    return frozenset({row.id, row.native_id, row.handle_key, handle_key(row.handle)})


def _held_keys(session: Session, rows: Iterable[AccountRow]) -> set[object]:
    asked, found = iter(sorted(map(_sought, rows))), set[object]()
    while some := list(islice(asked, _AT_ONCE)):
        ids, native_ids, handles = (set(each) for each in zip(*some, strict=True))
        of_handle = AccountRow.native_id.in_(native_ids | set(map(handle_key, handles)))
        query = select(AccountRow).where(
            or_(AccountRow.id.in_(map(UUID, ids)), of_handle, AccountRow.handle_key.in_(handles))
        )
        for row in session.scalars(query):
            found |= _keys(row)
    return found


def _sought(row: AccountRow) -> tuple[str, str, str]:
    return str(row.id), row.native_id, row.handle_key


def _make(session: Session, rows: Sequence[AccountRow]) -> None:
    if not rows:
        return
    session.add_all(rows)
    session.flush()
    names.keep_first_words(session, Named.ACCOUNT, {row.id: row.display_name for row in rows})
    attributions.keep_first(session, attributions.Subject.ACCOUNT, [row.id for row in rows])
