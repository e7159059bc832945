"""Searchable forms as each database indexes them: made without one, for it takes as long as the indexing."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import chain

from archive.text.searchable import searchable, searchable_in_ascii

_APART = bytes(ord(chr(point).lower()) if chr(point).isalnum() else ord(" ") for point in range(0x80)) + bytes(0x80)
# PostgreSQL's parser takes twice as long to find the words that stand here parted already. What it reads in another way
# is left to it: numbers with an exponent ("1e5x" is two words), and texts so long that it lets words or places go.
_EXPONENT = re.compile("(?:^| )[0-9]+e[0-9]")
_DIGITS = bytes(ord("0") if chr(point).isdigit() else point for point in range(0x80)) + bytes(0x80)
_MOST_PLACES = 250
_LONGEST_PLACED = 2_000
_PLACES = tuple(f":{place} " for place in range(1, _MOST_PLACES + 1))


def form_for(dialect: str) -> Callable[[str], str | None]:
    """What makes the searchable form for that kind of database; None where the text itself will do."""
    return _unless_plain if dialect == "sqlite" else _quickly_searchable


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
