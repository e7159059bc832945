"""What ``extract`` says of a quotation in JSON."""

from __future__ import annotations

from datetime import date

import pytest

from archive.domain.claims import Attribution, Claim, ClaimedDate, Quotation
from archive.domain.spans import Span
from archive.services.claim_documents import claim_document

EIGHTH, TENTH = date(2026, 2, 8), date(2026, 2, 10)


def claim(*, said_on: ClaimedDate | None = None, spans: tuple[Span, ...] = (Span(1, 12),)) -> Claim:
    """A claim of somebody invented."""
    words = "We will go. And come again."
    return Claim(
        quotation=Quotation(spans=spans, content=words, prefix="“", suffix="” Venn said."),
        attribution=Attribution(speaker_printed="she", speaker_name="Orla Venn", said_on=said_on, confidence=0.8),
    )


@pytest.mark.parametrize(
    ("said_on", "day", "within"),
    [
        (None, None, None),
        (ClaimedDate(first=EIGHTH, last=EIGHTH), "2026-02-08", ["2026-02-08", "2026-02-08"]),
        (ClaimedDate(first=EIGHTH, last=TENTH), None, ["2026-02-08", "2026-02-10"]),
        (ClaimedDate(first=EIGHTH, last=None), None, ["2026-02-08", None]),
        (ClaimedDate(first=None, last=TENTH), None, [None, "2026-02-10"]),
        (ClaimedDate(first=None, last=None), None, None),
    ],
)
def test_a_day_is_said_only_where_the_article_gives_one_and_bounds_wherever_it_gives_any(
    said_on: ClaimedDate | None, day: str | None, within: list[str | None] | None
) -> None:
    document = claim_document(claim(said_on=said_on))
    assert (document["said_on"], document["said_within"]) == (day, within)


def test_the_selector_finds_the_words_again() -> None:
    document = claim_document(claim(spans=(Span(1, 28),)))
    assert document["selector"] == {
        "type": "TextQuoteSelector",
        "prefix": "“",
        "exact": "We will go. And come again.",
        "suffix": "” Venn said.",
    }


def test_the_selector_of_a_quotation_in_pieces_is_that_of_the_first() -> None:
    document = claim_document(claim(spans=(Span(1, 12), Span(30, 45))))
    selector = document["selector"]
    assert isinstance(selector, dict)
    assert (selector["exact"], selector["suffix"]) == ("We will go.", "")
