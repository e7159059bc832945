"""Reviews: a person's decision on a judgement, appended like the engine's own; nothing is ever edited."""

from __future__ import annotations

from archive import storage
from archive.domain.ids import JudgementId, ReviewId, new_id
from archive.domain.reviews import Review, ReviewAction
from archive.domain.verdicts import Judgement, Verdict
from archive.errors import InvalidInputError
from archive.runtime import Runtime
from archive.services import showing
from archive.verification.reviews import apply_review


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
    _require_complete(action, reviewer=reviewer, reason=reason, verdict=verdict)
    with runtime.database.writing() as session:
        reviewed = storage.checks.judgement(session, judgement_id)
        review = Review(
            id=ReviewId(new_id()),
            judgement_id=judgement_id,
            action=action,
            reviewer=reviewer.strip(),
            reason=reason.strip(),
            decided_at=runtime.now(),
            verdict=verdict,
        )
        storage.reviews.add(session, review)
        decided = _decided(reviewed, review)
        storage.checks.add_judgement(session, decided)
    return showing.shown_judgement(runtime, decided)


def _require_complete(action: ReviewAction, *, reviewer: str, reason: str, verdict: Verdict | None) -> None:
    if not reviewer.strip() or not reason.strip():
        raise InvalidInputError("A review needs a name and a reason.", code="review_incomplete")
    if (action is ReviewAction.OVERRIDE) != (verdict is not None):
        raise InvalidInputError("A verdict is given with an override, and only then.", code="review_incomplete")


def _decided(reviewed: Judgement, review: Review) -> Judgement:
    return Judgement(
        id=JudgementId(new_id()),
        number=reviewed.number,
        opinion=apply_review(reviewed.opinion, review),
        policy=reviewed.policy,
        engine_version=reviewed.engine_version,
        decided_at=review.decided_at,
        decided_by=review.reviewer,
        check_id=reviewed.check_id,
        article_id=reviewed.article_id,
        reason=review.reason,
        supersedes=reviewed.id,
    )
