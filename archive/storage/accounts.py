"""Accounts: keyed by the platform's stable identifier; a handle alone is a stand-in until that becomes known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from operator import itemgetter
from uuid import UUID

from sqlalchemy import func, insert, or_, select
from sqlalchemy.orm import Session

from archive.domain.accounts import (
    Account,
    AccountKind,
    HandleUse,
    Platform,
    bare_handle,
    handle_key,
)
from archive.domain.ids import AccountId, named_id
from archive.errors import NotFoundError
from archive.storage import attributions, custody, names
from archive.storage.memory import memory_of
from archive.storage.rows.accounts import AccountHandleRow, AccountRow
from archive.storage.rows.registry import Named
from archive.storage.stored import storable


def ensure_account(
    session: Session,
    *,
    platform: Platform,
    native_id: str | None = None,
    handle: str,
    display_name: str,
    url: str | None = None,
    kind: AccountKind | None = None,
) -> Account:
    """The account with that stable identifier, or with that handle where the identifier is not known; made if new.

    One known by its handle only takes the stable identifier when that becomes known. Handle and display name are as
    last seen, an earlier handle goes to the history. ``kind`` None leaves what the registry says.
    """
    custody.lock(session)
    handle, display_name, native_id = storable(handle), storable(display_name), native_id and storable(native_id)
    row = _held(session, platform, native_id=native_id, handle=handle)
    if row is None:
        row = _made(session, platform, native_id=native_id or handle_key(handle), handle=handle)
    elif native_id is not None and row.native_id != native_id:
        row.native_id = native_id
    _note_handle(session, row, handle)
    row.display_name = display_name or row.display_name or row.handle
    row.url = url or row.url
    row.kind = kind or row.kind
    session.flush()
    names.keep_words(session, Named.ACCOUNT, row.id, forms=(row.display_name,))
    attributions.keep(session, attributions.Subject.ACCOUNT, row.id)
    return _account(row, _history(session, (row.id,)).get(row.id, ()))


def add_handle(
    session: Session, account_id: AccountId, handle: str, *, since: date | None = None, until: date | None = None
) -> Account:
    """Add a handle to the account's history; the same use again changes nothing. NotFoundError ``no_such_account``."""
    custody.lock(session)
    row = session.get(AccountRow, account_id)
    if row is None:
        raise NotFoundError("No such account.", code="no_such_account")
    use = HandleUse(handle=storable(handle), since=since, until=until)
    history = _history(session, (account_id,)).get(account_id, ())
    if use not in history:
        _add_use(session, account_id, use)
        attributions.keep(session, attributions.Subject.ACCOUNT, account_id)
    return get(session, account_id)


def find_by_handle(session: Session, platform: Platform, handle: str) -> Account | None:
    """The account that uses the handle today, or failing that the one that used it last."""
    found = with_handles(session, (handle,), platform=platform)
    key = bare_handle(handle)
    return next((account for account in found if bare_handle(account.handle) == key), found[0] if found else None)


def with_handles(session: Session, handles: Iterable[str], *, platform: Platform | None = None) -> tuple[Account, ...]:
    """Accounts that use or ever used one of the handles; those with a stable identifier first."""
    keys = {key for handle in handles if (key := bare_handle(storable(handle)))}
    if not keys:
        return ()
    used = select(AccountHandleRow.account_id).where(AccountHandleRow.handle_key.in_(keys))
    query = select(AccountRow.id).where(or_(AccountRow.handle_key.in_(keys), AccountRow.id.in_(used)))
    if platform is not None:
        query = query.where(AccountRow.platform == platform)
    found = many(session, session.scalars(query).all())
    return tuple(sorted(found, key=lambda account: not account.has_stable_id))


def get(session: Session, account_id: AccountId) -> Account:
    """The account; NotFoundError ``no_such_account`` where there is none."""
    found = many(session, (account_id,))
    if not found:
        raise NotFoundError("No such account.", code="no_such_account")
    return found[0]


def many(session: Session, account_ids: Iterable[UUID]) -> tuple[Account, ...]:
    """The accounts with those identifiers, by platform and handle."""
    wanted = set(account_ids)
    if not wanted:
        return ()
    remembered = _remembered(session)
    if remembered is not None:
        placed = sorted((remembered[key] for key in wanted & remembered.keys()), key=itemgetter(0))
        return tuple(account for _, account in placed)
    query = select(AccountRow).where(AccountRow.id.in_(wanted))
    rows = session.scalars(query.order_by(AccountRow.platform, AccountRow.handle_key, AccountRow.id)).all()
    history = _history(session, wanted)
    return tuple(_account(row, history.get(row.id, ())) for row in rows)


_MOST_REMEMBERED = 20_000


def _remembered(session: Session) -> dict[UUID, tuple[int, Account]] | None:
    """All accounts, in the order of ``many``, where the session remembers and they are not too many."""
    memory = memory_of(session)
    if memory is None or memory.is_too_large:
        return None
    if memory.accounts is None:
        if len(session.scalars(select(AccountRow.id).limit(_MOST_REMEMBERED + 1)).all()) > _MOST_REMEMBERED:
            memory.is_too_large = True
            return None
        query = select(AccountRow).order_by(AccountRow.platform, AccountRow.handle_key, AccountRow.id)
        history = _history(session)
        accounts = (_account(row, history.get(row.id, ())) for row in session.scalars(query))
        memory.accounts = {account.id: (place, account) for place, account in enumerate(accounts)}
    return memory.accounts


def _held(session: Session, platform: Platform, *, native_id: str | None, handle: str) -> AccountRow | None:
    mine = select(AccountRow).where(AccountRow.platform == platform)
    if native_id is not None:
        row = session.scalars(mine.where(AccountRow.native_id == native_id)).one_or_none()
        if row is not None or not bare_handle(handle):
            return row
    stand_in = session.scalars(mine.where(AccountRow.native_id == handle_key(handle))).one_or_none()
    if stand_in is not None or native_id is not None:
        return stand_in
    # A row that knows only the handle belongs to whoever uses that handle now.
    query = mine.where(AccountRow.handle_key == bare_handle(handle)).order_by(AccountRow.id).limit(1)
    return session.scalars(query).one_or_none()


def _made(session: Session, platform: Platform, *, native_id: str, handle: str) -> AccountRow:
    row = AccountRow(
        id=named_id("account", platform.value, native_id),
        platform=platform,
        native_id=native_id,
        handle=handle.strip().lstrip("@"),
        handle_key=bare_handle(handle),
        display_name="",
        kind=AccountKind.UNREGISTERED,
    )
    if session.get(AccountRow, row.id) is not None:
        # The identifier that this stand-in would get went to an account whose stable identifier became known since.
        row.id = named_id("account", platform.value, native_id, "again")
    session.add(row)
    session.flush()
    return row


def _note_handle(session: Session, row: AccountRow, handle: str) -> None:
    bare = handle.strip().lstrip("@")
    if not bare or bare_handle(bare) == row.handle_key or bare == row.native_id:
        return  # a repository knows its account by key only: that is no handle, and replaces none
    history = _history(session, (row.id,)).get(row.id, ())
    known = {bare_handle(use.handle) for use in history}
    for seen in (row.handle, bare):
        if bare_handle(seen) and bare_handle(seen) not in known and seen != row.native_id:
            _add_use(session, row.id, HandleUse(handle=seen))
    row.handle, row.handle_key = bare, bare_handle(bare)


def _add_use(session: Session, account_id: UUID, use: HandleUse) -> None:
    position = session.scalar(
        select(func.coalesce(func.max(AccountHandleRow.position) + 1, 0)).where(
            AccountHandleRow.account_id == account_id
        )
    )
    session.execute(
        insert(AccountHandleRow).values(
            account_id=account_id,
            position=position,
            handle=use.handle,
            handle_key=bare_handle(use.handle),
            since=use.since,
            until=use.until,
        )
    )


def _history(session: Session, account_ids: Iterable[UUID] | None = None) -> dict[UUID, tuple[HandleUse, ...]]:
    query = select(AccountHandleRow).order_by(AccountHandleRow.account_id, AccountHandleRow.position)
    if account_ids is not None:
        query = query.where(AccountHandleRow.account_id.in_(set(account_ids)))
    found: dict[UUID, tuple[HandleUse, ...]] = {}
    for row in session.scalars(query):
        use = HandleUse(handle=row.handle, since=row.since, until=row.until)
        found[row.account_id] = (*found.get(row.account_id, ()), use)
    return found


def _account(row: AccountRow, history: tuple[HandleUse, ...]) -> Account:
    if history and row.handle_key not in {bare_handle(use.handle) for use in history}:
        # A history that lacks today's handle would hide the account from whoever looks it up by that.
        history = (*history, HandleUse(handle=row.handle))
    return Account(
        id=AccountId(row.id),
        platform=row.platform,
        native_id=row.native_id,
        handle=row.handle,
        display_name=row.display_name,
        url=row.url,
        kind=row.kind,
        handles=history,
    )
