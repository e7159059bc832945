"""Fits: which archived copies were cut short by their source, so that a quotation may go on where they end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.matching.fits import is_cut_short
from tests.quality.mutations.comparing import a_statement


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        pytest.param("The ferries will run every hour from Mon…", True, id="ends with an ellipsis"),
        pytest.param(
            "The ferries will run every hour from Mon… https://t.example/abc", True, id="with a link behind it"
        ),
        pytest.param(
            "The ferries will run every hour … https://t.example/abc  https://t.example/def ", True, id="with two links"
        ),
        pytest.param("The ferries will run every hour…\n", True, id="with a line break behind it"),
        pytest.param("The ferries will run every hour.", False, id="ends with a sentence"),
        pytest.param("The ferries will run every hour. https://t.example/abc", False, id="ends with a link"),
        pytest.param("Well… the ferries will run every hour", False, id="an ellipsis inside"),
        pytest.param("The ferries will run every hour...", False, id="three dots are its author's"),
        pytest.param("https://t.example/abc", False, id="a link alone"),
        pytest.param("", False, id="no words"),
    ],
)
def test_a_copy_is_cut_short_where_its_last_sign_says_so(text: str, *, cut: bool) -> None:
    assert is_cut_short(a_statement(text)) is cut


def test_a_copy_is_cut_short_where_its_source_says_so() -> None:
    whole = a_statement("The ferries will run every hour from Monday.")
    assert is_cut_short(replace(whole, snapshot=replace(whole.snapshot, truncated=True)))
