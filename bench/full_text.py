"""The other way: SQLite's FTS5, asked for the rarest words of a quotation."""

from __future__ import annotations

import re
import sqlite3

_WORD = re.compile(r"\w+")


class FullText:
    """Posts in an FTS5 table in memory, with the document frequency of each word at hand."""

    def __init__(self, made: list[str]) -> None:
        self._connection = sqlite3.connect(":memory:")
        self._connection.execute("CREATE VIRTUAL TABLE posts USING fts5(text, tokenize='unicode61')")
        self._connection.execute("CREATE VIRTUAL TABLE vocabulary USING fts5vocab(posts, row)")
        self._connection.executemany("INSERT INTO posts(rowid, text) VALUES (?, ?)", enumerate(made))
        self._connection.execute("INSERT INTO posts(posts) VALUES ('optimize')")
        self._frequencies = dict(self._connection.execute("SELECT term, doc FROM vocabulary"))

    def candidates(self, words: str, *, rarest: int = 4, limit: int = 64) -> list[int]:
        """Numbers of the posts that FTS5 ranks best for the rarest words."""
        match = " OR ".join(f'"{term}"' for term in self.rarest(words, rarest))
        rows = self._connection.execute(
            "SELECT rowid FROM posts WHERE posts MATCH ? ORDER BY bm25(posts) LIMIT ?", (match, limit)
        )
        return [row[0] for row in rows]

    def rarest(self, words: str, count: int) -> list[str]:
        """The words of a quotation that the fewest posts hold."""
        terms = {word.lower() for word in _WORD.findall(words)}
        return sorted(terms, key=lambda term: (self._frequencies.get(term, 0), term))[:count]
