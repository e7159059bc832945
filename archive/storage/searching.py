"""Searching statements for people: words and phrases, filters around them, best or newest first, paged by key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Executable,
    Float,
    Subquery,
    and_,
    column,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Session

from archive.domain.availability import Availability
from archive.domain.statements import StatementHit, StatementPage, StatementQuery
from archive.storage import accounts, bookmarks, fulltext, names, statement_rows
from archive.storage.rows.posts import PostRow, SnapshotRow
from archive.storage.rows.registry import HoldingRow
from archive.storage.stored import storable
from archive.text import search_terms
from archive.text.search_terms import TextQuery

RANKED = 10_000
"""Matches that are ranked at most, the latest archived ones: a common word costs no more than this."""

_SQLITE_HITS = (
    "SELECT rowid AS seq, bm25(snapshot_search) AS score FROM snapshot_search "
    "WHERE snapshot_search MATCH :words ORDER BY rowid DESC LIMIT :most"
)
_POSTGRESQL_HITS = (
    "SELECT seq, -ts_rank_cd(words, asked)::float8 AS score FROM snapshot_search, to_tsquery('simple', :words) asked "
    "WHERE words @@ asked ORDER BY seq DESC LIMIT :most"
)


def search(session: Session, query: StatementQuery) -> StatementPage:
    """The page of statements that fit the query; with words the best first unless ``newest_first``.

    InvalidInputError ``bad_bookmark`` for an ``after`` that no page gave.
    """
    conditions = _conditions(session, query)
    if not query.words.strip():
        return _without_words(session, query, conditions)
    asked = search_terms.parse(query.words)
    if asked is None:
        return StatementPage(hits=(), after=None, total=0)
    # Reports hold their article's words, whatever platform they name.
    if query.unsearched:
        conditions.append(or_(PostRow.reported.is_(True), PostRow.platform.not_in(query.unsearched)))
    if query.unsearched_if_withheld:
        is_elsewhere = PostRow.platform.not_in(query.unsearched_if_withheld)
        is_open = PostRow.availability != Availability.WITHHELD
        conditions.append(or_(PostRow.reported.is_(True), is_elsewhere, is_open))
    return _with_words(session, query, conditions, asked=asked)


def _without_words(session: Session, query: StatementQuery, conditions: Sequence[ColumnElement[bool]]) -> StatementPage:
    wanted = (
        select(PostRow.seq, PostRow.posted_at)
        .where(*conditions, exists().where(SnapshotRow.post_seq == PostRow.seq))
        .order_by(PostRow.posted_at.desc(), PostRow.seq.desc())
        .limit(query.limit + 1)
    )
    if query.after is not None:
        at, number = bookmarks.read_time(query.after)
        wanted = wanted.where(_before(at, number))
    rows = session.execute(wanted).all()
    shown = rows[: query.limit]
    after = bookmarks.by_time(shown[-1].posted_at, shown[-1].seq) if len(rows) > query.limit else None
    statements = statement_rows.newest(session, [row.seq for row in shown])
    return StatementPage(hits=tuple(StatementHit(statement=statement) for statement in statements), after=after)


def _with_words(
    session: Session,
    query: StatementQuery,
    conditions: Sequence[ColumnElement[bool]],
    *,
    asked: TextQuery,
) -> StatementPage:
    found = _found(session, conditions, asked=asked)
    total = session.scalar(select(func.count()).select_from(found)) if query.after is None else None
    if total == RANKED:
        # That many were looked at, there may be more.
        total = None
    rows = session.execute(_page_of(found, query)).all()
    shown = rows[: query.limit]
    after = None
    if len(rows) > query.limit:
        last = shown[-1]
        after = (
            bookmarks.by_time(last.posted_at, last.post_seq)
            if query.newest_first
            else bookmarks.by_score(last.score, last.post_seq)
        )
    statements = statement_rows.of_snapshots(session, [row.snapshot_seq for row in shown])
    hits = tuple(
        StatementHit(statement=statement, highlights=search_terms.highlights(statement.snapshot.text, asked))
        for statement in statements
    )
    return StatementPage(hits=hits, after=after, total=total)


def _found(session: Session, conditions: Sequence[ColumnElement[bool]], *, asked: TextQuery) -> Subquery:
    """Posts that fit, each once, with the newest of its fitting snapshots and its best score."""
    dialect = session.connection().dialect.name
    hits_text = text(_SQLITE_HITS if dialect == "sqlite" else _POSTGRESQL_HITS)
    hits = (
        hits_text.bindparams(words=fulltext.expression(asked, dialect=dialect), most=RANKED)
        .columns(column("seq", BigInteger), column("score", Float))
        .cte("hits")
    )
    return (
        select(
            PostRow.seq.label("post_seq"),
            func.max(SnapshotRow.seq).label("snapshot_seq"),
            func.min(hits.c.score).label("score"),
            PostRow.posted_at.label("posted_at"),
        )
        .select_from(hits)
        .join(SnapshotRow, SnapshotRow.seq == hits.c.seq)
        .join(PostRow, PostRow.seq == SnapshotRow.post_seq)
        .where(*conditions)
        .group_by(PostRow.seq, PostRow.posted_at)
        .subquery()
    )


def _page_of(found: Subquery, query: StatementQuery) -> Executable:
    wanted = select(found.c.post_seq, found.c.snapshot_seq, found.c.score, found.c.posted_at).limit(query.limit + 1)
    if query.newest_first:
        wanted = wanted.order_by(found.c.posted_at.desc(), found.c.post_seq.desc())
        if query.after is None:
            return wanted
        at, number = bookmarks.read_time(query.after)
        return wanted.where(or_(found.c.posted_at < at, and_(found.c.posted_at == at, found.c.post_seq < number)))
    wanted = wanted.order_by(found.c.score, found.c.post_seq.desc())
    if query.after is None:
        return wanted
    score, number = bookmarks.read_score(query.after)
    return wanted.where(
        or_(found.c.score > literal(score), and_(found.c.score == literal(score), found.c.post_seq < number))
    )


def _before(at: datetime, number: int) -> ColumnElement[bool]:
    return or_(PostRow.posted_at < at, and_(PostRow.posted_at == at, PostRow.seq < number))


def _conditions(session: Session, query: StatementQuery) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if query.platform is not None:
        conditions.append(PostRow.platform == query.platform)
    if query.availability is not None:
        conditions.append(PostRow.availability == query.availability)
    if query.reported is not None:
        conditions.append(PostRow.reported.is_(query.reported))
    if query.since is not None:
        conditions.append(PostRow.posted_at >= datetime.combine(query.since, time(), tzinfo=UTC))
    if query.until is not None:
        conditions.append(PostRow.posted_at <= datetime.combine(query.until, time.max, tzinfo=UTC))
    if query.language:
        conditions.append(_in_language(query.language))
    if query.handle:
        found = accounts.with_handles(session, (query.handle,))
        conditions.append(PostRow.account_id.in_([account.id for account in found]))
    if query.speaker:
        conditions.append(_spoken_by(session, query.speaker))
    if query.office:
        conditions.append(_in_office(session, query.office))
    return conditions


def _in_language(language: str) -> ColumnElement[bool]:
    wanted = storable(language).lower()
    held = func.lower(SnapshotRow.language)
    # "en" finds "en-GB" too; the bounds are those of a prefix, without the wild cards of LIKE.
    begins = and_(held >= wanted + "-", held < wanted + ".")
    return exists().where(SnapshotRow.post_seq == PostRow.seq, or_(held == wanted, begins))


def _spoken_by(session: Session, speaker: str) -> ColumnElement[bool]:
    found = names.named(session, (speaker,))
    by_handle = [account.id for account in accounts.with_handles(session, (speaker,))]
    return or_(
        PostRow.voice_person_id.in_(found.people),
        PostRow.voice_office_id.in_(found.offices),
        PostRow.account_id.in_([*found.accounts, *by_handle]),
    )


def _in_office(session: Session, office: str) -> ColumnElement[bool]:
    """Posts by the office itself, or by whoever held it on the day of the post."""
    wanted = names.named(session, (office,)).offices
    if not wanted:
        return false()
    day = func.date(PostRow.posted_at)
    held = exists().where(
        HoldingRow.person_id == PostRow.voice_person_id,
        HoldingRow.office_id.in_(wanted),
        or_(HoldingRow.since.is_(None), HoldingRow.since <= day),
        or_(HoldingRow.until.is_(None), HoldingRow.until >= day),
    )
    return or_(PostRow.voice_office_id.in_(wanted), held)
