"""The aligner that every engine gets: which of its candidates a quotation's words fit best, and whether well enough.

It is ours, compiled where that is installed: each candidate's words are read from our segments and laid along the
quotation, so engines differ by what they propose and what that takes. Whether the best is found decides the archive's
own rule.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from archive.matching.acceptance import Circumstances, likelihood
from archive.matching.speakers import SpeakerFit
from archive.storage.cascade import Proposed
from archive.storage.kernels import Answering


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of all posts as numbers, one after the other."""

    flat: npt.NDArray[np.uint32]
    offsets: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """The post that fits best, the information of the words in place, their share, and the changes between them."""

    number: int
    information: float
    ratio: float
    edits: int


def first_of(found: Proposed) -> Aligned | None:
    """The best of what was laid; None where nothing was."""
    if not found.posts:
        return None
    return Aligned(
        number=found.posts[0],
        information=found.in_place[0],
        ratio=found.words_in_place[0] / found.words,
        edits=max(0, found.runs[0] - 1),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligner:
    """Lays candidates along a quotation."""

    answering: Answering

    def best(self, quoted: Sequence[int], candidates: Sequence[int]) -> Aligned | None:
        """The best of the candidates; the information of words in place decides, then the fewest runs."""
        if not len(candidates):
            return None
        posts = np.array(candidates, dtype=np.uint32)
        return first_of(self.answering.among(((quoted,),), posts=(posts,))[0])

    def after(self, ask: Callable[[str], Sequence[int]]) -> Callable[[str, Sequence[int]], Aligned | None]:
        """An engine that asks for candidates and has them laid."""
        return lambda quote, words: self.best(words, ask(quote))


def is_found(fit: Aligned | None, quoted: Sequence[int], *, size: int) -> bool:
    """Whether the archive's rule would say that the quotation, credited to the post's author, is that post's."""
    if fit is None:
        return False
    facts = Circumstances(
        ratio=fit.ratio,
        edits=fit.edits,
        information=fit.information,
        corpus_size=size,
        words=len(quoted),
        content_words=len(quoted),
        speaker=SpeakerFit.CREDITED,
        age_days=1.0,
    )
    return likelihood(facts) >= 0.5
