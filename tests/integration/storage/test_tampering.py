"""Tampering: whoever owns the database edits, removes, swaps, inserts and empties rows, and the audit notices each.

What is tried is read off the tables themselves: a table or column that comes later is red until it is committed to,
or stands below with the reason why it is no evidence.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Table, UniqueConstraint, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from archive.storage import audit, rows
from archive.storage.database import Database
from archive.storage.types import DigestBytes, EnumText, Key, UtcDateTime
from tests.integration.storage.full_archive import attacked, fill

NOT_EVIDENCE = {
    "checks": "the state of work under way, and what a journalist handed in; removed when asked, never published",
    "article_pages": "when an address is due to be looked at again",
    "name_words": "derived from names, rebuilt from them",
    "post_captures": "the way from a post to captures that show it; what a capture holds stands in the capture",
    "follows": "whom to ask tonight, and how the last question went; what was covered stands in coverage_log",
}
NO_EVIDENCE_COLUMNS = {
    "posts.next_look_at": "when the original is due to be looked at again",
    "custody_head.id": "always 1: the table has one row",
}
TABLES = {name: table for name, table in rows.Base.metadata.tables.items() if name not in NOT_EVIDENCE}


@pytest.fixture(params=sorted(TABLES))
def table(request: pytest.FixtureRequest) -> Table:
    return TABLES[request.param]


@pytest.fixture
def attacker(migrated_url: str) -> Iterator[Session]:
    database = Database(migrated_url)
    fill(database)
    with attacked(database) as session:
        assert found(session) == []
        yield session
    database.dispose()


def found(session: Session) -> list[str]:
    session.expunge_all()
    return list(audit.problems(session))


def held(session: Session, table: Table) -> list[dict[str, object]]:
    lines = session.execute(select(table).order_by(*table.primary_key.columns)).mappings()
    return [{str(name): value for name, value in line.items()} for line in lines]


def key_of(table: Table, line: dict[str, object]) -> list[object]:
    return [column == line[column.name] for column in table.primary_key.columns]


def other(column: object, value: object) -> object:
    """Another value that the column could hold."""
    kind = column.type
    if isinstance(kind, EnumText):
        members = list(kind.kind)
        return members[(members.index(value) + 1) % len(members)] if value in members else members[0]
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, bytes):
        return bytes([(value[0] if value else 0) ^ 1]) + value[1:]
    if isinstance(value, UUID):
        return uuid4()
    if isinstance(value, datetime | date):
        return value + timedelta(days=1)
    if isinstance(value, StrEnum) or not isinstance(value, str):
        return _first_of(kind)
    is_digest = len(value) == 64 and set(value) <= set("0123456789abcdef")
    return ("0" if value[0] != "0" else "1") + value[1:] if is_digest else value + "x"


def _first_of(kind: object) -> object:
    """A value of the kind, for a column that is empty."""
    if isinstance(kind, Key):
        return uuid4()
    if isinstance(kind, UtcDateTime):
        return datetime(2031, 1, 1).astimezone()
    if isinstance(kind, DigestBytes):
        return "ab" * 32
    samples = {int: 1, str: "x", bytes: b"x", bool: True, datetime: datetime(2031, 1, 1).astimezone(), UUID: uuid4()}
    python_type = getattr(kind, "python_type", str)
    return date(2031, 1, 1) if python_type is date else samples.get(python_type, "x")


def tried(session: Session, table: Table, attempt: Callable[[], object]) -> list[str] | None:
    """What the audit finds after one attempt, which is then taken back; None where the database refuses it, or where
    it changed nothing because both rows held the same."""
    before = held(session, table)
    try:
        with session.begin_nested() as point:
            attempt()
            problems = found(session) if held(session, table) != before else None
            point.rollback()
    except IntegrityError:
        session.expunge_all()
        return None
    return problems


def test_every_change_in_a_table_is_noticed(attacker: Session, table: Table) -> None:
    lines = held(attacker, table)
    assert len(lines) >= (1 if table.name == "custody_head" else 2), "the archive of this test lacks rows"
    missed = []
    for name, attempt in attempts(attacker, table, lines):
        if tried(attacker, table, attempt) == []:
            missed.append(name)
    assert missed == []
    assert found(attacker) == []


def attempts(
    session: Session, table: Table, lines: list[dict[str, object]]
) -> Iterator[tuple[str, Callable[[], object]]]:
    """Every single edit of a column, and removing, inserting, swapping and emptying."""
    line = random.Random(table.name).choice(lines)
    for column in table.columns:
        if f"{table.name}.{column.name}" in NO_EVIDENCE_COLUMNS:
            continue
        edited = update(table).where(*key_of(table, line))
        value = other(column, line[column.name])
        yield f"edit {column.name}", lambda e=edited, c=column, v=value: session.execute(e.values({c.name: v}))
        if column.nullable and line[column.name] is not None:
            yield f"clear {column.name}", lambda e=edited, c=column: session.execute(e.values({c.name: None}))
    yield "remove", lambda: session.execute(delete(table).where(*key_of(table, line)))
    yield "empty", lambda: session.execute(delete(table))
    last = lines[-1]
    yield "cut the tail", lambda: session.execute(delete(table).where(*key_of(table, last)))
    yield "insert", lambda: session.execute(insert(table), like(table, last))
    if len(lines) > 1 and len(table.primary_key.columns) < len(table.columns):
        yield "swap", lambda: swap(session, table, lines[0], lines[-1])


def _own(table: Table) -> set[str]:
    """Columns of which no two rows hold the same."""
    unique = [constraint for constraint in table.constraints if isinstance(constraint, UniqueConstraint)]
    return {column.name for constraint in (table.primary_key, *unique) for column in constraint.columns}


def like(table: Table, line: dict[str, object]) -> dict[str, object]:
    """A new row much like another: what has to be its own is changed."""
    own = _own(table)
    values = {name: other(table.columns[name], value) if name in own else value for name, value in line.items()}
    if "position" in own and table.name != "custody_log":
        values["position"] = int(str(line["position"])) + 1000
    return values


def swap(session: Session, table: Table, one: dict[str, object], two: dict[str, object]) -> None:
    """Exchange all that two rows hold besides their keys."""
    keys = {column.name for column in table.primary_key.columns}
    for line in (one, two):
        session.execute(delete(table).where(*key_of(table, line)))
    exchanged = [{**a, **{name: b[name] for name in b if name not in keys}} for a, b in ((one, two), (two, one))]
    for line in exchanged:
        session.execute(insert(table), line)


def test_each_table_is_evidence_or_says_why_not() -> None:
    assert set(NOT_EVIDENCE) <= set(rows.Base.metadata.tables)
    for name in NO_EVIDENCE_COLUMNS:
        table, _, column = name.partition(".")
        assert column in TABLES[table].columns
