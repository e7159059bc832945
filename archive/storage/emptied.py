"""Emptied judgements: what stays of a judgement once the words it compared were removed.

Verdict, axes, codes and the article's own words stay; the archived words, and every sentence that may repeat them, go.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from archive.domain.claims import Attribution, Claim, Quotation
from archive.domain.findings import Finding
from archive.domain.ids import PostId
from archive.domain.verdicts import Evidence, Judgement, Opinion
from archive.storage import judgement_json

EXPLANATION = (
    "The statement that this judgement rested on was removed on purpose; the verdict is what was found before."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """Statements removed whole, and single snapshots."""

    posts: frozenset[PostId]
    snapshots: frozenset[UUID]

    def has(self, evidence: Evidence) -> bool:
        """Whether the words compared are among what was removed."""
        statement = evidence.statement
        return statement.post.id in self.posts or statement.snapshot.id in self.snapshots


def without_words(document: str, removed: Removed) -> str:
    """A judgement's text without removed statements; the same text where it rests on none of them."""
    judgement = judgement_json.from_text(document)
    opinion = judgement.opinion
    if not any(removed.has(item) for item in (*opinion.evidence, *opinion.others)):
        return document
    return judgement_json.text_of(replace(judgement, opinion=_emptied(opinion, removed)))


def without_article(document: str) -> str:
    """A judgement's text without its article's words and all it compared them with."""
    judgement = judgement_json.from_text(document)
    opinion = judgement.opinion
    claim = Claim(quotation=Quotation(spans=(), content=""), attribution=Attribution())
    bare = replace(
        opinion, claim=claim, evidence=(), others=(), findings=bare_findings(opinion), explanation=EXPLANATION
    )
    return judgement_json.text_of(_without_reason(replace(judgement, opinion=bare)))


def _emptied(opinion: Opinion, removed: Removed) -> Opinion:
    others = tuple(item for item in opinion.others if not removed.has(item))
    lost = [item for item in opinion.evidence if removed.has(item)]
    if not lost:
        return replace(opinion, others=others)
    return replace(
        opinion,
        evidence=tuple(item for item in opinion.evidence if not removed.has(item)),
        others=others,
        findings=bare_findings(opinion),
        explanation=EXPLANATION,
        redacted=tuple(dict.fromkeys((*opinion.redacted, *(item.statement.post.id for item in lost)))),
    )


def bare_findings(opinion: Opinion) -> tuple[Finding, ...]:
    """The findings of an opinion by their codes: their sentences and places say what was there."""
    return tuple(replace(finding, explanation=_name(finding), archived=None) for finding in opinion.findings)


def _name(finding: Finding) -> str:
    return finding.code.label.replace("_", " ").capitalize() + "."


def _without_reason(judgement: Judgement) -> Judgement:
    return replace(judgement, reason=None)
