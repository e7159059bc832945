"""Judgements: appended with what they rest on; a newer one supersedes, nothing is edited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, exists, insert, select
from sqlalchemy.orm import Session, aliased

from archive.domain.captures import digest_of
from archive.domain.custody import CustodyKind, digest_list
from archive.domain.ids import AccountId, CheckId, JudgementId, PostId
from archive.domain.statements import Quoting
from archive.domain.verdicts import Judgement
from archive.errors import ConflictError, NotFoundError
from archive.storage import custody, judgement_json, writing
from archive.storage.rows.checks import (
    ArticleRow,
    CheckRow,
    JudgementAccountRow,
    JudgementPostRow,
    JudgementRow,
)


def add(session: Session, judgements: Sequence[Judgement]) -> None:
    """Append judgements made together, under one custody entry.

    ConflictError ``already_superseded`` where another judgement took the place of the superseded one first.
    """
    if not judgements:
        return
    custody.lock(session)
    _refuse_superseding_twice(session, judgements)
    documents = [judgement_json.text_of(judgement) for judgement in judgements]
    manifest = digest_list([digest_of(document.encode("ascii")) for document in documents])
    first = judgements[0]
    subject = str(first.check_id or first.id)
    event = custody.append(session, CustodyKind.JUDGEMENT, subject, manifest=manifest, at=first.decided_at)
    seq = writing.next_number(session, JudgementRow.seq)
    for number, (judgement, document) in enumerate(zip(judgements, documents, strict=True), start=seq):
        row = {"seq": number, "document": document, "custody_index": event.index}
        session.execute(insert(JudgementRow), row | columns_of(judgement))
        _add_grounds(session, judgement)


def get(session: Session, judgement_id: JudgementId) -> Judgement:
    """The judgement; NotFoundError ``no_such_judgement`` where there is none."""
    document = session.scalar(select(JudgementRow.document).where(JudgementRow.id == judgement_id))
    if document is None:
        raise NotFoundError("No such judgement.", code="no_such_judgement")
    return judgement_json.from_text(document)


def of_checks(
    session: Session, check_ids: Iterable[CheckId]
) -> dict[CheckId, tuple[tuple[Judgement, ...], tuple[Judgement, ...]]]:
    """For each check its judgements that stand, by number, and those superseded, the newest first."""
    query = select(JudgementRow).where(JudgementRow.check_id.in_(set(check_ids))).order_by(JudgementRow.seq)
    rows = session.scalars(query).all()
    superseded = {row.supersedes for row in rows if row.supersedes is not None}
    standing: dict[CheckId, dict[int, Judgement]] = {}
    earlier: dict[CheckId, list[Judgement]] = {}
    for row in rows:
        check_id, judgement = CheckId(row.check_id or row.id), judgement_json.from_text(row.document)
        before = standing.setdefault(check_id, {}).get(row.number)
        if row.id in superseded:
            earlier.setdefault(check_id, []).append(judgement)
            continue
        if before is not None:
            earlier.setdefault(check_id, []).append(before)
        standing[check_id][row.number] = judgement
    return {
        check_id: (
            tuple(held[number] for number in sorted(held)),
            tuple(reversed(earlier.get(check_id, []))),
        )
        for check_id, held in standing.items()
    }


def quoting(session: Session, post_id: PostId) -> tuple[Quoting, ...]:
    """The articles whose standing judgements rest on the post, the latest first."""
    query = (
        select(JudgementRow, CheckRow.id, ArticleRow.title, ArticleRow.url)
        .join(JudgementPostRow, JudgementPostRow.judgement_id == JudgementRow.id)
        .join(CheckRow, CheckRow.id == JudgementRow.check_id)
        .outerjoin(ArticleRow, ArticleRow.id == JudgementRow.article_id)
        .where(JudgementPostRow.post_id == post_id, _stands())
        .order_by(JudgementRow.seq.desc())
    )
    return tuple(
        Quoting(
            check_id=CheckId(check_id),
            article_title=title,
            article_url=url,
            number=row.number,
            verdict=row.verdict.value,
            post_id=post_id,
        )
        for row, check_id, title, url in session.execute(query)
    )


def leaning_on(session: Session, post_id: PostId) -> tuple[Judgement, ...]:
    """The standing judgements that rest on the post."""
    query = (
        select(JudgementRow.document)
        .join(JudgementPostRow, JudgementPostRow.judgement_id == JudgementRow.id)
        .where(JudgementPostRow.post_id == post_id, _stands())
        .order_by(JudgementRow.seq)
    )
    return tuple(judgement_json.from_text(document) for document in session.scalars(query))


def due_for_rejudging(
    session: Session,
    *,
    engine_version: str,
    account_ids: Iterable[AccountId] = (),
    after: CheckId | None = None,
    limit: int = 100,
) -> tuple[CheckId, ...]:
    """Checks with a standing judgement by another engine version, or that asked about one of the accounts' coverage.

    Judgements by a person are never due. In the order of the checks' arrival, those after ``after``.
    """
    asked = exists().where(
        JudgementAccountRow.judgement_id == JudgementRow.id, JudgementAccountRow.account_id.in_(set(account_ids))
    )
    is_due = (JudgementRow.engine_version != engine_version) | asked
    query = (
        select(CheckRow.id, CheckRow.seq)
        .join(JudgementRow, JudgementRow.check_id == CheckRow.id)
        .where(is_due, JudgementRow.decided_by == "engine", _stands())
        .group_by(CheckRow.id, CheckRow.seq)
        .order_by(CheckRow.seq)
        .limit(limit)
    )
    if after is not None:
        query = query.where(CheckRow.seq > select(CheckRow.seq).where(CheckRow.id == after).scalar_subquery())
    return tuple(CheckId(check_id) for check_id, _ in session.execute(query))


def _stands() -> ColumnElement[bool]:
    later = aliased(JudgementRow)
    return ~exists().where(later.supersedes == JudgementRow.id)


def _refuse_superseding_twice(session: Session, judgements: Sequence[Judgement]) -> None:
    wanted = [judgement.supersedes for judgement in judgements if judgement.supersedes is not None]
    if wanted and session.scalar(select(JudgementRow.id).where(JudgementRow.supersedes.in_(wanted)).limit(1)):
        raise ConflictError("That judgement was superseded in the meantime.", code="already_superseded")


def columns_of(judgement: Judgement) -> dict[str, object]:
    """The columns that repeat what the judgement's document says."""
    return {
        "id": judgement.id,
        "check_id": judgement.check_id,
        "article_id": judgement.article_id,
        "number": judgement.number,
        "verdict": judgement.opinion.verdict,
        "policy": judgement.policy,
        "engine_version": judgement.engine_version,
        "decided_at": judgement.decided_at,
        "decided_by": judgement.decided_by,
        "supersedes": judgement.supersedes,
    }


def grounds_of(judgement: Judgement) -> tuple[set[UUID], set[UUID]]:
    """The posts that a judgement rests on, and the accounts whose coverage it asked about."""
    return {item.statement.post.id for item in judgement.opinion.evidence}, set(judgement.opinion.coverage.accounts)


def _add_grounds(session: Session, judgement: Judgement) -> None:
    posts, accounts = grounds_of(judgement)
    if posts:
        values = [{"judgement_id": judgement.id, "post_id": post_id} for post_id in sorted(posts)]
        session.execute(insert(JudgementPostRow), values)
    if accounts:
        values = [{"judgement_id": judgement.id, "account_id": account_id} for account_id in sorted(accounts)]
        session.execute(insert(JudgementAccountRow), values)
