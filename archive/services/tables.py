"""Tables for spreadsheets: CSV in UTF-8, of which no cell is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from archive.domain.checks import Check
from archive.domain.statements import StatementDetail
from archive.domain.verdicts import Judgement
from archive.services.claim_documents import said_on
from archive.services.moments import day, instant

_STARTS_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "|", "%")
CHECK_COLUMNS = (
    "number",
    "quotation",
    "speaker",
    "office",
    "platform",
    "said_on",
    "verdict",
    "group",
    "findings",
    "explanation",
    "original",
    "original_url",
    "original_posted_at",
    "original_text",
    "decided_by",
    "decided_at",
)
STATEMENT_COLUMNS = (
    "version",
    "speaker",
    "office",
    "platform",
    "handle",
    "posted_at",
    "url",
    "seen_at",
    "text",
    "text_sha256",
    "language",
    "grade",
    "availability",
)


def check_table(check: Check) -> bytes:
    """A row for each quotation of a check."""
    return _written(CHECK_COLUMNS, (_quotation_row(judgement) for judgement in check.judgements))


def statement_table(detail: StatementDetail) -> bytes:
    """A row for each version of a statement."""
    held = detail.statement
    return _written(
        STATEMENT_COLUMNS,
        (
            (
                snapshot.version,
                held.voice.name,
                held.office_title,
                held.account.platform.value,
                held.account.handle,
                instant(held.post.posted_at),
                held.post.url,
                instant(snapshot.seen_at),
                snapshot.text,
                snapshot.text_digest,
                snapshot.language,
                held.grade.value,
                held.availability.availability.value,
            )
            for snapshot in detail.versions
        ),
    )


def guarded(cell: object) -> str:
    """A cell that no spreadsheet runs: one that would begin a formula gets an apostrophe in front.

    Not at its first character only: programs pass over space in front of a formula.
    """
    text = "" if cell is None else str(cell)
    return "'" + text if text.startswith(_STARTS_FORMULA) or text.lstrip().startswith(_STARTS_FORMULA) else text


def _quotation_row(judgement: Judgement) -> Sequence[object]:
    opinion = judgement.opinion
    claim, first = opinion.claim, next(iter(opinion.evidence), None)
    statement = first.statement if first is not None else None
    return (
        judgement.number,
        claim.quotation.content,
        claim.attribution.speaker_name or claim.attribution.speaker_printed,
        claim.attribution.office,
        claim.attribution.platform.value if claim.attribution.platform is not None else None,
        said_on(claim),
        opinion.verdict.value,
        opinion.group.value,
        " ".join(dict.fromkeys(finding.code.value for finding in opinion.findings)),
        opinion.explanation,
        statement.post.reference if statement is not None else None,
        statement.post.url if statement is not None else None,
        instant(statement.post.posted_at) if statement is not None else day(None),
        statement.snapshot.text if statement is not None else None,
        judgement.decided_by,
        instant(judgement.decided_at),
    )


def _written(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(columns)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    # The mark at the beginning tells spreadsheets that it is UTF-8; half a character cannot be written.
    return ("\ufeff" + target.getvalue()).encode("utf-8", "replace")
