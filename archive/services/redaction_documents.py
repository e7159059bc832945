"""JSON documents of removals: requests with their answers, and tombstones."""

from __future__ import annotations

from archive.domain.redactions import Redaction, Tombstone
from archive.services.moments import instant

Document = dict[str, object]


def redaction_document(redaction: Redaction) -> Document:
    """A request with its answer."""
    asked, decision = redaction.request, redaction.decision
    return {
        "id": str(asked.id),
        "kind": asked.kind.value,
        "target": str(asked.target),
        "basis": asked.basis.value,
        "note": asked.note,
        "requested_by": {"name": asked.requested_by.name, "role": asked.requested_by.role},
        "requested_at": instant(asked.requested_at),
        "decision": None
        if decision is None
        else {
            "outcome": decision.outcome.value,
            "decided_by": {"name": decision.decided_by.name, "role": decision.decided_by.role},
            "decided_at": instant(decision.decided_at),
            "custody_index": decision.custody_index,
        },
    }


def tombstone_document(tombstone: Tombstone) -> Document:
    """What is left of something removed."""
    return {
        "kind": tombstone.kind.value,
        "target": str(tombstone.target),
        "basis": tombstone.basis.value,
        "note": tombstone.note,
        "removed_at": instant(tombstone.removed_at),
        "custody_index": tombstone.custody_index,
        "commitments": [{"index": kept.index, "commitment": str(kept.commit)} for kept in tombstone.commitments],
    }
