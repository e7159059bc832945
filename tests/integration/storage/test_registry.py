"""The registry: people, offices and accounts are kept once and found by any form of their names."""

from datetime import date

import pytest

from archive.domain.accounts import HandleUse, Platform, Proof
from archive.errors import ConflictError, InvalidInputError, NotFoundError
from archive.storage import accounts, controls, directory, offices, people
from tests.factories import an_id


def test_a_person_is_kept_once_and_aliases_gather(database):
    with database.writing() as session:
        first = people.ensure_person(session, "José Ramos-Lima", aliases=("J. Ramos Lima",))
        again = people.ensure_person(session, "jose ramos lima", aliases=("Pepe Ramos",))
        assert first.id == again.id
        assert again.aliases == ("J. Ramos Lima", "jose ramos lima", "Pepe Ramos")
        assert people.ensure_person(session, "José Ramos-Lima", wikidata="Q1").id == first.id
        assert people.get(session, first.id).wikidata == "Q1"
        with pytest.raises(InvalidInputError):
            people.ensure_person(session, " \x00. ")
        with pytest.raises(NotFoundError):
            people.get(session, an_id())


def test_namesakes_are_two_people(database):
    with database.writing() as session:
        one = people.ensure_person(session, "Mara Quill", wikidata="Q1")
        two = people.ensure_person(session, "Mara Quill", wikidata="Q2")
        assert one.id != two.id
        with pytest.raises(ConflictError) as caught:
            people.ensure_person(session, "Mara Quill")
        assert caught.value.code == "ambiguous_person"
        both = directory.directory(session, names=("Mara Quill",))
    assert {person.id for person in both.people} == {one.id, two.id}


def test_people_are_found_by_beginnings_and_paged_by_name(database):
    with database.writing() as session:
        for name in ("Ülo Tamm", "Aldo Tindall", "Mara Tindall", "Zed Quill", "安倍 花子"):
            people.ensure_person(session, name)
        assert [person.name for person in people.find(session, "tin", 9)] == ["Aldo Tindall", "Mara Tindall"]
        assert [person.name for person in people.find(session, "MA tind", 9)] == ["Mara Tindall"]
        assert [person.name for person in people.find(session, "ulo", 9)] == ["Ülo Tamm"]
        assert people.find(session, "%", 9) == ()
        first = people.page(session, limit=2)
        rest = people.page(session, after=str(first[-1].id), limit=9)
        with pytest.raises(InvalidInputError):
            people.page(session, after="nobody")
    assert [person.name for person in (*first, *rest)] == [
        "Aldo Tindall",
        "Mara Tindall",
        "Ülo Tamm",
        "Zed Quill",
        "安倍 花子",
    ]


def test_offices_of_two_countries_are_two(database):
    with database.writing() as session:
        velmora = offices.ensure_office(session, "Prime Minister", country="Velmora")
        ostrand = offices.ensure_office(session, "Prime Minister", country="Ostrand", aliases=("PM of Ostrand",))
        again = offices.ensure_office(session, "prime minister", country="velmora", institution=False)
        assert velmora.id == again.id != ostrand.id
        assert offices.ensure_office(session, "Prime Minister", country="Velmora", wikidata="Q9").wikidata == "Q9"


def test_a_holding_keeps_what_was_said_last(database):
    with database.writing() as session:
        person, office = people.ensure_person(session, "A B"), offices.ensure_office(session, "Mayor")
        begun = offices.ensure_holding(session, person.id, office.id, since=date(2030, 1, 1))
        proof = Proof(url="https://gazette.example", note="page 3")
        ended = offices.ensure_holding(
            session, person.id, office.id, since=date(2030, 1, 1), until=date(2031, 1, 1), proof=proof
        )
        same = offices.ensure_holding(session, person.id, office.id, since=date(2030, 1, 1))
        assert begun.id == ended.id
        assert (same.until, same.proof) == (date(2031, 1, 1), proof)
        with pytest.raises(InvalidInputError):
            offices.ensure_holding(session, person.id, office.id, since=date(2030, 1, 2), until=date(2030, 1, 1))


def test_a_stand_in_account_takes_its_stable_identifier(database):
    with database.writing() as session:
        stand_in = accounts.ensure_account(session, platform=Platform.X, handle="@VelmPM", display_name="PM")
        assert not stand_in.has_stable_id
        known = accounts.ensure_account(
            session, platform=Platform.X, native_id="42", handle="velmpm", display_name="PM of Velmora"
        )
        assert (known.id, known.native_id, known.display_name) == (stand_in.id, "42", "PM of Velmora")
        assert accounts.ensure_account(session, platform=Platform.X, handle="VelmPM", display_name="").id == known.id
        elsewhere = accounts.ensure_account(session, platform=Platform.MASTODON, handle="VelmPM", display_name="PM")
        assert elsewhere.id != known.id


def test_a_handle_that_changes_hands_is_not_an_identity(database):
    with database.writing() as session:
        old = accounts.ensure_account(session, platform=Platform.X, native_id="1", handle="PM", display_name="One")
        renamed = accounts.ensure_account(
            session, platform=Platform.X, native_id="1", handle="FormerPM", display_name="One"
        )
        new = accounts.ensure_account(session, platform=Platform.X, native_id="2", handle="PM", display_name="Two")
        assert renamed.id == old.id != new.id
        assert [use.handle for use in renamed.handles] == ["PM", "FormerPM"]
        assert accounts.find_by_handle(session, Platform.X, "pm").id == new.id
        assert accounts.find_by_handle(session, Platform.X, "@formerpm").id == old.id
        assert accounts.find_by_handle(session, Platform.X, "nobody") is None
        assert accounts.ensure_account(session, platform=Platform.X, handle="PM", display_name="").id == new.id


def test_a_history_never_hides_todays_handle(database):
    with database.writing() as session:
        account = accounts.ensure_account(session, platform=Platform.X, native_id="1", handle="Now", display_name="N")
        use = HandleUse(handle="Then", since=date(2020, 1, 1), until=date(2021, 1, 1))
        accounts.add_handle(session, account.id, use.handle, since=use.since, until=use.until)
        again = accounts.add_handle(session, account.id, use.handle, since=use.since, until=use.until)
        assert again.handles == (use, HandleUse(handle="Now"))


@pytest.fixture
def velmora(database):
    """A prime minister, the one before, their office, its account, and a parody's."""
    with database.writing() as session:
        office = offices.ensure_office(
            session, "Prime Minister of Velmora", aliases=("Velmoran premier",), country="Velmora"
        )
        ministry = offices.ensure_office(session, "Ministry of Fisheries", institution=True, country="Velmora")
        now = people.ensure_person(session, "Aldo Tindall", aliases=("Tindall Aldo",))
        before = people.ensure_person(session, "Mara Quill")
        people.ensure_person(session, "Nobody Else")
        offices.ensure_holding(session, now.id, office.id, since=date(2030, 1, 1))
        offices.ensure_holding(session, before.id, office.id, since=date(2025, 1, 1), until=date(2029, 12, 31))
        seat = accounts.ensure_account(
            session, platform=Platform.X, native_id="1", handle="VelmoraPM", display_name="PM of Velmora"
        )
        own = accounts.ensure_account(
            session, platform=Platform.X, native_id="2", handle="atindall", display_name="Aldo T."
        )
        fish = accounts.ensure_account(
            session, platform=Platform.X, native_id="3", handle="VelmFish", display_name="Fish Ministry"
        )
        accounts.ensure_account(session, platform=Platform.X, native_id="4", handle="VelrnoraPM", display_name="Parody")
        controls.ensure_control(session, seat.id, office_id=office.id)
        controls.ensure_control(session, own.id, person_id=now.id, since=date(2019, 1, 1))
        controls.ensure_control(session, fish.id, office_id=ministry.id)
    return database


ASKED = {
    "full name": ({"names": ("Aldo Tindall",)}, {"Aldo Tindall"}, {"VelmoraPM", "atindall"}),
    "family name": ({"names": ("TINDALL",)}, {"Aldo Tindall"}, {"VelmoraPM", "atindall"}),
    "title and family name": ({"names": ("Prime Minister Tindall",)}, {"Aldo Tindall"}, {"VelmoraPM", "atindall"}),
    "name within an apposition": (
        {"names": ("Velmora's leader Aldo Tindall",)},
        {"Aldo Tindall"},
        {"VelmoraPM", "atindall"},
    ),
    "office": (
        {"names": ("the prime minister of Velmora",)},
        {"Aldo Tindall", "Mara Quill"},
        {"VelmoraPM", "atindall"},
    ),
    "office by another title": (
        {"names": ("Velmoran premier",)},
        {"Aldo Tindall", "Mara Quill"},
        {"VelmoraPM", "atindall"},
    ),
    "institution": ({"names": ("Velmora's Ministry of Fisheries",)}, set(), {"VelmFish"}),
    "display name of an account": ({"names": ("Fish Ministry",)}, set(), {"VelmFish"}),
    "handle": ({"handles": ("@ATINDALL",)}, {"Aldo Tindall"}, {"VelmoraPM", "atindall"}),
    "nobody": ({"names": ("Zebulon Quick", "", "the"), "handles": ("", "@")}, set(), set()),
    "nothing": ({}, set(), set()),
}


@pytest.mark.parametrize("asked, expected_people, expected_handles", ASKED.values(), ids=ASKED)
def test_the_directory_holds_whoever_may_be_meant(velmora, asked, expected_people, expected_handles):
    with velmora.reading() as session:
        found = directory.directory(session, **asked)
    assert {person.name for person in found.people} == expected_people
    assert {account.handle for account in found.accounts} == expected_handles


def test_the_directory_knows_the_accounts_asked_for(velmora):
    with velmora.reading() as session:
        parody = accounts.find_by_handle(session, Platform.X, "VelrnoraPM")
        found = directory.directory(session, account_ids=(parody.id,))
        everything = directory.whole(session)
    assert found.accounts == (parody,)
    assert (len(everything.people), len(everything.offices), len(everything.accounts)) == (3, 2, 4)
    assert len(everything.holdings) == 2
    assert len(everything.controls) == 3
