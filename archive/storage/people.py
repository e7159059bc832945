"""People: kept by name or Wikidata item, found by any form of the name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from archive.domain.ids import PersonId, named_id
from archive.domain.people import Person
from archive.errors import ConflictError, InvalidInputError, NotFoundError
from archive.storage import attributions, custody, names
from archive.storage.attributions import Subject
from archive.storage.keys import name_key
from archive.storage.rows.registry import Named, PersonNameRow, PersonRow
from archive.storage.stored import storable


def ensure_person(session: Session, name: str, *, aliases: Sequence[str] = (), wikidata: str | None = None) -> Person:
    """The person with that Wikidata item, or with that name where no item is given; made where there is none.

    Aliases that are new are added. Namesakes need their items: ConflictError ``ambiguous_person`` where a bare name
    fits several. InvalidInputError ``empty_name`` for a name without a letter.
    """
    if not name_key(name):
        raise InvalidInputError("A person needs a name.", code="empty_name")
    custody.lock(session)
    name = storable(name)
    row = _held(session, name, wikidata=wikidata)
    if row is None:
        person_id = named_id("person", wikidata or name_key(name))
        row = PersonRow(id=person_id, name=name, sort_key=name_key(name), wikidata=wikidata)
        session.add(row)
        session.flush()
    elif wikidata is not None and row.wikidata is None:
        row.wikidata = wikidata
        session.flush()
    forms = names.keep_forms(session, Named.PERSON, row.id, forms=(row.name, name, *map(storable, aliases)))
    attributions.keep(session, Subject.PERSON, row.id)
    return _person(row, forms)


def get(session: Session, person_id: PersonId) -> Person:
    """The person; NotFoundError ``no_such_person`` where there is none."""
    found = many(session, (person_id,))
    if not found:
        raise NotFoundError("No such person.", code="no_such_person")
    return found[0]


def many(session: Session, person_ids: Iterable[UUID]) -> tuple[Person, ...]:
    """The people with those identifiers, by name."""
    wanted = set(person_ids)
    if not wanted:
        return ()
    query = select(PersonRow).where(PersonRow.id.in_(wanted)).order_by(PersonRow.sort_key, PersonRow.id)
    return _with_forms(session, session.scalars(query).all())


def find(session: Session, text: str, limit: int = 20) -> tuple[Person, ...]:
    """People with a name whose words begin as the words of ``text`` do, by name."""
    return page(session, text=text, limit=limit)


def page(session: Session, *, text: str = "", after: str | None = None, limit: int = 50) -> tuple[Person, ...]:
    """A page of people by name, those after the person whose identifier is ``after``.

    InvalidInputError ``bad_bookmark`` where that is none.
    """
    query = select(PersonRow).order_by(PersonRow.sort_key, PersonRow.id).limit(limit)
    if text.strip():
        query = query.where(PersonRow.id.in_(names.with_word_beginnings(session, Named.PERSON, text)))
    if after is not None:
        last = _after(session, after)
        query = query.where(tuple_(PersonRow.sort_key, PersonRow.id) > (last.sort_key, last.id))
    return _with_forms(session, session.scalars(query).all())


def _after(session: Session, bookmark: str) -> PersonRow:
    try:
        row = session.get(PersonRow, UUID(bookmark))
    except ValueError:
        row = None
    if row is None:
        raise InvalidInputError("That is no bookmark of a page.", code="bad_bookmark")
    return row


def _held(session: Session, name: str, *, wikidata: str | None) -> PersonRow | None:
    if wikidata is not None:
        row = session.scalars(select(PersonRow).where(PersonRow.wikidata == wikidata)).one_or_none()
        if row is not None:
            return row
    same = select(PersonNameRow.person_id).where(PersonNameRow.key == name_key(name))
    rows = session.scalars(select(PersonRow).where(PersonRow.id.in_(same))).all()
    open_rows = [row for row in rows if row.wikidata is None]
    if wikidata is not None or len(rows) != 1:
        rows = open_rows
    if len(rows) > 1 or (not rows and wikidata is None and _is_taken(session, name)):
        raise ConflictError(f"Several people are called {name}; give the Wikidata item.", code="ambiguous_person")
    return rows[0] if rows else None


def _is_taken(session: Session, name: str) -> bool:
    query = select(PersonNameRow.person_id).where(PersonNameRow.key == name_key(name)).limit(1)
    return session.scalar(query) is not None


def _with_forms(session: Session, rows: Sequence[PersonRow]) -> tuple[Person, ...]:
    forms: dict[UUID, list[str]] = {row.id: [] for row in rows}
    query = (
        select(PersonNameRow.person_id, PersonNameRow.form)
        .where(PersonNameRow.person_id.in_(forms))
        .order_by(PersonNameRow.person_id, PersonNameRow.position)
    )
    for person_id, form in session.execute(query) if forms else ():
        forms[person_id].append(form)
    return tuple(_person(row, forms[row.id]) for row in rows)


def _person(row: PersonRow, forms: Iterable[str]) -> Person:
    aliases = tuple(form for form in forms if form != row.name)
    return Person(id=PersonId(row.id), name=row.name, aliases=aliases, wikidata=row.wikidata)
