"""Guards: which kind of meaning a change of words may touch, and which it leaves alone."""

from __future__ import annotations

import pytest

from archive.matching.guards import guards_on, guards_on_omission, guards_on_sentence_end, is_tone_sign, opens_condition


@pytest.mark.parametrize(
    ("quoted", "archived", "expected"),
    [
        ("confident", "not confident", "G1"),
        ("unsafe", "safe", "G1 G11"),
        ("12 boats", "21 boats", "G2"),
        ("5 million", "5 billion", "G2"),
        ("12", "twelve", ""),
        ("Monday", "Tuesday", "G3"),
        ("2031", "2030", "G2 G3"),
        ("weeks", "days", "G3"),
        ("Tolland", "Moss", "G4"),
        ("minister", "secretary", "G5"),
        ("may", "will", "G6 G12"),
        ("everywhere", "somewhere", "G7"),
        ("some", "all", "G7"),
        ("when", "if", "G8"),
        ("", "probably", "G9"),
        ("", "sort of", "G9"),
        ("you", "we", "G10"),
        ("harms", "helps", "G11"),
        ("loathed", "enjoyed", "G11"),
        ("closed", "opened", "G11"),
        ("built", "build", "G12"),
        ("strengthened", "strengthen", "G12"),
        ("strengthening", "strengthen", ""),
        ("less", "more", "G7 G14"),
        ("larger", "bigger", ""),
        ("harbor", "port", ""),
        ("boats ferry", "ferry boats", ""),
    ],
)
def test_guards_on_exchanged_words(quoted: str, archived: str, expected: str) -> None:
    words = tuple(quoted.lower().split()), tuple(archived.lower().split())
    fired = guards_on(*words, quoted_text=quoted, archived_text=archived)
    assert " ".join(guard.value for guard in fired) == expected


@pytest.mark.parametrize(
    ("archived", "expected"),
    [
        ("if the tax goes by spring", "G8"),
        ("and unless the court stops it", "G8"),
        ("as long as it pays", "G8"),
        ("not by a mile", "G1"),
        ("after a long debate that was not easy", ""),
    ],
)
def test_guards_on_a_longer_omission(archived: str, expected: str) -> None:
    fired = guards_on_omission(tuple(archived.split()), archived)
    assert " ".join(guard.value for guard in fired) == expected


@pytest.mark.parametrize(("quoted", "archived", "fires"), [(".", "?", True), ("?!", "?", False), (",", ".", False)])
def test_a_question_turned_into_a_statement(quoted: str, archived: str, fires: bool) -> None:
    assert bool(guards_on_sentence_end(quoted, archived)) is fires


@pytest.mark.parametrize(("sign", "expected"), [("😂", True), ("#Sarcasm", True), ("#not", True), ("🚢", False)])
def test_signs_of_tone(sign: str, expected: bool) -> None:
    assert is_tone_sign(sign) is expected


@pytest.mark.parametrize(("words", "expected"), [("if it rains", True), ("as long as", True), ("as we said", False)])
def test_openings_of_a_condition(words: str, expected: bool) -> None:
    assert opens_condition(tuple(words.split())) is expected
