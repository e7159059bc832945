"""Names compared as people read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.names import NameMatch, compare_names, gender_of_given_name, name_parts

PAIRS = [
    ("ORLOV Petar", "Petar Orlov", NameMatch.SAME),
    ("Shri Petar Orlov", "Petar Orlov", NameMatch.SAME),
    ("Foreign Minister (FM) Petar Orlov", "Orlov Petar", NameMatch.SAME),
    ("Jan Novák", "Jan Novak", NameMatch.SAME),
    ("Petar Orlov’s", "Petar Orlov", NameMatch.SAME),
    ("P. Orlov", "Petar Orlov", NameMatch.COMPATIBLE),
    ("FM P Orlov", "Petar Orlov", NameMatch.COMPATIBLE),
    ("Petar K. Orlov", "Petar Orlov", NameMatch.COMPATIBLE),
    ("PM Orlov", "Petar Orlov", NameMatch.FAMILY_ONLY),
    ("Brand", "Eva Holm-Brand", NameMatch.FAMILY_ONLY),
    ("Jan Orlov", "Petar Orlov", NameMatch.DIFFERENT),
    ("Jan Orlov", "Eva Orlova", NameMatch.DIFFERENT),
    ("Petar Orlow", "Petar Orlov", NameMatch.DIFFERENT),
    ("the minister", "Petar Orlov", NameMatch.DIFFERENT),
]


@pytest.mark.parametrize(("first", "second", "match"), PAIRS)
def test_names_relate_as_people_read_them(first: str, second: str, match: NameMatch) -> None:
    assert compare_names(first, second) is match


@given(st.text(max_size=40), st.text(max_size=40))
def test_comparing_is_symmetric_and_never_fails(first: str, second: str) -> None:
    assert compare_names(first, second) is compare_names(second, first)


def test_a_printed_name_is_taken_apart_into_words_and_titles() -> None:
    parts = name_parts("External Affairs Minister (EAM) P Orlov")
    assert parts.words == ("p", "orlov")
    assert parts.titles == ("External", "Affairs", "Minister")
    assert parts.family == "orlov"


@pytest.mark.parametrize(("name", "gender"), [("Eva", "female"), ("Petr", "male"), ("Kim", None), ("Zzz", None)])
def test_given_names_hint_at_a_gender_unless_both_bear_them(name: str, gender: str | None) -> None:
    assert gender_of_given_name(name) == gender
