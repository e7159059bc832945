"""Attributions: every state that a person, office, account or control was ever in, as entries of the custody log.

The registry's rows show today's state and may be corrected; each correction is an entry that names the one before and
keeps the whole row, so that who was said to speak through which account, and when it was said, can be shown later.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from archive.domain.custody import CustodyKind, canonical_manifest
from archive.domain.voices import Voice
from archive.errors import NotFoundError
from archive.storage import custody
from archive.storage.rows.accounts import AccountHandleRow, AccountRow, ControlRow
from archive.storage.rows.base import Base
from archive.storage.rows.custody import CustodyManifestRow, CustodyRow
from archive.storage.rows.registry import HoldingRow, OfficeRow, OfficeTitleRow, PersonNameRow, PersonRow


class Subject(StrEnum):
    """What an attribution is about."""

    PERSON = "person"
    OFFICE = "office"
    HOLDING = "holding"
    ACCOUNT = "account"
    CONTROL = "control"


_TABLES: Mapping[Subject, tuple[type[Base], type[Base] | None, str]] = {
    Subject.PERSON: (PersonRow, PersonNameRow, "person_id"),
    Subject.OFFICE: (OfficeRow, OfficeTitleRow, "office_id"),
    Subject.HOLDING: (HoldingRow, None, ""),
    Subject.ACCOUNT: (AccountRow, AccountHandleRow, "account_id"),
    Subject.CONTROL: (ControlRow, None, ""),
}
"""The table of each, and the one whose rows belong to it, by which column."""

EVIDENCE = tuple(_table.__tablename__ for row in _TABLES.values() for _table in row[:2] if _table is not None)
"""Tables of which every column is part of an attribution."""
_AT_ONCE = 1_000


def keep(session: Session, kind: Subject, owner_id: UUID) -> None:
    """Note the state of one of the registry's things where it differs from the one noted last."""
    custody.lock(session)
    now = next(iter(_states(session, kind, only=(owner_id,)).values()), None)
    if now is None:
        raise NotFoundError("The registry has no such thing.", code="no_such_person")
    subject = f"{kind.value}:{owner_id}"
    before = _latest(session, subject)
    if before is not None and is_same(json.loads(before[1]), now):
        return
    manifest = canonical_manifest({**now, "before": None if before is None else before[0]})
    custody.append_document(session, CustodyKind.ATTRIBUTION, subject, manifest=manifest, at=datetime.now(UTC))


def keep_first(session: Session, kind: Subject, owner_ids: Iterable[UUID]) -> None:
    """Note the state of things that are new to the registry, and so were never noted: many at once."""
    owners = iter(owner_ids)
    while some := tuple(islice(owners, _AT_ONCE)):
        documents = [
            (f"{kind.value}:{owner}", canonical_manifest({**state, "before": None}))
            for owner, state in _states(session, kind, only=some).items()
        ]
        custody.append_documents(session, CustodyKind.ATTRIBUTION, documents, at=datetime.now(UTC))


def keep_everything(session: Session) -> int:
    """Note whatever the registry holds that was never noted: after an upgrade. How many entries that took."""
    before = custody.lock(session)
    noted = {subject for subject, _ in latest_states(session)}
    for kind in Subject:
        for owner in _states(session, kind):
            if f"{kind.value}:{owner}" not in noted:
                keep(session, kind, owner)
    return custody.lock(session) - before


def keep_voice(session: Session, post_id: UUID, voice: Voice) -> None:
    """Note whose words a post is, where a person or a signature settled it."""
    state = canonical_manifest(voice_state(voice))
    custody.append_document(session, CustodyKind.ATTRIBUTION, f"voice:{post_id}", manifest=state, at=datetime.now(UTC))


def voice_state(voice: Voice) -> dict[str, object]:
    """A voice as its manifest writes it."""
    keys = (voice.person_id, voice.office_id)
    person, office = (None if key is None else key.hex for key in keys)
    return {"v": 2, "name": voice.name, "basis": voice.basis.value, "person": person, "office": office}


def states(session: Session) -> Iterator[tuple[str, dict[str, object]]]:
    """Subject and state of everything the registry holds today."""
    for kind in Subject:
        for owner, state in _states(session, kind).items():
            yield f"{kind.value}:{owner}", state


def latest_states(session: Session) -> Iterator[tuple[str, dict[str, object]]]:
    """Subject and state of everything that was ever noted, as it was noted last."""
    query = (
        select(CustodyRow.subject, CustodyManifestRow.manifest)
        .join(CustodyManifestRow, CustodyManifestRow.position == CustodyRow.position)
        .where(CustodyRow.kind == CustodyKind.ATTRIBUTION)
        .order_by(CustodyRow.position)
    )
    latest = {subject: manifest for subject, manifest in session.execute(query)}
    for subject, manifest in latest.items():
        yield subject, json.loads(manifest)


def is_same(noted: dict[str, object], held: dict[str, object]) -> bool:
    """Whether a state is the one noted; a column that came later must be empty."""
    mine, theirs = (_flat(state) for state in (noted, held))
    return all(mine.get(name) == value or (name not in mine and not value) for name, value in theirs.items()) and not (
        mine.keys() - theirs.keys()
    )


def _flat(state: dict[str, object]) -> dict[str, object]:
    row, parts = state["row"], state["parts"]
    assert isinstance(row, dict)
    assert isinstance(parts, list)
    flat = {f"row {name}": value for name, value in row.items()}
    for place, part in enumerate(parts):
        flat |= {f"part {place} {name}": value for name, value in part.items()}
    return flat


def _states(session: Session, kind: Subject, *, only: Collection[UUID] | None = None) -> dict[UUID, dict[str, object]]:
    row, part, owner = _TABLES[kind]
    table = _table_of(row)
    query = select(table).order_by(table.c.id)
    found: dict[UUID, dict[str, object]] = {
        values["id"]: {"v": 2, "row": _plain(values), "parts": []}
        for values in session.execute(query if only is None else query.where(table.c.id.in_(only))).mappings()
    }
    if part is None:
        return found
    parts = _table_of(part)
    lines = select(parts).order_by(parts.c[owner], parts.c.position)
    for values in session.execute(lines if only is None else lines.where(parts.c[owner].in_(only))).mappings():
        held = found.get(values[owner])
        if held is None:
            # A part whose owner is gone is a thing of its own, never noted.
            held = found.setdefault(values[owner], {"v": 2, "row": {}, "parts": []})
        _append(held["parts"], _plain(values))
    return found


def _append(parts: object, part: dict[str, object]) -> None:
    assert isinstance(parts, list)
    parts.append(part)


def _plain(values: Mapping[Any, object]) -> dict[str, object]:
    return {str(name): _json(value) for name, value in values.items()}


def _json(value: object) -> object:
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


def _latest(session: Session, subject: str) -> tuple[int, str] | None:
    query = (
        select(CustodyRow.position, CustodyManifestRow.manifest)
        .join(CustodyManifestRow, CustodyManifestRow.position == CustodyRow.position)
        .where(CustodyRow.subject == subject, CustodyRow.kind == CustodyKind.ATTRIBUTION)
    )
    row = session.execute(query.order_by(CustodyRow.position.desc()).limit(1)).one_or_none()
    return None if row is None else (row[0], row[1])


def _table_of(row: type[Base]) -> Table:
    table = row.__table__
    assert isinstance(table, Table)
    return table


def columns() -> Iterable[str]:
    """Every column that is part of an attribution, as ``table.column``."""
    for row, part, _ in _TABLES.values():
        for table in (row, part):
            if table is not None:
                yield from (f"{table.__tablename__}.{column.name}" for column in _table_of(table).columns)
