"""The audit of evidence: every row against what the custody log committed to when it was written.

Rows are read a few thousand at a time, however many there are. ``custody.verify`` checks the log itself; only both
together say that nothing was changed behind the application's back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.domain.captures import Digest, digest_of, text_digest
from archive.domain.coverage import CoverageInterval
from archive.domain.custody import CustodyKind, batch_manifest, commitment, digest_list
from archive.domain.ids import AccountId, ArticleId, PostId
from archive.storage import articles, captures, commitments, coverage, custody, reported, reviews
from archive.storage.bulk import post_of_row, snapshot_of_row
from archive.storage.rows.captures import CaptureRow
from archive.storage.rows.checks import ArticleRow, JudgementRow, ReviewRow
from archive.storage.rows.custody import CustodyRow, CustodySaltRow
from archive.storage.rows.posts import PostRow, ReportRow, SnapshotRow
from archive.storage.rows.runs import CoverageRow
from archive.storage.statement_rows import report_of_row

PAGE = 2_000


def problems(session: Session) -> Iterator[str]:
    """Everything amiss, one sentence each: the log, then captures, bodies, snapshots and all that was decided."""
    yield from custody.verify(session)
    for check in (_bodies, _captures, _snapshots, _articles, _judgements, _reviews, _coverage, _reports):
        yield from check(session)


def bodies_without_digest(session: Session) -> tuple[Digest, ...]:
    """Stored bodies whose bytes no longer have their digest."""
    return tuple(digest for digest in _all_digests(session) if not captures.is_intact(session, digest))


def _bodies(session: Session) -> Iterator[str]:
    for digest in bodies_without_digest(session):
        yield f"The stored bytes {digest} no longer have that digest."


def _all_digests(session: Session) -> Iterator[Digest]:
    after: Digest | None = None
    while page := captures.digests(session, after=after, limit=PAGE):
        yield from page
        after = page[-1]


def _captures(session: Session) -> Iterator[str]:
    committed = _committed(session, CustodyKind.CAPTURE)
    held: set[str] = set()
    for row in session.scalars(select(CaptureRow).order_by(CaptureRow.id).execution_options(yield_per=PAGE)):
        capture = captures.capture_of(row)
        held.add(str(capture.id))
        manifest = commitments.capture_manifest(capture)
        if not any(entry.fits(manifest) for entry in committed.get(str(capture.id), ())):
            yield f"Capture {capture.id} differs from what the custody log committed to."
    for subject in committed.keys() - held:
        yield f"Capture {subject} is in the custody log but no longer held."


def _snapshots(session: Session) -> Iterator[str]:
    query = (
        select(SnapshotRow, PostRow)
        .join(PostRow, PostRow.seq == SnapshotRow.post_seq)
        .order_by(SnapshotRow.custody_index, SnapshotRow.seq)
        .execution_options(yield_per=PAGE)
    )
    wanted = _by_index(session, CustodyKind.SNAPSHOTS)
    for index, rows in groupby(session.execute(query), key=lambda pair: pair[0].custody_index):
        digests: list[bytes] = []
        for row, post in rows:
            snapshot = snapshot_of_row(row, PostId(post.id))
            if text_digest(snapshot.text) != snapshot.text_digest:
                yield f"The text of snapshot {snapshot.id} no longer has its digest."
            digests.append(
                commitments.snapshot_digest(post_of_row(post), snapshot, replaced=row.replaced, salt=row.salt)
            )
        entry = wanted.pop(index, None)
        if entry is None or not entry.fits(_batch(digests, version=entry.version)):
            yield f"Snapshots of custody entry {index} differ from what it committed to."
    for index in wanted:
        yield f"The snapshots of custody entry {index} are no longer held."


def _articles(session: Session) -> Iterator[str]:
    wanted = _by_index(session, CustodyKind.ARTICLE)
    for row in session.scalars(select(ArticleRow).order_by(ArticleRow.id).execution_options(yield_per=PAGE)):
        entry = wanted.pop(row.custody_index, None)
        if entry is None or not entry.fits(articles.manifest_of(articles.version_of_row(row), row.document)):
            yield f"Article version {ArticleId(row.id)} differs from what the custody log committed to."


def _judgements(session: Session) -> Iterator[str]:
    query = (
        select(JudgementRow).order_by(JudgementRow.custody_index, JudgementRow.seq).execution_options(yield_per=PAGE)
    )
    wanted = _by_index(session, CustodyKind.JUDGEMENT)
    for index, rows in groupby(session.scalars(query), key=lambda row: row.custody_index):
        entry = wanted.pop(index, None)
        if entry is None or not entry.fits(digest_list([digest_of(row.document.encode("utf-8")) for row in rows])):
            yield f"Judgements of custody entry {index} differ from what it committed to."


def _reviews(session: Session) -> Iterator[str]:
    wanted = _by_index(session, CustodyKind.JUDGEMENT)
    for row in session.scalars(select(ReviewRow).order_by(ReviewRow.seq)):
        review = reviews.review_of_row(row)
        entry = wanted.get(row.custody_index)
        if entry is None or not entry.fits(reviews.manifest_of(review)):
            yield f"Review {review.id} differs from what the custody log committed to."


def _coverage(session: Session) -> Iterator[str]:
    wanted = _by_index(session, CustodyKind.REGISTRY)
    for row in session.scalars(select(CoverageRow).order_by(CoverageRow.seq)):
        interval = CoverageInterval(
            account_id=AccountId(row.account_id),
            since=row.since,
            until=row.until,
            how=row.how,
            includes_deletions=row.includes_deletions,
        )
        entry = wanted.get(row.custody_index)
        if entry is None or not entry.fits(
            coverage.manifest_of(interval, retraction=row.retraction, at=row.recorded_at)
        ):
            yield f"Coverage entry {row.seq} differs from what the custody log committed to."


def _reports(session: Session) -> Iterator[str]:
    wanted = _by_index(session, CustodyKind.REGISTRY)
    query = select(ReportRow, PostRow.id).join(PostRow, PostRow.seq == ReportRow.post_seq)
    for row, post_id in session.execute(query.order_by(ReportRow.post_seq)):
        entry = wanted.get(row.custody_index)
        if entry is None or not entry.fits(reported.manifest_of(report_of_row(row), PostId(post_id))):
            yield f"The report of post {post_id} differs from what the custody log committed to."


@dataclass(frozen=True, slots=True)
class _Entry:
    """What one entry committed to."""

    version: int
    commit: str
    salt: bytes | None

    def fits(self, manifest: bytes) -> bool:
        """Whether that manifest is the one."""
        return (self.version == 1 or self.salt is not None) and commitment(manifest, salt=self.salt) == self.commit


def _batch(digests: list[bytes], *, version: int) -> bytes:
    """The manifest of snapshots with these digests, in either version."""
    return batch_manifest(digests) if version > 1 else digest_list([digest.hex() for digest in digests])


def _committed(session: Session, kind: CustodyKind) -> dict[str, list[_Entry]]:
    """What the log committed to for each subject of that kind; anyone may have added a second entry on it."""
    found: dict[str, list[_Entry]] = {}
    for _, subject, entry in _entries(session, kind):
        found.setdefault(subject, []).append(entry)
    return found


def _by_index(session: Session, kind: CustodyKind) -> dict[int, _Entry]:
    return {position: entry for position, _, entry in _entries(session, kind)}


def _entries(session: Session, kind: CustodyKind) -> Iterator[tuple[int, str, _Entry]]:
    query = (
        select(CustodyRow.position, CustodyRow.subject, CustodyRow.version, CustodyRow.commitment, CustodySaltRow.salt)
        .outerjoin(CustodySaltRow, CustodySaltRow.position == CustodyRow.position)
        .where(CustodyRow.kind == kind)
    )
    for position, subject, version, commit, salt in session.execute(query):
        yield position, subject, _Entry(version, commit, salt)
