"""The cascade: from a quotation's words to the few posts that may hold them, rarest first and within a budget.

Stage 1 reads the postings of runs of words, rarest first, 1,024 at most, and keeps 16 posts. Where no post takes a good
part of the quotation that way, stage 2 reads those of single words, a tenth as many as there are posts (16,384 to
65,536), and keeps 128. Beyond that the cost does not grow with the archive, because the budgets do not.

What is proposed is weighed by the words it shares with the quotation, read from the segments: the rarer, the more.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from archive.storage.postings import Halves, Numbers, Postings, Segment, gathered, halves, run_keys, word_keys

STAGE_1 = (1_024, 16)
STAGE_2 = (65_536, 128)
_STAGE_2_LEAST = 16_384
STRONG = 0.3
"""The share of a quotation's runs, weighed by rarity, that one post must hold to make stage 2 needless."""
SHORT = 6
"""Words up to which the credited speaker's posts are looked through as well, however well another post fits."""
_MOST_OF_SPEAKER = 16
_KEY_BITS = 16
_MOST_KEYS = 1 << _KEY_BITS
_SLOTS = 1 << 17
_WORTH_SLOTS = 8_192
_SAMPLED = 16
_SHARES = (8, 32, 128)
"""How many times as many votes as posts are wanted are counted post by post, if the fewer do not do."""
_LONGEST_DOCUMENT = 4_096
_ROUNDED = 1 - 1e-9

Weights = npt.NDArray[np.float64]
_Places = npt.NDArray[np.int64]
_Field = Callable[[Segment], Postings]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """Posts that may hold a quotation, the likeliest first; how much of the quotation's information each shares by its
    words, in nats; when each was posted (seconds since 1970); and how much information the quotation has."""

    posts: tuple[int, ...]
    shared: tuple[float, ...]
    times: tuple[int, ...]
    information: float


NOTHING = Proposed(posts=(), shared=(), times=(), information=0.0)


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


def weighed(segments: Sequence[Segment], pieces: Sequence[Sequence[int]], posts: Sequence[int]) -> Proposed:
    """The same posts with what each shares: a word counts as often as it stands in both, by its rarity."""
    wanted, times = np.unique(np.array([word for piece in pieces for word in piece], np.uint32), return_counts=True)
    size = sum(segment.documents for segment in segments)
    worth = np.log((size + 2) / (frequencies(segments, wanted) + 1.0))
    short = halves(wanted)
    order = np.argsort(short, kind="stable")
    held, posted = _held(segments, np.array(posts, dtype=np.uint32), short[order])
    shared = np.minimum(held, times[order]) @ worth[order]
    return Proposed(
        posts=tuple(posts),
        shared=tuple(shared.tolist()),
        times=tuple(posted.tolist()),
        information=float(times @ worth),
    )


def frequencies(segments: Sequence[Segment], words: Numbers) -> _Places:
    """How many posts hold each word; a little more where words share a bucket."""
    total = np.zeros(len(words), dtype=np.int64)
    for segment in segments:
        starts, ends = segment.words.bounds(words)
        total += ends.astype(np.int64) - starts
    return total


def _held(segments: Sequence[Segment], posts: Numbers, wanted: Halves) -> tuple[Weights, Numbers]:
    """How often each post (a row) holds each wanted word (a column), its fullest version where it has several; and when
    it was posted."""
    found, times = np.zeros((len(posts), len(wanted))), np.zeros(len(posts), dtype=np.uint32)
    for segment in segments:
        texts = segment.texts
        firsts = np.searchsorted(texts.posts, posts)
        counts = np.searchsorted(texts.posts, posts, side="right") - firsts
        if not counts.any():
            continue
        documents = gathered(firsts, counts)
        starts = texts.offsets[documents].astype(np.int64)
        lengths = np.minimum(texts.offsets[documents + 1] - starts, _LONGEST_DOCUMENT)
        words = texts.words[gathered(starts, lengths)]
        places = np.minimum(np.searchsorted(wanted, words), len(wanted) - 1)
        same = wanted[places] == words
        cells = np.repeat(np.arange(len(documents)), lengths)[same] * len(wanted) + places[same]
        held = np.bincount(cells, minlength=len(documents) * len(wanted)).reshape(len(documents), len(wanted))
        rows = np.repeat(np.arange(len(posts)), counts)
        if counts.max() > 1:
            np.maximum.at(found, rows, held)
        else:
            found[rows] = np.maximum(found[rows], held)
        times[rows] = texts.times[documents]
    return found, times


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
    posts, ranks = [], []
    for postings, starts, ends in bounds:
        first = starts[taken].astype(np.int64)
        lengths = np.minimum(ends[taken] - first, STAGE_2[0])
        posts.append(postings.posts[gathered(first, lengths)])
        ranks.append(np.repeat(np.arange(len(taken)), lengths))
    voters, voted = np.concatenate(posts), np.concatenate(ranks)
    if not len(voters):
        return _Votes(posts=np.empty(0, dtype=np.uint32), best=0.0)
    found, scores = _elected(voters, voted, weights=weights, most=most)
    order = _greatest(scores, most)
    return _Votes(posts=found[order].astype(np.uint32), best=float(scores[order[0]]) / float(weights.sum()))


def _elected(voters: Numbers, voted: _Places, *, weights: Weights, most: int) -> tuple[Numbers, Weights]:
    """Posts with the weight of their votes, in the order of their arrival: all that can be among the ``most`` at least.

    Where there are many votes, each is thrown into one of 131,072 slots by its post. A slot adds up the votes of all
    posts whose number ends alike, so it bounds each of them from above, and only the fullest slots are counted post by
    post: the same posts as by sorting all votes, in a fraction of the time.
    """
    if len(voters) > _WORTH_SLOTS:
        slots = voters & np.uint32(_SLOTS - 1)
        sums = np.bincount(slots, weights=weights[voted], minlength=_SLOTS)[slots]
        sample = np.sort(sums[::_SAMPLED])
        for share in _SHARES:
            least = float(sample[-min(len(sample), max(1, share * most // _SAMPLED))])
            kept = np.flatnonzero(sums >= least * _ROUNDED)
            found, scores = _tallied(voters[kept], voted[kept], weights=weights)
            if np.count_nonzero(scores >= least) >= most:
                return found, scores
    return _tallied(voters, voted, weights=weights)


def _tallied(voters: Numbers, voted: _Places, *, weights: Weights) -> tuple[Numbers, Weights]:
    """The posts that have votes, in the order of their arrival, and the weight of these.

    A vote is a post's number with the rank of its key below: sorting whole numbers is many times quicker than sorting
    places, which is what counting distinct values would do.
    """
    votes = (voters.astype(np.uint64) << np.uint64(_KEY_BITS)) | voted.astype(np.uint64)
    votes.sort()
    posts = votes >> np.uint64(_KEY_BITS)
    begins = np.flatnonzero(np.concatenate(([True], posts[1:] != posts[:-1])))
    ranks = (votes & np.uint64(_MOST_KEYS - 1)).astype(np.int64)
    return posts[begins].astype(np.uint32), np.add.reduceat(weights[ranks], begins)


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
