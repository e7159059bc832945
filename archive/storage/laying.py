"""Laying: how much of a quotation stands in a post in the quotation's order, by the numbers of their words alone.

Of all ways to lay the words of a quotation along those of a post, the one with the most information in place counts;
of these the one in the fewest runs. Each state of the dynamic programme (Needleman & Wunsch 1970, with the gaps of
Gotoh 1982) is a single whole number: the information in place, then how many words, then less one for each run; so the
greatest number is the best way. Words of a post that the quotation has not are passed over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from archive.storage.postings import Halves, Numbers, Segment, gathered, halves
from archive.storage.worth import Worths

COUNTED = 12
"""Bits for the runs, as many above them for the words: a quotation is at most 2,047 words."""
WORTH = 2 * COUNTED
NEVER = -(1 << 60)
LONGEST_DOCUMENT = 4_096


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A quotation as it is laid: sixteen bits of each word in order, what each is worth, and all together."""

    words: Halves
    worths: Worths

    @property
    def information(self) -> int:
        """What all its words are worth."""
        return int(self.worths.sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """Of each post: the best state of the programme, what of the quotation's words it has in whatever order, and when
    it was posted (seconds since 1970)."""

    states: Worths
    shared: Worths
    times: Numbers

    @property
    def best(self) -> int:
        """The most that words in place are worth."""
        return worth_of(int(self.states.max(initial=0)))

    def and_those(self, more: Laid) -> Laid:
        """These and others behind them."""
        return Laid(
            states=np.concatenate((self.states, more.states)),
            shared=np.concatenate((self.shared, more.shared)),
            times=np.concatenate((self.times, more.times)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Documents:
    """The words of some documents that a quotation has too: of each the row of its post, and one after the other which
    word of the quotation it is and where it stands."""

    rows: npt.NDArray[np.int64]
    lengths: npt.NDArray[np.int64]
    words: npt.NDArray[np.int64]
    places: npt.NDArray[np.int64]


def quoted(words: Numbers, *, worths: Worths) -> Quoted:
    """A quotation of these words."""
    return Quoted(words=halves(words), worths=worths)


def runs_of(state: int) -> int:
    """In how many runs the words in place stand."""
    return -state & ((1 << COUNTED) - 1)


def count_of(state: int) -> int:
    """How many words are in place."""
    return ((state + (1 << COUNTED) - 1) >> COUNTED) & ((1 << COUNTED) - 1)


def worth_of(state: int) -> int:
    """What the words in place are worth."""
    return (state + (1 << COUNTED) - 1) >> WORTH


def laid(segments: Sequence[Segment], quote: Quoted, posts: Numbers) -> Laid:
    """Lay a quotation along each of the posts; of several versions the one that it fits best counts."""
    states, shared = np.zeros(len(posts), dtype=np.int64), np.zeros(len(posts), dtype=np.int64)
    times = np.zeros(len(posts), dtype=np.uint32)
    distinct, numbers, repeats = np.unique(quote.words, return_inverse=True, return_counts=True)
    worths = np.zeros(len(distinct), dtype=np.int64)
    np.maximum.at(worths, numbers, quote.worths)
    parts = []
    for segment in segments:
        firsts = np.searchsorted(segment.texts.posts, posts)
        counts = np.searchsorted(segment.texts.posts, posts, side="right") - firsts
        if not counts.any():
            continue
        rows = np.repeat(np.arange(len(posts)), counts)
        documents = gathered(firsts, counts)
        times[rows] = segment.texts.times[documents]
        parts.append(_held(segment, documents, rows=rows, wanted=distinct))
    if parts:
        held = _together(parts)
        size = len(held.rows)
        cells = np.repeat(np.arange(size), held.lengths) * len(distinct) + held.words
        often = np.bincount(cells, minlength=size * len(distinct)).reshape(size, len(distinct))
        np.maximum.at(shared, held.rows, np.minimum(often, repeats) @ worths)
        np.maximum.at(states, held.rows, _states(held, numbers.astype(np.int64), worths=quote.worths))
    return Laid(states=states, shared=shared, times=times)


def _together(parts: list[_Documents]) -> _Documents:
    """The documents of several segments, one after the other: the programme runs once for all."""
    if len(parts) == 1:
        return parts[0]
    return _Documents(
        rows=np.concatenate([part.rows for part in parts]),
        lengths=np.concatenate([part.lengths for part in parts]),
        words=np.concatenate([part.words for part in parts]),
        places=np.concatenate([part.places for part in parts]),
    )


def _held(
    segment: Segment, documents: npt.NDArray[np.int64], *, rows: npt.NDArray[np.int64], wanted: Halves
) -> _Documents:
    texts = segment.texts
    starts = texts.offsets[documents].astype(np.int64)
    lengths = np.minimum(texts.offsets[documents + 1] - starts, LONGEST_DOCUMENT)
    at = gathered(starts, lengths)
    words = texts.words[at]
    found = np.minimum(np.searchsorted(wanted, words), len(wanted) - 1)
    same = np.flatnonzero(wanted[found] == words)
    owners = np.repeat(np.arange(len(documents)), lengths)[same]
    return _Documents(
        rows=rows,
        lengths=np.bincount(owners, minlength=len(documents)),
        words=found[same],
        places=at[same],
    )


def _states(held: _Documents, numbers: npt.NDArray[np.int64], *, worths: Worths) -> Worths:
    """The best state of each document; ``numbers`` says which word stands where in the quotation.

    One row for each word of the quotation, for all documents at once: ``best`` is the greatest state so far with the
    words up to a column, ``last`` that which ends with the last row's word in that very column.
    """
    widest = int(held.lengths.max()) if len(held.lengths) else 0
    if not widest:
        return np.zeros(len(held.lengths), dtype=np.int64)
    columns = gathered(np.zeros(len(held.lengths), dtype=np.int64), held.lengths)
    owners = np.repeat(np.arange(len(held.lengths)), held.lengths)
    words = np.full((len(held.lengths), widest), -1, dtype=np.int64)
    words[owners, columns] = held.words
    apart = np.full_like(words, NEVER)
    apart[owners[1:], columns[1:]] = np.where((np.diff(held.places) == 1) & (columns[1:] > 0), 0, NEVER)
    best = np.zeros((len(held.lengths), widest + 1), dtype=np.int64)
    last = np.full_like(best, NEVER)
    met = np.zeros(int(numbers.max()) + 1, dtype=np.bool_)
    met[held.words] = True
    steps = (worths << WORTH) + (1 << COUNTED)
    for number, step in zip(numbers.tolist(), steps.tolist(), strict=True):
        if not met[number]:
            last[:, 1:] = NEVER
            continue
        ends = np.where(words == number, np.maximum(last[:, :-1] + apart, best[:, :-1] - 1) + step, NEVER)
        last[:, 1:] = ends
        np.maximum(best[:, 1:], ends, out=best[:, 1:])
        np.maximum.accumulate(best, axis=1, out=best)
    return best[:, -1]
