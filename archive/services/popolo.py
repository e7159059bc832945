"""The registry as a Popolo document: people, organizations, posts, memberships, and accounts as contact details.

What Popolo has no word for stands beside it under names of our own (``kind``, ``identifier``, ``other_values``), as the
specification allows; reading the document back gives the same registry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from archive import storage
from archive.domain.accounts import Account, AccountKind, Control, Proof
from archive.domain.directory import Directory
from archive.domain.ids import AccountId
from archive.domain.offices import Holding, Office
from archive.domain.people import Person
from archive.runtime import Runtime
from archive.services.moments import day

Document = dict[str, object]


def popolo_document(runtime: Runtime) -> Document:
    """Everything the registry states; accounts that nobody has registered are left out."""
    with runtime.database.reading() as session:
        known = storage.directory.whole(session)
    controls: dict[object, list[Control]] = {}
    for control in known.controls:
        controls.setdefault(control.person_id or control.office_id, []).append(control)
    accounts = {account.id: account for account in known.accounts}
    controlled = {control.account_id for control in known.controls}
    free = [a for a in known.accounts if a.id not in controlled and a.kind is not AccountKind.UNREGISTERED]
    return {
        "persons": [_person(person, _details(controls.get(person.id, ()), accounts)) for person in known.people],
        "organizations": _offices(known, controls, accounts, institutions=True),
        "posts": _offices(known, controls, accounts, institutions=False),
        "memberships": [_membership(holding) for holding in known.holdings],
        "contact_details": [_detail(account) for account in free],
    }


def _offices(
    known: Directory,
    controls: Mapping[object, list[Control]],
    accounts: Mapping[AccountId, Account],
    *,
    institutions: bool,
) -> list[Document]:
    found = [office for office in known.offices if office.institution is institutions]
    return [_office(office, _details(controls.get(office.id, ()), accounts)) for office in found]


def _said(**members: object) -> Document:
    """The members that say something."""
    return {name: value for name, value in members.items() if value not in (None, [], {}, "")}


def _person(person: Person, details: list[Document]) -> Document:
    return _said(
        id=str(person.id),
        name=person.name,
        other_names=[{"name": alias} for alias in person.aliases],
        identifiers=_identifiers(person.wikidata),
        contact_details=details,
    )


def _office(office: Office, details: list[Document]) -> Document:
    """An institution is an organization, a role that can be held is a post."""
    named = {"name": office.title} if office.institution else {"label": office.title}
    return {
        "id": str(office.id),
        **named,
        **_said(
            other_names=[{"name": alias} for alias in office.aliases],
            identifiers=_identifiers(office.wikidata),
            area=_said(name=office.country),
            contact_details=details,
        ),
    }


def _identifiers(wikidata: str | None) -> list[Document]:
    return [] if wikidata is None else [{"scheme": "wikidata", "identifier": wikidata}]


def _membership(holding: Holding) -> Document:
    return _said(
        id=str(holding.id),
        person_id=str(holding.person_id),
        post_id=str(holding.office_id),
        start_date=day(holding.since),
        end_date=day(holding.until),
        sources=_sources(holding.proof),
    )


def _details(controls: Iterable[Control], accounts: Mapping[AccountId, Account]) -> list[Document]:
    return [
        {
            **_detail(accounts[control.account_id]),
            **_said(valid_from=day(control.since), valid_until=day(control.until), sources=_sources(control.proof)),
        }
        for control in controls
    ]


def _detail(account: Account) -> Document:
    """An account: its platform, handle, and what else is known of it."""
    known_kind = None if account.kind is AccountKind.UNREGISTERED else account.kind.value
    return _said(
        type=account.platform.value,
        value=account.handle,
        identifier=account.native_id if account.has_stable_id else None,
        name=account.display_name,
        kind=known_kind,
        url=account.url,
        other_values=[
            _said(value=use.handle, start_date=day(use.since), end_date=day(use.until)) for use in account.handles
        ],
    )


def _sources(proof: Proof) -> list[Document]:
    """The proof as a source; the capture it refers to is named beside its address."""
    held = None if proof.capture_id is None else str(proof.capture_id)
    found = _said(url=proof.url, note=proof.note)
    return [{**found, **_said(capture=held)}] if found else []
