"""The registry held in memory: for batches, which ask for a slice of it for every quotation.

It answers as ``directory`` does from the database, from the same rows; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.domain.accounts import Account, Control, bare_handle
from archive.domain.directory import Directory
from archive.domain.ids import AccountId
from archive.domain.offices import Holding, Office
from archive.domain.people import Person
from archive.storage.keys import key_words, may_name, may_name_person, name_key
from archive.storage.rows.accounts import AccountRow
from archive.storage.rows.registry import Named, NameWordRow, OfficeRow, OfficeTitleRow, PersonNameRow, PersonRow
from archive.storage.stored import storable

_MOST = 20_000
_MOST_SLICES = 4_096

T = TypeVar("T")
_Owner = tuple[Named, UUID]


@dataclass(slots=True, kw_only=True)
class Registry:
    """The whole directory with what finds its parts; ``slices`` are those asked for by name and handle before."""

    whole: Directory
    people: dict[UUID, tuple[int, Person]]
    offices: dict[UUID, tuple[int, Office]]
    accounts: dict[UUID, tuple[int, Account]]
    holdings: dict[UUID, list[tuple[int, Holding]]] = field(default_factory=dict)
    """By person and by office."""
    controls: dict[UUID, list[tuple[int, Control]]] = field(default_factory=dict)
    """By account, by person and by office."""
    words: dict[str, set[_Owner]] = field(default_factory=dict)
    keys: dict[_Owner, set[str]] = field(default_factory=dict)
    handles: dict[str, set[UUID]] = field(default_factory=dict)
    named: dict[frozenset[str], frozenset[_Owner]] = field(default_factory=dict)

    def slice_of(self, *, names: Sequence[str], handles: Sequence[str], account_ids: Iterable[AccountId]) -> Directory:
        """The same as ``directory.directory``."""
        found = self._named(frozenset(key for name in names if (key := name_key(name))))
        asked: set[UUID] = set(account_ids)
        for handle in handles:
            asked |= self.handles.get(bare_handle(storable(handle)), set())
        asked |= {owner for kind, owner in found if kind is Named.ACCOUNT}
        first = [control for _, control in self._controls(asked)]
        people = {owner for kind, owner in found if kind is Named.PERSON}
        people |= {control.person_id for control in first if control.person_id is not None}
        offices = {owner for kind, owner in found if kind is Named.OFFICE}
        offices |= {control.office_id for control in first if control.office_id is not None}
        return self._around(people, offices, asked=asked)

    def _around(self, people: set[UUID], offices: set[UUID], *, asked: set[UUID]) -> Directory:
        held = {place: each for owner in people | offices for place, each in self.holdings.get(owner, ())}
        holdings = sorted(held.items())
        people |= {holding.person_id for _, holding in holdings}
        offices |= {holding.office_id for _, holding in holdings}
        controls = self._controls(people | offices | asked)
        accounts = asked | {control.account_id for _, control in controls}
        people |= {control.person_id for _, control in controls if control.person_id is not None}
        offices |= {control.office_id for _, control in controls if control.office_id is not None}
        return Directory(
            people=_in_order(self.people, people),
            offices=_in_order(self.offices, offices),
            holdings=tuple(holding for _, holding in holdings),
            accounts=_in_order(self.accounts, accounts),
            controls=tuple(control for _, control in controls),
        )

    def _controls(self, owners: Iterable[UUID]) -> list[tuple[int, Control]]:
        return sorted({place: each for owner in owners for place, each in self.controls.get(owner, ())}.items())

    def _named(self, asked: frozenset[str]) -> frozenset[_Owner]:
        """As ``names.named``: all telling words of one name in the other, whichever is longer."""
        if asked not in self.named:
            if len(self.named) >= _MOST_SLICES:
                self.named.clear()
            owners: set[_Owner] = set()
            for word in key_words(asked):
                owners |= self.words.get(word, set())
            self.named[asked] = frozenset(owner for owner in owners if self._fits(owner, asked))
        return self.named[asked]

    def _fits(self, owner: _Owner, asked: frozenset[str]) -> bool:
        fits = may_name_person if owner[0] is Named.PERSON else may_name
        return any(fits(name, key) for key in self.keys.get(owner, ()) for name in asked)


def is_small(session: Session) -> bool:
    """Whether the registry is small enough to be held in memory."""
    for row in (AccountRow, PersonRow, OfficeRow):
        if (session.scalar(select(func.count()).select_from(row)) or 0) > _MOST:
            return False
    return True


def of(session: Session, whole: Directory) -> Registry:
    """The registry of that whole directory, with what the database finds its parts by."""
    registry = Registry(
        whole=whole,
        people={person.id: (place, person) for place, person in enumerate(whole.people)},
        offices={office.id: (place, office) for place, office in enumerate(whole.offices)},
        accounts={account.id: (place, account) for place, account in enumerate(whole.accounts)},
    )
    for place, holding in enumerate(whole.holdings):
        for owner in (holding.person_id, holding.office_id):
            registry.holdings.setdefault(owner, []).append((place, holding))
    for place, control in enumerate(whole.controls):
        for controller in (control.account_id, control.person_id, control.office_id):
            if controller is not None:
                registry.controls.setdefault(controller, []).append((place, control))
    _read_names(session, registry)
    for account in whole.accounts:
        registry.keys.setdefault((Named.ACCOUNT, account.id), set()).add(name_key(account.display_name))
        for handle in (account.handle, *(use.handle for use in account.handles)):
            registry.handles.setdefault(bare_handle(handle), set()).add(account.id)
    registry.handles.pop("", None)
    return registry


def _read_names(session: Session, registry: Registry) -> None:
    for kind, owner_id, word in session.execute(select(NameWordRow.kind, NameWordRow.owner_id, NameWordRow.word)):
        registry.words.setdefault(word, set()).add((kind, owner_id))
    for owner_id, key in session.execute(select(PersonNameRow.person_id, PersonNameRow.key)):
        registry.keys.setdefault((Named.PERSON, owner_id), set()).add(key)
    for owner_id, key in session.execute(select(OfficeTitleRow.office_id, OfficeTitleRow.key)):
        registry.keys.setdefault((Named.OFFICE, owner_id), set()).add(key)


def _in_order(held: Mapping[UUID, tuple[int, T]], wanted: Iterable[UUID]) -> tuple[T, ...]:
    placed = {held[key][0]: held[key][1] for key in wanted if key in held}
    return tuple(placed[place] for place in sorted(placed))
