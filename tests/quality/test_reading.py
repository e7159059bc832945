"""The reader of quotations on invented articles: words, speaker, platform and day, against floors.

What public corpora lack is here: posts in block quotes and embeds, quotations over paragraphs and in one another,
relayed statements, days and their bounds, other languages.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from archive.domain.articles import ArticleText
from archive.domain.claims import Claim
from archive.extraction.claims import find_claims, plain_article
from archive.extraction.pages import read_article

Row = dict[str, object]

HERE = Path(__file__).parent
FLOORS: dict[str, dict[str, float]] = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))["reading"]
"""Per gold file: the least shares of quotations found, of right ones among those given, and of what is said of them."""
GOLD = sorted((HERE / "gold" / "quotations").glob("*.json"))


def as_article(row: Row) -> ArticleText:
    if "html" in row:
        page = str(row["html"]).encode()
        read = read_article(page, url=None, media_type="text/html", charset="utf-8")
        return plain_dated(read, date.fromisoformat(str(row["published"])))
    return plain_article(
        str(row["text"]), published_on=date.fromisoformat(str(row["published"])), language=str(row["language"])
    )


def plain_dated(article: ArticleText, day: date) -> ArticleText:
    return replace(article, published_on=day)


def as_row(claim: Claim, text: str) -> Row:
    said = claim.attribution.said_on
    return {
        "pieces": [span.of(text) for span in claim.quotation.spans],
        "kind": claim.quotation.kind.value,
        "name": claim.attribution.speaker_name,
        "office": claim.attribution.office,
        "relayed_by": claim.attribution.relayed_by,
        "platform": claim.attribution.platform.value if claim.attribution.platform else None,
        "first": said.first.isoformat() if said and said.first else None,
        "last": said.last.isoformat() if said and said.last else None,
        "embed": claim.embed.native_id if claim.embed else None,
    }


MEASURES = {
    "speaker": ("name", "office", "relayed_by"),
    "platform": ("platform", "embed"),
    "day": ("first", "last"),
    "kind": ("kind",),
}
"""What is measured, and the members of a row that must be right for it; members a gold row leaves out do not count."""


def scores(articles: list[Row]) -> tuple[dict[str, float], list[str]]:
    """The share of quotations found and of what is said about them, with what went wrong."""
    wanted = found = given = 0
    right = dict.fromkeys(MEASURES, 0)
    wrong: list[str] = []
    for row in articles:
        article = as_article(row)
        read = [as_row(claim, article.text) for claim in find_claims(article)]
        given += len(read)
        for gold in row["quotes"]:
            wanted += 1
            match = next((each for each in read if each["pieces"] == gold["pieces"]), None)
            if match is None:
                wrong.append(f"{row['article']}: {gold['pieces']} not among {[each['pieces'] for each in read]}")
                continue
            read.remove(match)  # the same words may be quoted twice
            found += 1
            for measure, members in MEASURES.items():
                right[measure] += all(match[member] == gold[member] for member in members if member in gold)
            if any(match[member] != gold[member] for member in gold):
                wrong.append(f"{row['article']}: {match} is not {gold}")
    shares = {"found": found / wanted, "precision": found / given}
    return shares | {key: count / wanted for key, count in right.items()}, wrong


@pytest.mark.quality
def test_every_gold_file_has_a_floor() -> None:
    assert set(FLOORS) == {path.stem for path in GOLD}


@pytest.mark.quality
@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_the_reader_stays_above_its_floors(path: Path) -> None:
    reached, wrong = scores(json.loads(path.read_text(encoding="utf-8")))
    assert {key: share for key, share in reached.items() if share < FLOORS[path.stem][key]} == {}, "\n".join(wrong)
