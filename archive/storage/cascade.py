"""The cascade: from a quotation's words to the few posts that may hold them, rarest first and within a budget.

Stage 1 reads the postings of runs of words, rarest first, 1,024 at most, and keeps 16 posts. Where no post takes a good
part of the quotation that way, stage 2 reads those of single words, a tenth as many as there are posts (16,384 to
65,536), and keeps 128. Beyond that the cost does not grow with the archive, because the budgets do not.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from archive.storage.postings import Numbers, Postings, Segment, run_keys, word_keys

STAGE_1 = (1_024, 16)
STAGE_2 = (65_536, 128)
_STAGE_2_LEAST = 16_384
STRONG = 0.3
"""The share of a quotation's runs, weighed by rarity, that one post must hold to make stage 2 needless."""
SHORT = 6
"""Words up to which the credited speaker's posts are looked through as well, however well another post fits."""
_MOST_OF_SPEAKER = 16
_KEY_BITS = np.uint64(16)
_MOST_KEYS = 1 << 16

Weights = npt.NDArray[np.float64]
_Field = Callable[[Segment], Postings]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Votes:
    """Posts, the best first, and the share of the keys' weight that the best one has."""

    posts: Numbers
    best: float


def proposed(
    segments: Sequence[Segment], pieces: Sequence[Sequence[int]], *, speakers: Numbers | None, limit: int
) -> tuple[int, ...]:
    """The numbers of posts that may hold the pieces, the likeliest first, at most ``limit``.

    ``speakers`` are the numbers of the credited speaker's posts, ascending: they come in for short or weak quotations.
    """
    first = _cast(segments, run_keys(pieces), lambda segment: segment.runs, allowance=STAGE_1)
    found = [first.posts]
    is_weak = first.best < STRONG
    words = word_keys(pieces)
    if speakers is not None and len(speakers) and (is_weak or len(words) <= SHORT):
        found.insert(0, _of_speaker(segments, words, speakers))
    if is_weak:
        size = sum(segment.documents for segment in segments)
        allowance = (min(max(size // 10, _STAGE_2_LEAST), STAGE_2[0]), STAGE_2[1])
        found.append(_cast(segments, words, lambda segment: segment.words, allowance=allowance).posts)
    return tuple(dict.fromkeys(int(post) for posts in found for post in posts))[:limit]


def frequency(segments: Sequence[Segment], word: int) -> int:
    """How many posts hold the word; a little more where words share a bucket."""
    keys = np.array([word], dtype=np.uint32)
    total = 0
    for segment in segments:
        starts, ends = segment.words.bounds(keys)
        total += int(ends[0]) - int(starts[0])
    return total


def _cast(segments: Sequence[Segment], keys: Numbers, field: _Field, *, allowance: tuple[int, int]) -> _Votes:
    budget, most = allowance
    size = sum(segment.documents for segment in segments)
    bounds = [(field(segment), *field(segment).bounds(keys)) for segment in segments]
    counts = np.zeros(len(keys), dtype=np.int64)
    for _, starts, ends in bounds:
        counts += ends.astype(np.int64) - starts
    order = np.argsort(counts, kind="stable")
    reached = np.cumsum(counts[order])
    # The first list that holds anything is always read: a short quotation of common words must not get no candidate.
    taken = order[(reached <= budget) | (reached - counts[order] == 0)][:_MOST_KEYS]
    weights = np.log(1.0 + size / np.maximum(counts[taken], 1))
    lists = [
        (postings.posts[starts[key] : ends[key]][: STAGE_2[0]].astype(np.uint64) << _KEY_BITS) | np.uint64(rank)
        for postings, starts, ends in bounds
        for rank, key in enumerate(taken.tolist())
        if ends[key] > starts[key]
    ]
    if not lists:
        return _Votes(posts=np.empty(0, dtype=np.uint32), best=0.0)
    return _tallied(np.concatenate(lists), weights, most=most)


def _tallied(votes: npt.NDArray[np.uint64], weights: Weights, *, most: int) -> _Votes:
    """The posts with the most votes; equal ones in the order of their arrival.

    A vote is a post's number with the rank of its key below: sorting whole numbers is many times quicker than sorting
    places, which is what counting distinct values would do.
    """
    votes.sort()
    posts = votes >> _KEY_BITS
    begins = np.flatnonzero(np.concatenate(([True], posts[1:] != posts[:-1])))
    ranks = (votes & np.uint64((1 << int(_KEY_BITS)) - 1)).astype(np.int64)
    scores = np.add.reduceat(weights[ranks], begins)
    order = _greatest(scores, most)
    best = float(scores[order[0]]) / float(weights.sum())
    return _Votes(posts=posts[begins[order]].astype(np.uint32), best=best)


def _greatest(scores: Weights, most: int) -> npt.NDArray[np.int64]:
    """Where the greatest scores stand, the greatest first, equal ones in their order."""
    if len(scores) > most:
        least = np.partition(scores, len(scores) - most)[len(scores) - most]
        places = np.flatnonzero(scores >= least)
    else:
        places = np.arange(len(scores))
    order = np.argsort(-scores[places], kind="stable")[:most]
    return places[order].astype(np.int64)


def _of_speaker(segments: Sequence[Segment], words: Numbers, speakers: Numbers) -> Numbers:
    """The speaker's posts that hold most of the words, however common these are."""
    size = sum(segment.documents for segment in segments)
    scores = np.zeros(len(speakers))
    for segment in segments:
        starts, ends = segment.words.bounds(words)
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            posts = segment.words.posts[start:end]
            if len(posts):
                scores[_places(posts, speakers)] += math.log(1.0 + size / len(posts))
    order = _greatest(scores, _MOST_OF_SPEAKER)
    return speakers[order[scores[order] > 0]]


def _places(posts: Numbers, speakers: Numbers) -> npt.NDArray[np.int64]:
    """Where in ``speakers`` those stand that ``posts`` holds; both ascend, the shorter is looked up in the longer."""
    if len(posts) < len(speakers):
        places = np.minimum(np.searchsorted(speakers, posts), len(speakers) - 1)
        found: npt.NDArray[np.int64] = places[speakers[places] == posts]
        return found
    places = np.minimum(np.searchsorted(posts, speakers), len(posts) - 1)
    return np.flatnonzero(posts[places] == speakers)
