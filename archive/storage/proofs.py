"""What a receipt is made of: entries with their salts and paths, and the manifests that lead down to the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.domain.articles import ArticleVersion
from archive.domain.captures import Capture, digest_of
from archive.domain.custody import CustodyKind
from archive.domain.ids import ArticleId, JudgementId
from archive.domain.merkle import inclusion_proof
from archive.errors import NotFoundError
from archive.storage import articles, commitments, custody
from archive.storage.rows.checks import ArticleRow, JudgementRow
from archive.storage.rows.custody import CustodyRow, CustodySaltRow

NO_PROOF = "It was recorded before entries were salted, or belongs to something removed: it has no proof of its own."


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenEntry:
    """An entry of the log: its canonical bytes, its salt, and its path to the root of the first ``size`` entries."""

    index: int
    canonical: bytes
    salt: bytes
    path: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenJudgement:
    """A judgement as stored, its place among the digests that its entry commits to, and that entry."""

    index: int
    document: str
    place: int
    digests: tuple[str, ...]


def entry(session: Session, index: int, *, leaves: Sequence[bytes]) -> ProvenEntry:
    """Entry ``index`` with its proof. NotFoundError ``no_proof`` where its salt is not held."""
    salt = session.scalar(select(CustodySaltRow.salt).where(CustodySaltRow.position == index))
    found = custody.events(session, start=index, limit=1)
    if salt is None or not found or found[0].index != index:
        raise NotFoundError(NO_PROOF, code="no_proof")
    return ProvenEntry(
        index=index, canonical=found[0].canonical(), salt=bytes(salt), path=inclusion_proof(leaves, index)
    )


def capture(session: Session, held: Capture) -> tuple[int, bytes]:
    """The entry of a capture and the manifest it commits to. NotFoundError ``no_proof``."""
    query = select(CustodyRow.position).where(
        CustodyRow.subject == str(held.id), CustodyRow.kind == CustodyKind.CAPTURE, CustodyRow.version > 1
    )
    index = session.scalar(query.order_by(CustodyRow.position).limit(1))
    if index is None:
        raise NotFoundError(NO_PROOF, code="no_proof")
    return index, commitments.capture_manifest(held)


def article(session: Session, article_id: ArticleId) -> tuple[int, tuple[object, ...], ArticleVersion]:
    """The entry of an article version, the values it commits to, and the version. NotFoundError ``no_such_article``."""
    row = session.get(ArticleRow, article_id)
    if row is None:
        raise NotFoundError("No such article version.", code="no_such_article")
    version = articles.version_of_row(row)
    return row.custody_index, articles.values_of(version, row.document), version


def judgement(session: Session, judgement_id: JudgementId) -> ProvenJudgement:
    """A judgement and those committed to together with it. NotFoundError ``no_such_judgement``."""
    own = session.scalars(select(JudgementRow).where(JudgementRow.id == judgement_id)).one_or_none()
    if own is None:
        raise NotFoundError("No such judgement.", code="no_such_judgement")
    together = select(JudgementRow.seq, JudgementRow.document).where(JudgementRow.custody_index == own.custody_index)
    rows = session.execute(together.order_by(JudgementRow.seq)).all()
    return ProvenJudgement(
        index=own.custody_index,
        document=own.document,
        place=[row.seq for row in rows].index(own.seq),
        digests=tuple(digest_of(row.document.encode("ascii")) for row in rows),
    )
