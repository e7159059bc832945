"""Availability: can the original still be seen? A closed set; an error is never a deletion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from archive.domain.accounts import Platform

TWO_LOOKS_APART = timedelta(hours=6)
"""Two observations at least this far apart before "gone" (security.md 2, point 9)."""


class Availability(StrEnum):
    """The state of an original, as we know it."""

    NOT_CHECKED = "not_checked"
    LIVE = "live"
    EDITED = "edited"
    WITHDRAWN = "withdrawn"
    SUSPECTED_GONE = "suspected_gone"
    """One look found it gone; a second one has to confirm."""
    GONE = "gone"
    ACCOUNT_GONE = "account_gone"
    WITHHELD = "withheld"
    MOVED = "moved"
    BLOCKED_FOR_US = "blocked_for_us"
    UNKNOWN = "unknown"
    RESTORED = "restored"


HEEDED = (Platform.BLUESKY,)
"""Platforms where "withheld" is the author's own wish: whoever is not signed in there shall not read the words. It
holds from the look that saw the wish until one that no longer sees it."""


def is_kept_from_strangers(platform: Platform, availability: Availability | None) -> bool:
    """Whether a post's author asks that strangers are shown nothing of it."""
    return platform in HEEDED and availability is Availability.WITHHELD


class Sighting(StrEnum):
    """What one look showed."""

    SEEN = "seen"
    CHANGED = "changed"
    MARKED_WITHDRAWN = "marked_withdrawn"
    ABSENT = "absent"
    TOMBSTONE = "tombstone"
    ACCOUNT_ABSENT = "account_absent"
    WITHHELD = "withheld"
    MOVED = "moved"
    BLOCKED = "blocked"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One look at an original: what it showed and when (aware UTC)."""

    seen_at: datetime
    sighting: Sighting


@dataclass(frozen=True, slots=True, kw_only=True)
class AvailabilityState:
    """Where an original stands: the state, since when, and the first look that found it absent, while unconfirmed."""

    availability: Availability = Availability.NOT_CHECKED
    since: datetime | None = None
    last_seen: datetime | None = None
    suspected_at: datetime | None = None


_PLAIN = {
    Sighting.MARKED_WITHDRAWN: Availability.WITHDRAWN,
    Sighting.WITHHELD: Availability.WITHHELD,
    Sighting.MOVED: Availability.MOVED,
}
_ABSENT = {Sighting.ABSENT: Availability.GONE, Sighting.ACCOUNT_ABSENT: Availability.ACCOUNT_GONE}
_GONE = (Availability.GONE, Availability.ACCOUNT_GONE)


def next_availability(state: AvailabilityState, observation: Observation) -> AvailabilityState:
    """Where an original stands after one more look.

    Blocked and failed looks say something about us, not the post: they move only a state that was never certain.
    Absence needs two looks at least ``TWO_LOOKS_APART`` from each other; a tombstone by the platform needs one.
    """
    at, sighting = observation.seen_at, observation.sighting
    if sighting in (Sighting.SEEN, Sighting.CHANGED):
        back = state.availability in _GONE
        plain = Availability.EDITED if sighting is Sighting.CHANGED else Availability.LIVE
        kept = state.availability if state.availability is Availability.EDITED and not back else plain
        return _moved(state, Availability.RESTORED if back else kept, at=at, last_seen=at)
    if sighting in (Sighting.BLOCKED, Sighting.FAILED):
        doubt = Availability.BLOCKED_FOR_US if sighting is Sighting.BLOCKED else Availability.UNKNOWN
        if state.availability in (*_GONE, Availability.SUSPECTED_GONE, Availability.WITHDRAWN):
            return state
        return _moved(state, doubt, at=at, last_seen=state.last_seen)
    if sighting is Sighting.TOMBSTONE:
        return _moved(state, Availability.GONE, at=at, last_seen=state.last_seen)
    if sighting in _PLAIN:
        return _moved(state, _PLAIN[sighting], at=at, last_seen=at)
    return _after_absence(state, at=at, confirmed=_ABSENT[sighting])


def _after_absence(state: AvailabilityState, *, at: datetime, confirmed: Availability) -> AvailabilityState:
    if state.availability in _GONE:
        return state
    if state.suspected_at is not None and at - state.suspected_at >= TWO_LOOKS_APART:
        return AvailabilityState(
            availability=confirmed, since=at, last_seen=state.last_seen, suspected_at=state.suspected_at
        )
    first = state.suspected_at or at
    return AvailabilityState(
        availability=Availability.SUSPECTED_GONE, since=first, last_seen=state.last_seen, suspected_at=first
    )


def _moved(
    state: AvailabilityState, availability: Availability, *, at: datetime, last_seen: datetime | None
) -> AvailabilityState:
    since = state.since if state.availability is availability else at
    return AvailabilityState(availability=availability, since=since, last_seen=last_seen)
