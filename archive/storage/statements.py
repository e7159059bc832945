"""Statements: the read side – searched by people, proposed to the matcher, shown on a page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import takewhile

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from archive.domain.availability import Availability
from archive.domain.ids import PersonId, PostId
from archive.domain.statements import (
    CandidateQuery,
    Candidates,
    Extent,
    Statement,
    StatementDetail,
    StatementHit,
    StatementPage,
)
from archive.errors import NotFoundError
from archive.storage import bookmarks, captures, neighbours, posts, redactions, statement_rows
from archive.storage.cascade import Proposed
from archive.storage.checks import quoting
from archive.storage.narrowing import Worth, next_best, reaches_beyond, worth_reading
from archive.storage.postings import Numbers
from archive.storage.rows.posts import PostRow, SnapshotRow
from archive.storage.searching import search
from archive.storage.segments import WordIndex
from archive.storage.stored import storable
from archive.text.shingles import remembered_hashes

__all__ = ["candidates", "candidates_of_many", "deciding_of_many", "get", "of_person", "search"]

AT_ONCE = timedelta(minutes=10)
"""Posts of one author this close to each other are shown as one thread."""
SAME_SITTING = timedelta(hours=6)
"""Posts of one author this close to each other may be what one quotation joins; the matcher looks at the words."""
_GONE = (Availability.GONE, Availability.ACCOUNT_GONE, Availability.SUSPECTED_GONE)
_AGAIN_SHOWN = 5
_THREADED = 8
"""Candidates whose neighbours are fetched: those further down the list are hardly ever the original."""
_WORTH_JOINING = 0.25
"""The share of the quotation's information that a post must hold for its neighbours to be fetched: of the posts that
one quotation joins, mostly two, one holds more."""
_MOST_READ = 24
_MOST_EQUALS = 60
_MOST_LATE = 4
"""Posts younger than the article, which are no originals, but may tell what became of one."""
_EQUAL = 0.999


def candidates(session: Session, query: CandidateQuery, index: WordIndex) -> Candidates:
    """What the archive proposes for a quotation: posts it points at, posts that hold its words, and their threads.

    Every version of each post comes along, the newest first; posts after ``before`` come last.
    """
    return candidates_of_many(session, (query,), index)[0]


def candidates_of_many(session: Session, queries: Sequence[CandidateQuery], index: WordIndex) -> tuple[Candidates, ...]:
    """The same for several quotations, with as many questions to the database as for one."""
    return _read(session, queries, index=index, worth=[_worth_reading(session, query, index) for query in queries])


def deciding_of_many(session: Session, queries: Sequence[CandidateQuery], index: WordIndex) -> tuple[Candidates, ...]:
    """The same for many quotations, but only the posts that can decide what is said of each: no second best, no post
    younger than the article, and none that can neither win nor tie."""
    owned = [index.posts_by(session, (*query.accounts, *query.people)) for query in queries]
    proposals = index.propose_many(queries, speakers=owned)
    worth = [
        _worth_deciding(session, query, found=found, own=own)
        for query, found, own in zip(queries, proposals, owned, strict=True)
    ]
    return _read(session, queries, index=index, worth=_less_joined(session, queries, index=index, worth=worth))


def _worth_deciding(session: Session, query: CandidateQuery, *, found: Proposed, own: Numbers | None) -> Worth:
    last = math.inf if query.before is None else query.before.timestamp()
    worth = replace(worth_reading(found, last=last, own=own), next_best=next_best(found, last=last))
    if not query.native_ids:
        return worth
    pointed = _pointed_at(session, query.native_ids)
    return Worth(read=(*pointed, *worth.read), joined=(*pointed, *worth.joined), next_best=worth.next_best)


def _less_joined(
    session: Session, queries: Sequence[CandidateQuery], *, index: WordIndex, worth: Sequence[Worth]
) -> list[Worth]:
    """The same without neighbours of a post in which the quotation both begins and ends, nor of posts that hold less
    than that one; what was pointed at keeps its own."""
    held = statement_rows.versions(session, {seq for each in worth for seq in each.joined})
    asked = [query for query, each in zip(queries, worth, strict=True) if each.joined]
    frequencies = index.frequencies({word for query in asked for piece in query.hashes for word in piece})

    def reaches_on(seq: int, query: CandidateQuery) -> bool:
        texts = (remembered_hashes(statement.snapshot.text) for statement in held.get(seq, ()))
        return bool(query.native_ids) or any(
            reaches_beyond(query.hashes, words, frequencies=frequencies, size=index.size) for words in texts
        )

    return [
        replace(each, joined=tuple(takewhile(partial(reaches_on, query=query), each.joined))) if each.joined else each
        for query, each in zip(queries, worth, strict=True)
    ]


def _read(
    session: Session, queries: Sequence[CandidateQuery], *, index: WordIndex, worth: Sequence[Worth]
) -> tuple[Candidates, ...]:
    near = neighbours.around(session, [each.joined for each in worth], within=SAME_SITTING)
    wanted = [tuple(dict.fromkeys((*each.read, *more))) for each, more in zip(worth, near, strict=True)]
    held = statement_rows.versions(session, {seq for seqs in wanted for seq in seqs})
    frequencies = index.frequencies({word for query in queries for piece in query.hashes for word in piece})
    return tuple(
        Candidates(
            statements=_in_time_first([statement for seq in seqs for statement in held.get(seq, ())], query),
            corpus_size=index.size,
            frequencies={word: frequencies[word] for piece in query.hashes for word in piece},
            next_best=each.next_best,
            extent=each.extent,
        )
        for query, seqs, each in zip(queries, wanted, worth, strict=True)
    )


def _worth_reading(session: Session, query: CandidateQuery, index: WordIndex) -> Worth:
    """The posts to read – those pointed at, those that share most of the words, and all that share as much as the best
    (a sentence posted many times) – and those whose neighbours are to be read as well."""
    pointed = _pointed_at(session, query.native_ids)
    found = index.propose(query, speakers=index.posts_by(session, (*query.accounts, *query.people)))
    last = math.inf if query.before is None else query.before.timestamp()
    order = sorted(range(len(found.posts)), key=lambda place: (found.times[place] > last, -found.shared[place]))
    late = [place for place in order if found.times[place] > last][:_MOST_LATE]
    order = [place for place in order if found.times[place] <= last]
    most = found.shared[order[0]] if order else 0.0
    equal = [place for place in order[_MOST_READ:] if most > 0 and found.shared[place] >= _EQUAL * most]
    read = sorted((*order[:_MOST_READ], *equal[:_MOST_EQUALS], *late))
    least = _WORTH_JOINING * found.information
    telling = {post for post, shared in zip(found.posts, found.shared, strict=True) if shared >= least}
    seqs = tuple(dict.fromkeys((*pointed, *(found.posts[place] for place in read))))
    first = tuple(dict.fromkeys((*pointed, *found.posts)))[:_THREADED]
    joined = tuple(seq for seq in first if seq in pointed or seq in telling)
    return Worth(read=seqs, joined=joined, extent=Extent.ALL, next_best=next_best(found, last=last))


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
    thread = statement_rows.newest(session, sorted({seq, *neighbours.around(session, [(seq,)], within=AT_ONCE)[0]}))
    return StatementDetail(
        statement=found[0],
        versions=versions,
        captures=tuple(held[capture_id] for capture_id in dict.fromkeys(s.capture_id for s in versions)),
        thread=tuple(sorted(thread, key=lambda each: each.post.posted_at)) if len(thread) > 1 else (),
        quoted_in=quoting(session, post_id),
        posted_again=_posted_again(session, found[0]),
    )


def _posted_again(session: Session, statement: Statement) -> tuple[Statement, ...]:
    """Later posts of the account with the very same words; looked for only where the original is gone."""
    if statement.availability.availability not in _GONE:
        return ()
    post = statement.post
    query = (
        select(PostRow.seq)
        .join(SnapshotRow, SnapshotRow.post_seq == PostRow.seq)
        .where(
            PostRow.account_id == post.account_id,
            PostRow.posted_at > post.posted_at,
            SnapshotRow.text_digest == statement.snapshot.text_digest,
        )
        .order_by(PostRow.posted_at, PostRow.seq)
        .limit(_AGAIN_SHOWN)
    )
    return statement_rows.newest(session, tuple(dict.fromkeys(session.scalars(query))))


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


def _in_time_first(statements: Sequence[Statement], query: CandidateQuery) -> tuple[Statement, ...]:
    before = query.before
    if before is None:
        return tuple(statements)
    return tuple(sorted(statements, key=lambda statement: statement.post.posted_at > before))
