"""Folding: one spelling for comparison, and the way back to the original characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.domain.spans import Span
from archive.text.folding import fold, may_hold_double_marks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Hi” – it’s…", '"Hi" - it\'s...'),
        ("a \u00a0\n b", "a b"),
        ("  edges  ", "edges"),
        ("&quot;Fish &amp; chips&quot;", '"Fish & chips"'),
        ("&amp;quot;twice&amp;quot;", '"twice"'),
        ("&notanentity; & &", "&notanentity; & &"),
        ("e\u0301te\u0301", "été"),
        ("ｆｕｌｌ width", "full width"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("Brand™ 1½", "Brand™ 1½"),
        ("«quoted» „low“", '"quoted" "low"'),
        ("p\u0430y", "p\u0430y"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_folded_text(text: str, expected: str) -> None:
    assert fold(text).text == expected


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert "&" in once or fold(once).text == once


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_a_stretch_of_folded_text_leads_to_the_characters_it_was_made_from(text: str, one: int, two: int) -> None:
    folded = fold(text)
    start, end = sorted((min(one, len(folded.text)), min(two, len(folded.text))))
    original = folded.original(Span(start, end))
    assert original.end <= len(text)
    if end > start:
        assert folded.folded(original).contains(Span(start, end))


@given(st.text(max_size=60))
def test_the_map_never_goes_back(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.offsets) == len(folded.ends)
    assert list(folded.offsets) == sorted(folded.offsets)
    assert list(folded.ends) == sorted(folded.ends)


def test_an_entity_is_one_character_of_folded_text() -> None:
    folded = fold("a&amp;b")
    assert folded.text == "a&b"
    assert folded.original(Span(1, 2)) == Span(1, 6)


def test_a_million_combining_marks_are_folded_in_linear_time() -> None:
    assert fold("a" + "\u0301\u0323" * 500_000).text


MARKS = st.sampled_from("ab' `\"’‘“”„«»–—-\u2032´&;amp\n\u00a0 .,!")


@given(st.text(MARKS, max_size=30))
def test_text_of_plain_marks_is_folded_at_once_as_it_is_piece_by_piece(text: str) -> None:
    # A final sign that folds into itself has the whole text taken piece by piece.
    at_once, by_pieces = fold(text + "x"), fold(text + "x\u2122")
    assert by_pieces.text == at_once.text + "\u2122"
    assert list(by_pieces.offsets[:-1]) == list(at_once.offsets)
    assert list(by_pieces.ends[:-1]) == list(at_once.ends)


def test_no_double_mark_comes_from_a_sign_that_is_not_looked_for() -> None:
    signs = (chr(code) for code in range(0x10000) if not 0xD800 <= code <= 0xDFFF)
    assert not [sign for sign in signs if '"' in fold(sign).text and not may_hold_double_marks(sign)]
    assert may_hold_double_marks("&quot;")
