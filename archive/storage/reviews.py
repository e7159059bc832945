"""Reviews: what people decided about judgements, appended."""

from __future__ import annotations

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from archive.domain.custody import CustodyKind
from archive.domain.ids import JudgementId, ReviewId
from archive.domain.reviews import Review
from archive.storage import commitments, custody, writing
from archive.storage.rows.checks import ReviewRow
from archive.storage.stored import storable


def add(session: Session, review: Review) -> None:
    """Append a review and commit to it."""
    custody.lock(session)
    manifest, subject = manifest_of(review), f"review:{review.id}"
    event = custody.append(session, CustodyKind.JUDGEMENT, subject, manifest=manifest, at=review.decided_at)
    values = {
        "seq": writing.next_number(session, ReviewRow.seq),
        "id": review.id,
        "judgement_id": review.judgement_id,
        "action": review.action,
        "reviewer": review.reviewer,
        "reason": review.reason,
        "decided_at": review.decided_at,
        "verdict": review.verdict,
        "custody_index": event.index,
    }
    session.execute(insert(ReviewRow), values)


def of_judgement(session: Session, judgement_id: JudgementId) -> tuple[Review, ...]:
    """Every review of a judgement, the first one first."""
    query = select(ReviewRow).where(ReviewRow.judgement_id == judgement_id).order_by(ReviewRow.seq)
    return tuple(review_of_row(row) for row in session.scalars(query))


def manifest_of(review: Review) -> bytes:
    """What the custody entry of a review commits to."""
    return commitments.values_manifest(
        review.id.hex,
        review.judgement_id.hex,
        review.action.value,
        storable(review.reviewer),
        storable(review.reason),
        commitments.moment(review.decided_at),
        None if review.verdict is None else review.verdict.value,
    )


def review_of_row(row: ReviewRow) -> Review:
    """The value of a row."""
    return Review(
        id=ReviewId(row.id),
        judgement_id=JudgementId(row.judgement_id),
        action=row.action,
        reviewer=row.reviewer,
        reason=row.reason,
        decided_at=row.decided_at,
        verdict=row.verdict,
    )
