"""Adoption: noting in the custody log what was written before the log noted such things, once, after an upgrade."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.domain.custody import CustodyKind, batch_manifest, canonical_manifest, salted_digest
from archive.domain.ids import PostId
from archive.domain.voices import VoiceBasis
from archive.storage import attributions, custody, entries, posts, redactions, second_copies
from archive.storage.rows.accounts import AccountRow
from archive.storage.rows.custody import CustodyRow
from archive.storage.rows.posts import ObservationRow, PostRow

LOOKS = "observations"
"""The subject of the entry on all looks that were made before each got an entry of its own."""


def adopt(session: Session, *, at: datetime, before: str | None, after: str | None) -> None:
    """Note that the database's build changed, and whatever it holds that was never noted. Twice does no harm."""
    size = custody.lock(session)
    if before != after and size:
        manifest = canonical_manifest({"v": 2, "from": before, "to": after})
        custody.append_document(session, CustodyKind.MIGRATION, "database", manifest=manifest, at=at)
        _keep_former_names(session, at=at)
    attributions.keep_everything(session)
    _keep_looks(session, at=at)
    second_copies.adopt(session, at=at)


def looks_manifest(session: Session) -> bytes | None:
    """The manifest of all looks without an entry of their own; None where there are none."""
    query = select(ObservationRow, PostRow.id).join(PostRow, PostRow.seq == ObservationRow.post_seq)
    rows = session.execute(query.where(ObservationRow.custody_index.is_(None)).order_by(ObservationRow.seq))
    digests = redactions.everything(session).looks()
    digests |= {look.seq: look_digest(look, PostId(post_id)) for look, post_id in rows}
    return batch_manifest([digests[seq] for seq in sorted(digests)]) if digests else None


def look_digest(look: ObservationRow, post_id: PostId) -> bytes:
    """What one such look contributes to the manifest of all."""
    manifest = posts.observation_manifest(posts.observation_of_row(look), post_id)
    return salted_digest(f"{look.seq} ".encode() + manifest, salt=None)


def looks_problems(session: Session, *, since: int = 0) -> Iterator[str]:
    """Looks without an entry of their own that are not those adopted."""
    adopted = [entry for _, subject, entry in entries.entries(session, CustodyKind.OBSERVATION) if subject == LOOKS]
    manifest = looks_manifest(session)
    if (manifest is None) != (not adopted) or not all(entry.fits(manifest or b"") for entry in adopted):
        yield "There are looks at originals that are not as the custody log knows them."


def _keep_looks(session: Session, *, at: datetime) -> None:
    is_noted = select(CustodyRow.position).where(CustodyRow.subject == LOOKS).limit(1)
    manifest = looks_manifest(session)
    if manifest is not None and session.scalar(is_noted) is None:
        custody.append_document(session, CustodyKind.OBSERVATION, LOOKS, manifest=manifest, at=at)


def _keep_former_names(session: Session, *, at: datetime) -> None:
    """Names that profiles showed when posts were archived, and show no more: voices of those posts keep them."""
    query = (
        select(PostRow.account_id, PostRow.voice_name)
        .join(AccountRow, AccountRow.id == PostRow.account_id)
        .where(PostRow.voice_basis == VoiceBasis.PROFILE, PostRow.voice_name != AccountRow.display_name)
        .distinct()
    )
    names: dict[UUID, set[str]] = {}
    for account_id, name in session.execute(query):
        names.setdefault(account_id, set()).add(name)
    for account_id, former in sorted(names.items()):
        manifest = canonical_manifest({"v": 2, "names": sorted(former)})
        subject = f"names:{account_id}"
        custody.append_document(session, CustodyKind.ATTRIBUTION, subject, manifest=manifest, at=at)
