"""What one look says of a post, as a closed set."""

from __future__ import annotations

from enum import StrEnum


class PostState(StrEnum):
    """What one look says of a post; ``gone`` still needs a second look before it counts."""

    LIVE = "live"
    GONE = "gone"
    WITHHELD = "withheld"
    """There, but not for us: age gate, region, signed-in readers only, withdrawn by law (451)."""
    WITHDRAWN = "withdrawn"
    """Still shown, and marked as no longer valid."""
    MOVED = "moved"
    ACCOUNT_GONE = "account_gone"
    BLOCKED_US = "blocked_us"
    UNKNOWN = "unknown"
