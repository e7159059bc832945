"""Names in the registry: keeping every form of a name, and finding whose name a printed one may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from archive.storage.keys import key_words, may_name, may_name_person, name_key
from archive.storage.rows.accounts import AccountRow
from archive.storage.rows.registry import Named, NameWordRow, OfficeTitleRow, PersonNameRow

_FORMS: dict[Named, tuple[type[PersonNameRow] | type[OfficeTitleRow], str]] = {
    Named.PERSON: (PersonNameRow, "person_id"),
    Named.OFFICE: (OfficeTitleRow, "office_id"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Whose name a printed one may be."""

    people: frozenset[UUID] = field(default=frozenset())
    offices: frozenset[UUID] = field(default=frozenset())
    accounts: frozenset[UUID] = field(default=frozenset())


def keep_forms(session: Session, kind: Named, owner_id: UUID, *, forms: Sequence[str]) -> tuple[str, ...]:
    """Keep every form of a person's name or office's title that is not held yet; all forms, the printed one first."""
    row, owner = _FORMS[kind]
    held = list(session.scalars(select(row.form).where(getattr(row, owner) == owner_id).order_by(row.position)))
    fresh = [form for form in dict.fromkeys(forms) if form not in held and name_key(form)]
    if fresh:
        values = [
            {owner: owner_id, "position": position, "key": name_key(form), "form": form}
            for position, form in enumerate(fresh, start=len(held))
        ]
        session.execute(insert(row), values)
        keep_words(session, kind, owner_id, forms=fresh)
    return (*held, *fresh)


def keep_words(session: Session, kind: Named, owner_id: UUID, *, forms: Iterable[str]) -> None:
    """Make an owner findable by the words of these forms."""
    words = key_words(name_key(form) for form in forms)
    where = (NameWordRow.kind == kind, NameWordRow.owner_id == owner_id)
    held = set(session.scalars(select(NameWordRow.word).where(*where)))
    missing = [{"word": word, "kind": kind, "owner_id": owner_id} for word in sorted(words - held)]
    if missing:
        session.execute(insert(NameWordRow), missing)


def keep_first_words(session: Session, kind: Named, names: Mapping[UUID, str]) -> None:
    """``keep_words`` for owners that are new, by one name each: many at once."""
    values = [
        {"word": word, "kind": kind, "owner_id": owner_id}
        for owner_id, name in names.items()
        for word in sorted(key_words((name_key(name),)))
    ]
    if values:
        session.execute(insert(NameWordRow), values)


def forget_words(session: Session, kind: Named, owner_id: UUID) -> None:
    """Make an owner no longer findable by words, before its words are kept anew."""
    session.execute(delete(NameWordRow).where(NameWordRow.kind == kind, NameWordRow.owner_id == owner_id))


def named(session: Session, names: Iterable[str]) -> Found:
    """Everybody whose name one of ``names`` may be: all telling words of one in the other, whichever is longer."""
    asked = {key for name in names if (key := name_key(name))}
    words = key_words(asked)
    if not words:
        return Found()
    owners: dict[Named, set[UUID]] = {kind: set() for kind in Named}
    query = select(NameWordRow.kind, NameWordRow.owner_id).where(NameWordRow.word.in_(words)).distinct()
    for kind, owner_id in session.execute(query):
        owners[kind].add(owner_id)
    return Found(
        people=_fitting(session, Named.PERSON, owners[Named.PERSON], asked=asked),
        offices=_fitting(session, Named.OFFICE, owners[Named.OFFICE], asked=asked),
        accounts=_fitting_accounts(session, owners[Named.ACCOUNT], asked=asked),
    )


def with_word_beginnings(session: Session, kind: Named, text: str) -> frozenset[UUID]:
    """Owners one of whose forms has, for each word of ``text``, a word that begins with it: what a search box asks."""
    words = name_key(text).split()
    found: frozenset[UUID] | None = None
    for word in words:
        query = select(NameWordRow.owner_id).where(
            NameWordRow.kind == kind, NameWordRow.word >= word, NameWordRow.word < word + "\U0010ffff"
        )
        owners = frozenset(session.scalars(query))
        found = owners if found is None else found & owners
    return found or frozenset()


def _fitting(session: Session, kind: Named, owners: set[UUID], *, asked: set[str]) -> frozenset[UUID]:
    if not owners:
        return frozenset()
    row, owner = _FORMS[kind]
    column = getattr(row, owner)
    fits = may_name_person if kind is Named.PERSON else may_name
    pairs = session.execute(select(column, row.key).where(column.in_(owners)))
    return frozenset(owner_id for owner_id, key in pairs if any(fits(name, key) for name in asked))


def _fitting_accounts(session: Session, owners: set[UUID], *, asked: set[str]) -> frozenset[UUID]:
    if not owners:
        return frozenset()
    query = select(AccountRow.id, AccountRow.display_name).where(AccountRow.id.in_(owners))
    return frozenset(
        account_id
        for account_id, display_name in session.execute(query)
        if any(may_name(name, name_key(display_name)) for name in asked)
    )
