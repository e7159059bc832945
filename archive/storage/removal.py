"""Removal: which rows of evidence go with a statement or a capture, and letting them go.

Planned first, so that the second person's confirmation names every row; then carried out in the same transaction. What
others refer to – an article version, a judgement – is emptied of the content and stays. Article texts that quote a
removed statement are their outlets' words and stay; what a judgement copied of the statement goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from archive.domain.captures import Digest
from archive.domain.ids import PostId
from archive.domain.redactions import TargetKind
from archive.errors import NotFoundError
from archive.storage import emptied, fulltext, removal_rows, wire_removal
from archive.storage.removal_rows import EMPTY_ARTICLE, Removal
from archive.storage.rows.captures import BodyPartRow, BodyRow, CaptureRow
from archive.storage.rows.checks import ArticlePageRow, ArticleRow, CheckRow, JudgementPostRow, JudgementRow
from archive.storage.rows.custody import CustodyManifestRow, CustodySaltRow
from archive.storage.rows.exchanges import ExchangeRow, PostCaptureRow
from archive.storage.rows.follows import SecondCopyRow
from archive.storage.rows.posts import ObservationRow, PostRow, PostWordsRow, ReportRow, SnapshotRow


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
    _drop(session, PostCaptureRow.post_seq, gone)
    _drop(session, PostRow.seq, gone)
    _drop(session, SecondCopyRow.url, [post.url for post in removal.posts if post.url is not None])
    _drop(session, CustodySaltRow.position, list(removal_rows.unsalted(removal.named)))
    _drop(session, CustodyManifestRow.position, list(removal_rows.unsalted(removal.named)))
    captures = [capture.id for capture in removal.captures]
    _drop(session, PostCaptureRow.capture_id, captures)
    _drop(session, ExchangeRow.capture_id, captures)
    _drop(session, CaptureRow.id, captures)
    _drop(session, BodyPartRow.digest, list(removal.bytes_of))
    _drop(session, BodyRow.digest, list(removal.bodies))


def _of_statement(session: Session, target: UUID) -> Removal:
    post = session.scalars(select(PostRow).where(PostRow.id == target)).one_or_none()
    if post is None:
        raise NotFoundError("No such statement.", code="no_such_statement")
    snapshots = session.scalars(select(SnapshotRow).where(SnapshotRow.post_seq == post.seq)).all()
    # A statement known from a report was read from the article: the article is not ours to remove with it.
    looked = select(PostCaptureRow.capture_id).where(PostCaptureRow.post_seq == post.seq)
    seen_in = () if post.reported else {*(row.capture_id for row in snapshots), *session.scalars(looked)}
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
    own = _only_theirs(session, captures, posts=posts, snapshots=snapshots, articles=articles)
    answers = wire_removal.digests_to_go(session, captures, dropped=own)
    removal = Removal(
        posts=tuple(posts),
        snapshots=tuple(sorted(snapshots, key=lambda row: row.seq)),
        captures=own,
        bytes_of=tuple(dict.fromkeys((*(Digest(capture.digest) for capture in captures), *answers))),
        articles=tuple(articles),
        checks=checks,
        judgements=_judgements(session, posts=posts, snapshots=snapshots, checks=checks),
    )
    whole = replace(removal, bodies=_only_their_bodies(session, removal))
    return replace(whole, named=removal_rows.named(session, whole))


def _only_theirs(
    session: Session,
    captures: Sequence[CaptureRow],
    *,
    posts: Sequence[PostRow],
    snapshots: Sequence[SnapshotRow],
    articles: Sequence[ArticleRow],
) -> tuple[CaptureRow, ...]:
    """The captures from which nothing else was read; of the others only the bytes go."""
    seqs, gone = {row.seq for row in snapshots}, {row.id for row in articles}
    of_posts = {post.seq for post in posts}
    kept = []
    for capture in captures:
        others = select(SnapshotRow.seq).where(SnapshotRow.capture_id == capture.id)
        looks = select(PostCaptureRow.post_seq).where(PostCaptureRow.capture_id == capture.id)
        shared = any(seq not in seqs for seq in session.scalars(others))
        shared = shared or any(seq not in of_posts for seq in session.scalars(looks))
        read_as = session.scalars(select(ArticleRow.id).where(ArticleRow.capture_id == capture.id))
        if not shared and gone.issuperset(read_as):
            kept.append(capture)
    return tuple(kept)


def _only_their_bodies(session: Session, removal: Removal) -> tuple[Digest, ...]:
    gone = {capture.id for capture in removal.captures}
    query = select(CaptureRow.id, CaptureRow.digest).where(CaptureRow.digest.in_(removal.bytes_of))
    needed = {digest for key, digest in session.execute(query) if key not in gone} if removal.bytes_of else set()
    needed |= wire_removal.digests_needed(session, removal.bytes_of, gone=gone)
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
