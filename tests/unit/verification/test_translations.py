"""Translations: another language is told (T12); a platform's own translation, not declared, as well (T13)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.domain.accounts import Platform
from archive.domain.articles import ArticleText, Embed
from archive.domain.findings import FindingCode as F
from archive.domain.spans import Span
from archive.domain.verdicts import Verdict
from archive.verification.verdicts import judge
from tests.unit.verification.cases import a_case, a_claim, a_statement

SPANISH = "Abriremos el puerto del norte a todos los barcos antes de las tormentas."


@pytest.mark.parametrize(
    ("embedded", "before", "expected"),
    [
        (SPANISH, "The minister spoke.", {F.TRANSLATION, F.UNDECLARED_MACHINE_TRANSLATION}),
        ("Translated from English by X", "The minister spoke.", {F.TRANSLATION, F.UNDECLARED_MACHINE_TRANSLATION}),
        (SPANISH, "The minister wrote in English; this is a translation.", {F.TRANSLATION}),
        (SPANISH, "In the post, originally in English, she said:", {F.TRANSLATION}),
        ("We will open the northern harbour.", "The minister spoke.", {F.TRANSLATION}),
        ("", "The minister spoke.", {F.TRANSLATION}),
    ],
)
def test_a_platforms_translation_is_declared_or_noted(embedded: str, before: str, expected: set[F]) -> None:
    text = f'{before} "{SPANISH}"'
    start = text.index(SPANISH)
    embed = Embed(platform=Platform.X, native_id="100", text=embedded)
    claim = a_claim(content=SPANISH, language="es", embed=embed)
    claim = replace(claim, quotation=replace(claim.quotation, spans=(Span(start, len(text) - 1),)))
    article = ArticleText(text=text, paragraphs=(Span(0, len(text)),))
    opinion = judge(a_case(claim=claim, article=article, accepted=False))
    assert opinion.verdict is Verdict.TRANSLATED
    assert {f.code for f in opinion.findings} & {F.TRANSLATION, F.UNDECLARED_MACHINE_TRANSLATION} == expected


def test_words_of_one_language_are_no_translation() -> None:
    embed = Embed(platform=Platform.X, native_id="100", text=a_statement().snapshot.text)
    opinion = judge(a_case(claim=a_claim(embed=embed)))
    assert opinion.verdict is Verdict.VERBATIM
    assert F.TRANSLATION not in {finding.code for finding in opinion.findings}
