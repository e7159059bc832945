"""Handles: which printed words may stand for a handle – the name the registry holds for it on that day, the name its
profile carries, or a name the handle itself spells ("@annamwale": "Anna Mwale")."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from importlib import resources

import regex

from archive.domain.accounts import Account, bare_handle
from archive.domain.directory import Directory
from archive.domain.people import Person
from archive.text.tokens import words

Words = tuple[str, ...]
_DIGITS_AND_LINES = regex.compile(r"[\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownNames:
    """What the names in a text may be exchanged for: by handle (bare, lower case), the names its account goes by;
    and for each known person the words of every form of the name, in alphabetical order. All as normalised words."""

    by_handle: dict[str, tuple[Words, ...]] = field(default_factory=dict)
    sorted_forms: tuple[frozenset[Words], ...] = field(default=())

    def of_handle(self, handle: str) -> tuple[Words, ...]:
        """The names a handle stands for, as far as known."""
        return self.by_handle.get(bare_handle(handle), ())

    def are_forms_of_one_name(self, one: Words, other: Words) -> bool:
        """Whether both are registered forms of one person's name; the same words in another order count as its form."""
        if not self.sorted_forms:
            return False
        mine, theirs = tuple(sorted(one)), tuple(sorted(other))
        return any(mine in forms and theirs in forms for forms in self.sorted_forms)


def known_names(directory: Directory, accounts: Iterable[Account], *, on: date | None) -> KnownNames:
    """The names that the registry (on that day) and the candidates' own profiles give."""
    by_handle: dict[str, tuple[Words, ...]] = {}
    for account in (*directory.accounts, *accounts):
        names = [account.display_name, *_controllers(account, directory, on=on)]
        handles = [account.handle]
        for use in account.handles:
            if on is None or ((use.since is None or use.since <= on) and (use.until is None or on <= use.until)):
                handles.append(use.handle)
        for handle in handles:
            key = bare_handle(handle)
            forms = (*by_handle.get(key, ()), *(plain_words(name) for name in names))
            by_handle[key] = tuple(dict.fromkeys(form for form in forms if form))
    return KnownNames(by_handle=by_handle, sorted_forms=tuple(_sorted_forms(person) for person in directory.people))


def stands_for(printed: Words, handle: str, *, names: KnownNames) -> bool:
    """Whether the printed words name the account behind ``handle``. Never by likeness: by the registry or profile, by
    the handle's own words, or because the words' beginnings spell the whole handle."""
    bare = tuple(word for word in printed if word not in honorifics())
    if not bare:
        return False
    for name in names.of_handle(handle):
        core = tuple(word for word in name if word not in honorifics() and len(word) > 1)
        without_initials = tuple(word for word in bare if len(word) > 1)
        if bare in (name, core, core[-1:]) or without_initials == core:
            return True
        if core and set(core) <= set(bare) and all(word in core or word in handle_affixes() for word in bare):
            return True
    if names.of_handle(handle):
        return False
    return _spells(bare, bare_handle(handle))


def stands_for_token(printed: Words, token: str, *, names: KnownNames) -> bool:
    """The same of a handle as it stands in a text, both perhaps with "'s": "Anna Mwale's" for "@annamwale's"."""
    handle = token.removesuffix("'s").removesuffix("’s")
    if stands_for(printed, handle, names=names):
        return True
    genitive = handle != token and printed[-1].endswith("s")
    return genitive and stands_for((*printed[:-1], printed[-1][:-1]), handle, names=names)


@lru_cache(maxsize=8_192)
def plain_words(text: str) -> Words:
    """The normalised words of a short text."""
    return tuple(word.text_normalised for word in words(text))


@lru_cache(maxsize=1)
def honorifics() -> frozenset[str]:
    """Honorifics and titles that may come and go in print (R3), in all languages listed."""
    return frozenset(str(_tables()["honorifics"]).split())


@lru_cache(maxsize=1)
def handle_affixes() -> frozenset[str]:
    """What people put around their name in a handle: an office, "real", a state."""
    return frozenset(str(_tables()["handle_affixes"]).split())


@lru_cache(maxsize=1)
def abbreviations() -> dict[str, Words]:
    """Abbreviations and what they may be written out as, in normalised words."""
    table = _tables()["abbreviations"]
    return {str(short): tuple(str(long).split()) for short, long in table.items()} if isinstance(table, dict) else {}


@lru_cache(maxsize=1)
def _tables() -> dict[str, object]:
    text = resources.files("archive.matching.data").joinpath("names.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _controllers(account: Account, directory: Directory, *, on: date | None) -> list[str]:
    names: list[str] = []
    for control in directory.controls_of(account.id, on=on):
        person = directory.person(control.person_id) if control.person_id is not None else None
        office = directory.office(control.office_id) if control.office_id is not None else None
        names += person.names if person is not None else ()
        names += office.titles if office is not None else ()
    return names


def _sorted_forms(person: Person) -> frozenset[Words]:
    return frozenset(tuple(sorted(plain_words(name))) for name in person.names)


def _spells(printed: Words, handle: str) -> bool:
    """Whether beginnings of the printed words, in order, make up the whole handle (digits and lines aside; an office or
    "real" may stand before or after): "joniernst" from "Joni Ernst" or "Ernst" with "joni" left over never counts."""
    target = _DIGITS_AND_LINES.sub("", handle)
    tails = {target}
    for affix in handle_affixes():
        if target.startswith(affix):
            tails.add(target[len(affix) :])
        if target.endswith(affix):
            tails.add(target[: -len(affix)])
    return len(printed) <= 5 and any(3 <= len(tail) <= 30 and _is_spelt(printed, tail) for tail in tails)


def _is_spelt(printed: Words, target: str) -> bool:
    if not printed:
        return not target
    if not target:
        return False
    first, rest = printed[0], printed[1:]
    longest = len(_common_start(first, target))
    return any(_is_spelt(rest, target[size:]) for size in range(longest, 0, -1))


def _common_start(one: str, other: str) -> str:
    size = 0
    while size < min(len(one), len(other)) and one[size] == other[size]:
        size += 1
    return one[:size]
