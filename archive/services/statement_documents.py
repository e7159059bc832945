"""The JSON documents of statements: one, a page of them, everything about one."""

from __future__ import annotations

from collections.abc import Mapping

from archive.domain.posts import Snapshot
from archive.domain.statements import Quoting, Statement, StatementDetail, StatementHit, StatementPage
from archive.services.moments import day, instant

Document = dict[str, object]


def statement_document(statement: Statement) -> Document:
    """A statement as people search it: voice, account, post and one version of its text."""
    return {
        "id": str(statement.post.id),
        "reference": statement.post.reference,
        "text": None if statement.snapshot.is_hidden else statement.snapshot.text,
        "hidden": statement.snapshot.is_hidden,
        "language": statement.snapshot.language,
        "speaker": {
            "name": statement.voice.name,
            "basis": statement.voice.basis.value,
            "office": statement.office_title,
            "person_id": str(statement.voice.person_id) if statement.voice.person_id is not None else None,
        },
        "account": {
            "platform": statement.account.platform.value,
            "handle": statement.account.handle,
            "display_name": statement.account.display_name,
            "kind": statement.account.kind.value,
        },
        "posted_at": instant(statement.post.posted_at),
        "url": statement.post.url,
        "version": statement.snapshot.version,
        "versions": statement.latest_version,
        "seen_at": instant(statement.snapshot.seen_at),
        "text_sha256": str(statement.snapshot.text_digest),
        "grade": statement.grade.value,
        "availability": statement.availability.availability.value,
        "report": _report(statement),
    }


def detail_document(detail: StatementDetail) -> Document:
    """Everything a statement's page shows."""
    return {
        "statement": statement_document(detail.statement),
        "versions": [
            {**version_document(snapshot), "unmarked_edit": snapshot.version in detail.ghost_edits}
            for snapshot in detail.versions
        ],
        "captures": [
            {
                "id": str(capture.id),
                "sha256": str(capture.digest),
                "size": capture.size,
                "method": capture.provenance.method.value,
                "source": capture.provenance.source,
                "received_at": instant(capture.provenance.received_at),
            }
            for capture in detail.captures
        ],
        "thread": [statement_document(statement) for statement in detail.thread],
        "posted_again": [statement_document(statement) for statement in detail.posted_again],
        "quoted_in": [quoting_document(quoting) for quoting in detail.quoted_in],
    }


def version_document(snapshot: Snapshot) -> Document:
    """One version of a post's text."""
    return {
        "version": snapshot.version,
        "text": None if snapshot.is_hidden else snapshot.text,
        "seen_at": instant(snapshot.seen_at),
        "edited_at": instant(snapshot.edited_at),
        "text_sha256": str(snapshot.text_digest),
        "truncated": snapshot.truncated,
    }


def quoting_document(quoting: Quoting) -> Document:
    """An article that quotes a statement."""
    return {
        "check": str(quoting.check_id),
        "title": quoting.article_title,
        "url": quoting.article_url,
        "n": quoting.number,
        "verdict": quoting.verdict,
    }


def hit_document(hit: StatementHit) -> Document:
    """One result of a search with its highlighted stretches."""
    return {**statement_document(hit.statement), "highlights": [list(span) for span in hit.highlights]}


def page_document(page: StatementPage) -> Document:
    """One page of results; ``after`` is the bookmark of the next."""
    return {
        "results": [hit_document(hit) for hit in page.hits],
        "after": page.after,
        "total": page.total,
        "unsearched": [platform.value for platform in page.unsearched],
    }


def _report(statement: Statement) -> Mapping[str, object] | None:
    report = statement.report
    if report is None:
        return None
    return {
        "outlet": report.outlet,
        "article_title": report.article_title,
        "article_url": report.article_url,
        "article_published_on": day(report.article_published_on),
        "embedded_url": report.embedded_url,
        "said_on": day(report.said_on),
    }
