from datetime import datetime, timedelta


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def __call__(self) -> datetime:
        return self._now

    def pass_by(self, time: timedelta) -> None:
        self._now += time
