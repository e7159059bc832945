"""People: one person with offices, accounts and latest statements, and the list of them."""

from __future__ import annotations

from dataclasses import dataclass

from archive import storage
from archive.domain.accounts import Account, Control
from archive.domain.ids import PersonId
from archive.domain.offices import Holding, Office
from archive.domain.people import Person
from archive.domain.statements import StatementPage
from archive.runtime import Runtime
from archive.services import showing


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDetail:
    """Everything a person's page shows: each holding with its office, each account with its control."""

    person: Person
    offices: tuple[tuple[Holding, Office], ...]
    accounts: tuple[tuple[Control, Account], ...]
    statements: StatementPage


def get_person(runtime: Runtime, person_id: PersonId) -> PersonDetail:
    """A person with everything the registry and the archive hold; NotFoundError where there is none."""
    with runtime.database.reading() as session:
        person = storage.people.get(session, person_id)
        known = storage.directory.directory(session, names=person.names)
        statements = showing.shown_page(runtime, storage.statements.of_person(session, person_id))
    return PersonDetail(
        person=person,
        offices=tuple(
            (holding, office)
            for holding in known.holdings
            if holding.person_id == person_id and (office := known.office(holding.office_id)) is not None
        ),
        accounts=tuple(
            (control, account)
            for control in known.controls
            if control.person_id == person_id and (account := known.account(control.account_id)) is not None
        ),
        statements=statements,
    )


def list_people(runtime: Runtime, text: str = "", *, after: str | None = None) -> tuple[Person, ...]:
    """People whose name holds ``text``, a page at a time."""
    with runtime.database.reading() as session:
        return storage.people.page(session, text=text, after=after)
