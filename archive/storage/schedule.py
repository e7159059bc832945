"""When an original is due to be looked at again: young ones often, old ones rarely, suspected ones soon."""

from __future__ import annotations

from datetime import datetime, timedelta

from archive.domain.availability import TWO_LOOKS_APART, Availability

_BY_AGE = (
    (timedelta(days=1), timedelta(hours=2)),
    (timedelta(days=7), timedelta(hours=12)),
    (timedelta(days=30), timedelta(days=1)),
    (timedelta(days=365), timedelta(days=7)),
)
_OLD = timedelta(days=30)


def next_look(*, published: datetime, looked: datetime, availability: Availability = Availability.LIVE) -> datetime:
    """When a thing published then and looked at just now is due again."""
    if availability is Availability.SUSPECTED_GONE:
        return looked + TWO_LOOKS_APART
    age = looked - published
    return looked + next((pause for limit, pause in _BY_AGE if age < limit), _OLD)
