"""Dates are looked for only where one can stand: nothing that the full pattern finds is lost by that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.domain.spans import Span
from archive.text.date_places import places_of_dates
from archive.text.date_words import date_words_of

LANGUAGES = ("en", "de", "fr", "es", "pt", "cs", "ru", "hi", "ja")
PIECES = (
    "On Wednesday, the 21st of September 2026, a Monday, the council met.",
    "am Freitag, den 13. Februar 2026", "le 24 février (mardi)", "2026-02-13", "13.02.2026", "3/4/2026", "last week",
    "two days ago", "il y a deux jours", "yesterday", "वृहस्पतिवार", "2026年2月24日（火）", "may", "May 5", "x" * 90, " ", "\n",
    "hace dos semanas", "вчера", "24 февраля", "včera", "A harbour is not a promise.", "1999-", "12.",
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@given(pieces=st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=30)), max_size=12))
def test_every_date_with_its_telling_word_is_found_in_its_place(language: str, pieces: list[str]) -> None:
    text = " ".join(pieces)
    words = date_words_of(language)
    whole = [match.span() for match in words.pattern.finditer(text)]
    places = tuple(places_of_dates(text, Span(0, len(text)), words))
    found = [match.span() for place in places for match in words.pattern.finditer(text, place.start, place.end)]
    # Where capitals count, the full pattern also takes "may 5" in small letters, which has no telling word.
    assert set(found) <= set(whole)
    missed = [text[start:end] for start, end in whole if (start, end) not in found]
    assert all(not any(word in missed_text for word in words.telling) for missed_text in missed)


def test_text_without_a_day_has_no_place() -> None:
    text = "The harbour belongs to the people who may yet rebuild it. " * 50
    assert tuple(places_of_dates(text, Span(0, len(text)), date_words_of("en"))) == ()
