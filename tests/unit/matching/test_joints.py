"""Joints: what stands between two words that both sides have – marks, signs, emoji, links, breaks, ellipses."""

from __future__ import annotations

import pytest

from tests.unit.matching.comparing import Row, compared, rows


@pytest.mark.parametrize(
    ("quoted", "archived", "expected"),
    [
        ("We won 3-2 in Ilex.", "We won 3–2 in Ilex.", [("R9", "-", "–", "")]),
        ("We sail today; we return.", "We sail today: we return.", [("R9", ";", ":", "")]),
        ("We  sail today.", "We sail today.", [("R9", "", "", "")]),
        ("We sail.\nWe return.", "We sail. We return.", [("R13", ".", ".", "")]),
        ("Is it over. We go home.", "Is it over? We go home.", [("T3", ".", "?", "G13")]),
        ("We sail. We return.", "We sail. 🚢 We return.", [("R7", ".", ". 🚢", "")]),
        ("We love it. We return.", "We love it. 🙄 We return.", [("T1", ".", ". 🙄", "G15")]),
        ("We sail we return.", "We sail https://example.org/a we return.", [("R6", "", "https://example.org/a", "")]),
        ("We *really* sail.", "We really sail.", [("R15", "*", "", ""), ("R15", "*", "", "")]),
        ("We thank #Ilex for it.", "We thank Ilex for it.", [("R5", "#Ilex", "Ilex", "")]),
        ("We sail … we return.", "We sail we return.", [("K2", "…", "", "")]),
        ("We sail ... we return.", "We sail … we return.", [("K3", "...", "…", "")]),
        ("It costs £5 today.", "It costs $5 today.", [("T3", "£", "$", "G2")]),
    ],
)
def test_joints(quoted: str, archived: str, expected: list[Row]) -> None:
    assert rows(compared(quoted, archived)) == expected
