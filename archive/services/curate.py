"""Curating: the registry of people, offices, holdings, accounts and who controls them, with proof and dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from itertools import islice
from pathlib import Path

from archive import storage
from archive.capture.dumps import dump_lines, read_dump, unpacked
from archive.domain.accounts import Account, Control, Proof
from archive.domain.captures import Captured
from archive.domain.ids import AccountId
from archive.domain.offices import Office
from archive.domain.people import Person
from archive.domain.registry import RegistryEntry
from archive.errors import ArchiveError, ConflictError, InvalidInputError, NotFoundError
from archive.extraction.dumps.recognition import head_of
from archive.extraction.registries.documents import document_rows, is_document
from archive.extraction.registry_rows import read_each, read_entry, read_yaml
from archive.logs import logger_of
from archive.runtime import Runtime
from archive.services.dump_readings import same_identifier
from archive.services.dump_rows import each_row
from archive.services.look_alikes import GENUINE, look_alike_remarks
from archive.services.proof_pages import ProofPages, Proofs
from archive.services.reports import ImportReport, Tally
from archive.storage.database import Session

log = logger_of("services.curate")

BATCH = 200
_YAML = re.compile(r"\.ya?ml$", re.IGNORECASE)


def import_registry(runtime: Runtime, path: Path, *, proofs: ProofPages = ProofPages.HELD) -> ImportReport:
    """Take a registry file in: ours (YAML, CSV, JSONL), Popolo, Wikidata, congress-legislators.

    Bad rows are passed over. The same file twice adds nothing.
    """
    return take_registry(runtime, read_dump(path, now=runtime.now()), proofs=proofs)


def rehearse_registry(runtime: Runtime, path: Path) -> ImportReport:
    """What taking the file in would do; nothing is kept, and no proof page is fetched."""
    captured = read_dump(path, now=runtime.now())
    with runtime.database.rehearsing() as session:
        return _Taking(runtime, captured, proofs=ProofPages.HELD, writing=lambda: nullcontext(session)).report()


def take_registry(runtime: Runtime, captured: Captured, *, proofs: ProofPages = ProofPages.HELD) -> ImportReport:
    """Take the rows of a captured registry file in, some hundred and a transaction at a time."""
    return _Taking(runtime, captured, proofs=proofs, writing=runtime.database.writing).report()


class _Taking:
    """One registry file on its way in; ``writing`` gives the sessions that write."""

    def __init__(
        self,
        runtime: Runtime,
        captured: Captured,
        *,
        proofs: ProofPages,
        writing: Callable[[], AbstractContextManager[Session]],
    ) -> None:
        self._captured = same_identifier(captured)
        self._tally = Tally()
        self._proofs = Proofs(runtime, proofs, tally=self._tally)
        self._writing = writing
        self._known: set[object] = set()
        self._touched: set[AccountId] = set()

    def report(self) -> ImportReport:
        """Take everything in, and say what that was."""
        entries = self._entries()
        batch = list(islice(entries, BATCH))
        with self._writing() as session:
            storage.captures.add(session, self._captured)
            self._known = _everything(session)
        while batch:
            self._take(batch)
            batch = list(islice(entries, BATCH))
        with self._writing() as session:
            accounts = storage.directory.whole(session).accounts
        genuine = tuple(account for account in accounts if account.kind in GENUINE)
        for sentence in look_alike_remarks(accounts, genuine=genuine):
            self._tally.remark(sentence)
        log.info("registry.imported", read=self._tally.read, added=self._tally.added, refused=self._tally.refused)
        return self._tally.report()

    def _entries(self) -> Iterator[RegistryEntry]:
        for line, entry in _read(self._captured):
            self._tally.read += 1
            if isinstance(entry, RegistryEntry):
                yield entry
            else:
                self._tally.refuse(line, entry)

    def _take(self, batch: list[RegistryEntry]) -> None:
        """A batch in one transaction; a row that is refused leaves nothing behind, the others stay."""
        self._proofs.fetch(batch)
        with self._writing() as session:
            pages = self._proofs.kept(session, batch)
            for entry in batch:
                page = pages.get(entry.proof_url or "")
                proof = Proof(url=entry.proof_url, note=entry.proof_note, capture_id=page)
                links = page is not None and self._proofs.links(session, entry, page=page)
                of_account = proof if links else replace(proof, capture_id=None)
                try:
                    with storage.database.attempt(session):
                        self._count(_take(session, entry, proof=proof, of_account=of_account))
                except (InvalidInputError, ConflictError, NotFoundError) as error:
                    self._tally.refuse(entry.line, error)
            # Posts that were archived before the registry knew their account get the voice it gives them now.
            storage.revoicing.renew_voices(session, self._touched)
        self._touched = set()

    def _count(self, values: set[object]) -> None:
        new = values - self._known
        self._known |= new
        self._touched |= {value.account_id for value in values if isinstance(value, Control)}
        self._tally.added += bool(new)
        self._tally.unchanged += not new


def _read(captured: Captured) -> Iterator[tuple[int, RegistryEntry | ArchiveError]]:
    """Each entry of the file with its line or number, or what is wrong with it."""
    if _YAML.search(captured.capture.provenance.source):
        return read_yaml(b"\n".join(line for _, line in dump_lines(captured)))
    if is_document(head_of(unpacked(captured))):
        return read_each(document_rows(b"".join(unpacked(captured))))
    return each_row(captured, lambda row, number: read_entry(row, line=number))


def _take(session: Session, entry: RegistryEntry, *, proof: Proof, of_account: Proof) -> set[object]:
    """Everything one row states, as stored; ``of_account`` proves whose the account is, ``proof`` the office."""
    person = _person(session, entry)
    office = _office(session, entry)
    account = _account(session, entry)
    values: set[object] = {value for value in (person, office, account) if value is not None}
    if person is not None and office is not None:
        values.add(
            storage.offices.ensure_holding(
                session, person.id, office.id, since=entry.since, until=entry.until, proof=proof
            )
        )
    if account is not None and (person is not None or office is not None):
        values.add(
            storage.controls.ensure_control(
                session,
                account.id,
                person_id=person.id if person is not None else None,
                office_id=office.id if person is None and office is not None else None,
                since=entry.control_since,
                until=entry.control_until,
                proof=of_account,
            )
        )
    return values


def _person(session: Session, entry: RegistryEntry) -> Person | None:
    if entry.person is None:
        return None
    return storage.people.ensure_person(session, entry.person, aliases=entry.aliases, wikidata=entry.wikidata)


def _office(session: Session, entry: RegistryEntry) -> Office | None:
    if entry.office is None:
        return None
    return storage.offices.ensure_office(
        session,
        entry.office,
        aliases=entry.office_aliases,
        country=entry.country,
        institution=entry.institution,
        wikidata=entry.office_wikidata,
    )


def _account(session: Session, entry: RegistryEntry) -> Account | None:
    if entry.platform is None or not (entry.handle or entry.account_native_id):
        return None
    account = storage.accounts.ensure_account(
        session,
        platform=entry.platform,
        native_id=entry.account_native_id,
        handle=entry.handle or "",
        display_name=entry.account_name or entry.person or entry.office or "",
        url=entry.account_url,
        kind=entry.account_kind,
    )
    for use in entry.handles:
        account = storage.accounts.add_handle(session, account.id, use.handle, since=use.since, until=use.until)
    return account


def _everything(session: Session) -> set[object]:
    whole = storage.directory.whole(session)
    return {*whole.people, *whole.offices, *whole.holdings, *whole.accounts, *whole.controls}
