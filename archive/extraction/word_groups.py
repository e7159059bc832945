"""Groups of words in a row of tokens: "according to", "the next day"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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

    def beginnings(self) -> frozenset[str]:
        """The first words of the groups, in lower case."""
        return frozenset(self._by_first)

    def at(self, tokens: Sequence[Lowered], at: int) -> int:
        """How many tokens of a group begin at ``at``; 0 where none does."""
        groups = self._by_first.get(tokens[at].lower)
        return 0 if groups is None else self._longest(groups, tokens, at)

    def places(self, tokens: Sequence[Lowered], first: int, last: int) -> Iterator[tuple[int, int]]:
        """Where groups begin between two tokens, with how many tokens each is long."""
        by_first = self._by_first
        for at in range(first, last):
            groups = by_first.get(tokens[at].lower)
            if groups is not None and (width := self._longest(groups, tokens, at)):
                yield at, width

    @staticmethod
    def _longest(groups: Sequence[tuple[str, ...]], tokens: Sequence[Lowered], at: int) -> int:
        for words in groups:
            if tuple([token.lower for token in tokens[at : at + len(words)]]) == words:
                return len(words)
        return 0
