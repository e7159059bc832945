"""Postings: which posts hold which word, and which two words in a row, packed into arrays that can be mapped from disk.

Bucketed without keys: the top bits of a key number its bucket, ``offsets`` says where the posts of the bucket
stand. Two keys in one bucket only propose a post too many, which the comparison of the texts then drops.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint32]
Halves = npt.NDArray[np.uint16]

_LEAST_BITS = 16
_MOST_BITS = 28
_RUN_ROOM, _WORD_ROOM = 0.5, 8
"""Buckets for each distinct key: words have many, because how often a word occurs is read off its bucket."""
_SAMPLED_BITS = 4
_FIRST = np.uint32(0x9E3779B1)
_SECOND = np.uint32(0x85EBCA6B)
_THIRD = np.uint32(0xC2B2AE35)


@dataclass(frozen=True, slots=True, kw_only=True)
class Postings:
    """Posts by bucket: those of bucket ``b`` are ``posts[offsets[b]:offsets[b + 1]]``, in ascending order."""

    offsets: Numbers
    posts: Numbers

    @property
    def shift(self) -> int:
        """How far a key is shifted to give its bucket."""
        return 32 - (len(self.offsets) - 1).bit_length() + 1

    def bounds(self, keys: Numbers) -> tuple[Numbers, Numbers]:
        """Where the posts of each key begin and end."""
        buckets = keys >> np.uint32(self.shift)
        return self.offsets[buckets], self.offsets[buckets + 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The words of each document, so that a proposal can be weighed without asking the database: those of document
    ``d`` are ``words[offsets[d]:offsets[d + 1]]``, sixteen bits of each; ``posts`` gives its post, ascending, and
    ``times`` when that was posted (seconds since 1970)."""

    posts: Numbers
    times: Numbers
    offsets: Numbers
    words: Halves


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """The postings of some snapshots: ``runs`` of words in a row (stage 1), single ``words`` (stage 2), ``texts``."""

    runs: Postings
    words: Postings
    texts: Texts
    documents: int


def build_segment(words: Numbers, *, lengths: npt.NDArray[np.int64], posts: Numbers, times: Numbers) -> Segment:
    """The segment of documents whose words stand one after the other in ``words``; ``posts`` gives each one's post,
    ``times`` its time."""
    owners = np.repeat(posts, lengths)
    ends = np.cumsum(lengths)
    return Segment(
        runs=_packed(*_document_runs(words, owners=owners, ends=ends), room=_RUN_ROOM),
        words=_packed(words, owners, room=_WORD_ROOM),
        texts=_texts(words, lengths=lengths, posts=posts, times=times),
        documents=len(posts),
    )


def document_keys(words: Numbers) -> Numbers:
    """The keys of runs that a document of these words stands under whatever stands beside it, each once: all pairs, and
    the triples that are the least of four within it."""
    triples = _triples(words)
    return np.unique(np.concatenate([_pairs(words), triples[winnowed(triples)]]))


def halves(words: Numbers) -> Halves:
    """Sixteen bits of each word, as ``Texts`` holds them: two words in 65,536 are taken for one another."""
    return ((words * _FIRST) >> np.uint32(16)).astype(np.uint16)


def gathered(starts: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The places of several stretches, one after the other: from each start as many as its length."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(starts - (ends - lengths), lengths) + np.arange(total)


def run_keys(pieces: Iterable[Sequence[int]]) -> Numbers:
    """The keys of a quotation's pieces: every two and every three words in a row, each key once."""
    found = [np.empty(0, dtype=np.uint32)]
    for piece in pieces:
        words = np.array(piece, dtype=np.uint32)
        found += [_pairs(words), _triples(words)]
    return np.unique(np.concatenate(found))


def word_keys(pieces: Iterable[Sequence[int]]) -> Numbers:
    """The words of a quotation's pieces, each once."""
    return np.unique(np.array([word for piece in pieces for word in piece], dtype=np.uint32))


def _pairs(words: Numbers) -> Numbers:
    return _mixed((words[:-1] * _FIRST) ^ (words[1:] + _SECOND))


def _triples(words: Numbers) -> Numbers:
    if len(words) < 3:
        return np.empty(0, dtype=np.uint32)
    return _mixed(_mixed((words[:-2] * _FIRST) ^ (words[1:-1] + _THIRD)) * _SECOND ^ words[2:])


def _mixed(keys: Numbers) -> Numbers:
    """Spread keys over all bits (the finaliser of MurmurHash3), because the top ones number the bucket."""
    keys = (keys ^ (keys >> np.uint32(16))) * _SECOND
    keys = (keys ^ (keys >> np.uint32(13))) * _THIRD
    return keys ^ (keys >> np.uint32(16))


def _document_runs(words: Numbers, *, owners: Numbers, ends: npt.NDArray[np.int64]) -> tuple[Numbers, Numbers]:
    """Keys of all pairs and of winnowed triples within a document, and the post of each."""
    if len(words) < 2:
        return np.empty(0, dtype=np.uint32), np.empty(0, dtype=np.uint32)
    within = np.ones(len(words) - 1, dtype=np.bool_)
    within[ends[(ends > 0) & (ends < len(words))] - 1] = False
    keys, posts = [_pairs(words)[within]], [owners[:-1][within]]
    triples = _triples(words)
    kept = winnowed(triples)
    kept &= within[:-1] & within[1:]
    keys.append(triples[kept])
    posts.append(owners[:-2][kept])
    return np.concatenate(keys), np.concatenate(posts)


def winnowed(keys: Numbers) -> npt.NDArray[np.bool_]:
    """Which keys are the least of some four in a row, the first of equal ones; none where there are fewer than four.

    Winnowing (Schleimer, Wilkerson & Aiken 2003): a quotation that holds the four holds that one. Four comparisons of
    whole arrays; ``argmin`` over a sliding window takes ten times as long.
    """
    kept = np.zeros(len(keys), dtype=np.bool_)
    count = len(keys) - 3
    if count < 1:
        return kept
    second = keys[1:] < keys[:-1]
    least = np.minimum(keys[1:], keys[:-1])
    later = least[2:] < least[:-2]
    kept[:count] |= ~later & ~second[:-2]
    kept[1 : count + 1] |= ~later & second[:-2]
    kept[2 : count + 2] |= later & ~second[2:]
    kept[3:] |= later & second[2:]
    return kept


def _texts(words: Numbers, *, lengths: npt.NDArray[np.int64], posts: Numbers, times: Numbers) -> Texts:
    short = halves(words)
    if len(posts) and (posts[1:] < posts[:-1]).any():
        # A later version of an earlier post: documents stand in the order of their posts.
        order = np.argsort(posts, kind="stable")
        starts = (np.cumsum(lengths) - lengths)[order]
        lengths, posts, times = lengths[order], posts[order], times[order]
        short = short[gathered(starts, lengths)]
    offsets = np.zeros(len(posts) + 1, dtype=np.uint32)
    np.cumsum(lengths, out=offsets[1:], dtype=np.uint32)
    return Texts(posts=posts, times=times, offsets=offsets, words=short)


def _packed(keys: Numbers, posts: Numbers, *, room: float) -> Postings:
    bits = min(max(int(_distinct(keys) * room).bit_length(), _LEAST_BITS), _MOST_BITS)
    combined = (keys >> np.uint32(32 - bits)).astype(np.uint64)
    combined <<= np.uint64(32)
    combined |= posts
    combined.sort()
    fresh = np.ones(len(combined), dtype=np.bool_)
    np.not_equal(combined[1:], combined[:-1], out=fresh[1:])
    combined = combined[fresh]
    held = combined.astype(np.uint32)
    combined >>= np.uint64(32)
    offsets = np.zeros((1 << bits) + 1, dtype=np.uint32)
    np.cumsum(np.bincount(combined.view(np.int64), minlength=1 << bits), out=offsets[1:], dtype=np.uint32)
    return Postings(offsets=offsets, posts=held)


def _distinct(keys: Numbers) -> int:
    """About how many different keys there are: those whose last bits are zero, times how rare that is."""
    sample = np.sort(keys[(keys & np.uint32((1 << _SAMPLED_BITS) - 1)) == 0])
    if not len(sample):
        return 0
    return (1 + int(np.count_nonzero(sample[1:] != sample[:-1]))) << _SAMPLED_BITS
