"""Whole invented articles in the shape of wire copy, read from end to end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archive.domain.claims import Claim
from archive.extraction.claims import find_claims, plain_article

GOLD = Path(__file__).parent / "gold"
ARTICLES = sorted(path.stem for path in GOLD.glob("*.json"))


def as_row(claim: Claim, text: str, gold: dict[str, object]) -> dict[str, object]:
    attribution, quotation = claim.attribution, claim.quotation
    said_on = attribution.said_on
    twin = quotation.indirect_twin.of(text) if quotation.indirect_twin else None
    wanted = gold["twin"]
    return {
        "begins": quotation.content[: len(str(gold["begins"]))],
        "name": attribution.speaker_name,
        "platform": attribution.platform,
        "first": said_on.first.isoformat() if said_on and said_on.first else None,
        "last": said_on.last.isoformat() if said_on and said_on.last else None,
        "relayed_by": attribution.relayed_by,
        "nested": [span.of(text) for span in quotation.nested],
        "twin": wanted if wanted is None or (twin or "").startswith(str(wanted)) else twin,
    }


@pytest.mark.parametrize("article", ARTICLES)
def test_an_article_is_read_as_annotated(article: str) -> None:
    text = (GOLD / f"{article}.txt").read_text(encoding="utf-8")
    gold: list[dict[str, object]] = json.loads((GOLD / f"{article}.json").read_text(encoding="utf-8"))
    claims = find_claims(plain_article(text))
    assert len(claims) == len(gold)
    assert [as_row(claim, text, row) for claim, row in zip(claims, gold, strict=True)] == gold
