"""The audit of what was read and decided: articles, judgements, reviews, coverage and nights."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.domain.captures import digest_of
from archive.domain.coverage import CoverageInterval
from archive.domain.custody import CustodyKind, digest_list
from archive.domain.ids import AccountId
from archive.domain.verdicts import Judgement
from archive.storage import articles, coverage, entries, judgement_json, judgements, redactions, reviews, runs
from archive.storage.rows.checks import ArticleRow, JudgementAccountRow, JudgementPostRow, JudgementRow, ReviewRow
from archive.storage.rows.runs import CoverageRow, RunRow

PAGE = 2_000
_UNREADABLE = (TypeError, ValueError, KeyError, AttributeError, IndexError)


def article_problems(session: Session, *, since: int = 0) -> Iterator[str]:
    """Every article version against its entry, and its columns against its document."""
    wanted = entries.by_index(session, CustodyKind.ARTICLE, since=since)
    removed = redactions.everything(session)
    query = select(ArticleRow).where(ArticleRow.custody_index >= since).order_by(ArticleRow.id)
    for row in session.scalars(query.execution_options(yield_per=PAGE)):
        entry = wanted.pop(row.custody_index, None)
        emptied = removed.of("article_versions", row.id.hex)
        if emptied is not None and emptied.replacement == digest_of(row.document.encode("ascii", "replace")):
            continue
        if entry is None or not _article_fits(entry, row):
            yield f"Article version {row.id} differs from what the custody log committed to."
    for index in wanted:
        yield f"The article version of custody entry {index} is no longer held."


def _article_fits(entry: entries.Entry, row: ArticleRow) -> bool:
    try:
        version = articles.version_of_row(row)
    except _UNREADABLE:
        return False
    shown = (version.article.url, version.article.title)
    return entry.fits(articles.manifest_of(version, row.document)) and shown == (row.url, row.title)


def judgement_problems(session: Session, *, since: int = 0) -> Iterator[str]:
    """Every judgement against its entry, and its columns and grounds against its document."""
    wanted = entries.by_index(session, CustodyKind.JUDGEMENT, since=since)
    yield from _review_problems(session, wanted, since=since)
    query = select(JudgementRow).where(JudgementRow.custody_index >= since)
    rows = session.scalars(
        query.order_by(JudgementRow.custody_index, JudgementRow.seq).execution_options(yield_per=PAGE)
    )
    removed = redactions.everything(session)
    for index, batch in groupby(rows, key=lambda row: row.custody_index):
        found = {str(row.seq): row for row in batch}
        digests = [digest_of(row.document.encode("utf-8", "surrogatepass")) for row in found.values()]
        entry = wanted.pop(index, None)
        emptied = {row.key: row.replacement for row in removed.at_entry("judgements", index)}
        if emptied and emptied == dict(zip(found, digests, strict=True)):
            continue
        for row in found.values():
            if not _is_as_written(session, row):
                yield f"Judgement {row.id} is not what its own document says."
        if entry is None or not entry.fits(digest_list(digests)):
            yield f"Judgements of custody entry {index} differ from what it committed to."
    for index in wanted:
        yield f"The judgements or the review of custody entry {index} are no longer held."
    if not since:
        yield from _grounds_of_nothing(session)


def _is_as_written(session: Session, row: JudgementRow) -> bool:
    try:
        judgement = judgement_json.from_text(row.document)
    except _UNREADABLE:
        return False
    columns = judgements.columns_of(judgement)
    return all(getattr(row, name) == value for name, value in columns.items()) and _has_its_grounds(
        session, row.id, judgement
    )


def _has_its_grounds(session: Session, judgement_id: UUID, judgement: Judgement) -> bool:
    of_posts = select(JudgementPostRow.post_id).where(JudgementPostRow.judgement_id == judgement_id)
    of_accounts = select(JudgementAccountRow.account_id).where(JudgementAccountRow.judgement_id == judgement_id)
    posts, accounts = judgements.grounds_of(judgement)
    return set(session.scalars(of_posts)) == posts and set(session.scalars(of_accounts)) == accounts


def _grounds_of_nothing(session: Session) -> Iterator[str]:
    held = select(JudgementRow.id)
    for column in (JudgementPostRow.judgement_id, JudgementAccountRow.judgement_id):
        for judgement_id in session.scalars(select(column).where(column.not_in(held)).distinct()):
            yield f"Judgement {judgement_id} has grounds, but is no longer held."


def _review_problems(session: Session, wanted: dict[int, entries.Entry], *, since: int) -> Iterator[str]:
    for row in session.scalars(select(ReviewRow).where(ReviewRow.custody_index >= since).order_by(ReviewRow.seq)):
        entry = wanted.pop(row.custody_index, None)
        try:
            fits = entry is not None and entry.fits(reviews.manifest_of(reviews.review_of_row(row)))
        except _UNREADABLE:
            fits = False
        if not fits:
            yield f"Review {row.id} differs from what the custody log committed to."


def coverage_problems(session: Session, *, since: int = 0) -> Iterator[str]:
    """Every coverage row against its entry; entries on coverage and reports all have their row."""
    found = entries.entries(session, CustodyKind.REGISTRY, since=since)
    wanted = {index: entry for index, subject, entry in found if subject.startswith("coverage:")}
    for row in session.scalars(select(CoverageRow).where(CoverageRow.custody_index >= since).order_by(CoverageRow.seq)):
        interval = CoverageInterval(
            account_id=AccountId(row.account_id),
            since=row.since,
            until=row.until,
            how=row.how,
            includes_deletions=row.includes_deletions,
        )
        manifest = coverage.manifest_of(interval, retraction=row.retraction, at=row.recorded_at)
        entry = wanted.pop(row.custody_index, None)
        if entry is None or not entry.fits(manifest):
            yield f"Coverage entry {row.seq} differs from what the custody log committed to."
    for index in wanted:
        yield f"The coverage of custody entry {index} is no longer held."


def run_problems(session: Session, *, since: int = 0) -> Iterator[str]:
    """Every finished night against its entry."""
    wanted = entries.by_subject(session, CustodyKind.RUN)
    for row in session.scalars(select(RunRow).where(RunRow.finished_at.is_not(None)).order_by(RunRow.began_at)):
        found = wanted.pop(f"run:{row.id}", None)
        if found is not None and not any(entry.fits(runs.manifest_of_row(row)) for entry in found):
            yield f"The report of run {row.id} differs from what the custody log committed to."
        elif found is None and not runs.is_before_entries(session, row):
            yield f"The report of run {row.id} is not known to the custody log."
    for subject in wanted:
        if subject.startswith("run:"):
            yield f"The report of {subject.replace(':', ' ')} is no longer held."
