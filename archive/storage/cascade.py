"""The cascade: from a quotation's words to the few posts that may hold them, rarest first and within a budget.

Stage 1 reads the postings of runs of words, rarest first, 1,024 at most, and keeps 16 posts, which are laid along the
quotation. Where none has all of it in place, a short quotation has 16,384 read; and stage 2 reads those of single
words, rarest first too, a tenth as many as there are posts (16,384 to 65,536; four times that for up to 16 words), but
no more once a post that holds none of the words read cannot do better than the best already laid: what it shares is at
most what the words left over are worth. It keeps 16 posts more, or 32 where no post takes a good part of the runs.
Beyond that the cost does not grow with the archive, because the budgets do not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from archive.storage import laying, worth
from archive.storage.laying import Laid, Quoted
from archive.storage.postings import Numbers, Postings, Segment, gathered, run_keys
from archive.storage.worth import Worths

STAGE_1 = (1_024, 16)
STAGE_2 = (65_536, 32)
STAGE_2_LEAST = 16_384
STAGE_1_AGAIN = 16_384
"""Postings of runs that are read for a short quotation no post has whole: its runs may all be common ones."""
FEW, AS_MUCH_AGAIN = 16, 4
"""A quotation of so few different words may read so many times as much: it may have no rare one to go by."""
STRONG = (3, 10)
"""The share of a quotation's runs, weighed by rarity, that one post must hold to be taken for a likely original."""
SHORT = 6
"""Words up to which the credited speaker's posts are looked through as well, however well another post fits."""
MOST_OF_SPEAKER = 16
MOST_FOUND = 176
"""Posts that are told of one quotation at most: no stage finds so many, but as many may be given."""
LONGEST_QUOTATION = 1_024
"""Words beyond these are not looked up: no post is found by them that is not found by the others."""
_KEY_BITS = 16
_SLOTS = 1 << 17
_WORTH_SLOTS = 8_192
_SAMPLED = 16
_SHARES = (8, 32, 128)
"""How many times as many votes as posts are wanted are counted post by post, if the fewer do not do."""

_Places = npt.NDArray[np.int64]
_Field = Callable[[Segment], Postings]
_RUNS: _Field = attrgetter("runs")
_WORDS: _Field = attrgetter("words")


class Proposed(NamedTuple):
    """Posts that may hold a quotation, the best first, and of each, in the same order, what can be said without its
    text. Information is in nats; words are compared by sixteen bits of their numbers."""

    posts: tuple[int, ...] = ()
    shared: tuple[float, ...] = ()
    """The information of the quotation's words that the post has in whatever order: ``in_place`` is never more."""
    in_place: tuple[float, ...] = ()
    """The information of those it has in the quotation's order; posts come in the order of this, the greatest first."""
    words_in_place: tuple[int, ...] = ()
    """How many words these are."""
    runs: tuple[int, ...] = ()
    """In how many runs they stand: 1 if nothing was left out, put in or replaced between them."""
    times: tuple[int, ...] = ()
    """When the post was published, in seconds since 1970."""
    information: float = 0.0
    """That of the whole quotation."""
    words: int = 0
    """How many words the quotation has."""


NOTHING = Proposed()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Budget:
    """How many postings are read at most and how many posts kept; what keys are ``worth`` in the order they are asked
    for; and no more of them are read once those left over are worth less than ``beaten``."""

    postings: int
    kept: int
    worths: Worths | None = None
    beaten: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Votes:
    """Posts, the best first; ``strong``: the best has a good share of what the keys weigh."""

    posts: Numbers
    strong: bool


def proposed(
    segments: Sequence[Segment], pieces: Sequence[Sequence[int]], *, speakers: Numbers | None, limit: int
) -> Proposed:
    """The posts that may hold the pieces, the best first, at most ``limit``.

    ``speakers`` are the numbers of the credited speaker's posts, ascending: they come in for short or weak quotations.
    """
    pieces = shortened(pieces)
    size = sum(segment.documents for segment in segments)
    words = np.array([word for piece in pieces for word in piece], dtype=np.uint32)
    if not len(words) or not size:
        return NOTHING
    distinct, numbers, times = np.unique(words, return_inverse=True, return_counts=True)
    worths = worth.of_words(frequencies(segments, distinct), size=size)
    quote = laying.quoted(words, worths=worths[numbers])
    runs = run_keys(pieces)
    first = _cast(segments, runs, _RUNS, budget=_Budget(postings=STAGE_1[0], kept=STAGE_1[1]))
    found = first.posts
    if speakers is not None and len(speakers) and (not first.strong or len(distinct) <= SHORT):
        found = _new((_of_speaker(segments, distinct, speakers), found))
    held = laying.laid(segments, quote, found)
    if held.best < quote.information and len(distinct) <= FEW:
        again = _cast(segments, runs, _RUNS, budget=_Budget(postings=STAGE_1_AGAIN, kept=STAGE_1[1])).posts
        found, held = _more(segments, quote, (found, again), held=held, limit=limit)
    if not first.strong or held.best < quote.information:
        budget = _Budget(
            postings=min(max(size // 10, STAGE_2_LEAST), STAGE_2[0]) * (AS_MUCH_AGAIN if len(distinct) <= FEW else 1),
            kept=min(STAGE_1[1] if first.strong else STAGE_2[1], limit),
            worths=worths * times,
            beaten=held.best,
        )
        second = _cast(segments, distinct, _WORDS, budget=budget).posts
        found, held = _more(segments, quote, (found, second), held=held, limit=limit)
    return told(found[:limit], held, quote=quote)


def _more(
    segments: Sequence[Segment], quote: Quoted, groups: tuple[Numbers, Numbers], *, held: Laid, limit: int
) -> tuple[Numbers, Laid]:
    """The posts found and those of another cast that are new, laid too, up to ``limit`` of both."""
    found, more = groups
    more = _new((found, more))[len(found) : max(len(found), limit)]
    return np.concatenate((found, more)), held.and_those(laying.laid(segments, quote, more))


def among(segments: Sequence[Segment], pieces: Sequence[Sequence[int]], posts: Numbers) -> Proposed:
    """The given posts, at most 176 and each once, with how much of the pieces each holds; the best first."""
    words = np.array([word for piece in shortened(pieces) for word in piece], dtype=np.uint32)
    size = sum(segment.documents for segment in segments)
    if not len(words) or not size:
        return NOTHING
    quote = laying.quoted(words, worths=worth.of_words(frequencies(segments, words), size=size))
    posts = posts[:MOST_FOUND]
    return told(posts, laying.laid(segments, quote, posts), quote=quote)


def shortened(pieces: Sequence[Sequence[int]]) -> list[Sequence[int]]:
    """The pieces as far as they are looked up."""
    left, kept = LONGEST_QUOTATION, []
    for piece in pieces:
        if piece and left > 0:
            kept.append(piece[:left])
            left -= len(piece)
    return kept


def told(posts: Numbers, held: Laid, *, quote: Quoted) -> Proposed:
    """What is said of posts that were laid; the first of them, the best first."""
    order = np.argsort(-held.states[: len(posts)], kind="stable")
    states = held.states[order].tolist()
    return Proposed(
        posts=tuple(posts[order].tolist()),
        shared=tuple((held.shared[order] / worth.NAT).tolist()),
        in_place=tuple(laying.worth_of(state) / worth.NAT for state in states),
        words_in_place=tuple(laying.count_of(state) for state in states),
        runs=tuple(laying.runs_of(state) for state in states),
        times=tuple(held.times[order].tolist()),
        information=worth.nats(quote.information),
        words=len(quote.words),
    )


def frequencies(segments: Sequence[Segment], words: Numbers) -> _Places:
    """How many posts hold each word; a little more where words share a bucket."""
    total = np.zeros(len(words), dtype=np.int64)
    for segment in segments:
        starts, ends = segment.words.bounds(words)
        total += ends.astype(np.int64) - starts
    return total


def _new(groups: tuple[Numbers, Numbers]) -> Numbers:
    """The posts of both, each once, in their order."""
    return np.fromiter(dict.fromkeys(post for group in groups for post in group.tolist()), dtype=np.uint32)


def _cast(segments: Sequence[Segment], keys: Numbers, field: _Field, *, budget: _Budget) -> _Votes:
    size = sum(segment.documents for segment in segments)
    bounds = [(field(segment), *field(segment).bounds(keys)) for segment in segments]
    counts = np.zeros(len(keys), dtype=np.int64)
    for _, starts, ends in bounds:
        counts += ends.astype(np.int64) - starts
    taken = _taken(counts, budget)
    weights = worth.of_keys(counts[taken], size=size)
    posts, ranks = [], []
    for postings, starts, ends in bounds:
        first = starts[taken].astype(np.int64)
        lengths = np.minimum(ends[taken] - first, STAGE_2[0])
        posts.append(postings.posts[gathered(first, lengths)])
        ranks.append(np.repeat(np.arange(len(taken)), lengths))
    voters, voted = np.concatenate(posts), np.concatenate(ranks)
    if not len(voters):
        return _Votes(posts=np.empty(0, dtype=np.uint32), strong=False)
    found, scores = _elected(voters, voted, weights=weights, most=budget.kept)
    order = _greatest(scores, budget.kept)
    least, of = STRONG
    return _Votes(posts=found[order], strong=int(scores[order[0]]) * of >= int(weights.sum()) * least)


def _taken(counts: _Places, budget: _Budget) -> _Places:
    """The keys that are read, the rarest first."""
    order = np.argsort(counts, kind="stable")
    reached = np.cumsum(counts[order])
    # The first list that holds anything is always read: a short quotation of common words must not get no candidate.
    is_read = (reached <= budget.postings) | (reached - counts[order] == 0)
    if budget.worths is not None:
        worths = budget.worths[order]
        is_read &= worths.sum() - np.cumsum(worths) + worths >= budget.beaten
    taken: _Places = order[is_read]
    return taken


def _elected(voters: Numbers, voted: _Places, *, weights: Worths, most: int) -> tuple[Numbers, Worths]:
    """Posts with the weight of their votes, ascending: all that can be among the ``most`` at least.

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
            kept = np.flatnonzero(sums >= least)
            found, scores = _tallied(voters[kept], voted[kept], weights=weights)
            if np.count_nonzero(scores >= least) >= most:
                return found, scores
    return _tallied(voters, voted, weights=weights)


def _tallied(voters: Numbers, voted: _Places, *, weights: Worths) -> tuple[Numbers, Worths]:
    """The posts that have votes, ascending, and the weight of these.

    A vote is a post's number with the rank of its key below: sorting whole numbers is many times quicker than sorting
    places, which is what counting distinct values would do.
    """
    votes = (voters.astype(np.uint64) << np.uint64(_KEY_BITS)) | voted.astype(np.uint64)
    votes.sort()
    posts = votes >> np.uint64(_KEY_BITS)
    begins = np.flatnonzero(np.concatenate(([True], posts[1:] != posts[:-1])))
    ranks = (votes & np.uint64((1 << _KEY_BITS) - 1)).astype(np.int64)
    return posts[begins].astype(np.uint32), np.add.reduceat(weights[ranks], begins)


def _greatest(scores: Worths, most: int) -> _Places:
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
    scores = np.zeros(len(speakers), dtype=np.int64)
    weights = worth.of_keys(frequencies(segments, words), size=size).tolist()
    for segment in segments:
        starts, ends = segment.words.bounds(words)
        for start, end, weight in zip(starts.tolist(), ends.tolist(), weights, strict=True):
            if start < end:
                scores[_places(segment.words.posts[start:end], speakers)] += weight
    order = _greatest(scores, MOST_OF_SPEAKER)
    return speakers[order[scores[order] > 0]]


def _places(posts: Numbers, speakers: Numbers) -> _Places:
    """Where in ``speakers`` those stand that ``posts`` holds; both ascend, the shorter is looked up in the longer."""
    if len(posts) < len(speakers):
        places = np.minimum(np.searchsorted(speakers, posts), len(speakers) - 1)
        found: _Places = places[speakers[places] == posts]
        return found
    places = np.minimum(np.searchsorted(posts, speakers), len(posts) - 1)
    return np.flatnonzero(posts[places] == speakers)
