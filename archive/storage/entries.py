"""Entries to compare with: what the custody log committed to, by place and by subject, and whether a manifest fits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.domain.custody import CustodyKind, commitment
from archive.storage import redactions
from archive.storage.rows.custody import CustodyManifestRow, CustodyRow, CustodySaltRow


@dataclass(frozen=True, slots=True)
class Entry:
    """What one entry committed to: its version, the commitment, and its salt (None in version 1, and once removed)."""

    version: int
    commit: str
    salt: bytes | None

    def fits(self, manifest: bytes) -> bool:
        """Whether that manifest is the one."""
        if self.version == 1:
            return self.salt is None and commitment(manifest, salt=None) == self.commit
        return self.salt is not None and commitment(manifest, salt=self.salt) == self.commit


def by_index(session: Session, kind: CustodyKind, *, since: int = 0) -> dict[int, Entry]:
    """The entries of one kind from that index on, by their place."""
    return {position: entry for position, _, entry in entries(session, kind, since=since)}


def by_subject(session: Session, kind: CustodyKind, *, since: int = 0) -> dict[str, list[Entry]]:
    """The entries of one kind from that index on, by subject; anyone may have added a second entry on one."""
    found: dict[str, list[Entry]] = {}
    for _, subject, entry in entries(session, kind, since=since):
        found.setdefault(subject, []).append(entry)
    return found


def entries(session: Session, kind: CustodyKind, *, since: int = 0) -> Iterator[tuple[int, str, Entry]]:
    """Place, subject and commitment of each entry of one kind from that index on, in order.

    Entries that lost their salt to a removal on record are left out: nothing is held that could fit them.
    """
    removed = redactions.everything(session)
    query = (
        select(CustodyRow.position, CustodyRow.subject, CustodyRow.version, CustodyRow.commitment, CustodySaltRow.salt)
        .outerjoin(CustodySaltRow, CustodySaltRow.position == CustodyRow.position)
        .where(CustodyRow.kind == kind, CustodyRow.position >= since)
        .order_by(CustodyRow.position)
    )
    for position, subject, version, commit, salt in session.execute(query):
        if removed.of(redactions.SALTS, position) is None:
            yield position, subject, Entry(version, commit, salt)


def documents(session: Session) -> Iterator[tuple[int, CustodyKind, str, str, Entry]]:
    """Place, kind, subject, manifest and commitment of each entry whose manifest is kept beside it, in order."""
    query = (
        select(
            CustodyRow.position,
            CustodyRow.kind,
            CustodyRow.subject,
            CustodyManifestRow.manifest,
            CustodyRow.version,
            CustodyRow.commitment,
            CustodySaltRow.salt,
        )
        .join(CustodyManifestRow, CustodyManifestRow.position == CustodyRow.position)
        .outerjoin(CustodySaltRow, CustodySaltRow.position == CustodyRow.position)
        .order_by(CustodyRow.position)
    )
    for position, kind, subject, manifest, version, commit, salt in session.execute(query):
        yield position, kind, subject, manifest, Entry(version, commit, salt)
