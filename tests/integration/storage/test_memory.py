"""What a batch remembers answers as the database does, and is forgotten when anybody has written."""

from __future__ import annotations

from itertools import combinations

import pytest

from archive.domain.accounts import Platform
from archive.storage import accounts, controls, directory, memory, offices, people

NAMES = (
    "Tavrin Oskelbeck",
    "Oskelbeck",
    "Minister of Tides",
    "Foreign Minister Mara Lindqvist",
    "Harbour Office",
    "She",
)
HANDLES = ("@tides", "mara_l", "nobody")
TRIES = 50
"""PostgreSQL's moments are those of the whole server: its own upkeep between two sessions is a change as well."""


@pytest.fixture
def registered(database):
    with database.writing() as session:
        tavrin = people.ensure_person(session, "Tavrin Oskelbeck", aliases=("T. Oskelbeck",))
        mara = people.ensure_person(session, "Mara Lindqvist")
        tides = offices.ensure_office(session, "Minister of Tides", country="Ostrelund")
        offices.ensure_holding(session, tavrin.id, tides.id)
        for handle, name, person in (("tides", "Ministry of Tides", tavrin), ("mara_l", "Mara Lindqvist", mara)):
            account = accounts.ensure_account(session, platform=Platform.X, handle=handle, display_name=name)
            controls.ensure_control(session, account.id, person_id=person.id)
        accounts.ensure_account(session, platform=Platform.X, handle="harbour", display_name="Harbour Office")
    return database


def test_the_remembered_registry_answers_like_the_database(registered):
    with registered.reading() as session:
        plain = {
            names: directory.directory(session, names=names, handles=HANDLES[:1]) for names in combinations(NAMES, 2)
        }
        by_handle = {handle: directory.directory(session, handles=(handle,)) for handle in HANDLES}
        memory.remember(session)
        for names, wanted in plain.items():
            assert directory.directory(session, names=names, handles=HANDLES[:1]) == wanted
        for handle, wanted in by_handle.items():
            assert directory.directory(session, handles=(handle,)) == wanted
    assert any(found.people and found.offices and found.accounts for found in plain.values())


def begins_with_what_is_known(database):
    with database.reading() as session:
        memory.remember(session)
        directory.directory(session, names=("Harbour Office",))
    with database.reading() as session:
        memory.remember(session)
        return memory.memory_of(session).registry is not None


def test_what_was_remembered_is_forgotten_when_somebody_has_written(registered):
    with registered.reading() as session:
        memory.remember(session)
        before = directory.directory(session, names=("Harbour Office",))
    assert any(begins_with_what_is_known(registered) for _ in range(TRIES))
    with registered.writing() as session:
        accounts.ensure_account(session, platform=Platform.X, handle="harbour2", display_name="Harbour Office")
    with registered.reading() as session:
        memory.remember(session)
        assert len(directory.directory(session, names=("Harbour Office",)).accounts) == len(before.accounts) + 1
