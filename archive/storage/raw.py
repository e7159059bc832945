"""Raw rows: what both databases give without the mapped classes, in one form – for reading every row of a table.

Identifiers come as 32 hexadecimal digits, digests as 64, times as SQLite keeps them: what manifests are made of. The
mapped classes would cost ten times as much, which decides whether a million records are verified in ten seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

PAGE = 5_000
_TIME = "YYYY-MM-DD HH24:MI:SS.US"


class Raw:
    """The two databases' ways to say the same, for statements written by hand."""

    def __init__(self, session: Session) -> None:
        """The dialect of the session's database."""
        self._session = session
        self.is_sqlite = session.connection().dialect.name == "sqlite"

    def key(self, column: str) -> str:
        """An identifier as 32 hexadecimal digits in lower case."""
        return f"lower(hex({column}))" if self.is_sqlite else f"replace({column}::text, '-', '')"

    def key_text(self, column: str) -> str:
        """An identifier as subjects of the custody log write it, with hyphens."""
        if not self.is_sqlite:
            return f"{column}::text"
        whole = f"lower(hex({column}))"
        cuts = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
        return "(" + " || '-' || ".join(f"substr({whole}, {start}, {length})" for start, length in cuts) + ")"

    def digest(self, column: str) -> str:
        """Bytes as hexadecimal in lower case."""
        return f"lower(hex({column}))" if self.is_sqlite else f"encode({column}, 'hex')"

    def time(self, column: str) -> str:
        """A time as SQLite keeps it."""
        return column if self.is_sqlite else f"to_char({column} AT TIME ZONE 'UTC', '{_TIME}')"

    def day(self, column: str) -> str:
        """A day as ISO text."""
        return column if self.is_sqlite else f"{column}::text"

    def rows(self, statement: str, *parameters: object) -> Sequence[tuple[object, ...]]:
        """All rows of a statement; ``?`` marks a parameter on both databases."""
        text = statement if self.is_sqlite else statement.replace("%", "%%").replace("?", "%s")
        result = self._session.connection().exec_driver_sql(text, parameters)
        # The driver's own cursor: rows of SQLAlchemy's take as long again to make.
        found: Sequence[tuple[object, ...]] = result.cursor.fetchall()
        result.close()
        return found

    def pages(self, statement: str, *, start: int, page: int = PAGE) -> Iterator[Sequence[tuple[object, ...]]]:
        """Pages of a statement that is ordered by its first column, a number, and asks for those above ``?``, at most
        ``?``."""
        reached = start
        while rows := self.rows(statement, reached, page):
            yield rows
            if len(rows) < page:
                return
            reached = rows[-1][0]  # type: ignore[assignment]


def chunks(items: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """Parts of a list, each of at most ``size``."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
