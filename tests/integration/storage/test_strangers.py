"""Authors met many at once become the accounts that they become one by one."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from archive.domain.accounts import AccountKind, Platform
from archive.storage import accounts, attributions, custody
from archive.storage.rows.accounts import AccountHandleRow, AccountRow
from archive.storage.rows.registry import NameWordRow
from archive.storage.strangers import Profile, ensure_accounts

X, MASTODON = Platform.X, Platform.MASTODON


def profile(handle: str, *, native_id: str | None = None, name: str = "", platform: Platform = X) -> Profile:
    return Profile(platform=platform, native_id=native_id, handle=handle, display_name=name)


DUMPS = {
    "nobody": [],
    "all new, by identifier and by handle": [
        profile("harbour_office", native_id="11", name="Harbour Office"),
        profile("@Quill_Mara", name="Mara Quill"),
        profile("quay", native_id="12"),
    ],
    "one identifier under two handles": [
        profile("old_name", native_id="11", name="Mara Quill"),
        profile("new_name", native_id="11", name="Mara Quill MP"),
    ],
    "a handle first, its identifier later": [
        profile("quill", name="Mara Quill"),
        profile("other", native_id="12", name="Other"),
        profile("quill", native_id="11", name="Mara Quill"),
    ],
    "one handle on two platforms": [
        profile("quill", native_id="11", name="Mara Quill"),
        profile("quill", native_id="11", name="Mara Quill", platform=MASTODON),
    ],
    "some are held, one under an earlier handle": [
        profile("held", native_id="1", name="Held"),
        profile("HELD_TWO", name="Held Two"),
        profile("before", native_id="77", name="Somebody else"),
        profile("new", native_id="78", name="New"),
    ],
    "no handle at all": [profile("", native_id="11", name="Key only"), profile("b", native_id="12", name="B")],
    "what no database can hold": [profile("quill", native_id="1\x001", name="Mara\x00 Quill \ud800")],
}


def hold(session):
    accounts.ensure_account(session, platform=X, native_id="1", handle="before", display_name="Held")
    accounts.ensure_account(session, platform=X, native_id="1", handle="held", display_name="Held")
    accounts.ensure_account(session, platform=X, handle="held_two", display_name="")


def registry(session):
    """Everything that is said of accounts, with the states that the custody log notes of them."""
    rows = {
        table.__tablename__: sorted(
            tuple(str(getattr(row, column.name)) for column in table.__table__.columns)
            for row in session.scalars(select(table)).all()
        )
        for table in (AccountRow, AccountHandleRow, NameWordRow)
    }
    return rows, sorted(map(str, attributions.latest_states(session))), custody.verify(session)


def without_before(state):
    rows, noted, problems = state
    return rows, [line.partition("'before'")[0] for line in noted], problems


@pytest.mark.parametrize("dump", DUMPS.values(), ids=DUMPS)
def test_many_at_once_become_what_they_become_one_by_one(database, dump):
    def one_by_one(session):
        return [
            accounts.ensure_account(
                session,
                platform=each.platform,
                native_id=each.native_id,
                handle=each.handle,
                display_name=each.display_name,
            ).id
            for each in dump
        ]

    states = []
    for make in (one_by_one, lambda session: ensure_accounts(session, dump)):
        with database.rehearsing() as session:
            hold(session)
            found = make(session)
            session.flush()
            states.append((found, without_before(registry(session))))
    assert states[0] == states[1]
    assert states[0][1][2] == ()


def test_the_same_authors_again_are_the_same_accounts(database):
    dump = [profile(f"office_{number}", native_id=str(number), name=f"Office {number}") for number in range(2_500)]
    with database.writing() as session:
        first = ensure_accounts(session, dump)
        size = custody.lock(session)
    assert size == len(set(first)) == 2_500
    with database.writing() as session:
        assert ensure_accounts(session, dump[:50]) == first[:50]
        assert custody.lock(session) == size
        account = accounts.get(session, first[7])
    assert (account.handle, account.display_name, account.kind) == ("office_7", "Office 7", AccountKind.UNREGISTERED)
