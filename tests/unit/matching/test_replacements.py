"""Replacements: a slip mended or made, another form of the word, another person – or plainly another word."""

from __future__ import annotations

import pytest

from tests.unit.matching.comparing import Row, compared, rows


@pytest.mark.parametrize(
    ("quoted", "archived", "expected"),
    [
        ("strengthening", "strengthen", ("T9", "strengthening", "strengthen", "")),
        ("lanterns", "lantern", ("T9", "lanterns", "lantern", "")),
        ("strengthened", "strengthen", ("T10", "strengthened", "strengthen", "G12")),
        ("was", "is", ("T10", "was", "is", "G12")),
        ("his", "my", ("T10", "his", "my", "G10")),
        ("recieve", "receive", ("T8", "recieve", "receive", "")),
        ("FIOP", "FOIP", ("T8", "FIOP", "FOIP", "")),
        ("coat", "cost", ("T3", "coat", "cost", "")),
        ("violin", "lantern", ("T3", "violin", "lantern", "")),
    ],
)
def test_one_word_for_another(quoted: str, archived: str, expected: Row) -> None:
    assert rows(compared(f"We saw that {quoted} here today.", f"We saw that {archived} here today.")) == [expected]


def test_letters_of_another_alphabet_are_no_rendering() -> None:
    assert rows(compared("We p\u0430y the crew today.", "We pay the crew today.")) == [("T3", "p\u0430y", "pay", "A6")]
