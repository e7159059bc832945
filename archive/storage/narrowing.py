"""Narrowing: which of the posts proposed for a quotation are worth reading, told from what their hashed words say.

A post's score in the matcher is at most the information it shares with the quotation, and about what it has in place
less what gaps and strange words cost. So a post whose most is below another's least neither wins nor ties. Where no
post can pass for the original by any reading, the likeliest alone is read: it tells what to say of the quotation.
The bounds are generous, because hashed words see no near word, no number written out, no name for a handle.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from archive.domain.statements import Extent
from archive.storage.cascade import Proposed
from archive.storage.postings import Numbers

_EQUAL = 0.36
"""Scores this close count as equal in the matcher (0.35), and a little more for rounding."""
_OMISSION_COST, _STRANGE_SHARE = 1.0, 0.5
_SLACK = 3.0
"""What renderings may spare a post of these costs, in nats."""
_IN_PLACE, _IN_ALL = 0.55, 0.8
"""The share of the words in place, or of the information in whatever place, from which on a post may be the original
whoever wrote it: the rule of acceptance asks for 0.97 of the words it counts."""
_OWN_IN_PLACE, _OWN_IN_ALL = 0.4, 0.5
_OWN_BESIDE = 0.4
_OWN_TRIED = 6
_MOST_READ = 12
_MOST_EQUALS = 72
_JOINED, _JOINED_WORDS, _JOINED_RUN = 0.25, 4, 2.5
"""The share of the information that a part of a thread holds, its words in place, and those of its runs on average."""
_JOINED_BESIDE = 0.5
"""The same share, of the words that the best post has in place."""
_THREADED = 8
_TELLING = 6.0
"""The information, in nats, of words at either end of a quotation that settle that it does not reach beyond a post."""

_CHANGED = 2
"""Words at either end of a quotation that may be changed without its reaching beyond a post."""

_Values = npt.NDArray[np.float64]
_Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """The posts to read, the best first, those whose neighbours may hold more of the quotation, what they are of all
    that the archive holds, and what the next best has in place (``next_best``)."""

    read: tuple[int, ...] = ()
    joined: tuple[int, ...] = ()
    extent: Extent = Extent.DECIDING
    next_best: float = 0.0


@dataclass(frozen=True, slots=True)
class _Prospects:
    """What the posts can be: ``most`` bounds each one's score from above, ``least`` estimates it from below."""

    posts: Numbers
    most: _Values
    least: _Values
    words: _Values
    runs: _Values
    is_own: _Flags


def worth_reading(found: Proposed, *, last: float, own: Numbers | None) -> Worth:
    """The posts that can win, tie or must be named; ``last`` is the latest second of an original, ``own`` are the
    numbers of the credited speaker's posts, ascending."""
    posts = _prospects(found, last=last, own=own)
    if not len(posts.posts):
        return Worth()
    whole = (posts.words == found.words) & (posts.runs == 1)
    if whole.any():
        return Worth(read=_told(posts, _beside_whole(posts, whole, information=found.information), most=_MOST_EQUALS))
    joined = _may_join(posts, found)
    plausible = _may_pass(posts, found)
    if not plausible.any() and not joined.any():
        return Worth(read=(int(posts.posts[np.argmax(posts.least)]),), extent=Extent.LIKELIEST)
    floor = float(posts.least[plausible].max(initial=0.0)) - _SLACK - _EQUAL
    parts = posts.posts[joined][:_THREADED].tolist()
    read = _told(posts, (plausible & (posts.most >= floor)) | (posts.is_own & plausible), most=_MOST_READ)
    return Worth(read=tuple(dict.fromkeys((*read, *parts))), joined=tuple(parts))


def next_best(found: Proposed, *, last: float) -> float:
    """What the best post has in place that is not as good as the first, in nats: 0 where there is none. Posts with the
    very same words, and younger ones, do not count."""
    held = [worth for worth, time in zip(found.in_place, found.times, strict=True) if time <= last]
    return next((worth for worth in held if worth < held[0] - _EQUAL), 0.0)


def reaches_beyond(
    pieces: Sequence[Sequence[int]], held: Sequence[int], *, frequencies: Mapping[int, int], size: int
) -> bool:
    """Whether the quotation may begin or end in another post than the one with these words: unless its first words and
    its last stand in the post as they are, so many of them that they hardly do by chance. A word or two before or
    behind them are changed words where the post has other words there, not another post's."""
    words = [word for piece in pieces for word in piece]
    worth = [math.log((size + 2) / (frequencies.get(word, 0) + 1)) for word in words]
    return not (_begins(words, worth, held=held) and _begins(words[::-1], worth[::-1], held=held[::-1]))


def _begins(words: Sequence[int], worth: Sequence[float], *, held: Sequence[int]) -> bool:
    return any(
        _stands(words[first:], held[first:], count=_telling(worth[first:]))
        for first in range(min(_CHANGED + 1, len(words)))
        # A few common words are found in any post, so that with the first ones left out they settle nothing.
        if not first or sum(worth[first:]) >= _TELLING
    )


def _telling(worth: Sequence[float]) -> int:
    """How many of the first words, two at least, together carry enough information."""
    sums = itertools.accumulate(worth)
    return next((count for count, total in enumerate(sums, start=1) if count >= 2 and total >= _TELLING), len(worth))


def _stands(words: Sequence[int], held: Sequence[int], *, count: int) -> bool:
    wanted = tuple(words[:count])
    return any(tuple(held[at : at + count]) == wanted for at, word in enumerate(held) if word == wanted[0])


def _prospects(found: Proposed, *, last: float, own: Numbers | None) -> _Prospects:
    kept = np.array(found.times) <= last
    posts = np.array(found.posts, dtype=np.uint32)[kept]
    in_place = np.array(found.in_place)[kept]
    runs = np.array(found.runs, dtype=float)[kept]
    costs = _OMISSION_COST * np.maximum(runs - 1, 0) + _STRANGE_SHARE * (found.information - in_place)
    return _Prospects(
        posts=posts,
        most=np.array(found.shared)[kept],
        least=in_place - costs,
        words=np.array(found.words_in_place, dtype=float)[kept],
        runs=runs,
        is_own=np.isin(posts, own) if own is not None else np.zeros(len(posts), dtype=bool),
    )


def _beside_whole(posts: _Prospects, whole: _Flags, *, information: float) -> _Flags:
    """Where all words stand in one run somewhere: every post that shares them all, and the speaker's own that come
    near if none of those is his: a phrase in another's mouth does not stand in the way of his own words."""
    equal: _Flags = whole | (posts.most >= information - _EQUAL)
    if not posts.is_own.any() or (whole & posts.is_own).any():
        return equal
    near = np.flatnonzero(posts.is_own & (posts.most >= _OWN_BESIDE * information))[:_OWN_TRIED]
    equal[near] = True
    return equal


def _may_pass(posts: _Prospects, found: Proposed) -> _Flags:
    others = (posts.words >= _IN_PLACE * found.words) | (posts.most >= _IN_ALL * found.information)
    own = (posts.words >= _OWN_IN_PLACE * found.words) | (posts.most >= _OWN_IN_ALL * found.information)
    return others | (posts.is_own & own)


def _may_join(posts: _Prospects, found: Proposed) -> _Flags:
    """The posts that may be part of a thread: of two parts the one that holds more leads to the other, so that what
    holds far less than the best leads nowhere better."""
    enough: _Flags = (posts.most >= _JOINED * found.information) & (posts.words >= _JOINED_WORDS)
    enough &= posts.words >= _JOINED_RUN * posts.runs
    enough &= posts.words >= _JOINED_BESIDE * posts.words.max(initial=0.0)
    return enough


def _told(posts: _Prospects, wanted: _Flags, *, most: int) -> tuple[int, ...]:
    return tuple(posts.posts[wanted][:most].tolist())
