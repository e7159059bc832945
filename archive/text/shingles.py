"""Shingles: the words of a text as 32-bit numbers, in order: what the archive stores and looks quotations up by.

A word's number is the CRC-32 (ISO 3309) of its normalised form in UTF-8. It is stored with every post, so a change to
the normalisation in ``tokens`` asks for ``SHINGLE_VERSION + 1`` and for the stored words to be written again.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from zlib import crc32

import numpy as np
import numpy.typing as npt

from archive.text.tokens import plain_words, readings_of

SHINGLE_VERSION = 1
_REMEMBERED_CHUNKS = 400_000
_LONGEST_REMEMBERED = 32


class _Numbers(dict[str, tuple[int, ...]]):
    """Stretches without white space, with the numbers of their words: most of a language is a few thousand of them."""

    def __missing__(self, chunk: str) -> tuple[int, ...]:
        if _is_link(chunk):
            # Not remembered: almost every post brings one of its own.
            return ()
        numbers = _numbers_of(chunk)
        if len(chunk) <= _LONGEST_REMEMBERED:
            if len(self) >= _REMEMBERED_CHUNKS:
                self.clear()
            self[chunk] = numbers
        return numbers


_NUMBERS = _Numbers()


class _Packed(dict[str, bytes]):
    """The same numbers as they are stored."""

    def __missing__(self, chunk: str) -> bytes:
        if _is_link(chunk):
            return b""
        packed = pack(_numbers_of(chunk))
        if len(chunk) <= _LONGEST_REMEMBERED:
            if len(self) >= _REMEMBERED_CHUNKS:
                self.clear()
            self[chunk] = packed
        return packed


_PACKED = _Packed()


def _is_link(chunk: str) -> bool:
    return chunk.startswith(("http://", "https://")) and "&" not in chunk


def _numbers_of(chunk: str) -> tuple[int, ...]:
    words = plain_words(chunk)
    if words is None:
        words = tuple(reading[0] for reading in readings_of(chunk))
    return tuple(map(word_hash, words))


def word_hash(word: str) -> int:
    """The number of one normalised word (unsigned, 32 bits)."""
    return crc32(word.encode("utf-8", "surrogatepass"))


def word_hashes(text: str) -> tuple[int, ...]:
    """The numbers of the words of ``text`` in order; handles and hashtags unwrapped, links and emoji left out."""
    return tuple(chain.from_iterable(map(_NUMBERS.__getitem__, text.split())))


def pack(hashes: Iterable[int]) -> bytes:
    """Numbers as stored: little-endian, four bytes each."""
    return np.fromiter(hashes, dtype="<u4").tobytes()


def packed_words(text: str) -> bytes:
    """``pack(word_hashes(text))``, put together from packed stretches: what an import stores of each post."""
    return b"".join(map(_PACKED.__getitem__, text.split()))


def unpack(packed: bytes) -> npt.NDArray[np.uint32]:
    """The numbers that ``pack`` stored."""
    return np.frombuffer(packed, dtype="<u4").astype(np.uint32, copy=False)
