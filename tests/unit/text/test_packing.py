"""Packing: the words of many texts at once are those of each."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive.text.packing import packed_words_of
from archive.text.shingles import packed_words, unpack, word_hash
from archive.text.spelling import respelled_words

MANY = 1_000
"""Texts from which on they are packed together."""
STRETCHES = st.from_regex(r"[.,!?;:()\"'-]{0,2}[A-Za-z]{0,9}[0-9]{0,3}[.,!?;:()\"'-]{0,2}", fullmatch=True)
NAMES = st.from_regex(r"[.(\"]?[@#][A-Za-z0-9_]{0,8}('s)?[.,:!?)\"]?", fullmatch=True)
LINKS = st.from_regex(r"[(]?https?://[a-z.]{1,8}(/[a-zA-Z0-9&;=é]{0,8})?", fullmatch=True)
WHITE = st.sampled_from([" ", "  ", "\n", "\t\r", "\x1c", "\u00a0", "\u2003", "\u3000"])
TEXTS = st.lists(STRETCHES | NAMES | LINKS | WHITE | st.text(max_size=6), max_size=8).map(" ".join) | st.text(
    max_size=40
)


def packed_among_many(texts: list[str]) -> list[bytes]:
    return packed_words_of([*texts, *["tide"] * MANY])[: len(texts)]


@settings(max_examples=200)
@given(st.lists(TEXTS, max_size=6))
@example(["", " ", "", "tide"])
@example(["the colour of it", "REALISED, (neighbours)"])
@example(["see https://velm.example/a", "https://velm.example/a&amp;b then", "https://", "https://velm.example/é"])
@example(["https-tide https:1tide"])
@example(["https://velm.example/a\u00a0tide", "https://velm.example/a&nbsp;tide"])
@example(["a\u00a0b", "x\u2003y@PortVelm", "don’t “Sea” co\u200boperate"])
@example(["a" * 32 + " " + "b" * 33, "-", "---word", "word---", "\ud800"])
@example(["2031 19th H1N1 1,200 3.5 12ab34 -5"])
def test_many_texts_have_the_words_of_each(texts: list[str]) -> None:
    assert packed_among_many(texts) == list(map(packed_words, texts))


def test_every_word_with_a_house_spelling_gets_it() -> None:
    words = sorted(respelled_words())
    assert packed_among_many(words) == list(map(packed_words, words))


@pytest.mark.parametrize("word", ["tide", "TIDE", "“tide”", "(tide)", "tide...", "'tide'"])
def test_a_word_is_the_same_however_it_is_written(word: str) -> None:
    assert [unpack(packed).tolist() for packed in packed_among_many([word])] == [[word_hash("tide")]]


def test_one_character_of_each_kind_is_read_as_ever() -> None:
    texts = [f"a{chr(point)}b {chr(point)}c d{chr(point)}" for point in range(0x3100) if not 0xD800 <= point < 0xE000]
    assert packed_words_of(texts) == list(map(packed_words, texts))


def test_long_texts_are_packed_in_portions() -> None:
    texts = ["The tide turns. " * 90_000, "ebb", "", "#Flood colour " * 90_000, "@PortVelm"]
    assert packed_among_many(texts) == list(map(packed_words, texts))
