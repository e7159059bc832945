"""Settling: a change that could be told in several places is told where it says what it was."""

from __future__ import annotations

import pytest

from tests.unit.matching.comparing import Row, compared, rows


@pytest.mark.parametrize(
    ("quoted", "archived", "expected"),
    [
        (
            "We end smuggling, call the coast guard today.",
            "We end smuggling. If you see signs of smuggling, call the coast guard today.",
            [("K4", ",", "If you see signs of smuggling", "G8")],
        ),
        (
            "Look, I get it. It is easy to sail.",
            "Look, I get it. It's easy to sail.",
            [("R12", "It is", "It's", "")],
        ),
        (
            "We met in Ilex. We left early. We met in Pellow.",
            "We met in Ilex. We met in Pellow.",
            [("T2", "We left early", "", "G10")],
        ),
    ],
)
def test_changes_are_told_where_a_sentence_begins(quoted: str, archived: str, expected: list[Row]) -> None:
    assert rows(compared(quoted, archived)) == expected


def test_pairs_and_covered_text_follow_the_change() -> None:
    archived = "We end smuggling. If you see signs of smuggling, call the coast guard today."
    found = compared("We end smuggling, call the coast guard today.", archived)
    assert [span.of(archived) for span in found.covered] == ["We end smuggling", "call the coast guard today"]
