"""Narrowing a language's file of words: tables, lists and groups, empty where the file has none."""

from __future__ import annotations

from collections.abc import Mapping

from archive.extraction.word_groups import WordGroups

Table = Mapping[str, object]


def table_of(data: Table, key: str) -> Table:
    """One table of the file; empty where it has none."""
    found = data.get(key)
    return found if isinstance(found, dict) else {}


def list_of(data: Table, key: str) -> tuple[str, ...]:
    """A list of words in lower case, in order."""
    found = data.get(key)
    return tuple(str(word).lower() for word in found) if isinstance(found, list) else ()


def words_of(data: Table, key: str) -> frozenset[str]:
    """A list of words in lower case."""
    return frozenset(list_of(data, key))


def groups_of(data: Table, key: str) -> WordGroups:
    """A list of groups of words."""
    return WordGroups(list_of(data, key))


def values_of(data: Table) -> Mapping[str, str]:
    """A table of words to values, the words in lower case."""
    return {key.lower(): str(value) for key, value in data.items()}


def inverted_of(data: Table, *, leave_out: str = "") -> Mapping[str, str]:
    """Lists under keys as a table of each word to its key."""
    return {word: key for key in data if key != leave_out for word in list_of(data, key)}
