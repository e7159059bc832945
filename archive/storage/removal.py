"""Removal: which rows of evidence go with a statement or a capture, and letting them go.

Planned first, so that the second person's confirmation names every row; then carried out in the same transaction. What
others refer to – an article version, a judgement – is emptied of the content and stays. Article texts that quote a
removed statement are their outlets' words and stay; what a judgement copied of the statement goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from archive.domain.articles import ArticleText
from archive.domain.captures import Digest, digest_of
from archive.domain.custody import CustodyKind
from archive.domain.ids import AccountId, CaptureId, PostId
from archive.domain.redactions import TargetKind
from archive.errors import NotFoundError
from archive.storage import commitments, emptied, fulltext, json_text
from archive.storage.bulk import post_of_row, snapshot_of_row
from archive.storage.redactions import CHECKS, STATEMENTS, Named
from archive.storage.rows.captures import BodyPartRow, BodyRow, CaptureRow, CustodyRow
from archive.storage.rows.checks import ArticlePageRow, ArticleRow, CheckRow, JudgementPostRow, JudgementRow
from archive.storage.rows.posts import ObservationRow, PostRow, PostWordsRow, ReportRow, SnapshotRow

EMPTY_ARTICLE = json_text.dumps(ArticleText(text=""))
"""What stands in place of a removed article."""


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


def plan(session: Session, kind: TargetKind, target: UUID) -> Removal:
    """What goes with that statement or capture. NotFoundError ``no_such_statement``, ``no_such_capture``."""
    if kind is TargetKind.STATEMENT:
        return _of_statement(session, target)
    return _of_capture(session, target)


def carry_out(session: Session, removal: Removal) -> None:
    """Let the planned rows go; the decision that names them has to be recorded before, in the same transaction."""
    for judgement, document in removal.judgements:
        if document != judgement.document:
            session.execute(update(JudgementRow).where(JudgementRow.seq == judgement.seq).values(document=document))
    _empty_articles(session, removal)
    _empty_checks(session, removal)
    seqs = [row.seq for row in removal.snapshots]
    fulltext.forget(session, [(row.seq, row.text) for row in removal.snapshots])
    _drop(session, PostWordsRow.seq, seqs)
    _drop(session, SnapshotRow.seq, seqs)
    gone = [post.seq for post in removal.posts]
    _drop(session, ObservationRow.post_seq, gone)
    _drop(session, ReportRow.post_seq, gone)
    _drop(session, JudgementPostRow.post_id, [post.id for post in removal.posts])
    _drop(session, PostRow.seq, gone)
    _drop(session, CaptureRow.id, [capture.id for capture in removal.captures])
    _drop(session, BodyPartRow.digest, list(removal.bytes_of))
    _drop(session, BodyRow.digest, list(removal.bodies))


def _of_statement(session: Session, target: UUID) -> Removal:
    post = session.scalars(select(PostRow).where(PostRow.id == target)).one_or_none()
    if post is None:
        raise NotFoundError("No such statement.", code="no_such_statement")
    snapshots = session.scalars(select(SnapshotRow).where(SnapshotRow.post_seq == post.seq)).all()
    # A statement known from a report was read from the article: the article is not ours to remove with it.
    seen_in = () if post.reported else {row.capture_id for row in snapshots}
    captures = session.scalars(select(CaptureRow).where(CaptureRow.id.in_(seen_in))).all() if seen_in else ()
    return _planned(session, posts=(post,), snapshots=snapshots, captures=captures)


def _of_capture(session: Session, target: UUID) -> Removal:
    capture = session.get(CaptureRow, target)
    if capture is None:
        raise NotFoundError("No such capture.", code="no_such_capture")
    snapshots = session.scalars(select(SnapshotRow).where(SnapshotRow.capture_id == target)).all()
    mine = {row.post_seq for row in snapshots}
    other = select(SnapshotRow.post_seq).where(SnapshotRow.post_seq.in_(mine), SnapshotRow.capture_id != target)
    elsewhere = set(session.scalars(other)) if mine else set()
    posts = session.scalars(select(PostRow).where(PostRow.seq.in_(mine - elsewhere))).all() if mine else ()
    articles = session.scalars(select(ArticleRow).where(ArticleRow.capture_id == target)).all()
    return _planned(session, posts=posts, snapshots=snapshots, captures=(capture,), articles=articles)


def _planned(
    session: Session,
    *,
    posts: Sequence[PostRow],
    snapshots: Sequence[SnapshotRow],
    captures: Sequence[CaptureRow],
    articles: Sequence[ArticleRow] = (),
) -> Removal:
    checks = _checks_of(session, articles)
    removal = Removal(
        posts=tuple(posts),
        snapshots=tuple(sorted(snapshots, key=lambda row: row.seq)),
        captures=_only_theirs(session, captures, snapshots=snapshots),
        bytes_of=tuple(dict.fromkeys(Digest(capture.digest) for capture in captures)),
        articles=tuple(articles),
        checks=checks,
        judgements=_judgements(session, posts=posts, snapshots=snapshots, checks=checks),
    )
    whole = replace(removal, bodies=_only_their_bodies(session, removal))
    return replace(whole, named=tuple(_named(session, whole)))


def _only_theirs(
    session: Session, captures: Sequence[CaptureRow], *, snapshots: Sequence[SnapshotRow]
) -> tuple[CaptureRow, ...]:
    """The captures from which nothing else was read; of the others only the bytes go."""
    seqs = {row.seq for row in snapshots}
    kept = []
    for capture in captures:
        others = select(SnapshotRow.seq).where(SnapshotRow.capture_id == capture.id)
        shared = any(seq not in seqs for seq in session.scalars(others))
        read_as_article = session.scalar(select(ArticleRow.id).where(ArticleRow.capture_id == capture.id).limit(1))
        if not shared and read_as_article is None:
            kept.append(capture)
    return tuple(kept)


def _only_their_bodies(session: Session, removal: Removal) -> tuple[Digest, ...]:
    gone = {capture.id for capture in removal.captures}
    query = select(CaptureRow.id, CaptureRow.digest).where(CaptureRow.digest.in_(removal.bytes_of))
    needed = {digest for key, digest in session.execute(query) if key not in gone} if removal.bytes_of else set()
    return tuple(digest for digest in removal.bytes_of if digest not in needed)


def _checks_of(session: Session, articles: Sequence[ArticleRow]) -> tuple[CheckRow, ...]:
    if not articles:
        return ()
    return tuple(session.scalars(select(CheckRow).where(CheckRow.article_id.in_([row.id for row in articles]))))


def _judgements(
    session: Session, *, posts: Sequence[PostRow], snapshots: Sequence[SnapshotRow], checks: Sequence[CheckRow]
) -> tuple[tuple[JudgementRow, str], ...]:
    """Every judgement that copied removed words, with what takes its place; and those committed to together with one,
    as they are, because the salt of their entry goes."""
    own = {row.id for row in checks}
    marks = [str(key) for key in (*(post.id for post in posts), *(row.id for row in snapshots))]
    mentions = [JudgementRow.document.contains(mark, autoescape=True) for mark in marks]
    mine = [JudgementRow.check_id.in_(own)] if own else []
    if not mentions and not mine:
        return ()
    touched = session.scalars(select(JudgementRow).where(or_(*mentions, *mine))).all()
    together = {row.custody_index for row in touched}
    emptied_of = emptied.Removed(
        posts=frozenset(PostId(row.id) for row in posts), snapshots=frozenset(row.id for row in snapshots)
    )
    rows = session.scalars(select(JudgementRow).where(JudgementRow.custody_index.in_(together)))
    return tuple((row, _emptied(row, emptied_of, is_own=row.check_id in own)) for row in rows.all())


def _emptied(row: JudgementRow, removed: emptied.Removed, *, is_own: bool) -> str:
    return emptied.without_article(row.document) if is_own else emptied.without_words(row.document, removed)


def _named(session: Session, removal: Removal) -> Iterable[Named]:
    owners = {post.seq: post for post in removal.posts}
    missing = {row.post_seq for row in removal.snapshots} - owners.keys()
    if missing:
        owners |= {post.seq: post for post in session.scalars(select(PostRow).where(PostRow.seq.in_(missing)))}
    for row in removal.snapshots:
        post = owners[row.post_seq]
        digest = commitments.of_snapshot(post_of_row(post), snapshot_of_row(row, PostId(post.id)))
        yield Named(table="snapshots", key=str(row.seq), custody_index=row.custody_index, commitment=digest)
    for post in removal.posts:
        yield Named(table=STATEMENTS, key=post.id.hex)
        yield Named(table="posts", key=str(post.seq))
        yield Named(table="judgement_posts", key=post.id.hex)
        yield Named(table="observations", key=str(post.seq))
        report = session.get(ReportRow, post.seq)
        if report is not None:
            yield Named(table="reports", key=str(post.seq), custody_index=report.custody_index)
    for capture in removal.captures:
        yield Named(table="captures", key=capture.id.hex, custody_index=_entry_of(session, CaptureId(capture.id)))
    yield from (Named(table="body_parts", key=digest) for digest in removal.bytes_of)
    yield from (Named(table="bodies", key=digest) for digest in removal.bodies)
    for article in removal.articles:
        empty = digest_of(EMPTY_ARTICLE.encode("ascii"))
        yield Named(
            table="article_versions", key=article.id.hex, custody_index=article.custody_index, replacement=empty
        )
    yield from (Named(table=CHECKS, key=check.id.hex) for check in removal.checks)
    for judgement, document in removal.judgements:
        digest = digest_of(document.encode("ascii"))
        yield Named(
            table="judgements", key=str(judgement.seq), custody_index=judgement.custody_index, replacement=digest
        )


def _entry_of(session: Session, capture_id: CaptureId) -> int | None:
    query = select(CustodyRow.position).where(
        CustodyRow.subject == str(capture_id), CustodyRow.kind == CustodyKind.CAPTURE
    )
    return session.scalar(query.order_by(CustodyRow.position).limit(1))


def _empty_articles(session: Session, removal: Removal) -> None:
    for article in removal.articles:
        values = {"document": EMPTY_ARTICLE, "text_digest": "", "url": None, "title": None}
        if article.capture_id in {capture.id for capture in removal.captures}:
            values["capture_id"] = None
        session.execute(update(ArticleRow).where(ArticleRow.id == article.id).values(**values))
        if article.url is not None:
            other = select(ArticleRow.id).where(ArticleRow.url == article.url).limit(1)
            if session.scalar(other) is None:
                session.execute(delete(ArticlePageRow).where(ArticlePageRow.url == article.url))


def _empty_checks(session: Session, removal: Removal) -> None:
    empty = {"url": None, "text": None, "file_name": None, "body": None, "notes": "[]"}
    for check in removal.checks:
        session.execute(update(CheckRow).where(CheckRow.id == check.id).values(**empty))


def _drop(session: Session, column: InstrumentedAttribute[Any], keys: Sequence[object]) -> None:
    if keys:
        gone = delete(column.class_).where(column.in_(keys))
        session.execute(gone.execution_options(synchronize_session=False))
