"""Exports: a check or a statement as a file of another world – WACZ, linked data, a table, a citation."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from pathlib import Path
from uuid import UUID

from archive import storage
from archive.domain.captures import Captured
from archive.domain.checks import Check, CheckState
from archive.domain.ids import CaptureId, CheckId, PostId
from archive.domain.statements import Statement, StatementDetail
from archive.errors import ConflictError, InvalidInputError, NotFoundError, StorageError
from archive.runtime import Runtime
from archive.services import checkpoints, receipts, showing, tables, wacz
from archive.services.citations import Citations, cite
from archive.services.linked_data import check_linked_data, statement_linked_data


class ExportForm(StrEnum):
    """What an export is."""

    WACZ = "wacz"
    JSONLD = "jsonld"
    CSV = "csv"
    CITATION = "citation"
    BIBTEX = "bibtex"
    CSL = "csl"


_ENDINGS = {
    ExportForm.WACZ: ("wacz", "application/wacz+zip"),
    ExportForm.JSONLD: ("jsonld", "application/ld+json"),
    ExportForm.CSV: ("csv", "text/csv; charset=utf-8"),
    ExportForm.CITATION: ("txt", "text/plain; charset=utf-8"),
    ExportForm.BIBTEX: ("bib", "application/x-bibtex; charset=utf-8"),
    ExportForm.CSL: ("csl.json", "application/vnd.citationstyles.csl+json"),
}
_OF_STATEMENTS = (ExportForm.CITATION, ExportForm.BIBTEX, ExportForm.CSL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A file to hand out: a name for it, its type, its bytes."""

    name: str
    media_type: str
    body: bytes


def export(runtime: Runtime, target: UUID, form: ExportForm, *, base: str = "") -> Exported:
    """A finished check, or a statement, in that form; ``base`` is the site's address for permanent links.

    NotFoundError ``no_such_target``; ConflictError ``check_not_done``; InvalidInputError ``not_of_checks`` for a
    citation of a check; RedactedError; for WACZ whatever stands in the way of a receipt.
    """
    address = (base or runtime.settings.base_url).rstrip("/")
    found = _find(runtime, target)
    if isinstance(found, Check):
        body = _of_check(runtime, showing.public_check(runtime.settings, found), form, base=address)
    else:
        body = _of_statement(runtime, showing.public_detail(runtime.settings, found), form, base=address)
    ending, media_type = _ENDINGS[form]
    kind = "check" if isinstance(found, Check) else "statement"
    return Exported(name=f"{kind}-{str(target)[:8]}.{ending}", media_type=media_type, body=body)


def cite_statement(runtime: Runtime, statement: Statement, *, permalink: str) -> Citations:
    """A statement cited in every form."""
    return cite(statement, permalink=permalink, seen=runtime.now())


def write_file(path: Path, body: bytes) -> None:
    """Write a new file. ConflictError ``file_exists``; StorageError ``disk_failed``."""
    try:
        with path.open("xb") as file:
            file.write(body)
    except FileExistsError as error:
        raise ConflictError(f"There is a file {path} already.", code="file_exists") from error
    except OSError as error:
        raise StorageError(f"The file {path} cannot be written: {error.strerror}.", code="disk_failed") from error


def _find(runtime: Runtime, target: UUID) -> Check | StatementDetail:
    with runtime.database.reading() as session:
        storage.redactions.refuse_removed_check(session, CheckId(target))
        try:
            check = storage.checks.get(session, CheckId(target))
        except NotFoundError:
            return _statement(runtime, target)
    if check.state is not CheckState.DONE:
        raise ConflictError("The check has not come to its end.", code="check_not_done")
    return check


def _statement(runtime: Runtime, target: UUID) -> StatementDetail:
    try:
        with runtime.database.reading() as session:
            return storage.statements.get(session, PostId(target))
    except NotFoundError as error:
        raise NotFoundError(
            "That is neither a check nor a statement of this archive.", code="no_such_target"
        ) from error


def _of_check(runtime: Runtime, check: Check, form: ExportForm, *, base: str) -> bytes:
    if form in _OF_STATEMENTS:
        raise InvalidInputError("Statements are cited, not checks.", code="not_of_checks")
    if form is ExportForm.CSV:
        return tables.check_table(check)
    if form is ExportForm.JSONLD:
        return _json(check_linked_data(check, permalink=f"{base}/checks/{check.id}", base=base))
    wanted = [check.article.capture_id] if check.article is not None and check.article.capture_id is not None else []
    original = [item.statement.snapshot for j in check.judgements for item in j.opinion.evidence]
    wanted += [snapshot.capture_id for snapshot in original if not snapshot.is_hidden]
    title = check.article.article.title if check.article is not None else None
    return _wacz(runtime, check.id, wanted=wanted, title=title or "A check of quotations")


def _of_statement(runtime: Runtime, detail: StatementDetail, form: ExportForm, *, base: str) -> bytes:
    statement = detail.statement
    permalink = f"{base}/statements/{statement.post.id}"
    if form is ExportForm.CSV:
        return tables.statement_table(detail)
    if form is ExportForm.JSONLD:
        return _json(statement_linked_data(statement, permalink=permalink))
    if form is ExportForm.WACZ:
        wanted = [] if statement.snapshot.is_hidden else [capture.id for capture in detail.captures]
        return _wacz(runtime, statement.post.id, wanted=wanted, title=f"Statement by {statement.voice.name}")
    cited = cite_statement(runtime, statement, permalink=permalink)
    text = {
        ExportForm.BIBTEX: cited.bibtex,
        ExportForm.CSL: cited.csl,
    }.get(form, cited.sentences())
    return text.encode("utf-8", "replace")


def _wacz(runtime: Runtime, target: UUID, *, wanted: list[CaptureId], title: str) -> bytes:
    receipt = receipts.write_receipt(runtime, target)
    captures = _captures(runtime, wanted)
    pages = [
        wacz.Page(url=wacz.address_of(each), title=title, captured_at=each.capture.provenance.received_at)
        for each in captures
    ]
    folder = resources.files("archive.receipts")
    evidence = [
        ("README.txt", folder.joinpath("README.txt").read_bytes()),
        ("verify.py", folder.joinpath("verify.py").read_bytes()),
        ("receipt.zip", receipt),
        ("checkpoint.txt", str(checkpoints.latest_checkpoint(runtime).note).encode("utf-8")),
        *receipts.log_proofs(receipt),
    ]
    return wacz.package(captures, pages=pages, evidence=evidence, title=title, made_at=runtime.now())


def _captures(runtime: Runtime, wanted: list[CaptureId]) -> list[Captured]:
    """Captures with the bytes that may be passed on, as far as a receipt holds them too."""
    found = []
    with runtime.database.reading() as session:
        for capture_id in dict.fromkeys(wanted):
            capture = storage.captures.get(session, capture_id)
            if receipts.may_be_passed_on(session, capture):
                body = storage.captures.body(session, capture.digest)
                exchanges = storage.exchanges.of_capture(session, capture_id)
                found.append(Captured(capture=capture, body=body, exchanges=exchanges))
    return found


def _json(document: object) -> bytes:
    return (json.dumps(document, ensure_ascii=True, indent=2) + "\n").encode("ascii")
