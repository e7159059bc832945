"""Handles that can be taken for one another."""

from __future__ import annotations

import pytest

from archive.text.lookalikes import is_look_alike, is_one_letter_off, skeleton


@pytest.mark.parametrize(
    ("handle", "genuine"),
    [
        ("anabe1o", "anabelo"),
        ("anabeIo", "anabelo"),
        ("аnabelo", "anabelo"),
        ("anaþelo", "anabelo"),
        ("anabell0", "anabello"),
        ("anabello", "anabelo"),
        ("anablo", "anabelo"),
        ("anableo", "anabelo"),
        ("anabela", "anabelo"),
        ("rnfa", "mfa"),
    ],
)
def test_handle_can_be_taken_for_the_genuine_one(handle: str, genuine: str) -> None:
    assert is_look_alike(handle, genuine)


@pytest.mark.parametrize(
    ("handle", "genuine"),
    [
        ("anabelo", "anabelo"),
        ("AnaBelo", "anabelo"),
        ("mea", "mfa"),
        ("borolind", "anabelo"),
        ("anabelo_nor", "anabelo"),
        ("", "anabelo"),
    ],
)
def test_other_handle_is_left_alone(handle: str, genuine: str) -> None:
    assert not is_look_alike(handle, genuine)


def test_skeleton_makes_look_alike_letters_one() -> None:
    assert skeleton("аnаbеlо") == skeleton("anabelo")


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("xkcp", "xckp", True),
        ("xkcp", "xkc", True),
        ("xkcp", "xkcpa", True),
        ("xkcp", "pkcx", False),
        ("ab", "ba", True),
        ("a", "a", False),
        ("ab", "abcd", False),
    ],
)
def test_one_letter_off(one: str, other: str, answer: bool) -> None:
    assert is_one_letter_off(one, other) is answer
    assert is_one_letter_off(other, one) is answer
