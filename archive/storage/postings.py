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

_LEAST_BITS = 16
_MOST_BITS = 28
_WINDOW = 4
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
class Segment:
    """The postings of some snapshots: ``runs`` of words in a row (stage 1), single ``words`` (stage 2)."""

    runs: Postings
    words: Postings
    documents: int


def build_segment(words: Numbers, *, lengths: npt.NDArray[np.int64], posts: Numbers) -> Segment:
    """The segment of documents whose words stand one after the other in ``words``; ``posts`` gives each one's post."""
    owners = np.repeat(posts, lengths)
    documents = np.repeat(np.arange(len(posts), dtype=np.uint32), lengths)
    keys, places = _document_runs(words, documents)
    return Segment(
        runs=_packed(keys, owners[places]),
        words=_packed(words, owners),
        documents=len(posts),
    )


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


def _document_runs(words: Numbers, documents: Numbers) -> tuple[Numbers, npt.NDArray[np.int64]]:
    """Keys of all pairs and of winnowed triples within a document, and where each stands.

    Winnowing (Schleimer, Wilkerson & Aiken 2003) keeps of every four triples in a row the least: a quotation that holds
    the four holds that one.
    """
    pair_places = np.flatnonzero(documents[:-1] == documents[1:])
    keys, places = [_pairs(words)[pair_places]], [pair_places]
    triples = _triples(words)
    if len(triples) >= _WINDOW:
        windows = np.lib.stride_tricks.sliding_window_view(triples, _WINDOW)
        least = np.unique(windows.argmin(axis=1) + np.arange(len(windows)))
        least = least[documents[least] == documents[least + 2]]
        keys.append(triples[least])
        places.append(least)
    return np.concatenate(keys), np.concatenate(places)


def _packed(keys: Numbers, posts: Numbers) -> Postings:
    bits = min(max((max(len(keys), 1) - 1).bit_length(), _LEAST_BITS), _MOST_BITS)
    buckets = (keys >> np.uint32(32 - bits)).astype(np.uint64)
    combined = np.sort((buckets << np.uint64(32)) | posts.astype(np.uint64))
    if len(combined):
        combined = combined[np.concatenate(([True], combined[1:] != combined[:-1]))]
    counts = np.bincount((combined >> np.uint64(32)).astype(np.int64), minlength=1 << bits)
    offsets = np.zeros((1 << bits) + 1, dtype=np.uint32)
    np.cumsum(counts, out=offsets[1:], dtype=np.uint32)
    return Postings(offsets=offsets, posts=(combined & np.uint64(0xFFFFFFFF)).astype(np.uint32))
