"""Order: words and sentences that only stand elsewhere are moved – not missing here and invented there."""

from __future__ import annotations

import pytest

from tests.unit.matching.comparing import Row, compared, rows

HOME, SEA = "We return home at dawn.", "We sail to Ilex at noon."


@pytest.mark.parametrize(
    ("quoted", "archived", "expected"),
    [
        (f"{HOME} {SEA}", f"{SEA} {HOME}", [("T5", "We return home at dawn", "We return home at dawn", "")]),
        (
            f"#SaferSeas matter to us all. {SEA}",
            f"{SEA} #SaferSeas matter to us all.",
            [("T5", "We sail to Ilex at noon", "We sail to Ilex at noon", "")],
        ),
        (
            f"{SEA} #SaferSeas matter to us all.",
            f"#SaferSeas matter to us all. {SEA}",
            [("T5", "We sail to Ilex at noon", "We sail to Ilex at noon", "")],
        ),
        (
            "We sail to Ilex with our old friends. They will come at noon.",
            "They will come at noon. We sail to Ilex with our old friends. #HarborDay",
            [("T5", "They will come at noon", "They will come at noon", ""), ("R8", ".", "", "")],
        ),
        ("We the warm thank hosts.", "We thank the warm hosts.", [("T4", "thank", "thank", "")]),
        (
            "Honored on this day historic",
            "Honored on this historic day.",
            [("T4", "day", "day", ""), ("R8", "", ".", "")],
        ),
        (
            f"{SEA} Every lantern in the port is lit.",
            f"{SEA} {HOME}",
            [("T15", "Every lantern in the port is lit", "", "G7")],
        ),
    ],
)
def test_moved_words(quoted: str, archived: str, expected: list[Row]) -> None:
    assert sorted(rows(compared(quoted, archived))) == sorted(expected)
