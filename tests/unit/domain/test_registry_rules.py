"""Who held what, and whose words a post is, on a given day."""

from datetime import date

import pytest

from archive.domain.accounts import Account, AccountId, AccountKind, Control, HandleUse, Platform, platform_named
from archive.domain.directory import Directory
from archive.domain.ids import ControlId, HoldingId, OfficeId, PersonId, new_id
from archive.domain.offices import Holding, Office
from archive.domain.people import Person
from archive.domain.voices import VoiceBasis, voice_of

ORLA = Person(id=PersonId(new_id()), name="Orla Venn")
TAVI = Person(id=PersonId(new_id()), name="Tavi Brask")
OFFICE = Office(id=OfficeId(new_id()), title="Harbour Minister")
ACCOUNT = Account(
    id=AccountId(new_id()),
    platform=Platform.X,
    native_id="77",
    handle="HarbourMin",
    display_name="Harbour Minister",
    kind=AccountKind.OFFICIAL,
    handles=(
        HandleUse(handle="OldHarbour", until=date(2030, 1, 1)),
        HandleUse(handle="HarbourMin", since=date(2030, 1, 2)),
    ),
)
DIRECTORY = Directory(
    people=(ORLA, TAVI),
    offices=(OFFICE,),
    holdings=(
        Holding(id=HoldingId(new_id()), person_id=ORLA.id, office_id=OFFICE.id, until=date(2030, 6, 30)),
        Holding(id=HoldingId(new_id()), person_id=TAVI.id, office_id=OFFICE.id, since=date(2030, 7, 1)),
    ),
    accounts=(ACCOUNT,),
    controls=(
        Control(id=ControlId(new_id()), account_id=ACCOUNT.id, person_id=ORLA.id, until=date(2030, 6, 30)),
        Control(id=ControlId(new_id()), account_id=ACCOUNT.id, person_id=TAVI.id, since=date(2030, 7, 1)),
    ),
)


@pytest.mark.parametrize(
    ("day", "holder"), [(date(2030, 6, 30), ORLA), (date(2030, 7, 1), TAVI), (date(2000, 1, 1), ORLA)]
)
def test_the_holder_and_the_voice_are_those_of_the_day(day: date, holder: Person) -> None:
    assert DIRECTORY.holders_of(OFFICE.id, on=day) == (holder,)
    names: dict[object, str] = {ORLA.id: ORLA.name, TAVI.id: TAVI.name}
    voice = voice_of(ACCOUNT, controls=DIRECTORY.controls, day=day, names=names)
    assert (voice.name, voice.basis) == (holder.name, VoiceBasis.CONTROL)


def test_an_account_nobody_registered_speaks_as_its_profile_names_itself() -> None:
    voice = voice_of(ACCOUNT, controls=(), day=date(2030, 1, 1), names={})
    assert (voice.name, voice.basis, voice.person_id) == ("Harbour Minister", VoiceBasis.PROFILE, None)


@pytest.mark.parametrize(
    ("handle", "day", "known"),
    [
        ("@harbourmin", date(2031, 1, 1), True),
        ("HarbourMin", date(2029, 1, 1), False),
        ("oldharbour", date(2029, 1, 1), True),
        ("HarbourM1n", None, False),
    ],
)
def test_a_handle_is_looked_up_for_its_day_and_never_by_likeness(handle: str, day: date | None, known: bool) -> None:
    found = DIRECTORY.account_with_handle(handle, platform=Platform.X, on=day)
    assert (found == ACCOUNT) is known


@pytest.mark.parametrize(
    ("name", "platform"),
    [
        ("Twitter", Platform.X),
        ("X", Platform.X),
        ("Truth  Social", Platform.TRUTH_SOCIAL),
        ("bsky", Platform.BLUESKY),
        ("Orkut", None),
    ],
)
def test_platforms_go_by_several_names(name: str, platform: Platform | None) -> None:
    assert platform_named(name) is platform
