"""Full text for the search page: FTS5 on SQLite, tsvector on PostgreSQL, behind one form of text and query.

Both get the same searchable form (``archive.text.searchable``), so that neither database's own rules for addresses,
hyphens or accents matter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from archive.storage import columns
from archive.text.search_terms import Term, TextQuery
from archive.text.searchable import searchable

_INDEX_MANY = (
    "INSERT INTO snapshot_search (seq, words) "
    "SELECT seq, to_tsvector('simple', coalesce(form, '')) "
    "FROM unnest(string_to_array(%s, ' ')::bigint[], string_to_array(%s, E'\\n')) AS new (seq, form)"
)
_AT_ONCE = 5_000
# FTS5 writes a segment whenever it has collected a million bytes, and merges four into one again and again: that takes
# half of the time of indexing a large import. For the few words of a day it is right: fewer segments, quicker searches.
_SETTINGS = "SELECT k, v FROM snapshot_search_config"
_SET = "INSERT INTO snapshot_search (snapshot_search, rank) VALUES (?, ?)"
_FOR_FEW = {"hashsize": 1 << 20, "automerge": 4}
_FOR_MANY = {"hashsize": 8 << 20, "automerge": 16}
_PENDING = "64MB"


def index(session: Session, seqs: Sequence[int], *, texts: Sequence[str], forms: Sequence[str | None]) -> None:
    """Make snapshots searchable: their numbers, texts, and forms as ``searchable_forms.form_for`` makes them."""
    if not seqs:
        return
    connection = session.connection()
    words = [text if form is None else form for text, form in zip(texts, forms, strict=True)]
    if connection.dialect.name == "sqlite":
        rows = list(zip(seqs, words, strict=True))
        _settle(connection, _FOR_MANY if len(rows) >= _AT_ONCE else _FOR_FEW)
        connection.exec_driver_sql("INSERT INTO snapshot_search (rowid, words) VALUES (?, ?)", rows)
        return
    placed = {seq: form for seq, form in zip(seqs, words, strict=True) if ":" in form}
    if placed:
        columns.copy(connection, "snapshot_search", {"seq": list(map(str, placed)), "words": list(placed.values())})
    _parse(connection, [(seq, form) for seq, form in zip(seqs, words, strict=True) if seq not in placed])


def _settle(connection: Connection, wanted: Mapping[str, int]) -> None:
    """Have FTS5 collect and merge as is right for what comes."""
    held = _FOR_FEW | {str(name): int(value) for name, value in connection.exec_driver_sql(_SETTINGS)}
    for setting, value in wanted.items():
        if held[setting] != value:
            connection.exec_driver_sql(_SET, (setting, value))


def _parse(connection: Connection, rows: Sequence[tuple[int, str]]) -> None:
    """Have PostgreSQL's own parser read the words of the others."""
    if not rows:
        return
    connection.exec_driver_sql(f"SET LOCAL gin_pending_list_limit = '{_PENDING}'")
    connection.exec_driver_sql(f"SET LOCAL work_mem = '{_PENDING}'")
    # Compiling the statement for each batch takes a tenth of the time of running it.
    connection.exec_driver_sql("SET LOCAL jit = off")
    for start in range(0, len(rows), _AT_ONCE):
        seqs, forms = zip(*rows[start : start + _AT_ONCE], strict=True)
        # Two texts: the driver takes longer to write an array than the server to index it. No form has a line's end.
        connection.exec_driver_sql(_INDEX_MANY, (" ".join(map(str, seqs)), "\n".join(forms)))


def forget(session: Session, rows: Sequence[tuple[int, str]]) -> None:
    """Make snapshots unfindable: their numbers and the texts they were indexed with.

    FTS5 keeps the words of removed rows until its segments are merged: ``archive.storage.erasure`` does that.
    """
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        # A contentless index has to be told what it holds to take it out again.
        values = [(seq, text if text.isascii() else searchable(text)) for seq, text in rows]
        statement = "INSERT INTO snapshot_search (snapshot_search, rowid, words) VALUES ('delete', ?, ?)"
        for value in values:
            connection.exec_driver_sql(statement, value)
        return
    for seq, _ in rows:
        connection.exec_driver_sql("DELETE FROM snapshot_search WHERE seq = %s", (seq,))


def expression(query: TextQuery, *, dialect: str) -> str:
    """The query in the database's own language; every word of it is letters and digits only."""
    if dialect == "sqlite":
        return _for_sqlite(query)
    return _for_postgresql(query)


def _for_sqlite(query: TextQuery) -> str:
    groups = " AND ".join("(" + " OR ".join(_fts5(term) for term in group) + ")" for group in query.groups)
    return groups + "".join(f" NOT {_fts5(term)}" for term in query.excluded)


def _fts5(term: Term) -> str:
    return '"' + " ".join(term.words) + '"' + ("*" if term.prefix else "")


def _for_postgresql(query: TextQuery) -> str:
    groups = " & ".join("(" + " | ".join(_tsquery(term) for term in group) + ")" for group in query.groups)
    return groups + "".join(f" & !({_tsquery(term)})" for term in query.excluded)


def _tsquery(term: Term) -> str:
    return " <-> ".join(f"'{word}'" for word in term.words) + (":*" if term.prefix else "")
