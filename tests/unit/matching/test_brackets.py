"""Brackets: words the outlet put in explain (K5), change the claim (K6), or stand in round brackets (K8)."""

from __future__ import annotations

import pytest

from tests.unit.matching.comparing import Row, compared, rows


@pytest.mark.parametrize(
    ("quoted", "archived", "expected"),
    [
        ("[Moss] left the port early.", "She left the port early.", ("K5", "[Moss]", "She", "")),
        ("She [the minister] left the port.", "She left the port.", ("K5", "[the minister]", "", "")),
        ("We praise [Otto] Moss here.", "We praise Moss here.", ("K5", "[Otto]", "", "")),
        (
            "The [NCPA] holds for us all.",
            "The Northern Coast Partnership Accord holds for us all.",
            ("K5", "[NCPA]", "Northern Coast Partnership Accord", ""),
        ),
        ("We will [only] leave at dawn.", "We will leave at dawn.", ("K6", "[only]", "", "G7 G8")),
        ("We will [not] leave at dawn.", "We will leave at dawn.", ("K6", "[not]", "", "G1")),
        ("It costs [12] crowns now.", "It costs 21 crowns now.", ("K6", "[12]", "21", "G2")),
        ("They (the crews) stay here.", "They stay here.", ("K8", "(the crews)", "", "")),
        ("We praise (Moss) here.", "We praise @mossharbor here.", ("K8", "(Moss)", "@mossharbor", "")),
        ("We recieve [sic] the crews.", "We recieve the crews.", ("K7", "[sic]", "", "")),
    ],
)
def test_brackets(quoted: str, archived: str, expected: Row) -> None:
    assert rows(compared(quoted, archived)) == [expected]


def test_round_brackets_of_the_original_are_no_insertion() -> None:
    found = rows(compared("They (the crews) stay here.", "They (the crews) stay here."))
    assert found == []
