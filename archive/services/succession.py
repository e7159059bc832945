"""Succession: the engine's next judgement on the same quotation, and whether it says anything new."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from archive.domain.findings import Family, Finding
from archive.domain.ids import JudgementId, new_id
from archive.domain.verdicts import Judgement, Opinion
from archive.verification.verdicts import ENGINE_VERSION

ENGINE = "engine"


def differs(old: Opinion, new: Opinion) -> bool:
    """Whether an opinion says anything else than the one before it; what was noted of the article is left out."""
    return _gist(old) != _gist(new)


def successor(judgement: Judgement, opinion: Opinion, *, at: datetime) -> Judgement:
    """The engine's next judgement on the same quotation."""
    return replace(
        judgement,
        id=JudgementId(new_id()),
        opinion=opinion,
        engine_version=ENGINE_VERSION,
        decided_at=at,
        decided_by=ENGINE,
        reason=None,
        supersedes=judgement.id,
    )


def _gist(opinion: Opinion) -> tuple[object, ...]:
    findings = tuple(finding for finding in opinion.findings if finding.code.family is not Family.ARTICLE_STATE)
    evidence = tuple((item.statement.snapshot.id, item.grade) for item in opinion.evidence)
    return opinion.verdict, opinion.axes, findings, evidence, opinion.coverage


def carried_over(old: Opinion, new: Opinion) -> Opinion:
    """The new opinion with what was noted of the article itself (P findings), which judging does not look at."""
    return replace(new, findings=(*new.findings, *_of_article(old)))


def _of_article(opinion: Opinion) -> tuple[Finding, ...]:
    return tuple(finding for finding in opinion.findings if finding.code.family is Family.ARTICLE_STATE)
