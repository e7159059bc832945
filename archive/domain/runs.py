"""Runs: one night's work and its report."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from archive.domain.ids import RunId


class StepOutcome(StrEnum):
    """How one step of a night ended."""

    FINE = "fine"
    NEEDS_PERSON = "needs_person"
    PARTLY_FAILED = "partly_failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One item that was passed over, with its stable error code."""

    item: str
    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepReport:
    """What one step did: how many items it looked at, how many changed, what needs a person, what failed."""

    name: str
    looked_at: int = 0
    changed: int = 0
    alarms: tuple[str, ...] = field(default=())
    failures: tuple[Failure, ...] = field(default=())

    @property
    def outcome(self) -> StepOutcome:
        """How the step ended: an alarm goes before a failure."""
        if self.alarms:
            return StepOutcome.NEEDS_PERSON
        return StepOutcome.PARTLY_FAILED if self.failures else StepOutcome.FINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One night: when it began and ended, and its steps in order."""

    id: RunId
    began_at: datetime
    finished_at: datetime | None = None
    steps: tuple[StepReport, ...] = field(default=())

    @property
    def exit_status(self) -> int:
        """0 fine, 1 needs a person, 3 partly failed."""
        outcomes = {step.outcome for step in self.steps}
        if StepOutcome.NEEDS_PERSON in outcomes:
            return 1
        return 3 if StepOutcome.PARTLY_FAILED in outcomes else 0
