"""Statements composed from rows: posts with snapshots, accounts, captures, offices and reports, in few queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.domain.accounts import Account
from archive.domain.captures import Capture, Digest
from archive.domain.evidence import EvidenceGrade, grade_of
from archive.domain.ids import AccountId, ArticleId, CaptureId, CheckId, OfficeId, PersonId, PostId
from archive.domain.offices import Holding, Office
from archive.domain.statements import Report, Statement
from archive.domain.voices import Voice
from archive.storage import accounts, captures, offices, second_copies
from archive.storage.bulk import post_of_row, snapshot_of_row
from archive.storage.memory import memory_of
from archive.storage.posts import availability_of_row
from archive.storage.rows.checks import ArticleRow
from archive.storage.rows.posts import PostRow, ReportRow, SnapshotRow


def every_version(session: Session, seqs: Sequence[int]) -> tuple[Statement, ...]:
    """Statements of the posts with these numbers, in this order; every version of each, the newest first."""
    held = versions(session, seqs)
    return tuple(statement for seq in dict.fromkeys(seqs) for statement in held.get(seq, ()))


def versions(session: Session, seqs: Collection[int]) -> dict[int, tuple[Statement, ...]]:
    """By the number of each post every version of it, the newest first; a post without text is left out."""
    memory = memory_of(session)
    known = memory.statements if memory is not None else {}
    missing = sorted(set(seqs) - known.keys())
    for start in range(0, len(missing), _AT_ONCE):
        pairs = _pairs(session, missing[start : start + _AT_ONCE])
        for (post, _, _), statement in zip(pairs, _composed(session, pairs), strict=True):
            known[post.seq] = (*known.get(post.seq, ()), statement)
    return {seq: known[seq] for seq in seqs if seq in known}


def newest(session: Session, seqs: Sequence[int]) -> tuple[Statement, ...]:
    """The newest version of the posts with these numbers, in this order."""
    return tuple(
        statement
        for statement in every_version(session, seqs)
        if statement.snapshot.version == statement.latest_version
    )


def of_snapshots(session: Session, snapshot_seqs: Sequence[int]) -> tuple[Statement, ...]:
    """The statements as these snapshots show them, in this order."""
    order = {seq: place for place, seq in enumerate(snapshot_seqs)}
    owners = dict(
        session.execute(select(SnapshotRow.seq, SnapshotRow.post_seq).where(SnapshotRow.seq.in_(snapshot_seqs))).all()
    )
    pairs = [
        (post, snapshot, latest)
        for post, snapshot, latest in _pairs(session, list(owners.values()))
        if snapshot.seq in order
    ]
    return _composed(session, sorted(pairs, key=lambda pair: order[pair[1].seq]))


_Pair = tuple[PostRow, SnapshotRow, int]
_AT_ONCE = 5_000
_POST_COLUMNS = tuple(column for column in PostRow.__table__.c if column.key != "next_look_at")
_SNAPSHOT_COLUMNS = tuple(
    column for column in SnapshotRow.__table__.c if column.key not in ("replaced", "custody_index")
)


def _pairs(session: Session, seqs: Sequence[int]) -> list[_Pair]:
    """Posts with their snapshots, in this order. The rows have the columns' names but are no mapped objects, which
    would cost several times as much."""
    if not seqs:
        return []
    order = {seq: place for place, seq in reversed(list(enumerate(seqs)))}
    held = cast(list[PostRow], session.execute(select(*_POST_COLUMNS).where(PostRow.seq.in_(order))).all())
    mine = select(*_SNAPSHOT_COLUMNS).where(SnapshotRow.post_seq.in_(order))
    snapshots = cast(list[SnapshotRow], session.execute(mine).all())
    posts = {post.seq: post for post in held}
    latest: dict[int, int] = {}
    for snapshot in snapshots:
        latest[snapshot.post_seq] = max(latest.get(snapshot.post_seq, 0), snapshot.version)
    snapshots.sort(key=lambda snapshot: (order[snapshot.post_seq], -snapshot.version))
    return [(posts[each.post_seq], each, latest[each.post_seq]) for each in snapshots]


def _composed(session: Session, pairs: Sequence[_Pair]) -> tuple[Statement, ...]:
    if not pairs:
        return ()
    posts = [post for post, _, _ in pairs]
    held = {account.id: account for account in accounts.many(session, {post.account_id for post in posts})}
    seen = captures.many(session, {CaptureId(snapshot.capture_id) for _, snapshot, _ in pairs})
    reports = _reports(session, [post.seq for post in posts if post.reported])
    titles = _Titles(session, posts)
    copied = second_copies.shown_words(session, (post.url for post in posts))
    return tuple(
        _statement(
            pair,
            account=held[AccountId(pair[0].account_id)],
            capture=seen[CaptureId(pair[1].capture_id)],
            report=reports.get(pair[0].seq),
            office_title=titles.of(pair[0]),
            second_copy=(pair[0].url, pair[1].text_digest) in copied,
        )
        for pair in pairs
    )


def _statement(
    pair: _Pair,
    *,
    account: Account,
    capture: Capture,
    report: Report | None,
    office_title: str | None,
    second_copy: bool,
) -> Statement:
    post, snapshot, latest = pair
    return Statement(
        voice=voice_of_row(post),
        account=account,
        post=post_of_row(post),
        snapshot=snapshot_of_row(snapshot, PostId(post.id)),
        grade=EvidenceGrade.TYPED_IN if post.reported else grade_of(capture, second_copy=second_copy),
        availability=availability_of_row(post),
        office_title=office_title,
        latest_version=latest,
        report=report,
    )


def voice_of_row(row: PostRow) -> Voice:
    """Whose words a post's row says they are."""
    return Voice(
        name=row.voice_name,
        basis=row.voice_basis,
        person_id=None if row.voice_person_id is None else PersonId(row.voice_person_id),
        office_id=None if row.voice_office_id is None else OfficeId(row.voice_office_id),
    )


def _reports(session: Session, seqs: Sequence[int]) -> dict[int, Report]:
    if not seqs:
        return {}
    query = (
        select(ReportRow, ArticleRow.text_digest)
        .outerjoin(ArticleRow, ArticleRow.id == ReportRow.article_id)
        .where(ReportRow.post_seq.in_(seqs))
    )
    return {row.post_seq: report_of_row(row, digest) for row, digest in session.execute(query)}


def report_of_row(row: ReportRow, article_digest: str | None = None) -> Report:
    """The value of a report's row, with the digest of its article's text where that is held."""
    return Report(
        outlet=row.outlet,
        article_title=row.article_title,
        article_url=row.article_url,
        article_published_on=row.article_published_on,
        embedded_url=row.embedded_url,
        said_on=row.said_on,
        check_id=None if row.check_id is None else CheckId(row.check_id),
        article_id=None if row.article_id is None else ArticleId(row.article_id),
        article_digest=None if article_digest is None else Digest(article_digest),
    )


class _Titles:
    """The office each voice held on the day of its post; the one that speaks, where an office does."""

    def __init__(self, session: Session, posts: Iterable[PostRow]) -> None:
        people: set[UUID] = set()
        speaking: set[UUID] = set()
        for post in posts:
            if post.voice_person_id is not None:
                people.add(post.voice_person_id)
            if post.voice_office_id is not None:
                speaking.add(post.voice_office_id)
        self._holdings: dict[UUID, list[Holding]] = {}
        for holding in offices.holdings(session, person_ids=people):
            self._holdings.setdefault(holding.person_id, []).append(holding)
        held = {holding.office_id for each in self._holdings.values() for holding in each}
        self._offices: dict[UUID, Office] = {office.id: office for office in offices.many(session, speaking | held)}

    def of(self, post: PostRow) -> str | None:
        """The title, None where the registry knows none for that day."""
        day = post.posted_at.date()
        if post.voice_person_id is not None:
            held = (holding for holding in self._holdings.get(post.voice_person_id, ()) if holding.holds_on(day))
            found = next((self._offices[holding.office_id] for holding in held), None)
            if found is not None:
                return found.title
        office = self._offices.get(post.voice_office_id) if post.voice_office_id is not None else None
        return None if office is None else office.title
