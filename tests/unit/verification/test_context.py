"""Context: whose words they are within their post (G16, A10, A11, X15) and what they answer (G17)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from archive.domain.articles import ArticleText
from archive.domain.findings import FindingCode as F
from archive.domain.spans import Span
from archive.domain.statements import Statement
from archive.domain.verdicts import Verdict
from archive.verification.cases import Case
from archive.verification.verdicts import judge
from tests.unit.verification.cases import BORO_X, POSTED, VOICE_BORO, WORDS, a_case, a_claim, a_statement

AROUND = {F.REPOST_AS_OWN, F.QUOTE_OF_A_QUOTE, F.FOREIGN_VOICE_TAKEN_AS_OWN, F.REPLY_WITHOUT_CONTEXT,
          F.QUOTE_INSIDE_ORIGINAL, F.STAFF_POST, F.JOINT_STATEMENT}  # fmt: skip
QUESTION = a_statement(
    "90", account=BORO_X, voice=VOICE_BORO, text="When will the harbour open?", posted=POSTED - timedelta(hours=3)
)


def codes(case: Case) -> set[F]:
    return {finding.code for finding in judge(case).findings} & AROUND


def said(before: str) -> Case:
    """The case of an article that says this before the quotation."""
    text = f'{before} "{WORDS}" Ana Belo wrote.'
    start = text.index(WORDS)
    claim = a_claim()
    claim = replace(claim, quotation=replace(claim.quotation, spans=(Span(start, start + len(WORDS)),)))
    return a_case(claim=claim, article=ArticleText(text=text, paragraphs=(Span(0, len(text)),)))


def answering(case: Case, parent: Statement | None, *, own: Statement) -> Case:
    best = case.ranking.best
    assert best is not None
    return replace(case, statements=(own, *((parent,) if parent is not None else ())))


@pytest.mark.parametrize(
    ("before", "parent", "text", "expected"),
    [
        ("The minister spoke.", QUESTION, WORDS, {F.REPLY_WITHOUT_CONTEXT}),
        ("Asked about the harbour, the minister spoke.", QUESTION, WORDS, set()),
        ("Boro Lind wanted to know more.", QUESTION, WORDS, set()),
        ("The minister spoke.", replace(QUESTION, account=a_statement().account), WORDS, set()),
        ("The minister spoke.", None, WORDS, set()),
        ("The minister spoke.", None, f"@borolind {WORDS}", {F.REPLY_WITHOUT_CONTEXT}),
        ("The minister spoke.", None, f"@anabelo {WORDS}", set()),
    ],
)
def test_an_answer_is_shown_with_what_it_answers(
    before: str, parent: Statement | None, text: str, expected: set[F]
) -> None:
    if parent is not None and parent.account.id == a_statement().account.id:
        parent = replace(parent, post=replace(parent.post, account_id=a_statement().post.account_id))
    own = a_statement(in_reply_to="90", text=text)
    assert codes(answering(said(before), parent, own=own)) == expected


def test_an_answer_asks_for_a_person_and_says_whom_it_answers() -> None:
    opinion = judge(answering(said("The minister spoke."), QUESTION, own=a_statement(in_reply_to="90")))
    assert opinion.verdict is Verdict.ALTERED_REVIEW
    assert "it is an answer, shown without what it answers" in opinion.explanation
    assert any("an answer to Boro Lind" in finding.explanation for finding in opinion.findings)


@pytest.mark.parametrize(
    ("text", "covered", "cue", "expected"),
    [
        (f"Boro Lind: “{WORDS}” Well said!", WORDS, "wrote", {F.QUOTE_OF_A_QUOTE, F.FOREIGN_VOICE_TAKEN_AS_OWN}),
        (f"Boro Lind: “{WORDS}” Well said!", WORDS, "shared", {F.QUOTE_OF_A_QUOTE}),
        (f"“{WORDS}”", WORDS, "wrote", set()),
        (
            "We thank all who said “we will open the harbour” and meant it.",
            "We thank all who said “we will open the harbour” and meant it.",
            "wrote",
            {F.QUOTE_INSIDE_ORIGINAL},
        ),
        (f"{WORDS} ^KB", WORDS, "wrote", {F.STAFF_POST}),
        (f"Joint statement: {WORDS}", WORDS, "wrote", {F.JOINT_STATEMENT}),
    ],
)
def test_whose_words_they_are_within_the_post(text: str, covered: str, cue: str, expected: set[F]) -> None:
    at = text.index(covered)
    statement = a_statement(text=text)
    case = a_case(statement=statement, claim=a_claim(cue=cue), covered=Span(at, at + len(covered)))
    assert codes(case) == expected


def test_a_repost_is_said_to_be_one() -> None:
    opinion = judge(a_case(statement=a_statement(is_repost=True)))
    assert "what Ana Belo reposted as @anabelo" in opinion.explanation
    assert codes(a_case(statement=a_statement(is_repost=True))) == {F.REPOST_AS_OWN, F.FOREIGN_VOICE_TAKEN_AS_OWN}
    assert codes(a_case(statement=a_statement(is_repost=True), claim=a_claim(cue="shared"))) == {F.REPOST_AS_OWN}
