"""What one fetch may cost, and a deadline that counts down over all of its steps."""

from __future__ import annotations

import time
from dataclasses import dataclass

from archive.errors import CaptureError


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """The bounds of one fetch: seconds of wall clock, bytes, hops, attempts; and who we say we are.

    ``per_host`` is how many requests a second one host gets from this process; None switches the pace off (tests).
    """

    seconds: float = 20.0
    connect_seconds: float = 6.0
    hops: int = 5
    wire_bytes: int = 5_000_000
    decoded_bytes: int = 10_000_000
    header_bytes: int = 64_000
    attempts: int = 3
    retry_wait: float = 0.4
    per_host: float | None = 2.0
    user_agent: str = "OnRecord/0.1 (statement archive; keeps public posts and checks quotations of them)"


class Deadline:
    """A moment on the monotonic clock by which everything must be over."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds that remain, never negative."""
        return max(0.0, self._end - time.monotonic())

    def require(self) -> float:
        """Seconds that remain; CaptureError ``capture_timeout`` when there are none."""
        left = self.left()
        if left <= 0.0:
            raise CaptureError("The page took too long to arrive.", code="capture_timeout")
        return left
