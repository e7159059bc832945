"""Groups of words in a row of tokens: "according to", "the next day"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Lowered(Protocol):
    """Anything with a word in lower case: a token."""

    @property
    def lower(self) -> str:
        """The word."""


class WordGroups:
    """Groups of words ("according to"), found in a row of tokens; the longest first."""

    def __init__(self, groups: Sequence[str]) -> None:
        """Groups as they are written, words parted by spaces."""
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for group in sorted(groups, key=len, reverse=True):
            words = tuple(group.split())
            self._by_first.setdefault(words[0], []).append(words)

    def at(self, tokens: Sequence[Lowered], at: int) -> int:
        """How many tokens of a group begin at ``at``; 0 where none does."""
        for words in self._by_first.get(tokens[at].lower, ()):
            if tuple(token.lower for token in tokens[at : at + len(words)]) == words:
                return len(words)
        return 0
