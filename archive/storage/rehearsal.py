"""Rehearsal: what taking readings in would add, batch after batch, with nothing written."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from archive.domain.ids import CaptureId
from archive.storage import held
from archive.storage.bulk import BulkResult
from archive.storage.held import Held
from archive.storage.prepared import PreparedPosts


class Rehearsal:
    """Remembers what the batches before have shown, as the archive would: their posts and the newest text of each."""

    def __init__(self, *, capture_id: CaptureId, seen_at: datetime) -> None:
        """A rehearsal of one capture's batches."""
        self._capture_id = capture_id
        self._seen_at = seen_at
        self._held: dict[bytes, Held] = {}

    def take(self, session: Session, batch: PreparedPosts) -> BulkResult:
        """What the next batch would add."""
        self._held |= held.newest(session, [identifier for identifier in batch.ids if identifier not in self._held])
        new = edited = 0
        for place, identifier in enumerate(batch.ids):
            known = self._held.get(identifier)
            if known is None:
                new += 1
                self._held[identifier] = Held(
                    seq=0, version=1, text=batch.texts[place], truncated=batch.truncated[place]
                )
                continue
            snapshot = held.next_version(known, batch, place, capture_id=self._capture_id, seen_at=self._seen_at)
            if snapshot is not None:
                edited += 1
                known.version, known.text, known.truncated = snapshot.version, snapshot.text, snapshot.truncated
        return BulkResult(new_posts=new, new_snapshots=new + edited, unchanged=len(batch) - new - edited)
