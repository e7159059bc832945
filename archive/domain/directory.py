"""Directory: the part of the registry that a judgement needs – people, offices, holdings, accounts, controls."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from archive.domain.accounts import Account, AccountKind, Control, Platform, bare_handle
from archive.domain.ids import AccountId, OfficeId, PersonId
from archive.domain.offices import Holding, Office
from archive.domain.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """A slice of the registry, frozen, so that a judgement made with it can be replayed."""

    people: tuple[Person, ...] = field(default=())
    offices: tuple[Office, ...] = field(default=())
    holdings: tuple[Holding, ...] = field(default=())
    accounts: tuple[Account, ...] = field(default=())
    controls: tuple[Control, ...] = field(default=())

    def person(self, person_id: PersonId) -> Person | None:
        """The person with that identifier, if the slice has it."""
        return next((person for person in self.people if person.id == person_id), None)

    def office(self, office_id: OfficeId) -> Office | None:
        """The office with that identifier, if the slice has it."""
        return next((office for office in self.offices if office.id == office_id), None)

    def account(self, account_id: AccountId) -> Account | None:
        """The account with that identifier, if the slice has it."""
        return next((account for account in self.accounts if account.id == account_id), None)

    def offices_of(self, person_id: PersonId, *, on: date | None = None) -> tuple[Office, ...]:
        """Offices the person held (on that day, if one is given), in registry order."""
        held = [h for h in self.holdings if h.person_id == person_id and (on is None or h.holds_on(on))]
        found = (self.office(holding.office_id) for holding in held)
        return tuple(office for office in found if office is not None)

    def holders_of(self, office_id: OfficeId, *, on: date | None = None) -> tuple[Person, ...]:
        """People who held the office (on that day, if one is given)."""
        held = [h for h in self.holdings if h.office_id == office_id and (on is None or h.holds_on(on))]
        found = (self.person(holding.person_id) for holding in held)
        return tuple(person for person in found if person is not None)

    def controls_of(self, account_id: AccountId, *, on: date | None = None) -> tuple[Control, ...]:
        """Who spoke through the account (on that day, if one is given)."""
        return tuple(c for c in self.controls if c.account_id == account_id and (on is None or c.holds_on(on)))

    def accounts_of(
        self, *, person_id: PersonId | None = None, office_id: OfficeId | None = None
    ) -> tuple[Account, ...]:
        """Accounts the person or the office ever controlled."""
        ids = {
            control.account_id
            for control in self.controls
            if (person_id is not None and control.person_id == person_id)
            or (office_id is not None and control.office_id == office_id)
        }
        return tuple(account for account in self.accounts if account.id in ids)

    def account_with_handle(self, handle: str, *, platform: Platform | None, on: date | None = None) -> Account | None:
        """The account that used ``handle`` (on that day, if its history has dates); never a look-alike by distance."""
        wanted = bare_handle(handle)
        for account in self.accounts:
            if platform is not None and account.platform is not platform:
                continue
            if any(
                bare_handle(use.handle) == wanted
                and (on is None or ((use.since is None or use.since <= on) and (use.until is None or on <= use.until)))
                for use in account.handles
            ):
                return account
            if not account.handles and bare_handle(account.handle) == wanted:
                return account
        return None

    def official_accounts(self) -> tuple[Account, ...]:
        """Accounts that somebody registered as genuine (official, personal or campaign)."""
        genuine = (AccountKind.OFFICIAL, AccountKind.PERSONAL, AccountKind.CAMPAIGN)
        return tuple(account for account in self.accounts if account.kind in genuine)
