"""Statements: the read side – searched by people, proposed to the matcher, shown on a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from archive.domain.ids import PersonId, PostId
from archive.domain.statements import (
    CandidateQuery,
    Candidates,
    Statement,
    StatementDetail,
    StatementHit,
    StatementPage,
)
from archive.errors import NotFoundError
from archive.storage import bookmarks, captures, posts, redactions, statement_rows
from archive.storage.checks import quoting
from archive.storage.rows.posts import PostRow
from archive.storage.searching import search
from archive.storage.segments import WordIndex
from archive.storage.types import storable

__all__ = ["candidates", "get", "of_person", "search"]

AT_ONCE = timedelta(minutes=10)
"""Posts of one author this close to each other are shown as one thread."""
SAME_SITTING = timedelta(hours=6)
"""Posts of one author this close to each other may be what one quotation joins; the matcher looks at the words."""
_STEPS = 3
_THREADED = 8
"""Candidates whose neighbours are fetched: those further down the list are hardly ever the original."""
_MOST_NEIGHBOURS = 48
_HOPS = 3


def candidates(session: Session, query: CandidateQuery, index: WordIndex) -> Candidates:
    """What the archive proposes for a quotation: posts it points at, posts that hold its words, and their threads.

    Every version of each post comes along, the newest first; posts after ``before`` come last.
    """
    pointed = _pointed_at(session, query.native_ids)
    speakers = index.posts_by(session, (*query.accounts, *query.people))
    proposed = index.lookup(query, speakers=speakers)
    seqs = tuple(dict.fromkeys((*pointed, *proposed)))[: max(query.limit, len(pointed))]
    near = _neighbours(session, seqs[:_THREADED], within=SAME_SITTING)
    statements = statement_rows.every_version(session, tuple(dict.fromkeys((*seqs, *near))))
    words = {word for piece in query.hashes for word in piece}
    return Candidates(
        statements=_in_time_first(statements, query),
        corpus_size=index.size,
        frequencies={word: index.frequency(word) for word in words},
    )


def get(session: Session, post_id: PostId) -> StatementDetail:
    """Everything a statement's page shows; NotFoundError ``no_such_statement`` where there is none, RedactedError with
    the tombstone where it was removed."""
    redactions.refuse_removed_statement(session, post_id)
    seq = session.scalar(select(PostRow.seq).where(PostRow.id == post_id))
    found = statement_rows.newest(session, (seq,)) if seq is not None else ()
    if not found or seq is None:
        raise NotFoundError("No such statement.", code="no_such_statement")
    versions = posts.snapshots(session, post_id)
    held = captures.many(session, {snapshot.capture_id for snapshot in versions})
    thread = statement_rows.newest(session, sorted({seq, *_neighbours(session, (seq,), within=AT_ONCE)}))
    return StatementDetail(
        statement=found[0],
        versions=versions,
        captures=tuple(held[capture_id] for capture_id in dict.fromkeys(s.capture_id for s in versions)),
        thread=tuple(sorted(thread, key=lambda each: each.post.posted_at)) if len(thread) > 1 else (),
        quoted_in=quoting(session, post_id),
    )


def of_person(session: Session, person_id: PersonId, *, after: str | None = None, limit: int = 20) -> StatementPage:
    """A person's statements, the newest first, a page at a time. InvalidInputError ``bad_bookmark``."""
    query = (
        select(PostRow.seq, PostRow.posted_at)
        .where(PostRow.voice_person_id == person_id)
        .order_by(PostRow.posted_at.desc(), PostRow.seq.desc())
        .limit(limit + 1)
    )
    if after is not None:
        at, number = bookmarks.read_time(after)
        query = query.where(or_(PostRow.posted_at < at, and_(PostRow.posted_at == at, PostRow.seq < number)))
    rows = session.execute(query).all()
    shown = rows[:limit]
    found = statement_rows.newest(session, [row.seq for row in shown])
    return StatementPage(
        hits=tuple(StatementHit(statement=statement) for statement in found),
        after=bookmarks.by_time(shown[-1].posted_at, shown[-1].seq) if len(rows) > limit else None,
    )


def _pointed_at(session: Session, native_ids: Sequence[str]) -> tuple[int, ...]:
    if not native_ids:
        return ()
    wanted = [storable(native_id) for native_id in native_ids]
    query = select(PostRow.seq).where(PostRow.native_id.in_(wanted)).order_by(PostRow.seq)
    return tuple(session.scalars(query))


def _neighbours(session: Session, seqs: Sequence[int], *, within: timedelta) -> tuple[int, ...]:
    """Posts of the same author close in time, or that answer one another, up to a few steps away."""
    if not seqs:
        return ()
    found: dict[int, None] = dict.fromkeys(seqs)
    edge: Sequence[PostRow] = session.scalars(select(PostRow).where(PostRow.seq.in_(seqs))).all()
    # Only the first step goes by time: a press office that posts every five minutes is no thread.
    near = _next_to(session, edge, within=within)
    near = [row for row in near if row.seq not in found]
    found.update(dict.fromkeys(row.seq for row in near))
    edge = [*edge, *near]
    for _ in range(_HOPS):
        linked = [condition for row in edge for condition in _linked_with(row)]
        edge = _found(session, linked, known=found) if linked else ()
        near = [*near, *edge]
        if not edge:
            break
    return tuple(row.seq for row in near)[:_MOST_NEIGHBOURS]


def _found(session: Session, conditions: Iterable[ColumnElement[bool]], *, known: dict[int, None]) -> list[PostRow]:
    query = select(PostRow).where(or_(*conditions), PostRow.reported.is_(False)).limit(_MOST_NEIGHBOURS * 2)
    fresh = [row for row in session.scalars(query) if row.seq not in known]
    known.update(dict.fromkeys(row.seq for row in fresh))
    return sorted(fresh, key=lambda row: (row.posted_at, row.seq))


def _next_to(session: Session, rows: Sequence[PostRow], *, within: timedelta) -> list[PostRow]:
    """What the same author posted next before and next after each of ``rows``, a few posts either way."""
    near: dict[int, PostRow] = {}
    for row in rows:
        same = select(PostRow).where(PostRow.account_id == row.account_id, PostRow.reported.is_(False))
        here = (PostRow.posted_at, PostRow.seq)
        since, until = row.posted_at - within, row.posted_at + within
        earlier = same.where(PostRow.posted_at.between(since, row.posted_at), PostRow.seq != row.seq)
        later = same.where(PostRow.posted_at > row.posted_at, PostRow.posted_at <= until)
        for query in (earlier.order_by(*(column.desc() for column in here)), later.order_by(*here)):
            near.update((found.seq, found) for found in session.scalars(query.limit(_STEPS)))
    return sorted(near.values(), key=lambda row: (row.posted_at, row.seq))


def _linked_with(row: PostRow) -> tuple[ColumnElement[bool], ...]:
    answers = and_(PostRow.in_reply_to == row.native_id, PostRow.account_id == row.account_id)
    if row.in_reply_to is None:
        return (answers,)
    return answers, and_(PostRow.native_id == row.in_reply_to, PostRow.account_id == row.account_id)


def _in_time_first(statements: Sequence[Statement], query: CandidateQuery) -> tuple[Statement, ...]:
    before = query.before
    if before is None:
        return tuple(statements)
    return tuple(sorted(statements, key=lambda statement: statement.post.posted_at > before))
