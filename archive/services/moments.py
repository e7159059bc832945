"""Moments: times and days as the JSON documents write them."""

from __future__ import annotations

from datetime import UTC, date, datetime


def instant(at: datetime | None) -> str | None:
    """A time in UTC to the second, as ISO 8601 writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at is not None else None


def day(on: date | None) -> str | None:
    """A day as ISO 8601 writes it."""
    return on.isoformat() if on is not None else None
