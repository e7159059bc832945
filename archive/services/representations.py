"""The JSON documents of the archive, in one place: what the command line prints and the web serves is the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archive.domain.checks import Check
from archive.domain.claims import Claim
from archive.domain.coverage import Coverage
from archive.domain.findings import Finding
from archive.domain.redactions import RedactedError
from archive.domain.spans import Span
from archive.domain.verdicts import Axes, Evidence, Judgement, Note, Opinion
from archive.errors import ArchiveError
from archive.services.claim_documents import Document, article_document, claim_document, name_of, quoted_words, said_on
from archive.services.moments import day, instant
from archive.services.redaction_documents import redaction_document, tombstone_document
from archive.services.report_documents import import_document, interval_document, run_document
from archive.services.statement_documents import (
    detail_document,
    hit_document,
    page_document,
    quoting_document,
    statement_document,
    version_document,
)

__all__ = [
    "Document",
    "article_document",
    "axes_document",
    "check_document",
    "claim_document",
    "coverage_document",
    "day",
    "detail_document",
    "finding_document",
    "hit_document",
    "import_document",
    "instant",
    "interval_document",
    "judgement_document",
    "match_document",
    "note_document",
    "page_document",
    "post_document",
    "problem_document",
    "quoting_document",
    "redaction_document",
    "run_document",
    "said_on",
    "statement_document",
    "tombstone_document",
    "version_document",
]


def check_document(check: Check) -> Document:
    """A check with its article, quotations and notes. Offsets count characters of the article's text."""
    return {
        "check": {
            "id": str(check.id),
            "state": check.state.value,
            "policy": check.submission.policy,
            "requested_at": instant(check.requested_at),
            "finished_at": instant(check.finished_at),
            "error": _error(check.error_code, check.error_message),
        },
        "article": article_document(check.article.article) if check.article is not None else None,
        "quotations": [judgement_document(judgement) for judgement in check.judgements],
        "notes": [note_document(note) for note in check.notes],
    }


def judgement_document(judgement: Judgement) -> Document:
    """One quotation with its verdict, findings and the posts it rests on."""
    opinion = judgement.opinion
    return {
        "n": judgement.number,
        **quoted_words(opinion.claim),
        "speaker": _speaker(opinion.claim),
        "cue": opinion.claim.attribution.cue,
        "platform": name_of(opinion.claim.attribution.platform),
        "said_on": said_on(opinion.claim),
        "verdict": opinion.verdict.value,
        "group": opinion.group.value,
        "explanation": opinion.explanation,
        "axes": axes_document(opinion.axes),
        "findings": [finding_document(finding) for finding in opinion.findings],
        "posts": [post_document(evidence) for evidence in opinion.evidence],
        "removed": [str(post_id) for post_id in opinion.redacted],
        "coverage": coverage_document(opinion.coverage),
        "judgement": {
            "id": str(judgement.id),
            "policy": judgement.policy,
            "engine_version": judgement.engine_version,
            "decided_at": instant(judgement.decided_at),
            "decided_by": judgement.decided_by,
            "reason": judgement.reason,
            "supersedes": str(judgement.supersedes) if judgement.supersedes is not None else None,
        },
    }


def match_document(identifier: object, opinion: Opinion) -> Document:
    """The answer of ``match --batch`` on one claim; ``posts`` best first, empty when nothing was found.

    Of a quotation that runs over several posts the one it takes most from stands first.
    """
    evidence = sorted(opinion.evidence, key=lambda item: -item.alignment.information)
    return {
        "id": identifier,
        "verdict": opinion.verdict.value,
        "group": opinion.group.value,
        "posts": [item.statement.post.reference for item in evidence],
        "findings": [{"code": finding.code.value} for finding in opinion.findings],
        "axes": axes_document(opinion.axes),
    }


def finding_document(finding: Finding) -> Document:
    """One observation with its places in the quotation's words and in the archived text."""
    return {
        "code": finding.code.value,
        "name": finding.code.label,
        "severity": finding.severity.value,
        "explanation": finding.explanation,
        "quoted": _pair(finding.quoted),
        "archived": _pair(finding.archived),
    }


def note_document(note: Note) -> Document:
    """An observation on the article as a whole."""
    return {
        "code": note.finding.code.value,
        "name": note.finding.code.label,
        "severity": note.finding.severity.value,
        "explanation": note.finding.explanation,
        "spans": [list(span) for span in note.spans],
    }


def axes_document(axes: Axes) -> Document:
    """The five axes."""
    return {
        "wording": axes.wording.value,
        "attribution": axes.attribution.value,
        "channel": axes.channel.value,
        "source": axes.source.value,
        "decidability": axes.decidability.value,
    }


def post_document(evidence: Evidence) -> Document:
    """The post a judgement rests on, with the version compared."""
    statement = evidence.statement
    return {
        "platform": statement.post.platform.value,
        "post_id": statement.post.native_id,
        "statement": str(statement.post.id),
        "url": statement.post.url,
        "handle": statement.account.handle,
        "posted_at": instant(statement.post.posted_at),
        "version": statement.snapshot.version,
        "grade": evidence.grade.value,
        "reported": statement.is_reported,
    }


def coverage_document(coverage: Coverage) -> Document:
    """What the archive could have known."""
    return {
        "state": coverage.state.value,
        "since": instant(coverage.since),
        "until": instant(coverage.until),
        "gaps": [
            {"account": str(gap.account_id), "since": instant(gap.since), "until": instant(gap.until)}
            for gap in coverage.gaps
        ],
        "includes_deletions": coverage.includes_deletions,
    }


def problem_document(error: ArchiveError, *, title: str | None = None) -> Document:
    """An error as a problem document (RFC 9457): ``code`` is stable, ``detail`` one plain sentence."""
    document: Document = {
        "type": f"urn:onrecord:error:{error.code}",
        "title": title or error.code.replace("_", " "),
        "status": error.http_status,
        "code": error.code,
        "detail": error.message,
    }
    if isinstance(error, RedactedError):
        document["removed"] = tombstone_document(error.tombstone)
    return document


def _speaker(claim: Claim) -> Document | None:
    attribution = claim.attribution
    if attribution.speaker_printed is None and attribution.speaker_name is None:
        return None
    return {"printed": attribution.speaker_printed, "name": attribution.speaker_name, "office": attribution.office}


def _error(code: str | None, message: str | None) -> Mapping[str, object] | None:
    return {"code": code, "message": message} if code is not None else None


def _pair(span: Span | None) -> Sequence[int] | None:
    return [span.start, span.end] if span is not None else None
