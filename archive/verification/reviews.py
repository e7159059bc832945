"""Reviews: what a person's decision makes of an opinion. The opinion before it stays stored; this is the next one."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from archive.domain.findings import Family
from archive.domain.reviews import Review, ReviewAction
from archive.domain.verdicts import Axes, Decidability, Opinion, Verdict
from archive.errors import InvalidInputError
from archive.verification.precedence import CONTEXT_GUARDS


def apply_review(opinion: Opinion, review: Review) -> Opinion:
    """The opinion after one person's review.

    Confirming a proposed change of meaning (``altered_review``) makes it ``altered_material``, or ``context_altered``
    where only what stood around the words was lost; confirming anything else settles
    it. A disputed opinion is ``disputed`` until another review settles it. InvalidInputError
    (``review_without_verdict``) when an override names no verdict.
    """
    verdict = _verdict_after(opinion, review)
    said = f"{_SAID[review.action]} by {review.reviewer}: {review.reason}".rstrip(": ")
    return replace(
        opinion,
        verdict=verdict,
        axes=_axes_after(opinion.axes, verdict),
        explanation=f"{opinion.explanation} {said}{'' if said.endswith(('.', '!', '?')) else '.'}",
    )


_SAID = {
    ReviewAction.CONFIRM: "Confirmed",
    ReviewAction.DISPUTE: "Disputed",
    ReviewAction.OVERRIDE: "Decided otherwise",
    ReviewAction.WITHDRAW: "Withdrawn",
}


def _verdict_after(opinion: Opinion, review: Review) -> Verdict:
    match review.action:
        case ReviewAction.CONFIRM:
            return _confirmed(opinion)
        case ReviewAction.DISPUTE:
            return Verdict.DISPUTED
        case ReviewAction.WITHDRAW:
            return Verdict.WITHDRAWN
        case ReviewAction.OVERRIDE:
            if review.verdict is None:
                raise InvalidInputError("An override must name the verdict.", code="review_without_verdict")
            return review.verdict
        case _ as never:
            assert_never(never)


def _confirmed(opinion: Opinion) -> Verdict:
    if opinion.verdict is not Verdict.ALTERED_REVIEW:
        return opinion.verdict
    guards = {finding.code for finding in opinion.findings if finding.code.family is Family.GUARD}
    return Verdict.CONTEXT_ALTERED if guards and guards <= set(CONTEXT_GUARDS) else Verdict.ALTERED_MATERIAL


def _axes_after(axes: Axes, verdict: Verdict) -> Axes:
    waiting = verdict in (Verdict.DISPUTED, Verdict.PENDING, Verdict.ALTERED_REVIEW)
    settled = axes.decidability in (Decidability.NEEDS_PERSON, Decidability.DECIDED)
    if waiting:
        return replace(axes, decidability=Decidability.NEEDS_PERSON)
    return replace(axes, decidability=Decidability.DECIDED) if settled else axes
