"""Neighbours: posts of the same author close in time, or that answer one another: what one quotation may join."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import BigInteger, Text, and_, bindparam, column, or_, select, text
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import TextualSelect

from archive.storage.memory import Placed, memory_of
from archive.storage.rows.posts import PostRow

_STEPS = 3
_MOST = 48
_HOPS = 3
_AT_ONCE = 5_000

_SQLITE_NEXT = """
SELECT b.seq AS base, q.seq AS seq, q.account_id AS account_id, q.posted_at AS posted_at, q.native_id AS native_id,
  q.in_reply_to AS in_reply_to
FROM json_each(:seqs) asked CROSS JOIN posts b ON b.seq = asked.value
CROSS JOIN posts q ON q.seq IN (
  SELECT p.seq FROM posts p WHERE p.account_id = b.account_id AND NOT p.reported AND {which} LIMIT :steps)
"""
_POSTGRESQL_NEXT = """
SELECT b.seq AS base, q.seq AS seq, q.account_id AS account_id, q.posted_at AS posted_at, q.native_id AS native_id,
  q.in_reply_to AS in_reply_to
FROM (SELECT value::bigint AS value FROM json_array_elements_text(CAST(:seqs AS json))) asked
JOIN posts b ON b.seq = asked.value CROSS JOIN LATERAL (
  SELECT p.* FROM posts p WHERE p.account_id = b.account_id AND NOT p.reported AND {which} LIMIT :steps) q
"""
_EARLIER = "p.posted_at <= b.posted_at AND p.seq <> b.seq ORDER BY p.posted_at DESC, p.seq DESC"
_LATER = "p.posted_at > b.posted_at ORDER BY p.posted_at, p.seq"


def around(session: Session, groups: Sequence[Sequence[int]], *, within: timedelta) -> list[tuple[int, ...]]:
    """For each group of posts those close to one of them in time, a few either way, and a few steps along answers."""
    asked = tuple(dict.fromkeys(seq for group in groups for seq in group))
    if not asked:
        return [() for _ in groups]
    placed = _placed(session, asked)
    beside = _beside(session, asked)
    answered = _answered(session, [*placed.values(), *(each for near in beside.values() for each in near)])
    return [
        _of_group(session, group, placed=placed, beside=beside, answered=answered, within=within) for group in groups
    ]


def _of_group(
    session: Session,
    group: Sequence[int],
    *,
    placed: dict[int, Placed],
    beside: dict[int, tuple[Placed, ...]],
    answered: frozenset[str],
    within: timedelta,
) -> tuple[int, ...]:
    known = dict.fromkeys(group)
    edge = [placed[seq] for seq in group if seq in placed]
    # Only the first step goes by time: a press office that posts every five minutes is no thread.
    close = {
        near.seq: near
        for base in edge
        for near in beside.get(base.seq, ())
        if abs(near.posted_at - base.posted_at) <= within and near.seq not in known
    }
    found = sorted(close.values(), key=lambda each: (each.posted_at, each.seq))
    known.update(dict.fromkeys(close))
    edge = [each for each in (*edge, *found) if each.in_reply_to is not None or each.native_id in answered]
    for _ in range(_HOPS):
        if not edge:
            break
        edge = _linked(session, edge, known=known)
        found += edge
    return tuple(each.seq for each in found)[:_MOST]


_COLUMNS = (PostRow.seq, PostRow.account_id, PostRow.posted_at, PostRow.native_id, PostRow.in_reply_to)


def _placed(session: Session, seqs: Sequence[int]) -> dict[int, Placed]:
    found: dict[int, Placed] = {}
    for start in range(0, len(seqs), _AT_ONCE):
        rows = session.execute(select(*_COLUMNS).where(PostRow.seq.in_(seqs[start : start + _AT_ONCE])))
        found.update((row[0], _place(*row)) for row in rows)
    return found


def _place(seq: int, account_id: UUID, posted_at: datetime, native_id: str, in_reply_to: str | None) -> Placed:  # noqa: PLR0917
    return Placed(seq=seq, account_id=account_id, posted_at=posted_at, native_id=native_id, in_reply_to=in_reply_to)


def _beside(session: Session, seqs: Sequence[int]) -> dict[int, tuple[Placed, ...]]:
    """What the same author posted next before and next after each post, however long before or after."""
    memory = memory_of(session)
    known = memory.beside if memory is not None else {}
    missing = [seq for seq in seqs if seq not in known]
    near: dict[int, list[Placed]] = {seq: [] for seq in missing}
    if missing:
        dialect = session.connection().dialect.name
        for query in _QUERIES["sqlite" if dialect == "sqlite" else "postgresql"]:
            for base, *place in session.execute(query, {"seqs": json.dumps(missing), "steps": _STEPS}):
                near[base].append(_place(*place))
    known.update((seq, tuple(each)) for seq, each in near.items())
    return {seq: known[seq] for seq in seqs}


def _query(sql: str, which: str) -> TextualSelect:
    types = {name: PostRow.__table__.c[name].type for name in ("account_id", "posted_at")}
    return (
        text(sql.format(which=which))
        .bindparams(bindparam("seqs", type_=Text))
        .columns(
            column("base", BigInteger),
            column("seq", BigInteger),
            *(column(name, types[name]) for name in ("account_id", "posted_at")),
            column("native_id", Text),
            column("in_reply_to", Text),
        )
    )


_QUERIES = {
    dialect: tuple(_query(sql, which) for which in (_EARLIER, _LATER))
    for dialect, sql in (("sqlite", _SQLITE_NEXT), ("postgresql", _POSTGRESQL_NEXT))
}


def _answered(session: Session, places: Iterable[Placed]) -> frozenset[str]:
    """Those of the posts' identifiers that some post answers."""
    asked = list({each.native_id for each in places})
    found: set[str] = set()
    for start in range(0, len(asked), _AT_ONCE):
        query = select(PostRow.in_reply_to).where(PostRow.in_reply_to.in_(asked[start : start + _AT_ONCE])).distinct()
        found.update(answered for answered in session.scalars(query) if answered is not None)
    return frozenset(found)


def _linked(session: Session, edge: Sequence[Placed], *, known: dict[int, None]) -> list[Placed]:
    """What answers one of these posts, or is answered by it, of the same author."""
    conditions = [
        and_(PostRow.in_reply_to == each.native_id, PostRow.account_id == each.account_id) for each in edge
    ] + [
        and_(PostRow.native_id == each.in_reply_to, PostRow.account_id == each.account_id)
        for each in edge
        if each.in_reply_to is not None
    ]
    query = select(*_COLUMNS).where(or_(*conditions), PostRow.reported.is_(False)).limit(_MOST * 2)
    fresh = [_place(*row) for row in session.execute(query) if row[0] not in known]
    known.update(dict.fromkeys(each.seq for each in fresh))
    return sorted(fresh, key=lambda each: (each.posted_at, each.seq))
