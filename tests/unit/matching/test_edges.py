"""Edges: conditions, hedges and measures that a quotation cuts off at either end, as if the rest were the whole."""

from __future__ import annotations

import pytest

from tests.unit.matching.comparing import Row, compared, rows


@pytest.mark.parametrize(
    ("quoted", "archived", "expected"),
    [
        ("We will sign it.", "We will sign it if the tax goes.", ("K10", ".", "if the tax goes", "G8")),
        ("We will sign it,", "We will sign it if the tax goes.", ("K10", ",", "if the tax goes", "G8")),
        ("We will sign it", "We will sign it if the tax goes", ("K10", "", "if the tax goes", "G8")),
        ("The bridge is safe.", "The bridge is safe, I think.", ("K10", ".", "I think", "G9")),
        ("The bridge is safe.", "The bridge is safe for all.", ("K10", ".", "for all", "G7")),
        ("Velmora wants peace.", "I guess Velmora wants peace.", ("K10", "", "I guess", "G9")),
    ],
)
def test_what_is_cut_off_an_end(quoted: str, archived: str, expected: Row) -> None:
    assert expected in rows(compared(quoted, archived))


@pytest.mark.parametrize(
    ("quoted", "archived"),
    [
        ("sign it", "We will sign it if the tax goes."),
        ("We will sign it …", "We will sign it if the tax goes."),
        ("The bridge is safe.", "The bridge is safe. I think we are done."),
        ("The bridge is safe.", "We met today. The bridge is safe."),
        ("The bridge is safe.", "The bridge is safe, and the port is open."),
    ],
)
def test_ends_that_no_guard_watches(quoted: str, archived: str) -> None:
    assert [row for row in rows(compared(quoted, archived)) if row[3]] == []


def test_the_last_mark_is_read_behind_an_emoji() -> None:
    found = rows(compared("Read our letter here ⚓,", "Read our letter here ⚓. https://example.org/a"))
    assert [row[0] for row in found] == ["R6", "R8"]


def test_a_repost_mark_before_an_emoji_is_furniture() -> None:
    found = compared("🎨 We paint the port today.", "RT @harbortimes: 🎨 We paint the port today.")
    assert found.whole
    assert [row[0] for row in rows(found)] == ["R6"]
