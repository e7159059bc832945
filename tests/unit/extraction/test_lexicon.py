"""The word lists: every language has what the reader needs, and no word in two places that contradict."""

from __future__ import annotations

import pytest

from archive.extraction.languages import guess_language
from archive.extraction.lexicon import available_languages, lexicon_of

LANGUAGES = ("cs", "de", "en", "es", "fr", "hi", "ja", "pt", "ru")


def test_all_promised_languages_are_there() -> None:
    assert available_languages() == frozenset((*LANGUAGES, "xx"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_cues_days_and_platforms(language: str) -> None:
    lexicon = lexicon_of(language)
    assert lexicon.language == language
    assert len(lexicon.finite) >= 10
    assert lexicon.days and lexicon.platforms and lexicon.titles


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_cue_is_also_a_word_that_ends_a_phrase(language: str) -> None:
    lexicon = lexicon_of(language)
    assert not (lexicon.finite - {"said", "says", "so"}) & lexicon.function


def test_a_language_without_lists_has_a_few_words_of_many() -> None:
    assert lexicon_of("it").language == "xx"
    assert "disse" in lexicon_of("it").finite


def test_text_of_unknown_language_reads_like_english() -> None:
    assert lexicon_of(None).language == "en"
    assert lexicon_of("en-GB").language == "en"


TEXTS = [
    ("The mayor said that the bridge of the town was to be built in the spring and that it is good.", "en"),
    ("Starostka řekla, že most se začne stavět na jaře a že bude hotový příští rok.", "cs"),
    ("Мэр заявила, что мост начнут строить весной и закончат в следующем году.", "ru"),
    ("मेयर ने कहा कि पुल का निर्माण वसंत में शुरू होगा।", "hi"),
    ("市長は春に橋の建設が始まると述べました。とても楽しみです。", "ja"),
    ("12345", None),
]


@pytest.mark.parametrize(("text", "language"), TEXTS)
def test_the_language_is_guessed(text: str, language: str | None) -> None:
    assert guess_language(text) == language
