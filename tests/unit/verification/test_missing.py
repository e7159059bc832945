"""Missing words: a linked post that is only a picture (C5) leaves the quotation undecided; anything else does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.domain.accounts import Platform
from archive.domain.articles import Embed
from archive.domain.findings import FindingCode as F
from archive.domain.verdicts import Verdict
from archive.verification.verdicts import judge
from tests.unit.verification.cases import a_claim, a_missing_case, a_statement


@pytest.mark.parametrize(
    ("text", "native_id", "is_picture"),
    [
        ("pic.example.org/a1b2", "100", True),
        ("https://example.org/video/1", "100", True),
        ("", "100", True),
        ("Our harbour today. pic.example.org/a1b2", "100", False),
        ("pic.example.org/a1b2", "101", False),
    ],
)
def test_a_linked_post_without_words(text: str, native_id: str, is_picture: bool) -> None:
    claim = a_claim(embed=Embed(platform=Platform.X, native_id=native_id))
    opinion = judge(replace(a_missing_case(claim), statements=(a_statement(text=text),)))
    assert (F.TEXT_ONLY_IN_IMAGE in {finding.code for finding in opinion.findings}) is is_picture
    assert (opinion.verdict is Verdict.UNCHECKABLE) is is_picture
    assert ("may stand in its image or video" in opinion.explanation) is is_picture
