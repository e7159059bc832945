"""The derived tables: words and searchable forms of snapshots, compared with the texts they are derived from.

No evidence, but what decides which statements are found: a row altered here hides a statement, or brings another one
in its place. Deriving a million rows again takes minutes, so every verification derives some anew, drawn at random,
and a deep one all. ``derive`` writes them again from the texts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from secrets import SystemRandom
from typing import Any, cast

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from archive.storage import fulltext, searchable_forms
from archive.storage.raw import Raw
from archive.text.searchable import searchable
from archive.text.shingles import pack, word_hashes

SAMPLE = 256
"""How many snapshots one verification derives anew; looking one up by all of its words takes some milliseconds."""
_AT_ONCE = 5_000
_REMEDY = "`onrecord database rebuild-index --from-texts` derives them anew."
_TOKENIZER = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
_DIFFERING = (
    "SELECT new.seq FROM unnest(%s::bigint[], %s::text[]) AS new (seq, form) LEFT JOIN snapshot_search USING (seq) "
    "WHERE words IS DISTINCT FROM to_tsvector('simple', form)"
)
_ALIEN = (
    "SELECT count(*) FROM post_words w LEFT JOIN snapshots s ON s.seq = w.seq "
    "WHERE s.seq IS NULL OR s.post_seq <> w.post_seq"
)
_Texts = Sequence[tuple[int, int, str]]


def sample_problems(session: Session, *, since: int = 0) -> Iterator[str]:
    """What is amiss with the derived rows of some snapshots, and with their number."""
    raw = Raw(session)
    snapshots = _count(raw, "snapshots")
    for table, name in (("post_words", "words"), ("snapshot_search", "search index")):
        held = _count(raw, table)
        if held != snapshots:
            yield f"There are {snapshots:,} texts, and rows of the {name} for {held:,}. {_REMEDY}"
    newest = int(str(raw.rows("SELECT max(seq) FROM snapshots")[0][0] or 0))
    asked = SystemRandom().sample(range(1, newest + 1), min(SAMPLE, newest))
    if not asked:
        return
    marks = ", ".join(f"{seq:d}" for seq in asked)
    texts = cast("_Texts", raw.rows(f"SELECT seq, post_seq, text FROM snapshots WHERE seq IN ({marks})"))
    yield from _told(_other_words(raw, texts), "words", of=len(texts))
    yield from _told(_not_found(session, texts), "search index's words", of=len(texts))


def all_problems(session: Session) -> Iterator[str]:
    """What is amiss with the derived rows of all snapshots: minutes, where there are a million."""
    raw = Raw(session)
    if raw.rows(_ALIEN)[0][0]:
        yield f"There are words of texts that are not held, or of other posts. {_REMEDY}"
    words: list[int] = []
    found: list[int] = []
    count = 0
    for texts in _pages(raw):
        count += len(texts)
        words += _other_words(raw, texts)
        found += [] if raw.is_sqlite else _not_found(session, texts)
    yield from _told(words, "words", of=count)
    yield from _told(found, "search index's words", of=count)
    if raw.is_sqlite:
        yield from _sqlite_problems(session, raw)
    elif raw.rows("SELECT count(*) FROM snapshot_search WHERE seq NOT IN (SELECT seq FROM snapshots)")[0][0]:
        yield f"The search index has texts that are not held. {_REMEDY}"


def derive(session: Session) -> int:
    """Write words and searchable forms of all snapshots anew; how many. Needs the right to empty derived tables."""
    connection, raw = session.connection(), Raw(session)
    connection.exec_driver_sql("DELETE FROM post_words")
    empty = "INSERT INTO snapshot_search (snapshot_search) VALUES ('delete-all')"
    connection.exec_driver_sql(empty if raw.is_sqlite else "DELETE FROM snapshot_search")
    form = searchable_forms.form_for(connection.dialect.name)
    place = "?" if raw.is_sqlite else "%s"
    insert = f"INSERT INTO post_words (seq, post_seq, words) VALUES ({place}, {place}, {place})"
    count = 0
    for page in _pages(raw):
        connection.exec_driver_sql(insert, [(seq, post, pack(word_hashes(text))) for seq, post, text in page])
        texts = [text for _, _, text in page]
        fulltext.index(session, [seq for seq, _, _ in page], texts=texts, forms=[form(text) for text in texts])
        count += len(page)
    return count


def _pages(raw: Raw) -> Iterator[_Texts]:
    statement = "SELECT seq, post_seq, text FROM snapshots WHERE seq > ? ORDER BY seq LIMIT ?"
    for rows in raw.pages(statement, start=-(2**62), page=_AT_ONCE):
        yield cast("_Texts", rows)


def _told(seqs: Sequence[int], name: str, *, of: int) -> Iterator[str]:
    if seqs:
        differ = f"The {name} of {len(seqs):,} of {of:,} texts are not what this version reads from them"
        yield f"{differ} (one is snapshot number {seqs[0]}): altered, or written by an earlier version. {_REMEDY}"


def _other_words(raw: Raw, texts: _Texts) -> list[int]:
    """Snapshots whose words are missing, another post's, or not those of their text."""
    numbers = ", ".join(f"{seq:d}" for seq, _, _ in texts)
    rows = raw.rows(f"SELECT seq, post_seq, words FROM post_words WHERE seq IN ({numbers})") if numbers else ()
    held: dict[object, tuple[object, bytes]] = {seq: (post, bytes(cast(bytes, words))) for seq, post, words in rows}
    return [seq for seq, post, text in texts if held.get(seq) != (post, pack(word_hashes(text)))]


def _not_found(session: Session, texts: _Texts) -> list[int]:
    """Snapshots that a search for their words does not find; on PostgreSQL, those with any other words."""
    connection = session.connection()
    forms = [(seq, searchable(text)) for seq, _, text in texts]
    if connection.dialect.name == "sqlite":
        return [seq for seq, form in forms if form and not _is_found(session, seq, form)]
    columns = ([seq for seq, _ in forms], [form for _, form in forms])
    return [int(row[0]) for row in connection.exec_driver_sql(_DIFFERING, columns).fetchall()]


def _is_found(session: Session, seq: int, form: str) -> bool:
    """Whether a search for all of its words, as a phrase, finds the snapshot."""
    statement = "SELECT count(*) FROM snapshot_search WHERE snapshot_search MATCH ? AND rowid = ?"
    try:
        return session.connection().exec_driver_sql(statement, (f'"{form}"', seq)).scalar() == 1
    except DBAPIError:
        return False


def _sqlite_problems(session: Session, raw: Raw) -> Iterator[str]:
    """Every word of the index at its place, against an index made of the texts beside the archive."""
    driver = cast(sqlite3.Connection, session.connection().connection.driver_connection)
    # An empty name is a database of its own on the disk, gone when closed.
    with closing(sqlite3.connect("", isolation_level=None)) as beside:
        beside.execute(f"CREATE VIRTUAL TABLE snapshot_search USING fts5(words, content='', tokenize=\"{_TOKENIZER}\")")
        beside.execute("BEGIN")
        for page in _pages(raw):
            rows = [(seq, text if text.isascii() else searchable(text)) for seq, _, text in page]
            beside.executemany("INSERT INTO snapshot_search (rowid, words) VALUES (?, ?)", rows)
        with closing(_instances(driver)) as mine, closing(_instances(beside)) as expected:
            for found, due in zip(mine, expected, strict=True):
                if found != due:
                    yield f"The search index is not that of the texts, near the word “{_first(found, due)}”. {_REMEDY}"
                    return


def _instances(connection: sqlite3.Connection) -> Generator[list[Any]]:
    """Every word of an index with where it stands, in order, many at once; an empty list at the end."""
    is_read_only = connection.execute("PRAGMA query_only").fetchone()[0]
    connection.execute("PRAGMA query_only = 0")
    # In the connection's own temporary database: the archive is not written to.
    connection.execute("CREATE VIRTUAL TABLE temp.word_places USING fts5vocab('main', 'snapshot_search', 'instance')")
    connection.execute(f"PRAGMA query_only = {is_read_only}")
    cursor = connection.execute("SELECT term, doc, offset FROM temp.word_places")
    try:
        while rows := cursor.fetchmany(_AT_ONCE):
            yield rows
        # Of two indexes one may end earlier: an empty list differs from what the other still has.
        yield []
    finally:
        cursor.close()
        connection.execute("PRAGMA query_only = 0")
        connection.execute("DROP TABLE temp.word_places")
        connection.execute(f"PRAGMA query_only = {is_read_only}")


def _first(found: Iterable[Any], due: Iterable[Any]) -> str:
    one, other = list(found), list(due)
    differing = next((pair[0] for pair in zip(one, other, strict=False) if pair[0] != pair[1]), None)
    longer = one if len(one) > len(other) else other
    return str((differing or longer[min(len(one), len(other))])[0])


def _count(raw: Raw, table: str) -> int:
    return int(str(raw.rows(f"SELECT count(*) FROM {table}")[0][0]))
