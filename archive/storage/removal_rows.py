"""What goes, row by row: each named with the custody entry it belongs to and what it contributed there.

An entry on removed content loses its salt, so that it can no longer be guessed. An entry on a batch of snapshots keeps
its own: the others of the batch still prove themselves by it, and what a removed one contributed was salted by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.domain.articles import ArticleText
from archive.domain.captures import Digest, digest_of
from archive.domain.custody import CustodyKind
from archive.domain.ids import AccountId, PostId
from archive.domain.second_copy import second_copy_id
from archive.storage import adoption, commitments, json_text, second_copies
from archive.storage.bulk import post_of_row, snapshot_of_row
from archive.storage.redactions import BYTES, CHECKS, SALTS, STATEMENTS, Named
from archive.storage.rows.captures import CaptureRow
from archive.storage.rows.checks import ArticleRow, CheckRow, JudgementRow
from archive.storage.rows.custody import CustodyRow
from archive.storage.rows.posts import ObservationRow, PostRow, ReportRow, SnapshotRow

EMPTY_ARTICLE = json_text.dumps(ArticleText(text=""))
"""What stands in place of a removed article."""
NOTED = "noted_posts"
"""Names an entry on a post whose text is not held; such a post has no row of its own for it."""

COPIES = "noted_copies"
"""Names an entry on a second copy; the row itself is as it was noted last, and goes with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """All that goes with one target: rows by their keys, judgements with what takes their place, and the days of
    accounts that the archive can no longer answer for."""

    posts: tuple[PostRow, ...] = field(default=())
    snapshots: tuple[SnapshotRow, ...] = field(default=())
    captures: tuple[CaptureRow, ...] = field(default=())
    bodies: tuple[Digest, ...] = field(default=())
    bytes_of: tuple[Digest, ...] = field(default=())
    articles: tuple[ArticleRow, ...] = field(default=())
    checks: tuple[CheckRow, ...] = field(default=())
    judgements: tuple[tuple[JudgementRow, str], ...] = field(default=())
    named: tuple[Named, ...] = field(default=())

    @property
    def silences(self) -> tuple[tuple[AccountId, PostRow], ...]:
        """Accounts with the post that can no longer be found: silence about it says nothing any more."""
        return tuple((AccountId(post.account_id), post) for post in self.posts if not post.reported)


def named(session: Session, removal: Removal) -> tuple[Named, ...]:
    """Every row that goes or is emptied, and every entry that loses its salt."""
    rows = (
        *_snapshots(session, removal),
        *_posts(session, removal),
        *_captures(session, removal),
        *_articles(removal),
        *_judgements(removal),
    )
    entries = sorted({row.custody_index for row in rows if row.custody_index is not None and row.table != "snapshots"})
    salts = (Named(table=SALTS, key=str(index), custody_index=index) for index in entries)
    manifests = (Named(table="custody_manifests", key=str(index)) for index in entries)
    return (*rows, *salts, *manifests)


def unsalted(rows: Iterable[Named]) -> tuple[int, ...]:
    """The entries that lose their salt and manifest."""
    return tuple(int(row.key) for row in rows if row.table == SALTS)


def _snapshots(session: Session, removal: Removal) -> Iterator[Named]:
    owners = {post.seq: post for post in removal.posts}
    others = {row.post_seq for row in removal.snapshots} - owners.keys()
    if others:
        owners |= {post.seq: post for post in session.scalars(select(PostRow).where(PostRow.seq.in_(others)))}
    for row in removal.snapshots:
        post = owners[row.post_seq]
        snapshot = snapshot_of_row(row, PostId(post.id))
        digest = commitments.snapshot_digest(post_of_row(post), snapshot, replaced=row.replaced, salt=row.salt).hex()
        yield Named(table="snapshots", key=str(row.seq), custody_index=row.custody_index, commitment=digest)


def _posts(session: Session, removal: Removal) -> Iterator[Named]:
    for post in removal.posts:
        yield Named(table=STATEMENTS, key=post.id.hex)
        yield Named(table="posts", key=str(post.seq))
        yield Named(table="judgement_posts", key=post.id.hex)
        report = session.get(ReportRow, post.seq)
        if report is not None:
            yield Named(table="reports", key=str(post.seq), custody_index=report.custody_index)
        noted = select(CustodyRow.position).where(
            CustodyRow.subject == f"post:{post.id}", CustodyRow.kind == CustodyKind.POST
        )
        for index in session.scalars(noted):
            yield Named(table=NOTED, key=str(index), custody_index=index)
        yield from _looks(session, post)
        yield from _second_copies(session, post)


def _second_copies(session: Session, post: PostRow) -> Iterator[Named]:
    """Every entry on a second copy of the post's address: their manifests hold the digest of its words."""
    if post.url is None:
        return
    subject = f"{second_copies.SUBJECT}{second_copy_id(post.url)}"
    entries = select(CustodyRow.position).where(CustodyRow.subject == subject, CustodyRow.kind == CustodyKind.REGISTRY)
    for index in session.scalars(entries.order_by(CustodyRow.position)):
        yield Named(table=COPIES, key=str(index), custody_index=index)


def _looks(session: Session, post: PostRow) -> Iterator[Named]:
    looks = select(ObservationRow).where(ObservationRow.post_seq == post.seq).order_by(ObservationRow.seq)
    for look in session.scalars(looks):
        kept = adoption.look_digest(look, PostId(post.id)).hex() if look.custody_index is None else None
        yield Named(table="observations", key=str(look.seq), custody_index=look.custody_index, commitment=kept)


def _captures(session: Session, removal: Removal) -> Iterator[Named]:
    for capture in removal.captures:
        entries = select(CustodyRow.position).where(
            CustodyRow.subject == str(capture.id), CustodyRow.kind == CustodyKind.CAPTURE
        )
        index = session.scalar(entries.order_by(CustodyRow.position).limit(1))
        yield Named(table="captures", key=capture.id.hex, custody_index=index)
        if capture.exchanges_digest is not None:
            yield Named(table="exchanges", key=capture.id.hex)
    yield from (Named(table=BYTES, key=digest) for digest in removal.bytes_of)
    yield from (Named(table="bodies", key=digest) for digest in removal.bodies)


def _articles(removal: Removal) -> Iterator[Named]:
    empty = digest_of(EMPTY_ARTICLE.encode("ascii"))
    for article in removal.articles:
        index = article.custody_index
        yield Named(table="article_versions", key=article.id.hex, custody_index=index, replacement=empty)
    yield from (Named(table=CHECKS, key=check.id.hex) for check in removal.checks)


def _judgements(removal: Removal) -> Iterator[Named]:
    for row, document in removal.judgements:
        digest = digest_of(document.encode("ascii"))
        yield Named(table="judgements", key=str(row.seq), custody_index=row.custody_index, replacement=digest)
