"""Checks: queued, claimed by one worker, finished or failed; the row is the truth about a check's state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from archive.domain.articles import ArticleVersion
from archive.domain.captures import Digest, digest_of
from archive.domain.checks import Check, CheckState, Submission
from archive.domain.ids import ArticleId, CheckId, JudgementId
from archive.domain.verdicts import Judgement, Note
from archive.errors import ConflictError, InvalidInputError, NotFoundError
from archive.storage import articles, custody, json_text, judgements
from archive.storage.commitments import values_manifest
from archive.storage.judgements import due_for_rejudging, leaning_on, quoting
from archive.storage.rows.checks import ArticleRow, CheckRow
from archive.storage.stored import storable

__all__ = [
    "add",
    "add_judgement",
    "claim",
    "due_for_rejudging",
    "fail",
    "finish",
    "get",
    "judgement",
    "leaning_on",
    "next_queued",
    "quoting",
    "recent",
    "release_abandoned",
    "submission_digest",
    "under_way",
]


def submission_digest(submission: Submission) -> Digest:
    """What is equal for two submissions of the same thing under the same policy."""
    body = None if submission.body is None else submission.body.hex()
    day = None if submission.published_on is None else submission.published_on.isoformat()
    what = (submission.url, submission.text, submission.file_name, body, day)
    return digest_of(values_manifest(submission.kind.value, *what, submission.policy))


def add(session: Session, check: Check) -> None:
    """Store a queued check."""
    submission = check.submission
    session.add(
        CheckRow(
            id=check.id,
            kind=submission.kind,
            url=submission.url,
            text=submission.text,
            file_name=submission.file_name,
            body=submission.body,
            published_on=submission.published_on,
            policy=submission.policy,
            submission_digest=submission_digest(submission),
            state=check.state,
            requested_at=check.requested_at,
            notes="[]",
        )
    )
    session.flush()


def under_way(session: Session, submission: Submission) -> Check | None:
    """The check of the same thing that is queued or running, None where there is none."""
    query = (
        select(CheckRow)
        .where(
            CheckRow.submission_digest == submission_digest(submission),
            CheckRow.state.in_((CheckState.QUEUED, CheckState.RUNNING)),
        )
        .order_by(CheckRow.seq)
        .limit(1)
    )
    row = session.scalars(query).one_or_none()
    return None if row is None else _composed(session, (row,))[0]


def claim(session: Session, check_id: CheckId, now: datetime) -> Check | None:
    """Take a queued check to work on; None where another worker has it or it is done."""
    taken = session.execute(
        update(CheckRow)
        .where(CheckRow.id == check_id, CheckRow.state == CheckState.QUEUED)
        .values(state=CheckState.RUNNING, claimed_at=now)
        .execution_options(synchronize_session=False)
    )
    return get(session, check_id) if cast(CursorResult[object], taken).rowcount else None


def release_abandoned(session: Session, *, now: datetime, longer_than: timedelta) -> int:
    """Queue again the checks that were claimed longer ago than that: their worker died. How many there were."""
    released = session.execute(
        update(CheckRow)
        .where(CheckRow.state == CheckState.RUNNING, CheckRow.claimed_at < now - longer_than)
        .values(state=CheckState.QUEUED, claimed_at=None)
        .execution_options(synchronize_session=False)
    )
    return cast(CursorResult[object], released).rowcount


def next_queued(session: Session) -> CheckId | None:
    """The check that has waited longest, None where none waits."""
    query = select(CheckRow.id).where(CheckRow.state == CheckState.QUEUED).order_by(CheckRow.seq).limit(1)
    found = session.scalar(query)
    return None if found is None else CheckId(found)


def finish(
    session: Session,
    check_id: CheckId,
    *,
    article: ArticleVersion,
    judgements: Sequence[Judgement],
    notes: Sequence[Note],
    at: datetime,
) -> None:
    """End a check with its article and judgements. ConflictError ``check_not_running`` where it is not running.

    The article version is added where it is not held yet.
    """
    custody.lock(session)
    articles.add(session, article)
    values = {"article_id": article.id, "notes": json_text.dumps(tuple(notes))}
    _end(session, check_id, state=CheckState.DONE, at=at, values=values)
    _add_judgements(session, judgements)


def fail(session: Session, check_id: CheckId, *, code: str, message: str, at: datetime) -> None:
    """End a check with the code and sentence of what went wrong."""
    values = {"error_code": storable(code), "error_message": storable(message)}
    _end(session, check_id, state=CheckState.FAILED, at=at, values=values)


def get(session: Session, check_id: CheckId) -> Check:
    """The check with its newest judgements; NotFoundError ``no_such_check`` where there is none."""
    query = select(CheckRow).where(CheckRow.id == check_id).execution_options(populate_existing=True)
    row = session.scalars(query).one_or_none()
    if row is None:
        raise NotFoundError("No such check.", code="no_such_check")
    return _composed(session, (row,))[0]


def recent(session: Session, *, limit: int = 20, after: str | None = None) -> tuple[Check, ...]:
    """The newest checks first, those older than the check whose identifier is ``after``.

    InvalidInputError ``bad_bookmark`` where that is none.
    """
    query = select(CheckRow).order_by(CheckRow.seq.desc()).limit(limit)
    if after is not None:
        query = query.where(CheckRow.seq < _seq_of(session, after))
    return _composed(session, session.scalars(query).all())


def judgement(session: Session, judgement_id: JudgementId) -> Judgement:
    """The judgement; NotFoundError ``no_such_judgement`` where there is none."""
    return judgements.get(session, judgement_id)


def add_judgement(session: Session, judgement: Judgement) -> None:
    """Append one judgement, as a rule one that supersedes another. ConflictError ``already_superseded``."""
    judgements.add(session, (judgement,))


_add_judgements = judgements.add


def _end(session: Session, check_id: CheckId, *, state: CheckState, at: datetime, values: Mapping[str, object]) -> None:
    ended = session.execute(
        update(CheckRow)
        .where(CheckRow.id == check_id, CheckRow.state.in_((CheckState.RUNNING, CheckState.QUEUED)))
        .values(state=state, finished_at=at, **values)
        .execution_options(synchronize_session=False)
    )
    if not cast(CursorResult[object], ended).rowcount:
        raise ConflictError("The check is not under way.", code="check_not_running")


def _seq_of(session: Session, bookmark: str) -> int:
    try:
        seq = session.scalar(select(CheckRow.seq).where(CheckRow.id == UUID(bookmark)))
    except ValueError:
        seq = None
    if seq is None:
        raise InvalidInputError("That is no bookmark of a page.", code="bad_bookmark")
    return seq


def _composed(session: Session, rows: Sequence[CheckRow]) -> tuple[Check, ...]:
    made = judgements.of_checks(session, [CheckId(row.id) for row in rows])
    wanted = {row.article_id for row in rows if row.article_id is not None}
    query = select(ArticleRow).where(ArticleRow.id.in_(wanted))
    held = {ArticleId(row.id): articles.version_of_row(row) for row in session.scalars(query)} if wanted else {}
    return tuple(
        _check(
            row,
            article=None if row.article_id is None else held[ArticleId(row.article_id)],
            made=made.get(CheckId(row.id), ((), ())),
        )
        for row in rows
    )


def _check(
    row: CheckRow, *, article: ArticleVersion | None, made: tuple[tuple[Judgement, ...], tuple[Judgement, ...]]
) -> Check:
    standing, earlier = made
    return Check(
        id=CheckId(row.id),
        submission=Submission(
            kind=row.kind,
            url=row.url,
            text=row.text,
            file_name=row.file_name,
            body=row.body,
            published_on=row.published_on,
            policy=row.policy,
        ),
        state=row.state,
        requested_at=row.requested_at,
        finished_at=row.finished_at,
        article=article,
        judgements=standing,
        notes=json_text.loads(tuple[Note, ...], row.notes),
        error_code=row.error_code,
        error_message=row.error_message,
        earlier=earlier,
    )
