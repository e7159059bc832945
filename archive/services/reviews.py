"""Reviews: a person's decision on a judgement, appended like the engine's own; nothing is ever edited."""

from __future__ import annotations

from dataclasses import replace

from archive import storage
from archive.domain.ids import JudgementId, ReviewId, new_id
from archive.domain.reviews import Review, ReviewAction
from archive.domain.verdicts import Decidability, Judgement, Opinion, Verdict
from archive.errors import InvalidInputError
from archive.runtime import Runtime
from archive.services import evidence

_DECIDED: dict[ReviewAction, Verdict] = {
    ReviewAction.DISPUTE: Verdict.DISPUTED,
    ReviewAction.WITHDRAW: Verdict.WITHDRAWN,
}


def review_judgement(
    runtime: Runtime,
    judgement_id: JudgementId,
    *,
    action: ReviewAction,
    reviewer: str,
    reason: str,
    verdict: Verdict | None = None,
) -> Judgement:
    """Record a person's decision; the judgement it leads to supersedes the one reviewed.

    Needs a named reviewer and a reason; an override needs the verdict it puts in place (``review_incomplete``).
    """
    if not reviewer.strip() or not reason.strip():
        raise InvalidInputError("A review needs a name and a reason.", code="review_incomplete")
    if (action is ReviewAction.OVERRIDE) != (verdict is not None):
        raise InvalidInputError("A verdict is given with an override, and only then.", code="review_incomplete")
    now = runtime.now()
    with runtime.database.writing() as session:
        reviewed = storage.checks.judgement(session, judgement_id)
        review = Review(
            id=ReviewId(new_id()),
            judgement_id=judgement_id,
            action=action,
            reviewer=reviewer.strip(),
            reason=reason.strip(),
            decided_at=now,
            verdict=verdict,
        )
        storage.reviews.add(session, review)
        decided = Judgement(
            id=JudgementId(new_id()),
            number=reviewed.number,
            opinion=_after(reviewed.opinion, review),
            policy=reviewed.policy,
            engine_version=reviewed.engine_version,
            decided_at=now,
            decided_by=review.reviewer,
            check_id=reviewed.check_id,
            article_id=reviewed.article_id,
            reason=review.reason,
            supersedes=reviewed.id,
        )
        storage.checks.add_judgement(session, decided)
        evidence.record_judgement(session, decided, at=now)
    return decided


def _after(opinion: Opinion, review: Review) -> Opinion:
    """The opinion as the person leaves it. Confirming that a guard's alarm is right makes ``altered_review`` material."""
    verdict = review.verdict or _DECIDED.get(review.action, opinion.verdict)
    if review.action is ReviewAction.CONFIRM and opinion.verdict is Verdict.ALTERED_REVIEW:
        verdict = Verdict.ALTERED_MATERIAL
    open_still = review.action is ReviewAction.DISPUTE
    axes = replace(
        opinion.axes, decidability=Decidability.NEEDS_PERSON if open_still else Decidability.DECIDED
    )
    return replace(opinion, verdict=verdict, axes=axes)
