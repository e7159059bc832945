"""Reviews: a person confirms, disputes or overrides a judgement, with a reason; appended like the engine's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from archive.domain.ids import JudgementId, ReviewId
from archive.domain.verdicts import Verdict


class ReviewAction(StrEnum):
    """What a person says of a judgement."""

    CONFIRM = "confirm"
    DISPUTE = "dispute"
    OVERRIDE = "override"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One decision by one named person on one judgement. ``verdict`` is set for an override."""

    id: ReviewId
    judgement_id: JudgementId
    action: ReviewAction
    reviewer: str
    reason: str
    decided_at: datetime
    verdict: Verdict | None = None
