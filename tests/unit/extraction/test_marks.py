"""Quotation marks: what stands between them, whatever the typist did."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.domain.spans import Span
from archive.extraction.marks import read_stretches

CASES = [
    ("straight", '"We go," he said. "Now."', ["We go,", "Now."]),
    ("curly", "“We go,” he said. “Now.”", ["We go,", "Now."]),
    ("turned at the end", "“We go on.“ He left.", ["We go on."]),
    ("turned at the start", "”We go on,” he said.", ["We go on,"]),
    ("curly closed by straight", '“We go on," he said.', ["We go on,"]),
    ("low", "„Jdeme dál,“ řekl.", ["Jdeme dál,"]),
    ("angle", "« Nous partons », dit-il.", ["Nous partons"]),
    ("corner", "「行きます」と述べた。", ["行きます"]),
    ("two characters", "``We go,'' he said. ''Now.''", ["We go,", "Now."]),
    ("commas for marks", ",,Wir gehen'', sagte er.", ["Wir gehen"]),
    ("tokenised", '" We go , " he said .', ["We go ,"]),
    ("tokenised and nested", '" After that " Union of Right " ceased to be a party " , he said', None),
    ("nested of another family", '“He told me "no way" and left,” she said.', ['He told me "no way" and left,']),
    ("nested of the same family", "“He told me “no way” and left,” she said.", ["He told me “no way” and left,"]),
    ("an odd mark drops only itself", "“We go, he said. “And now we stay.”", ["And now we stay."]),
    ("a stray closing mark", 'We go," he said. "Now."', ["Now."]),
    ("inches", 'He is 6\'2" tall. "Yes," he said.', ["Yes,"]),
    ("open to the paragraph's end", "“We go on and on.", ["We go on and on."]),
    ("nothing inside", '""', []),
]


@pytest.mark.parametrize(("name", "text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_stretches(name: str, text: str, expected: list[str] | None) -> None:
    found = [stretch.inside.of(text) for stretch in read_stretches(text, Span(0, len(text)))]
    if expected is None:
        assert len(found) == 1, found
    else:
        assert found == expected


def test_a_stretch_says_whether_its_mark_was_closed() -> None:
    text = "“Closed.” “Open to the end"
    first, second = read_stretches(text, Span(0, len(text)))
    assert first.closed and not second.closed


@given(st.text(alphabet="\"“”„«»'‘’`, .aB\n", max_size=120))
def test_stretches_lie_in_order_inside_the_paragraph(text: str) -> None:
    found = read_stretches(text, Span(0, len(text)))
    assert all(first.outside.end <= second.outside.start for first, second in pairwise(found))
    assert all(stretch.outside.contains(stretch.inside) for stretch in found)
