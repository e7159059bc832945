"""Translations: a quotation in another language than its original (T12), and one whose words are a platform's machine
translation that the article does not declare (T13)."""

from __future__ import annotations

import re

from archive.domain.findings import Finding, FindingCode
from archive.domain.spans import hull
from archive.verification.cases import Case
from archive.verification.plain_words import contains_run

_DECLARED = re.compile(
    r"\btranslat|\boriginally in\b|\b(?:wrote|posted|said|tweeted|statement|post) in (?:his |her |their )?"
    r"(?:native |own )?[A-Z][a-z]+(?:ese|ish|ian|ic|an|i|ch|language)\b",
)
_BY_MACHINE = re.compile(
    r"\b(?:(?:auto(?:matically)?[- ])?translated (?:from \w+ )?by (?:Google|Bing|DeepL|Microsoft|Grok|X|Facebook|Meta)|"
    r"see original|show original|rate this translation)\b",
    re.IGNORECASE,
)
_NEAR = 600
"""Characters before and after a quotation in which an article says that it translates."""


def translation_notes(case: Case) -> tuple[Finding, ...]:
    """T12, and T13 with it where the words stand in the embedded post as the platform shows it, although the original
    is in another language, and the article says nothing of a translation."""
    note = case.finding(FindingCode.TRANSLATION, "Quotation and original are in different languages.")
    if not _is_shown_translated(case) or _DECLARED.search(_around(case)):
        return (note,)
    sentence = "The words are those of the embedded post as shown in translation; the article does not say so."
    return note, case.finding(FindingCode.UNDECLARED_MACHINE_TRANSLATION, sentence)


def _is_shown_translated(case: Case) -> bool:
    embed = case.claim.embed
    if embed is None or not embed.text:
        return False
    return contains_run(embed.text, case.claim.quotation.content) or _BY_MACHINE.search(embed.text) is not None


def _around(case: Case) -> str:
    quotation = case.claim.quotation
    around = f"{quotation.prefix} {quotation.suffix}"
    if case.article is None or not quotation.spans:
        return around
    place, text = hull(quotation.spans), case.article.text
    return f"{around} {text[max(0, place.start - _NEAR) : place.start]} {text[place.end : place.end + _NEAR]}"
