"""Texts cut at the borders of spans: nothing lost, nothing doubled, every number where it begins."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.domain.spans import Span
from web.passages import highlighted, passages_of

TEXT = "He said “yes” and “no”."


def test_numbers_stand_where_their_spans_are() -> None:
    passages = passages_of(TEXT, spans=[(1, Span(9, 12)), (2, Span(19, 21))])
    assert [(p.text, p.numbers) for p in passages] == [
        ("He said “", ()), ("yes", (1,)), ("” and “", ()), ("no", (2,)), ("”.", ()),
    ]  # fmt: skip


def test_nested_span_belongs_to_both_and_begins_once() -> None:
    passages = passages_of("abcdef", spans=[(1, Span(0, 6)), (2, Span(2, 4))])
    assert [(p.text, p.numbers, p.begins) for p in passages] == [
        ("ab", (1,), (1,)), ("cd", (1, 2), (2,)), ("ef", (1,), ()),
    ]  # fmt: skip


def test_quotation_over_two_paragraphs_is_marked_in_both() -> None:
    spans = [(1, Span(2, 8))]
    first = passages_of("abcd\nefgh", spans=spans, within=Span(0, 4))
    second = passages_of("abcd\nefgh", spans=spans, within=Span(5, 9))
    assert [p.text for p in first if p.numbers] == ["cd"]
    assert [p.text for p in second if p.numbers] == ["efg"]


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=6),
)
def test_passages_add_up_to_the_text(text: str, borders: list[tuple[int, int]]) -> None:
    spans = [(n, Span(min(pair), max(pair))) for n, pair in enumerate(borders, start=1)]
    assert "".join(p.text for p in passages_of(text, spans=spans)) == text


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=6))
def test_highlights_add_up_to_the_text_whatever_the_spans(text: str, spans: list[tuple[int, int]]) -> None:
    assert "".join(part for part, _ in highlighted(text, spans)) == text


@pytest.mark.parametrize(
    ("spans", "marked"),
    [(((0, 2),), ["He"]), (((0, 2), (8, 13)), ["He", "“yes”"]), (((20, 99),), ["o”."]), (((5, 5),), []), ((), [])],
)
def test_highlighted_stretches(spans: tuple[tuple[int, int], ...], marked: list[str]) -> None:
    assert [part for part, is_marked in highlighted(TEXT, spans) if is_marked] == marked
