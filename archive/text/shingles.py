"""Shingles: the words of a text as 32-bit numbers, in order: what the archive stores and looks quotations up by.

A word's number is the CRC-32 (ISO 3309) of its normalised form in UTF-8. It is stored with every post, so a change to
the normalisation in ``tokens`` asks for ``SHINGLE_VERSION + 1`` and for the stored words to be written again.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable
from functools import lru_cache
from struct import Struct
from zlib import crc32

import numpy as np
import numpy.typing as npt

from archive.text.spelling import house_spelling
from archive.text.tokens import AROUND, before_link, plain_words, readings_of

SHINGLE_VERSION = 1
_REMEMBERED_CHUNKS = 400_000
_LONGEST_REMEMBERED = 32
_REMEMBERED_TEXTS = 2_048
_IS_LITTLE = sys.byteorder == "little"
_LINKS = ("http://", "https://", "pic.twitter.com/")


class _Words(dict[str, bytes]):
    """Plain words in lower case, with their numbers as stored: one word comes in many stretches ("Sea", "sea,")."""

    def __missing__(self, word: str) -> bytes:
        packed = crc32(house_spelling(word).encode()).to_bytes(4, "little")
        if len(self) >= _REMEMBERED_CHUNKS:
            self.clear()
        self[word] = packed
        return packed


_WORDS = _Words()


class _Packed(dict[str, bytes]):
    """Stretches without white space, with the numbers of their words as stored: most of a language is a few thousand of
    them. Links are not remembered, and what a link hangs on is without it: almost every post brings one of its own."""

    def __missing__(self, chunk: str) -> bytes:
        if "/" in chunk and "&" not in chunk:
            if chunk.startswith(_LINKS):
                return b""
            if (head := before_link(chunk)) is not None:
                return self[head]
        packed = packed_stretch(chunk)
        if len(chunk) <= _LONGEST_REMEMBERED:
            if len(self) >= _REMEMBERED_CHUNKS:
                self.clear()
            self[chunk] = packed
        return packed


_PACKED = _Packed()


def packed_stretch(chunk: str) -> bytes:
    """``packed_words`` of a stretch without white space that is not to be remembered."""
    core = chunk.strip(AROUND)
    if core.isalpha() and core.isascii():
        return _WORDS[core.lower()]
    words = plain_words(core)
    if words is not None:
        return b"".join(map(_WORDS.__getitem__, words))
    return pack(word_hash(reading[0]) for reading in readings_of(chunk))


def word_hash(word: str) -> int:
    """The number of one normalised word (unsigned, 32 bits)."""
    return crc32(word.encode("utf-8", "surrogatepass"))


def word_hashes(text: str) -> tuple[int, ...]:
    """The numbers of the words of ``text`` in order; handles and hashtags unwrapped, links and emoji left out."""
    packed = b"".join(map(_PACKED.__getitem__, text.split()))
    return _numbers(len(packed) // 4).unpack(packed)


@lru_cache(maxsize=1024)
def _numbers(count: int) -> Struct:
    return Struct(f"<{count}I")


@lru_cache(maxsize=_REMEMBERED_TEXTS)
def remembered_hashes(text: str) -> tuple[int, ...]:
    """``word_hashes`` of a text that is compared with one quotation after the other, or at several steps with one."""
    return word_hashes(text)


def pack(hashes: Iterable[int]) -> bytes:
    """Numbers as stored: little-endian, four bytes each."""
    numbers = array("I", hashes)
    if not _IS_LITTLE:
        numbers.byteswap()
    return numbers.tobytes()


def packed_words(text: str) -> bytes:
    """``pack(word_hashes(text))``, put together from packed stretches: what an import stores of each post."""
    return b"".join(map(_PACKED.__getitem__, text.split()))


def unpack(packed: bytes) -> npt.NDArray[np.uint32]:
    """The numbers that ``pack`` stored."""
    return np.frombuffer(packed, dtype="<u4").astype(np.uint32, copy=False)
