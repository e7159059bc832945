"""Questions about words with the answers given so far: every article asks about the same ones."""

from __future__ import annotations

from collections.abc import Callable


class Remembered(dict[str, bool]):
    """A yes-or-no question about words; ``question[word]`` is the answer. Forgets all once it holds ``MOST``."""

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


def nouns_of_office(heads: frozenset[str], endings: tuple[str, ...]) -> Remembered:
    """Whether a word in lower case is a noun of office, as such or as the end of a compound ("Energieminister")."""

    def is_office(word: str) -> bool:
        bare = word.rstrip(".")
        return bare in heads or bare.endswith(endings)

    return Remembered(is_office)


def lowered(word: str) -> str:
    """A word as lists have it: lower case, the apostrophe straight."""
    low = word.lower()
    return low if low.isascii() else low.replace("’", "'")
