"""Reweighing: an opinion as another house style weighs it. Nothing is compared anew; codes stay, weights change."""

from __future__ import annotations

from dataclasses import replace

from archive.domain.findings import Family, Finding, Severity
from archive.domain.policies import Policy
from archive.domain.verdicts import Opinion, Verdict
from archive.verification.precedence import PRECEDENCE, PROPOSED_BY, headline, is_graver

_ON_WORDS = (Family.RENDERING, Family.MARKING, Family.TEXT)


def reweighed(opinion: Opinion, policy: Policy) -> Opinion:
    """The opinion under ``policy``: a pure function of both.

    A change of words that the policy weighs as major asks for a person (``altered_review``); one that no guard and no
    weight calls grave any more is ``altered_minor`` again. Every other verdict is the same under every policy.
    """
    findings = tuple(replace(finding, severity=policy.severity_of(finding.code)) for finding in opinion.findings)
    return replace(opinion, findings=findings, verdict=_verdict(opinion.verdict, findings))


def _verdict(verdict: Verdict, findings: tuple[Finding, ...]) -> Verdict:
    if verdict not in PRECEDENCE:
        return verdict
    guarded = any(finding.code.family is Family.GUARD for finding in findings)
    grave = any(
        PROPOSED_BY.get(finding.code) is Verdict.ALTERED_MINOR and finding.severity is Severity.MAJOR
        for finding in findings
    )
    if grave and is_graver(Verdict.ALTERED_REVIEW, verdict):
        return Verdict.ALTERED_REVIEW
    if verdict is Verdict.ALTERED_REVIEW and not guarded and not grave:
        return headline(PROPOSED_BY[f.code] for f in findings if f.code.family in _ON_WORDS and f.code in PROPOSED_BY)
    return verdict
