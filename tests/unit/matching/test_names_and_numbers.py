"""Handles, speakers and numbers: what may stand for what."""

from __future__ import annotations

from fractions import Fraction

import pytest

from archive.matching.handles import KnownNames, stands_for
from archive.matching.numbers import have_equal_values, values_of
from archive.text.names import same_person_name

NAMES = KnownNames(by_handle={"tideoffice": (("mira", "k", "tolland"),)})


@pytest.mark.parametrize(
    ("printed", "handle", "expected"),
    [
        ("mira tolland", "@TideOffice", True),
        ("tolland", "@TideOffice", True),
        ("minister mira tolland", "@TideOffice", True),
        ("otto reyes", "@TideOffice", False),
        ("tide office", "@TideOffice", False),
        ("otto reyes", "@RepOttoReyes", True),
        ("northern harbor times", "@nharbortimes", True),
        ("reyes", "@OttoReyes", False),
        ("the president", "@OttoReyes", False),
    ],
)
def test_what_may_stand_for_a_handle(printed: str, handle: str, expected: bool) -> None:
    assert stands_for(tuple(printed.split()), handle, names=NAMES) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Otto Reyes", "Otto J. Reyes", True),
        ("Reyes", "Sen. Otto Reyes", True),
        ("O. Reyes", "Otto Reyes", True),
        ("Reyes Otto", "Otto Reyes", True),
        ("President Reyes", "Otto Reyes", True),
        ("Bob Reyes", "Robert Reyes", True),
        ("Ines Reyes", "Otto Reyes", False),
        ("Otto Moss", "Otto Reyes", False),
        ("", "Otto Reyes", False),
    ],
)
def test_names_of_one_person(one: str, other: str, expected: bool) -> None:
    assert same_person_name(one, other) is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("two hundred and forty", (240,)),
        ("2.5 million", (2_500_000,)),
        ("25 lakh", (2_500_000,)),
        ("3 crore", (30_000_000,)),
        ("twenty five", (25,)),
        ("5th", (5,)),
        ("1/2", (Fraction(1, 2),)),
        ("5 ships", None),
    ],
)
def test_values(words: str, expected: tuple[Fraction | int, ...] | None) -> None:
    assert values_of(tuple(words.split())) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("nine year", "9 year", True),
        ("5 percent", "5", True),
        ("12", "21", False),
        ("year", "year", False),
        ("5 boats", "5 ships", False),
    ],
)
def test_equal_values(one: str, other: str, expected: bool) -> None:
    assert have_equal_values(tuple(one.split()), tuple(other.split())) is expected
