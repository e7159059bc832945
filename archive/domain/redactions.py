"""Redactions: removal on purpose, on a legal basis, asked for by one person and confirmed by another.

The content goes; that there was something, when, and what the custody log committed to stays, as a tombstone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from archive.domain.captures import Digest
from archive.errors import ConflictError, GoneError, InvalidInputError

RedactionId = NewType("RedactionId", UUID)


class TargetKind(StrEnum):
    """What is removed: a statement with all its versions, or a capture with all that was read from it."""

    STATEMENT = "statement"
    CAPTURE = "capture"


class RedactionBasis(StrEnum):
    """On what ground content is removed; shown on the tombstone."""

    ERASURE_REQUEST = "erasure_request"
    """A person's right to erasure (GDPR article 17 and its like)."""
    COURT_ORDER = "court_order"
    AUTHORITY_ORDER = "authority_order"
    PLATFORM_REQUEST = "platform_request"
    COPYRIGHT = "copyright"
    DANGER_TO_A_PERSON = "danger_to_a_person"
    TAKEN_IN_BY_MISTAKE = "taken_in_by_mistake"
    """It should never have been in this archive: a private person's post, another account's."""


class RedactionOutcome(StrEnum):
    """What the second person said."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """One of the two people: a name, and the role they act in; both are stored."""

    name: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RedactionRequest:
    """One person asks for a removal. ``note`` is public: nothing of what is to be removed may stand in it."""

    id: RedactionId
    kind: TargetKind
    target: UUID
    basis: RedactionBasis
    requested_by: Signatory
    requested_at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RedactionDecision:
    """The second person's answer."""

    outcome: RedactionOutcome
    decided_by: Signatory
    decided_at: datetime
    custody_index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """A request with its answer; ``decision`` is None while it waits for the second person."""

    request: RedactionRequest
    decision: RedactionDecision | None = None

    @property
    def is_pending(self) -> bool:
        """Whether a second person has yet to answer."""
        return self.decision is None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCommitment:
    """What the custody log keeps of something removed: the entry and its commitment, which say nothing without the
    content, its salt and manifest."""

    index: int
    commit: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What is left of something removed: when, on what basis, and the commitments of the custody log."""

    request_id: RedactionId
    kind: TargetKind
    target: UUID
    basis: RedactionBasis
    note: str
    requested_at: datetime
    removed_at: datetime
    custody_index: int
    commitments: tuple[KeptCommitment, ...] = field(default=())


class RedactedError(GoneError):
    """What was asked for was removed on purpose; carries the tombstone."""

    code = "removed"

    def __init__(self, tombstone: Tombstone) -> None:
        words = tombstone.basis.value.replace("_", " ")
        super().__init__(f"This was removed on {tombstone.removed_at:%Y-%m-%d} (basis: {words}).")
        self.tombstone = tombstone


def require_signatory(signatory: Signatory) -> Signatory:
    """The signatory without surrounding space; InvalidInputError ``redaction_incomplete`` without name or role."""
    name, role = " ".join(signatory.name.split()), " ".join(signatory.role.split())
    if not name or not role:
        raise InvalidInputError("A removal is signed with a name and a role.", code="redaction_incomplete")
    return Signatory(name=name, role=role)


def require_second_person(first: Signatory, second: Signatory) -> None:
    """ConflictError ``second_person_needed`` unless two people in two roles sign."""
    if first.name.casefold() == second.name.casefold():
        raise ConflictError(
            "Whoever asked cannot decide: a removal needs a second person.", code="second_person_needed"
        )
    if first.role.casefold() == second.role.casefold():
        raise ConflictError(
            f"Both act as {first.role}: the second person decides in another role.", code="second_person_needed"
        )
