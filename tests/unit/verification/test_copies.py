"""Copies: two articles are one text when most of what is not quoted is the same, however the rest is cut."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.domain.articles import ArticleText, ArticleVersion
from archive.domain.captures import text_digest
from archive.domain.findings import FindingCode as F
from archive.domain.ids import ArticleId, new_id
from archive.domain.statements import Statement
from archive.domain.verdicts import Verdict
from archive.verification.copies import copied, is_same_text
from tests.unit.verification.cases import REPORTED, WORDS, a_case

LEAD = (
    "The council of Norland voted on Tuesday to keep the old bridge open for another year while the engineers look for "
    "cracks in the northern pier, which was last mended before most of them were born."
)
REST = (
    "Three members voted against, and said that the money would be missing elsewhere. The mayor left before the vote, "
    "and her office would not say on Wednesday whether she had changed her mind about the tunnel."
)
OTHER = (
    "Engineers will spend a year looking at the bridge that half of the town crosses every morning. That is what the "
    "council wants, although the tunnel that the mayor promised would then have to wait for another budget."
)


def a_text(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


def an_article(*paragraphs: str) -> ArticleText:
    return ArticleText(text=a_text(*paragraphs))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param((LEAD, REST), (LEAD, REST), True, id="word-for-word"),
        pytest.param((LEAD, REST), (LEAD,), True, id="cut-at-the-end"),
        pytest.param((LEAD, REST), (f"By Our Staff {OTHER[:60]}", REST), True, id="another-beginning"),
        pytest.param((LEAD, REST), (LEAD.upper(), REST.replace(",", " –")), True, id="printed-otherwise"),
        pytest.param((LEAD, REST), (OTHER,), False, id="told-anew"),
        pytest.param((LEAD[:60],), (LEAD[:60],), False, id="too-little-to-tell"),
        pytest.param((), (), False, id="nothing"),
    ],
)
def test_one_text_or_two(one: tuple[str, ...], other: tuple[str, ...], same: bool) -> None:
    assert is_same_text(a_text(*one), a_text(*other)) is same


def test_a_long_quotation_in_both_makes_no_copy() -> None:
    one, other = a_text(LEAD[:90], REST), a_text(OTHER[:90], REST)

    assert is_same_text(one, other)
    assert not is_same_text(one, other, quoted=(REST,))


@given(st.lists(st.sampled_from([LEAD, REST, OTHER, WORDS, ""]), max_size=4), st.text(max_size=40))
def test_neither_article_comes_first(paragraphs: list[str], more: str) -> None:
    one, other = a_text(LEAD, more), a_text(*paragraphs)
    assert is_same_text(one, other) is is_same_text(other, one)


def reported_by(article: ArticleText) -> tuple[Statement, ArticleVersion]:
    version = ArticleVersion(
        id=ArticleId(new_id()),
        capture_id=None,
        read_at=datetime(2031, 5, 3, tzinfo=UTC),
        text_digest=text_digest(article.text),
        article=article,
    )
    assert REPORTED.report is not None
    return replace(REPORTED, report=replace(REPORTED.report, article_id=version.id)), version


@pytest.mark.parametrize(
    ("wording", "codes"),
    [
        (Verdict.VERBATIM, [F.DUPLICATE_WIRE_TEXT]),
        (Verdict.VERBATIM_RENDERED, [F.DUPLICATE_WIRE_TEXT]),
        (Verdict.TRIMMED_UNMARKED, [F.DUPLICATE_WIRE_TEXT, F.SYNDICATED_COPY_DIFFERS]),
        (Verdict.ALTERED_REVIEW, [F.DUPLICATE_WIRE_TEXT, F.SYNDICATED_COPY_DIFFERS]),
    ],
)
def test_a_copy_is_one_witness_and_named_when_it_differs(wording: Verdict, codes: list[F]) -> None:
    statement, version = reported_by(an_article(LEAD, REST))
    case = replace(a_case(statement=statement, article=an_article(LEAD, REST)), reports=(version,))

    assert [finding.code for finding in copied(case, statement, wording=wording)] == codes


def test_without_the_reports_article_nothing_is_said() -> None:
    statement, _ = reported_by(an_article(LEAD, REST))
    case = a_case(statement=statement, article=an_article(LEAD, REST))

    assert copied(case, statement, wording=Verdict.VERBATIM) == ()
    assert copied(case, REPORTED, wording=Verdict.VERBATIM) == ()
