"""Rewording: a paraphrase in quotation marks is told as one (T11), an invention is not."""

from __future__ import annotations

from tests.unit.matching.comparing import compared, rows

SOUP = "Every winter we give warm soup to the sailors of our islands, and we hope to go on."


def test_a_paraphrase_is_one_finding_over_the_whole_original() -> None:
    told = "They hope to feed sailors with warm soup each winter."
    assert rows(compared(told, SOUP)) == [("T11", told[:-1], SOUP[:-1], "")]


def test_a_denial_in_a_paraphrase_is_guarded() -> None:
    found = rows(compared("They never hope to feed sailors with warm soup each winter.", SOUP))
    assert [(row[0], row[3]) for row in found] == [("T11", "G1")]


def test_words_that_share_nothing_are_no_paraphrase() -> None:
    found = rows(compared("The violin makers of Port Ilex owe the treasury cider.", SOUP))
    assert "T11" not in {row[0] for row in found}
