"""Offices and who held them, from when to when, with proof."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from archive.domain.accounts import Proof
from archive.domain.ids import HoldingId, OfficeId, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A role that can be held ("Minister of Fisheries") or an institution that speaks ("Ministry of Fisheries").

    ``institution`` is true for the latter: it has no holder and its accounts speak for it.
    """

    id: OfficeId
    title: str
    aliases: tuple[str, ...] = field(default=())
    country: str | None = None
    institution: bool = False
    wikidata: str | None = None

    @property
    def titles(self) -> tuple[str, ...]:
        """Every form of the title, the printed one first."""
        return (self.title, *self.aliases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A person held an office from ``since`` to ``until`` (both included; None = unknown or still)."""

    id: HoldingId
    person_id: PersonId
    office_id: OfficeId
    since: date | None = None
    until: date | None = None
    proof: Proof = field(default_factory=Proof)

    def holds_on(self, day: date) -> bool:
        """Whether the office was held on ``day``."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def holdings_on(holdings: Iterable[Holding], day: date) -> tuple[Holding, ...]:
    """Those of ``holdings`` in force on ``day``, in their order."""
    return tuple(holding for holding in holdings if holding.holds_on(day))
