"""Offices and who held them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from archive.domain.accounts import Proof
from archive.domain.ids import CaptureId, HoldingId, OfficeId, PersonId, named_id
from archive.domain.offices import Holding, Office
from archive.errors import InvalidInputError, NotFoundError
from archive.storage import attributions, custody, names
from archive.storage.attributions import Subject
from archive.storage.keys import name_key
from archive.storage.rows.registry import HoldingRow, Named, OfficeRow, OfficeTitleRow
from archive.storage.stored import storable


def ensure_office(
    session: Session,
    title: str,
    *,
    aliases: Sequence[str] = (),
    country: str | None = None,
    institution: bool = False,
    wikidata: str | None = None,
) -> Office:
    """The office with that Wikidata item, or with that title in that country; made where there is none.

    InvalidInputError ``empty_name`` for a title without a letter.
    """
    if not name_key(title):
        raise InvalidInputError("An office needs a title.", code="empty_name")
    custody.lock(session)
    title = storable(title)
    row = _held(session, title, country=country, wikidata=wikidata)
    if row is None:
        office_id = named_id("office", wikidata or name_key(title), "" if wikidata else name_key(country or ""))
        row = OfficeRow(id=office_id, title=title, country=country, institution=institution, wikidata=wikidata)
        session.add(row)
        session.flush()
    else:
        row.wikidata = row.wikidata or wikidata
        row.country = row.country or country
        row.institution = row.institution or institution
        session.flush()
    forms = names.keep_forms(session, Named.OFFICE, row.id, forms=(row.title, title, *map(storable, aliases)))
    attributions.keep(session, Subject.OFFICE, row.id)
    return _office(row, forms)


def ensure_holding(
    session: Session,
    person_id: PersonId,
    office_id: OfficeId,
    *,
    since: date | None = None,
    until: date | None = None,
    proof: Proof | None = None,
) -> Holding:
    """The person's holding of that office that begins on that day; its end and proof are those given last.

    InvalidInputError ``bad_date`` when it ends before it begins.
    """
    if since is not None and until is not None and until < since:
        raise InvalidInputError("The office ends before it begins.", code="bad_date")
    custody.lock(session)
    holding_id = named_id("holding", person_id.hex, office_id.hex, str(since))
    row = session.get(HoldingRow, holding_id)
    if row is None:
        row = HoldingRow(id=holding_id, person_id=person_id, office_id=office_id, since=since)
        session.add(row)
    row.until = until if until is not None else row.until
    if proof is not None:
        row.proof_url, row.proof_note, row.proof_capture_id = proof.url, proof.note, proof.capture_id
    session.flush()
    attributions.keep(session, Subject.HOLDING, row.id)
    return _holding(row)


def get(session: Session, office_id: OfficeId) -> Office:
    """The office; NotFoundError ``no_such_office`` where there is none."""
    found = many(session, (office_id,))
    if not found:
        raise NotFoundError("No such office.", code="no_such_office")
    return found[0]


def many(session: Session, office_ids: Iterable[UUID]) -> tuple[Office, ...]:
    """The offices with those identifiers, by title."""
    wanted = set(office_ids)
    if not wanted:
        return ()
    rows = session.scalars(select(OfficeRow).where(OfficeRow.id.in_(wanted)).order_by(OfficeRow.title, OfficeRow.id))
    held = rows.all()
    forms: dict[UUID, list[str]] = {row.id: [] for row in held}
    query = (
        select(OfficeTitleRow.office_id, OfficeTitleRow.form)
        .where(OfficeTitleRow.office_id.in_(wanted))
        .order_by(OfficeTitleRow.office_id, OfficeTitleRow.position)
    )
    for office_id, form in session.execute(query):
        forms[office_id].append(form)
    return tuple(_office(row, forms[row.id]) for row in held)


def holdings(
    session: Session, *, person_ids: Iterable[UUID] = (), office_ids: Iterable[UUID] = ()
) -> tuple[Holding, ...]:
    """Holdings of any of those people or offices, the latest first."""
    people, offices = set(person_ids), set(office_ids)
    if not people and not offices:
        return ()
    query = select(HoldingRow).where(or_(HoldingRow.person_id.in_(people), HoldingRow.office_id.in_(offices)))
    found = [_holding(row) for row in session.scalars(query)]
    return tuple(sorted(found, key=lambda holding: (holding.since or date.min, holding.id), reverse=True))


def _held(session: Session, title: str, *, country: str | None, wikidata: str | None) -> OfficeRow | None:
    if wikidata is not None:
        row = session.scalars(select(OfficeRow).where(OfficeRow.wikidata == wikidata)).one_or_none()
        if row is not None:
            return row
    same = select(OfficeTitleRow.office_id).where(OfficeTitleRow.key == name_key(title))
    rows = session.scalars(select(OfficeRow).where(OfficeRow.id.in_(same)).order_by(OfficeRow.id)).all()
    fitting = [
        row
        for row in rows
        if name_key(row.country or "") == name_key(country or "") and (wikidata is None or row.wikidata is None)
    ]
    return fitting[0] if fitting else None


def _office(row: OfficeRow, forms: Iterable[str]) -> Office:
    return Office(
        id=OfficeId(row.id),
        title=row.title,
        aliases=tuple(form for form in forms if form != row.title),
        country=row.country,
        institution=row.institution,
        wikidata=row.wikidata,
    )


def _holding(row: HoldingRow) -> Holding:
    capture_id = None if row.proof_capture_id is None else CaptureId(row.proof_capture_id)
    return Holding(
        id=HoldingId(row.id),
        person_id=PersonId(row.person_id),
        office_id=OfficeId(row.office_id),
        since=row.since,
        until=row.until,
        proof=Proof(url=row.proof_url, note=row.proof_note, capture_id=capture_id),
    )
