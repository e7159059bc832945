"""Paragraphs as spans."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from archive.text.paragraphs import paragraphs_of


def test_every_line_is_a_paragraph() -> None:
    text = "One.\n\n  Two, and more. \r\nThree."
    assert [span.of(text) for span in paragraphs_of(text)] == ["One.", "Two, and more.", "Three."]


def test_hard_wrapped_lines_are_joined_up_to_the_blank_line() -> None:
    line = "the council met again in the old town hall to speak about the new bridge"
    text = "\n".join([line] * 4) + "\n\n" + "\n".join([line] * 4)
    assert len(paragraphs_of(text)) == 2


@given(st.text(max_size=300))
def test_paragraphs_hold_everything_but_white_space_in_order(text: str) -> None:
    found = paragraphs_of(text)
    assert all(first.end <= second.start for first, second in pairwise(found))
    kept = "".join(span.of(text) for span in found)
    assert "".join(kept.split()) == "".join(text.split())
