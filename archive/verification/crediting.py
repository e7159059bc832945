"""Crediting: who the article says is speaking, in the registry's terms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from archive.domain.accounts import AccountKind
from archive.domain.claims import Attribution, Claim
from archive.domain.directory import Directory
from archive.domain.ids import AccountId
from archive.domain.offices import Office
from archive.domain.people import Person
from archive.text.names import same_person_name
from archive.verification.titles import is_akin, is_former, is_role_phrase, offices_named, title_words

_VAGUE = frozenset(
    "official officials source sources spokesperson spokesman spokeswoman senior government people person aide aides "
    "diplomat diplomats authorities lawmaker lawmakers user users account accounts statement post message tweet he she "
    "they it we him her them who one someone critics supporters analysts experts unnamed anonymous".split()
)
_IMPOSTORS = (AccountKind.PARODY, AccountKind.LOOK_ALIKE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credited:
    """Whom the article credits: a registered person, an office, their accounts in force that day.

    ``namesakes`` are the registered people between whom the printed name does not choose; then ``person`` is None.
    ``by_office`` is true where the person follows from the office only ("the fisheries minister").
    """

    person: Person | None = None
    office: Office | None = None
    accounts: tuple[AccountId, ...] = field(default=())
    namesakes: tuple[Person, ...] = field(default=())
    by_office: bool = False


def credited(claim: Claim, directory: Directory, *, on: date | None) -> Credited:
    """Who is credited with the words, as the registry knows them on that day (None = any day)."""
    attribution = claim.attribution
    people = _people_named(attribution.speaker_name, directory)
    office = _office_of(attribution, directory)
    person = _one_of(people, attribution=attribution, office=office, directory=directory, on=on)
    by_office = False
    if person is None and not people and office is not None and not office.institution and not _names_somebody(claim):
        person, by_office = _sole_holder(office, directory=directory, on=on), True
    if person is None and office is None:
        person, office = _by_handle(attribution, directory=directory, on=on)
    return Credited(
        person=person,
        office=office,
        accounts=_accounts(claim, directory, person=person, office=office, on=on),
        namesakes=people if person is None else (),
        by_office=by_office and person is not None,
    )


def is_vague(printed: str | None) -> bool:
    """Whether the printed source names nobody ("a senior official", "sources", "he")."""
    return printed is None or title_words(printed) <= _VAGUE


def is_named(claim: Claim) -> bool:
    """Whether the article credits the words to anybody at all: a name, an office, a handle or a relaying account."""
    said = claim.attribution
    return bool(
        said.handle
        or said.office
        or said.relayed_by
        or (said.speaker_name and not is_vague(said.speaker_name))
        or (said.speaker_printed and not is_vague(said.speaker_printed))
    )


def printed_name(claim: Claim) -> str:
    """The credited source in the article's words, for a sentence."""
    said = claim.attribution
    return said.speaker_name or said.office or said.speaker_printed or said.handle or said.relayed_by or "nobody"


def _names_somebody(claim: Claim) -> bool:
    name = claim.attribution.speaker_name
    return bool(name) and not is_role_phrase(name or "") and name != claim.attribution.office and not is_vague(name)


def _people_named(name: str | None, directory: Directory) -> tuple[Person, ...]:
    if not name or is_vague(name) or is_role_phrase(name):
        return ()
    exact = tuple(p for p in directory.people if any(_plain(name) == _plain(form) for form in p.names))
    return exact or tuple(p for p in directory.people if any(same_person_name(name, form) for form in p.names))


def _office_of(attribution: Attribution, directory: Directory) -> Office | None:
    for printed in (attribution.office, attribution.speaker_name, attribution.speaker_printed):
        found = offices_named(printed, directory)
        if found:
            return found[0] if len(found) == 1 or _one_country(found) else None
    return None


def _one_country(offices: Iterable[Office]) -> bool:
    return len({(office.country or "").casefold() for office in offices}) == 1


def _one_of(
    people: tuple[Person, ...],
    *,
    attribution: Attribution,
    office: Office | None,
    directory: Directory,
    on: date | None,
) -> Person | None:
    """The one person meant; where several bear the name, the office or the handle printed beside it chooses."""
    if len(people) <= 1:
        return people[0] if people else None
    if office is not None and not is_former(attribution.office or ""):
        holding = [p for p in people if any(is_akin(o, office) for o in directory.offices_of(p.id, on=on))]
        if len(holding) == 1:
            return holding[0]
    if attribution.handle:
        account = directory.account_with_handle(attribution.handle, platform=attribution.platform, on=on)
        mine = [p for p in people if account and account in directory.accounts_of(person_id=p.id)]
        return mine[0] if len(mine) == 1 else None
    return None


def _sole_holder(office: Office, *, directory: Directory, on: date | None) -> Person | None:
    if on is None:
        return None
    holders = directory.holders_of(office.id, on=on)
    return holders[0] if len(holders) == 1 else None


def _by_handle(
    attribution: Attribution, *, directory: Directory, on: date | None
) -> tuple[Person | None, Office | None]:
    if not attribution.handle:
        return None, None
    account = directory.account_with_handle(attribution.handle, platform=attribution.platform, on=on)
    if account is None or account.kind in _IMPOSTORS:
        return None, None
    controls = directory.controls_of(account.id, on=on)
    person = next((directory.person(c.person_id) for c in controls if c.person_id is not None), None)
    office = next((directory.office(c.office_id) for c in controls if c.office_id is not None), None)
    return person, office


def _accounts(
    claim: Claim, directory: Directory, *, person: Person | None, office: Office | None, on: date | None
) -> tuple[AccountId, ...]:
    said = claim.attribution
    relaying = offices_named(said.relayed_by, directory)
    offices = {o.id for o in (office, *relaying) if o is not None}
    ids = [
        control.account_id
        for control in directory.controls
        if (on is None or control.holds_on(on))
        and ((person is not None and control.person_id == person.id) or control.office_id in offices)
    ]
    cited = directory.account_with_handle(said.handle, platform=said.platform, on=on) if said.handle else None
    found = [*ids, *([cited.id] if cited is not None else [])]
    if not found:
        found = _profiles(claim, directory)
    kept = {a.id for a in directory.accounts if a.kind not in _IMPOSTORS}
    return tuple(dict.fromkeys(account for account in found if account in kept))


def _profiles(claim: Claim, directory: Directory) -> list[AccountId]:
    """The accounts nobody has registered that bear the credited name. What is known from reports alone has no handle
    and is no account that could have been seen."""
    name = claim.attribution.speaker_name
    if not name or is_vague(name) or is_role_phrase(name):
        return []
    unregistered = (account for account in directory.accounts if account.kind is AccountKind.UNREGISTERED)
    return [account.id for account in unregistered if account.handle and same_person_name(name, account.display_name)]


def _plain(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.casefold()))
