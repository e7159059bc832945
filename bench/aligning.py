"""The aligner that every engine gets: which of its candidates a quotation's words fit best, and whether well enough.

What words two texts share bounds how well they can fit, so only the few best by that are laid along the quotation, by
rapidfuzz's bit-parallel longest common subsequence; whether the best is found decides the archive's own rule.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import LCSseq

from archive.matching.acceptance import Circumstances, likelihood
from archive.matching.speakers import SpeakerFit
from archive.storage.postings import gathered

_LAID = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of all posts as numbers, one after the other, and in how many posts each number stands."""

    flat: npt.NDArray[np.uint32]
    offsets: npt.NDArray[np.int64]
    held: dict[int, int]

    def of(self, number: int) -> list[int]:
        """The words of one post."""
        words: list[int] = self.flat[self.offsets[number] : self.offsets[number + 1]].tolist()
        return words

    def worth(self, word: int) -> float:
        """The information of a word, in nats."""
        return log((len(self.offsets) + 1) / (self.held.get(word, 0) + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """The post that fits best, the information of the words in place, their share, and the changes between them."""

    number: int
    information: float
    ratio: float
    edits: int


def best(quoted: Sequence[int], candidates: Collection[int], words: Words) -> Aligned | None:
    """The best of the candidates; the information of words in place decides, less what was put between them."""
    if not len(candidates) or not len(quoted):
        return None
    wanted, times = np.unique(np.array(quoted, dtype=np.uint32), return_counts=True)
    worths = np.array([words.worth(word) for word in wanted.tolist()])
    worth = dict(zip(wanted.tolist(), worths.tolist(), strict=True))
    numbers = np.array(sorted(candidates), dtype=np.int64)
    held = _held(numbers, wanted, words)
    bounds = np.minimum(held, times) @ worths
    order = np.argsort(-bounds, kind="stable")[:_LAID]
    shared = zip(bounds[order].tolist(), numbers[order].tolist(), strict=True)
    found: Aligned | None = None
    for bound, number in shared:
        if found is not None and bound < found.information:
            break
        laid = aligned(quoted, number, words=words, worth=worth)
        if found is None or (laid.information, -laid.edits) > (found.information, -found.edits):
            found = laid
    return found


def _held(numbers: npt.NDArray[np.int64], wanted: npt.NDArray[np.uint32], words: Words) -> npt.NDArray[np.int64]:
    """How often each post (a row) holds each wanted word (a column)."""
    starts = words.offsets[numbers]
    lengths = words.offsets[numbers + 1] - starts
    flat = words.flat[gathered(starts, lengths)]
    places = np.minimum(np.searchsorted(wanted, flat), len(wanted) - 1)
    same = wanted[places] == flat
    cells = np.repeat(np.arange(len(numbers)), lengths)[same] * len(wanted) + places[same]
    return np.bincount(cells, minlength=len(numbers) * len(wanted)).reshape(len(numbers), len(wanted))


def aligned(quoted: Sequence[int], number: int, *, words: Words, worth: dict[int, float] | None = None) -> Aligned:
    """One post laid along the quotation."""
    blocks = [block for block in LCSseq.opcodes(quoted, words.of(number)) if block.tag == "equal"]
    value = worth or {word: words.worth(word) for word in quoted}
    same = sum(block.src_end - block.src_start for block in blocks)
    return Aligned(
        number=number,
        information=sum(value[word] for block in blocks for word in quoted[block.src_start : block.src_end]),
        ratio=same / max(1, len(quoted)),
        edits=max(0, len(blocks) - 1),
    )


def is_found(fit: Aligned | None, quoted: Sequence[int], words: Words) -> bool:
    """Whether the archive's rule would say that the quotation, credited to the post's author, is that post's."""
    if fit is None:
        return False
    facts = Circumstances(
        ratio=fit.ratio,
        edits=fit.edits,
        information=fit.information,
        corpus_size=len(words.offsets),
        words=len(quoted),
        content_words=len(quoted),
        speaker=SpeakerFit.CREDITED,
        age_days=1.0,
    )
    return likelihood(facts) >= 0.5
