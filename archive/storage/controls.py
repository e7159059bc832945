"""Controls: which person or office speaks through an account, from when to when, and what proves it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from archive.domain.accounts import Control, Proof
from archive.domain.ids import AccountId, CaptureId, ControlId, OfficeId, PersonId, named_id
from archive.errors import InvalidInputError
from archive.storage import attributions, custody
from archive.storage.rows.accounts import ControlRow


def ensure_control(
    session: Session,
    account_id: AccountId,
    *,
    person_id: PersonId | None = None,
    office_id: OfficeId | None = None,
    since: date | None = None,
    until: date | None = None,
    proof: Proof | None = None,
) -> Control:
    """That the person or office speaks through the account from that day; its end and proof are those given last.

    InvalidInputError ``bad_date`` when it ends before it begins, ``no_controller`` when nobody is named.
    """
    if person_id is None and office_id is None:
        raise InvalidInputError("Somebody has to control the account.", code="no_controller")
    if since is not None and until is not None and until < since:
        raise InvalidInputError("The control ends before it begins.", code="bad_date")
    custody.lock(session)
    parts = (account_id.hex, str(person_id), str(office_id), str(since))
    control_id = named_id("control", *parts)
    row = session.get(ControlRow, control_id)
    if row is None:
        row = ControlRow(id=control_id, account_id=account_id, person_id=person_id, office_id=office_id, since=since)
        session.add(row)
    row.until = until if until is not None else row.until
    if proof is not None:
        row.proof_url, row.proof_note, row.proof_capture_id = proof.url, proof.note, proof.capture_id
    session.flush()
    attributions.keep(session, attributions.Subject.CONTROL, row.id)
    return _control(row)


def of_any(
    session: Session,
    *,
    account_ids: Iterable[UUID] = (),
    person_ids: Iterable[UUID] = (),
    office_ids: Iterable[UUID] = (),
) -> tuple[Control, ...]:
    """Controls of any of those accounts, people or offices, the latest first."""
    accounts, people, offices = set(account_ids), set(person_ids), set(office_ids)
    if not (accounts or people or offices):
        return ()
    query = select(ControlRow).where(
        or_(
            ControlRow.account_id.in_(accounts),
            ControlRow.person_id.in_(people),
            ControlRow.office_id.in_(offices),
        )
    )
    found = [_control(row) for row in session.scalars(query)]
    return tuple(sorted(found, key=lambda control: (control.since or date.min, control.id), reverse=True))


def every(session: Session) -> tuple[Control, ...]:
    """The controls of all accounts, in the order of ``of_any``: quicker than naming every account there is."""
    found = [_control(row) for row in session.scalars(select(ControlRow))]
    return tuple(sorted(found, key=lambda control: (control.since or date.min, control.id), reverse=True))


def _control(row: ControlRow) -> Control:
    return Control(
        id=ControlId(row.id),
        account_id=AccountId(row.account_id),
        person_id=None if row.person_id is None else PersonId(row.person_id),
        office_id=None if row.office_id is None else OfficeId(row.office_id),
        since=row.since,
        until=row.until,
        proof=Proof(
            url=row.proof_url,
            note=row.proof_note,
            capture_id=None if row.proof_capture_id is None else CaptureId(row.proof_capture_id),
        ),
    )
