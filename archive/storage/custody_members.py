"""Members of an entry: the way from one snapshot to the custody entry that commits to its whole batch."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.domain.custody import CustodyEvent, batch_manifest, commitment
from archive.domain.ids import PostId, SnapshotId
from archive.domain.merkle import inclusion_proof, leaf_hash
from archive.errors import CustodyError, NotFoundError
from archive.storage import commitments, custody, redactions
from archive.storage.bulk import post_of_row, snapshot_of_row
from archive.storage.rows.custody import CustodySaltRow
from archive.storage.rows.posts import PostRow, SnapshotRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """How one snapshot is part of an entry: its values, its place and path in the batch, and the salts."""

    event: CustodyEvent
    values: tuple[object, ...]
    snapshot_salt: bytes
    place: int
    size: int
    path: tuple[bytes, ...]
    entry_salt: bytes

    def document(self) -> dict[str, object]:
        """The way as JSON: everything a stranger needs besides the text, to compute the entry's leaf hash."""
        return {
            "v": 2,
            "entry": self.event.canonical().decode("utf-8"),
            "entry_salt": self.entry_salt.hex(),
            "batch": {"place": self.place, "size": self.size, "path": [step.hex() for step in self.path]},
            "snapshot": list(self.values),
            "snapshot_salt": self.snapshot_salt.hex(),
        }


def of_snapshot(session: Session, snapshot_id: SnapshotId) -> Membership:
    """The way from that snapshot to its entry.

    NotFoundError ``no_such_snapshot``, and for one of version 1, which has no short way; CustodyError where what is
    held differs from what the entry committed to.
    """
    query = select(SnapshotRow, PostRow).join(PostRow, PostRow.seq == SnapshotRow.post_seq)
    mine = session.execute(query.where(SnapshotRow.id == snapshot_id)).one_or_none()
    if mine is None or mine[0].salt is None:
        raise NotFoundError("There is no such snapshot with a proof of its own.", code="no_such_snapshot")
    own, post = mine
    own_salt = bytes(mine[0].salt)
    batch = query.where(SnapshotRow.custody_index == own.custody_index).order_by(SnapshotRow.seq)
    # What a removed member contributed stays: the others go on proving themselves.
    members = dict(redactions.everything(session).snapshot_digests().get(own.custody_index, ()))
    members |= {row.seq: _digest(row, owner) for row, owner in session.execute(batch)}
    numbers = sorted(members)
    digests, place = [members[number] for number in numbers], numbers.index(own.seq)
    event = custody.events(session, start=own.custody_index, limit=1)[0]
    salt = session.scalar(select(CustodySaltRow.salt).where(CustodySaltRow.position == event.index))
    if salt is None or commitment(batch_manifest(digests), salt=salt) != event.commit:
        raise CustodyError("The snapshots of that entry differ from what it committed to.")
    return Membership(
        event=event,
        values=commitments.snapshot_values(
            post_of_row(post), snapshot_of_row(own, PostId(post.id)), replaced=own.replaced
        ),
        snapshot_salt=own_salt,
        place=place,
        size=len(digests),
        path=inclusion_proof([leaf_hash(digest) for digest in digests], place),
        entry_salt=salt,
    )


def _digest(row: SnapshotRow, post: PostRow) -> bytes:
    snapshot = snapshot_of_row(row, PostId(post.id))
    return commitments.snapshot_digest(post_of_row(post), snapshot, replaced=row.replaced, salt=row.salt)
