"""Curating: the registry of people, offices, holdings, accounts and who controls them, with proof and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from archive import storage
from archive.capture.dumps import dump_lines, read_dump
from archive.domain.accounts import Account, Control, Proof
from archive.domain.captures import Captured
from archive.domain.offices import Office
from archive.domain.people import Person
from archive.domain.registry import RegistryEntry
from archive.errors import ArchiveError
from archive.extraction.registry_rows import read_entry, read_registry
from archive.logs import logger_of
from archive.runtime import Runtime
from archive.services.dump_rows import each_row
from archive.services.ingest import same_identifier
from archive.services.reports import ImportReport, Tally
from archive.storage.database import Session

log = logger_of("services.curate")

BATCH = 200
_YAML = re.compile(r"\.ya?ml$", re.IGNORECASE)


def import_registry(runtime: Runtime, path: Path) -> ImportReport:
    """Take a registry file (YAML, CSV, JSONL) in; bad rows are passed over. The same file twice adds nothing."""
    return take_registry(runtime, read_dump(path, now=runtime.now()))


def take_registry(runtime: Runtime, captured: Captured) -> ImportReport:
    """Take the rows of a captured registry file in, some hundred and a transaction at a time."""
    captured = same_identifier(captured)
    tally = Tally()
    entries = _entries(captured, tally)
    first = list(islice(entries, BATCH))
    with runtime.database.writing() as session:
        storage.captures.add(session, captured)
        known = _everything(session)
    while first:
        _take_batch(runtime, first, captured=captured, known=known, tally=tally)
        first = list(islice(entries, BATCH))
    log.info("registry.imported", read=tally.read, added=tally.added, refused=tally.refused)
    return tally.report()


def _entries(captured: Captured, tally: Tally) -> Iterator[RegistryEntry]:
    if _YAML.search(captured.capture.provenance.source):
        yield from _yaml_entries(captured, tally)
        return
    for line, entry in each_row(captured, lambda row, number: read_entry(row, line=number)):
        tally.read += 1
        if isinstance(entry, RegistryEntry):
            yield entry
        else:
            tally.refuse(line, entry)


def _yaml_entries(captured: Captured, tally: Tally) -> Iterator[RegistryEntry]:
    for entry in read_registry(dump_lines(captured), name=captured.capture.provenance.source):
        tally.read += 1
        yield entry


def _take_batch(
    runtime: Runtime, batch: list[RegistryEntry], *, captured: Captured, known: set[object], tally: Tally
) -> None:
    """A batch in one transaction; where one row is refused, each row in its own, so that the others are kept."""
    try:
        with runtime.database.writing() as session:
            taken = [_take(session, entry, captured=captured) for entry in batch]
    except ArchiveError as error:
        if len(batch) == 1:
            tally.refuse(batch[0].line, error)
            return
        for entry in batch:
            _take_batch(runtime, [entry], captured=captured, known=known, tally=tally)
        return
    for values in taken:
        new = values - known
        known |= new
        tally.added += bool(new)
        tally.unchanged += not new
    _renew_voices(runtime, taken)


def _renew_voices(runtime: Runtime, taken: list[set[object]]) -> None:
    """Posts that were archived before the registry knew their account get the voice it gives them now."""
    accounts = {value.account_id for values in taken for value in values if isinstance(value, Control)}
    with runtime.database.writing() as session:
        storage.revoicing.renew_voices(session, accounts)


def _take(session: Session, entry: RegistryEntry, *, captured: Captured) -> set[object]:
    """Everything one row states, as stored."""
    proof = Proof(url=entry.proof_url, note=entry.proof_note, capture_id=captured.capture.id)
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
            storage.accounts.ensure_control(
                session,
                account.id,
                person_id=person.id if person is not None else None,
                office_id=office.id if person is None and office is not None else None,
                since=entry.control_since,
                until=entry.control_until,
                proof=proof,
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
