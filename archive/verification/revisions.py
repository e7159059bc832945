"""Revisions: what became of a quotation when its article was read again (findings P1 to P6)."""

from __future__ import annotations

import re
from dataclasses import replace

from rapidfuzz import fuzz

from archive.domain.articles import ArticleText
from archive.domain.claims import Claim
from archive.domain.findings import FindingCode
from archive.domain.policies import Policy
from archive.domain.verdicts import Opinion
from archive.verification.cases import weighed

AKIN = 70.0
"""The share (in per cent) of equal words in order from which on two quotations are one that was changed."""
_CORRECTION = re.compile(
    r"\b(?:correction|corrected|clarification|an earlier version|editor'?s note|article (?:has been|was) updated)\b",
    re.IGNORECASE,
)
_Code = FindingCode


def revision_of(
    claim: Claim, *, before: ArticleText, after: ArticleText, claims: tuple[Claim, ...]
) -> tuple[FindingCode, Claim | None]:
    """What became of ``claim`` in the newer reading, and the claim that stands there now (None when it is gone).

    A quotation that no other kept its words for and that shares most of them with a new one was changed: with a note of
    correction that the earlier reading lacked (P4), or silently (P3).
    """
    if before.text == after.text:
        return _Code.ARTICLE_UNCHANGED, claim
    same = next((other for other in claims if other.quotation.content == claim.quotation.content), None)
    if same is not None:
        return _Code.QUOTATION_UNTOUCHED, same
    akin = max(claims, key=lambda other: _kinship(claim, other), default=None)
    if akin is None or _kinship(claim, akin) < AKIN:
        return _Code.QUOTATION_REMOVED, None
    noted = len(_CORRECTION.findall(after.text)) > len(_CORRECTION.findall(before.text))
    return (_Code.QUOTATION_CORRECTED if noted else _Code.QUOTATION_SILENTLY_CHANGED), akin


def with_revision(opinion: Opinion, code: FindingCode, *, policy: Policy, now_reads: str | None = None) -> Opinion:
    """The opinion with what became of its quotation noted; the verdict on the words once printed stays."""
    sentence = _SENTENCES[code] + (f' It now reads: "{now_reads}"' if now_reads else "")
    others = tuple(finding for finding in opinion.findings if finding.code not in _SENTENCES)
    return replace(opinion, findings=(*others, weighed(code, sentence, policy=policy)))


_SENTENCES: dict[FindingCode, str] = {
    _Code.ARTICLE_UNCHANGED: "The article reads as it did.",
    _Code.QUOTATION_UNTOUCHED: "The article was changed; this quotation was not.",
    _Code.QUOTATION_SILENTLY_CHANGED: "The quotation was changed after publication, and the article does not say so.",
    _Code.QUOTATION_CORRECTED: "The quotation was changed after publication, and the article says so.",
    _Code.QUOTATION_REMOVED: "The quotation is no longer in the article.",
    _Code.ARTICLE_GONE: "The article is no longer at its address.",
}


def _kinship(one: Claim, other: Claim) -> float:
    return fuzz.ratio(one.quotation.content.split(), other.quotation.content.split())
