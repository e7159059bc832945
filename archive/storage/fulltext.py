"""Full text for the search page: FTS5 on SQLite, tsvector on PostgreSQL, behind one form of text and query.

Both get the same searchable form (``archive.text.searchable``), so that neither database's own rules for addresses,
hyphens or accents matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from archive.storage import columns
from archive.text.searchable import searchable, searchable_in_ascii, searchable_words

_APART = bytes(ord(chr(point).lower()) if chr(point).isalnum() else ord(" ") for point in range(0x80)) + bytes(0x80)
_TYPED = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
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
# PostgreSQL's parser takes twice as long to find the words that stand here parted already. What it reads in another way
# is left to it: numbers with an exponent ("1e5x" is two words), and texts so long that it lets words or places go.
_EXPONENT = re.compile("(?:^| )[0-9]+e[0-9]")
_DIGITS = bytes(ord("0") if chr(point).isdigit() else point for point in range(0x80)) + bytes(0x80)
_MOST_PLACES = 250
_LONGEST_PLACED = 2_000
_PLACES = tuple(f":{place} " for place in range(1, _MOST_PLACES + 1))
_LONGEST_QUERY = 400
_MOST_TERMS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word or phrase that must be there, one of several alternatives, or a word that must not."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TextQuery:
    """What a person typed: every group must be met by one of its terms; no ``excluded`` term may be there."""

    groups: tuple[tuple[Term, ...], ...]
    excluded: tuple[Term, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms that can be highlighted."""
        return tuple(term for group in self.groups for term in group)


def parse(typed: str) -> TextQuery | None:
    """Read words, "phrases", -exclusions, OR and prefix*; None where nothing is left to search for.

    Anything typed is safe: what is no word is not part of the query.
    """
    groups: list[tuple[Term, ...]] = []
    excluded: list[Term] = []
    joining = False
    for match in list(_TYPED.finditer(typed[:_LONGEST_QUERY]))[:_MOST_TERMS]:
        if match["word"] == "OR":
            joining = bool(groups)
            continue
        term = _term(match)
        if term is None:
            continue
        if match["minus"]:
            excluded.append(term)
        elif joining:
            groups[-1] = (*groups[-1], term)
        else:
            groups.append((term,))
        joining = False
    return TextQuery(groups=tuple(groups), excluded=tuple(excluded)) if groups else None


def searchable_form(dialect: str) -> Callable[[str], str | None]:
    """What makes the searchable form for that kind of database; None where the text itself will do."""
    return _unless_plain if dialect == "sqlite" else _quickly_searchable


def index(session: Session, seqs: Sequence[int], *, texts: Sequence[str], forms: Sequence[str | None]) -> None:
    """Make snapshots searchable: their numbers, texts, and forms as ``searchable_form`` makes them."""
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


def highlights(text: str, query: TextQuery) -> tuple[tuple[int, int], ...]:
    """Stretches of the text that the query's words and phrases take, in order, none overlapping."""
    spans: list[tuple[int, int]] = []
    words = list(searchable_words(text))
    for term in query.terms:
        spans.extend(_occurrences(words, term))
    return _merged(sorted(spans))


def _unless_plain(text: str) -> str | None:
    # FTS5's own tokenizer reads plain ASCII in the same words.
    if text.isascii():
        return None
    plain = searchable_in_ascii(text)
    return searchable(text) if plain is None else plain.decode("ascii")


def _quickly_searchable(text: str) -> str:
    """The same words as ``searchable``, perhaps more than one space between them; where they are few and plain, each
    with its place, as PostgreSQL's own parser would number them: told by its colon."""
    plain = searchable_in_ascii(text)
    if plain is None:
        return searchable(text)
    plain = plain.translate(_APART)
    form = plain.decode("ascii")
    words = form.split()
    if len(words) > _MOST_PLACES or len(form) > _LONGEST_PLACED or _has_exponent(plain):
        return form
    return "".join(chain.from_iterable(zip(words, _PLACES, strict=False)))


def _has_exponent(form: bytes) -> bool:
    # Nearly no text has a digit on either side of an "e", and a fixed string is found ten times as quickly.
    return b"0e0" in form.translate(_DIGITS) and _EXPONENT.search(form.decode("ascii")) is not None


def _term(match: re.Match[str]) -> Term | None:
    typed = match["phrase"] if match["phrase"] is not None else match["word"]
    words = tuple(searchable(typed).split())
    return Term(words=words, prefix=match["phrase"] is None and typed.endswith("*")) if words else None


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


def _occurrences(tokens: list[tuple[int, int, str]], term: Term) -> Iterable[tuple[int, int]]:
    length = len(term.words)
    for start in range(len(tokens) - length + 1):
        window = tokens[start : start + length]
        same = all(token[2] == word for token, word in zip(window, term.words, strict=True))
        begins = term.prefix and all(token[2] == word for token, word in zip(window[:-1], term.words[:-1], strict=True))
        if same or (begins and window[-1][2].startswith(term.words[-1])):
            yield window[0][0], window[-1][1]


def _merged(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
