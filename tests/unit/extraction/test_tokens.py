"""Tokens: read once, remembered, and hinting at all that is looked for later."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.domain.spans import Span
from archive.extraction.lexicon import lexicon_of
from archive.extraction.tokens import Hint, Kind, Token, tokens_of
from archive.text.dates import find_dates

PIECES = st.sampled_from(
    [
        *("Orla", "Venn", "Rep.", "Tamm's", "U.S.", "X.", "on", "said", "a-t-elle", "dit", "well-known", "minister"),
        *(".", ",", ":", "-", "--", "- ", "(", ")", "…", "@orla", "\n", "  ", "24.02.2026", "2026-02-24", "/", "24"),
        *("Monday", "last", "week", "two", "days", "ago", "February", "24,", "2026", "today", "May", "mardi", "Montag"),
    ]
)
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from(("", " ")))).map(lambda row: "".join(a + b for a, b in row))
LANGUAGES = st.sampled_from(("en", "fr", "de", "cs", "ja", "xx"))


def read(text: str, language: str = "en") -> list[Token]:
    return tokens_of(text, 0, len(text), lexicon=lexicon_of(language))


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Rep. Venn left.", "en", ["Rep.", "Venn", "left", "."]),
        ("she wrote on X.", "en", ["she", "wrote", "on", "X", "."]),
        ("It is plan X.", "en", ["It", "is", "plan", "X."]),
        ("a well-known mayor - and Tamm's friend", "en", ["a", "well-known", "mayor", "-", "and", "Tamm's", "friend"]),
        ("a-t-elle dit", "fr", ["a", "elle", "dit"]),
        ("venn首相は語った", "ja", ["venn首相", "は", "語った"]),
    ],
)
def test_text_is_parted_into_words_and_signs(text: str, language: str, words: list[str]) -> None:
    tokens = read(text, language)
    assert [token.text for token in tokens] == words
    assert all(text[token.start : token.end].startswith(token.text) for token in tokens)


@pytest.mark.parametrize(
    ("text", "kind"), [("so - and", Kind.DASH), ("so -and", Kind.DASH), ("so -, and", Kind.OTHER), ("so -", Kind.OTHER)]
)
def test_a_hyphen_is_a_dash_before_a_space_or_a_word(text: str, kind: str) -> None:
    assert next(token.kind for token in read(text) if token.text == "-") == kind


def test_a_hyphen_met_before_a_comma_is_a_dash_before_a_space_all_the_same() -> None:
    kinds = [[token.kind for token in read(text) if token.text == "-"] for text in ("so -, and", "so -  and")]
    assert kinds == [[Kind.OTHER], [Kind.DASH]]


@given(text=TEXTS, language=LANGUAGES)
def test_a_stretch_reads_alike_the_first_time_and_ever_after(text: str, language: str) -> None:
    assert read(text, language) == read(text, language)
    moved = tokens_of("§ " + text + " §", 2, 2 + len(text), lexicon=lexicon_of(language))
    assert [token[:7] for token in moved] == [token[:7] for token in read(text, language)]
    assert [token.start - 2 for token in moved] == [token.start for token in read(text, language)]


@given(text=TEXTS)
def test_tokens_hold_every_sign_once_and_in_order(text: str) -> None:
    covered = "".join(text[token.start : token.end] for token in read(text))
    assert covered == "".join(text.split())


@pytest.mark.parametrize("text", ["24/12/2025", "24.12.2025", "2025-12-24", "on Friday", "two days ago", "May 3, 2025"])
def test_a_printed_day_is_hinted_at(text: str) -> None:
    assert find_dates(text, Span(0, len(text)), published_on=date(2026, 3, 6), language="en")
    assert any(token.hints & Hint.DAY for token in read(text))


@given(text=TEXTS, language=st.sampled_from(("en", "fr", "de", "cs")))
def test_no_day_is_printed_where_no_word_hints_at_one(text: str, language: str) -> None:
    days = find_dates(text, Span(0, len(text)), published_on=date(2026, 3, 6), language=language)
    hinted = any(token.hints & Hint.DAY for token in read(text, language))
    assert hinted or not days
