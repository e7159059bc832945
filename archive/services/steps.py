"""Steps of the night: items one by one, each with its own transaction; a failing one is recorded and passed over."""

from __future__ import annotations

from archive.domain.runs import Failure, StepReport
from archive.errors import ArchiveError
from archive.logs import logger_of

log = logger_of("services.steps")


class StepLog:
    """What a step has done so far."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._looked_at = 0
        self._changed = 0
        self._alarms: list[str] = []
        self._failures: list[Failure] = []

    def looked(self, items: int = 1) -> None:
        """One more item was looked at, or several."""
        self._looked_at += items

    def changed(self) -> None:
        """One more item changed."""
        self._changed += 1

    def alarm(self, sentence: str) -> None:
        """Something needs a person."""
        self._alarms.append(sentence)

    def failed(self, item: str, error: Exception) -> None:
        """An item failed and is passed over; what nobody raised on purpose is logged with its trace."""
        if isinstance(error, ArchiveError):
            self._failures.append(Failure(item=item, code=error.code, message=error.message))
            return
        log.error("step.broken", step=self._name, item=item, exc_info=error)
        self._failures.append(
            Failure(item=item, code="internal_error", message="Something went wrong inside the archive.")
        )

    def report(self) -> StepReport:
        """The step's report."""
        return StepReport(
            name=self._name,
            looked_at=self._looked_at,
            changed=self._changed,
            alarms=tuple(self._alarms),
            failures=tuple(self._failures),
        )
