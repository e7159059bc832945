"""Questions about single words whose answers are remembered: every article asks about the same ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping


class Remembered(dict[str, bool]):
    """A yes-or-no question about words with the answers given so far."""

    MOST = 50_000

    def __init__(self, ask: Callable[[str], bool]) -> None:
        """Nothing asked yet."""
        super().__init__()
        self._ask = ask

    def __missing__(self, word: str) -> bool:
        """The answer for a word not asked about before."""
        if len(self) >= self.MOST:
            self.clear()
        answer = self[word] = self._ask(word)
        return answer


def is_office_word(word: str, *, heads: frozenset[str], endings: tuple[str, ...]) -> bool:
    """Whether a word in lower case is a noun of office, as such or by its ending."""
    return word in heads or word.endswith(endings)


def is_common_word(word: str, *, named: tuple[Mapping[str, str], ...], is_office: Remembered) -> bool:
    """Whether a word as printed is in lower case, no handle, and in none of the tables ``named``."""
    low = lowered(word)
    return word == low and word[0] != "@" and not is_office[low] and all(low not in words for words in named)


def lowered(word: str) -> str:
    """A word as lists have it: lower case, the apostrophe straight."""
    low = word.lower()
    return low if low.isascii() else low.replace("’", "'")
