"""Who the article credits, in the registry's terms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from archive.domain.accounts import AccountKind
from archive.domain.claims import Claim
from archive.domain.people import Person
from archive.verification.attribution import credited
from archive.verification.titles import is_akin, is_role_phrase, is_title_of
from tests.unit.verification.cases import (
    ANA,
    ANA_FB,
    ANA_HOME,
    ANA_X,
    BORO,
    DIRECTORY,
    FISHERIES,
    MINISTRY,
    MINISTRY_X,
    MINISTRY_XY,
    OFFICE_X,
    PARODY,
    SUDMARK_TRADE,
    TRADE,
    UNREGISTERED_ANA,
    a_claim,
)

DAY = date(2031, 5, 2)


@pytest.mark.parametrize(
    ("claim", "on", "person", "office"),
    [
        (a_claim(), DAY, ANA, None),
        (a_claim(speaker="BELO Ana"), DAY, ANA, None),
        (a_claim(speaker="Belo", office="Fisheries Minister"), DAY, ANA, FISHERIES),
        (a_claim(speaker="Belo"), DAY, None, None),
        (a_claim(speaker=None, office="Fisheries Minister"), DAY, ANA, FISHERIES),
        (a_claim(speaker=None, office="Fisheries Minister"), date(2028, 1, 1), BORO, FISHERIES),
        (a_claim(speaker="Egon Falk", office="Fisheries Minister"), DAY, None, FISHERIES),
        (a_claim(speaker="Ministry of Fisheries"), DAY, None, MINISTRY),
        (a_claim(speaker=None, handle="@FishMinister"), date(2028, 1, 1), BORO, None),
        (a_claim(speaker=None, handle="@NotAnaBelo"), DAY, None, None),
        (a_claim(speaker="officials"), DAY, None, None),
        (a_claim(speaker=None), DAY, None, None),
    ],
)
def test_credit_resolves(claim: Claim, on: date, person: Person | None, office: object) -> None:
    found = credited(claim, DIRECTORY, on=on)
    assert (found.person, found.office) == (person, office)


def test_accounts_are_those_in_force_that_day() -> None:
    now = credited(a_claim(), DIRECTORY, on=DAY).accounts
    then = credited(a_claim(), DIRECTORY, on=date(2028, 1, 1)).accounts
    assert set(now) == {ANA_X.id, ANA_HOME.id, ANA_FB.id, OFFICE_X.id}
    assert OFFICE_X.id not in then


def test_relaying_ministry_brings_its_accounts() -> None:
    claim = a_claim(speaker="Dora Vik", relayed_by="Norland's Ministry of Fisheries")
    assert set(credited(claim, DIRECTORY, on=DAY).accounts) == {MINISTRY_X.id, MINISTRY_XY.id}


def test_parody_account_is_nobodys_account() -> None:
    assert credited(a_claim(speaker=None, handle=PARODY.handle), DIRECTORY, on=DAY).accounts == ()


def test_profile_with_the_name_counts_only_where_nobody_is_registered() -> None:
    bare = replace(DIRECTORY, people=(), controls=())
    accounts = credited(a_claim(), bare, on=DAY).accounts
    assert accounts == (UNREGISTERED_ANA.id,)
    assert all(
        a.kind is not AccountKind.UNREGISTERED
        for a in DIRECTORY.accounts
        if a.id in credited(a_claim(), DIRECTORY, on=DAY).accounts
    )


def test_who_is_known_from_reports_alone_has_no_account_that_could_have_been_seen() -> None:
    reported = replace(UNREGISTERED_ANA, handle="")
    bare = replace(DIRECTORY, people=(), controls=(), accounts=(reported,))
    assert credited(a_claim(), bare, on=DAY).accounts == ()


@pytest.mark.parametrize(
    ("printed", "office", "answer"),
    [
        ("Fisheries Minister", FISHERIES, True),
        ("Norland's Fisheries Minister", FISHERIES, True),
        ("the Minister of Fisheries of Norland", FISHERIES, True),
        ("former Fisheries Minister", FISHERIES, True),
        ("Sudmark's Fisheries Minister", FISHERIES, False),
        ("Deputy Fisheries Minister", FISHERIES, False),
        ("Minister", FISHERIES, False),
        ("", FISHERIES, False),
        ("Norland", FISHERIES, False),
    ],
)
def test_title_is_the_offices(printed: str, office: object, answer: bool) -> None:
    assert is_title_of(printed, office) is answer  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("printed", "answer"),
    [
        ("the prime minister", True),
        ("Norland's fisheries minister", True),
        ("Minister of Trade", True),
        ("Prime Minister of Norland", True),
        ("Ministry of Fisheries", True),
        ("Fisheries Minister Ana Belo", False),
        ("President Lind", False),
        ("Ana Belo, Minister of Fisheries", False),
        ("Ana Belo", False),
        ("", False),
    ],
)
def test_role_without_a_name(printed: str, answer: bool) -> None:
    assert is_role_phrase(printed) is answer


def test_minister_belongs_to_the_ministry_of_that_subject_and_country() -> None:
    assert is_akin(FISHERIES, MINISTRY)
    assert not is_akin(TRADE, MINISTRY)
    assert not is_akin(TRADE, SUDMARK_TRADE)
