"""Quoted and archived words side by side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.functional.web.invented import TEXT, an_alignment
from web.comparison import CONTEXT, Mark, SideBySide, Stretch, between_versions, changes_in_words, side_by_side

QUOTED = "We will not open the northern harbour to Vel Port crews by June, and no family will lose its boat."


def compared(quoted: str, archived: str) -> SideBySide:
    return side_by_side(an_alignment(quoted, archived), quoted=quoted, archived=archived)


def texts(stretches: tuple[Stretch, ...], mark: Mark) -> list[str]:
    return [stretch.text.strip() for stretch in stretches if stretch.mark is mark]


def test_added_word_is_marked_on_the_side_that_has_it() -> None:
    sides = compared(QUOTED, TEXT)
    assert texts(sides.quoted, Mark.ONLY_HERE) == ["not"]
    assert texts(sides.archived, Mark.ONLY_HERE) == []


def test_handle_written_as_a_name_is_rendering_and_not_a_change() -> None:
    sides = compared(QUOTED, TEXT)
    assert texts(sides.quoted, Mark.RENDERED) == ["Vel Port"]
    assert texts(sides.archived, Mark.RENDERED) == ["@velport"]
    assert texts(sides.quoted, Mark.REPLACED) == []


def test_left_out_word_is_marked_in_the_archived_text() -> None:
    sides = compared("We will open the ferry", "We will soon open the ferry")
    assert texts(sides.archived, Mark.ONLY_HERE) == ["soon"]
    assert not sides.is_same


def test_what_the_quotation_does_not_take_is_shown_as_context() -> None:
    sides = compared("no family will lose its boat", TEXT)
    assert texts(sides.archived, Mark.OUTSIDE)[-1].startswith("Thank you")


def test_long_context_is_cut_and_says_so() -> None:
    archived = "far " * 200 + "the ferry stays" + " away" * 200
    sides = compared("the ferry stays", archived)
    assert texts(sides.archived, Mark.CUT) == ["…", "…"]
    assert sum(len(s.text) for s in sides.archived) < 2 * CONTEXT + 40


WORDS = st.lists(st.sampled_from(["a", "b", "not", "harbour,", "Ähre", "港"]), max_size=12).map(" ".join)


@given(WORDS, WORDS)
def test_the_quoted_side_adds_up_to_the_quotation(quoted: str, archived: str) -> None:
    assert "".join(s.text for s in compared(quoted, archived).quoted) == quoted


@given(WORDS, WORDS)
def test_archived_side_of_a_short_text_adds_up_to_it(quoted: str, archived: str) -> None:
    assert "".join(s.text for s in compared(quoted, archived).archived if s.mark is not Mark.CUT) == archived


@pytest.mark.parametrize(
    ("older", "newer", "said"),
    [
        ("open by June", "open by July", "1 word removed, 1 word added"),
        ("open by June", "open by", "1 word removed"),
        ("open", "open by June", "2 words added"),
        ("open  by June", "open by June", "only spacing or line breaks changed"),
    ],
)
def test_changes_between_versions_are_counted_in_words(older: str, newer: str, said: str) -> None:
    assert changes_in_words(older, newer) == said


def test_versions_side_by_side_mark_both_sides() -> None:
    sides = between_versions("open by June", "open by July")
    assert texts(sides.archived, Mark.REPLACED) == ["June"]
    assert texts(sides.quoted, Mark.REPLACED) == ["July"]
