"""Marks and manners of other houses and languages: single main marks, asides, dash dialogue, transcripts, sequences."""

from __future__ import annotations

from datetime import date

import pytest

from archive.domain.claims import Claim, QuotationKind
from archive.errors import ExtractionError
from archive.extraction.claims import find_claims, plain_article

FRIDAY = date(2026, 3, 6)


def claims_of(text: str, language: str = "en") -> tuple[Claim, ...]:
    return find_claims(plain_article(text, published_on=FRIDAY, language=language))


def pieces_of(text: str, language: str = "en") -> list[list[str]]:
    return [[span.of(text) for span in claim.quotation.spans] for claim in claims_of(text, language)]


PIECES = [
    ("en", "‘The workers’ rights matter,’ Orla Venn said. ‘They’re ours.’", [["The workers’ rights matter,", "They’re ours."]]),
    ("en", "“He said ‘no.’ He meant it,” Orla Venn said.", [["He said ‘no.’ He meant it,"]]),
    ("en", "“The boats are late, Orla Venn said.", [["The boats are late,"]]),
    ("en", "“I think,” Venn said, “so.” “No,” said Tamm, “never.”", [["I think,", "so."], ["No,", "never."]]),
    ("fr", "« Je pars, explique Orla Venn. Pas demain. »", [["Je pars", "Pas demain."]]),
    ("ru", "«Закон, — подчеркнул Ян Тамм, — принят. Точка».", [["Закон", "принят. Точка"]]),
    ("es", "—No voy a dimitir —respondió Tamm.", [["No voy a dimitir"]]),
    ("ja", "「港は売らない」と山川首相は語った。", [["港は売らない"]]),
    ("de", "„Das ist ein Skandal“, sagte Orla Venn.", [["Das ist ein Skandal"]]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "pieces"), PIECES)
def test_what_nobody_quoted_stays_outside(language: str, text: str, pieces: list[list[str]]) -> None:
    assert pieces_of(text, language) == pieces


def test_a_comma_in_mid_quotation_is_no_aside() -> None:
    assert pieces_of("« Je pars, dit-on partout, sans regret », a dit Orla Venn.", "fr")[0][0].startswith("Je pars")
    assert pieces_of("“I go, says everybody, at dawn,” Orla Venn said.") == [["I go, says everybody, at dawn,"]]


def test_single_marks_around_terms_do_not_make_a_house_british() -> None:
    text = "“We open,” Orla Venn said of the ‘Blue Harbour’ plan. “We open soon,” she said of ‘phase two’."
    assert [piece for pieces in pieces_of(text) for piece in pieces] == ["We open,", "We open soon,"]


def test_a_heading_with_a_colon_is_no_transcript() -> None:
    assert pieces_of("Brod: a town by the sea.\n\nThe town has a harbour.\n\nHistory: it is old.") == []


def test_labels_of_two_speakers_are_a_transcript() -> None:
    read = claims_of("VENN: We are open.\n\nTAMM: Since when?\n\nVENN: Since May, as you know.")
    assert [claim.attribution.speaker_name for claim in read] == ["VENN", "TAMM", "VENN"]
    assert {claim.quotation.kind for claim in read} == {QuotationKind.DIRECT}


def test_hours_later_counts_from_the_quotation_before() -> None:
    read = claims_of("“We open,” Venn said on Tuesday. Hours later, Tamm posted on X: “Not so fast.”")
    said = read[1].attribution.said_on
    assert said is not None and (said.first, said.last) == (date(2026, 3, 3), date(2026, 3, 4))


def test_hours_later_than_nothing_is_no_day() -> None:
    assert claims_of("Hours later, Tamm posted on X: “Not so fast.”")[0].attribution.said_on is None


def test_the_country_that_owns_a_minister_is_nobodys_he() -> None:
    read = claims_of("Marrow's foreign minister was asked to resign. “No,” he said.")
    assert read[0].attribution.speaker_name is None


A_BOOK = ("a word " * 1_000 + "\n\n") * 200


def test_more_words_than_any_article_are_refused() -> None:
    with pytest.raises(ExtractionError) as refused:
        claims_of(A_BOOK + "“We open,” Venn said.")
    assert refused.value.code == "article_too_complex"


def test_a_book_behind_the_last_quotation_is_not_read() -> None:
    (claim,) = claims_of("“We open,” Venn said.\n\n" + "the harbour " * 20 + "\n\n" + A_BOOK)
    assert claim.quotation.content == "We open,"
