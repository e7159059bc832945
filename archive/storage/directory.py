"""The directory: the slice of the registry that some names, handles or accounts might mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.domain.accounts import Account, AccountKind
from archive.domain.directory import Directory
from archive.domain.ids import AccountId
from archive.storage import accounts, controls, names, offices, people, registry
from archive.storage.memory import memory_of
from archive.storage.registry import Registry
from archive.storage.rows.accounts import AccountRow
from archive.storage.rows.registry import OfficeRow, PersonRow


def directory(
    session: Session,
    *,
    names: Sequence[str] = (),
    handles: Sequence[str] = (),
    account_ids: Sequence[AccountId] = (),
) -> Directory:
    """Everybody whom one of the names or handles might mean, or who spoke through one of the accounts.

    With people come the offices they held, with offices everybody who held them, and with all of these every account
    they ever controlled: so that a wrong holder, a namesake or another account of the same person can be told.
    """
    held = _held(session)
    if held is not None:
        return held.slice_of(names=names, handles=handles, account_ids=account_ids)
    found = _named(session, names)
    asked = {account.id for account in accounts.with_handles(session, handles)}
    asked |= {AccountId(account_id) for account_id in found.accounts} | set(account_ids)
    found_controls = controls.of_any(session, account_ids=asked)
    return _around(
        session,
        person_ids=found.people | {control.person_id for control in found_controls if control.person_id is not None},
        office_ids=found.offices | {control.office_id for control in found_controls if control.office_id is not None},
        account_ids=frozenset(asked),
    )


def accounts_of_kinds(session: Session, kinds: Iterable[AccountKind]) -> tuple[Account, ...]:
    """Every account that is registered as one of those kinds."""
    return accounts.many(session, session.scalars(select(AccountRow.id).where(AccountRow.kind.in_(set(kinds)))).all())


def whole(session: Session) -> Directory:
    """The whole registry: for small ones."""
    person_ids = frozenset(session.scalars(select(PersonRow.id)))
    return Directory(
        people=people.many(session, person_ids),
        offices=offices.many(session, session.scalars(select(OfficeRow.id))),
        holdings=offices.holdings(session, person_ids=person_ids),
        accounts=accounts.many(session, session.scalars(select(AccountRow.id))),
        controls=controls.every(session),
    )


_named = names.named


def _held(session: Session) -> Registry | None:
    """The registry in memory, where the session remembers and it is small enough."""
    memory = memory_of(session)
    if memory is None or memory.is_too_large:
        return None
    if memory.registry is None:
        if not registry.is_small(session):
            memory.is_too_large = True
            return None
        memory.registry = registry.of(session, whole(session))
    return memory.registry


def _around(
    session: Session,
    *,
    person_ids: frozenset[UUID],
    office_ids: frozenset[UUID],
    account_ids: frozenset[AccountId],
) -> Directory:
    holdings = offices.holdings(session, person_ids=person_ids, office_ids=office_ids)
    all_people = person_ids | {holding.person_id for holding in holdings}
    all_offices = office_ids | {holding.office_id for holding in holdings}
    found_controls = controls.of_any(session, person_ids=all_people, office_ids=all_offices, account_ids=account_ids)
    held_accounts = accounts.many(session, account_ids | {control.account_id for control in found_controls})
    all_people |= {control.person_id for control in found_controls if control.person_id is not None}
    all_offices |= {control.office_id for control in found_controls if control.office_id is not None}
    return Directory(
        people=people.many(session, all_people),
        offices=offices.many(session, all_offices),
        holdings=holdings,
        accounts=held_accounts,
        controls=found_controls,
    )
