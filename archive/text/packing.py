"""Packing: the words of many texts at once as ``shingles`` stores them, nine in ten of them without looking at each.

A stretch of letters or digits in ASCII between white space and marks needs no rules: its number is the CRC-32 of its
lower case. Those of all texts are computed together, a letter at a time, with the table of the checksum (Sarwate,
Communications of the ACM 31:8, 1988). Every other stretch – names, prices, other scripts, words with a house spelling –
is read as ``shingles`` reads it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from archive.text.shingles import packed_stretch, packed_words, word_hash
from archive.text.spelling import respelled_words
from archive.text.tokens import AROUND

_WORTH_IT = 1_000
"""Texts from which on it is quicker: some fifty steps cost as much for one text as for many."""
_AT_ONCE = 1_000_000
"""Characters from which on texts are packed apart from those behind: memory stays small, however long they are."""
_LONGEST = 32
_SPACE, _LETTER, _DIGIT, _MARK, _OTHER = range(5)
_LINK = b"https://"
_ALL_ONES = np.uint32(0xFFFFFFFF)
_LONGEST_REMEMBERED = 32
_REMEMBERED = 400_000

_Places = npt.NDArray[np.intp]
_Hashes = npt.NDArray[np.uint32]
_Flags = npt.NDArray[np.bool_]


def packed_words_of(texts: Sequence[str]) -> list[bytes]:
    """``packed_words`` of each text."""
    if len(texts) < _WORTH_IT:
        return list(map(packed_words, texts))
    return [packed for some in _portions(texts) for packed in _together(some)]


def _portions(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """The texts in portions of some ``_AT_ONCE`` characters."""
    start, letters = 0, 0
    for end, text in enumerate(texts, start=1):
        letters += len(text)
        if letters >= _AT_ONCE:
            yield texts[start:end]
            start, letters = end, 0
    if start < len(texts):
        yield texts[start:]


def _together(texts: Sequence[str]) -> list[bytes]:
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    together = b" ".join((b"", *encoded, b""))
    stretches = _Stretches(together)
    hashes = _hashes(together, stretches.word_starts, stretches.word_ends)
    is_kept = ~_RESPELLED[hashes & _RESPELLED_BITS]
    is_plain = stretches.is_plain.copy()
    is_plain[stretches.is_plain] = is_kept
    others = np.flatnonzero(~(is_plain | stretches.are_links()))
    starts, ends = stretches.starts[others].tolist(), stretches.ends[others].tolist()
    read = list(map(_READ.__getitem__, [together[start:end] for start, end in zip(starts, ends, strict=True)]))
    counts = is_plain.astype(np.intp)
    counts[others] = np.fromiter(map(len, read), dtype=np.intp, count=len(read)) // 4
    found = np.empty(int(counts.sum()), dtype="<u4")
    is_hashed = np.repeat(is_plain, counts)
    found[is_hashed] = hashes[is_kept]
    found[~is_hashed] = np.frombuffer(b"".join(read), dtype="<u4")
    # A text begins behind the space that ends the one before.
    begins = np.cumsum([1, *(len(each) + 1 for each in encoded)])
    before = np.concatenate(([0], np.cumsum(counts))) * 4
    packed = found.tobytes()
    return [packed[start:end] for start, end in pairwise(before[np.searchsorted(stretches.starts, begins)].tolist())]


class _Read(dict[bytes, bytes]):
    """Stretches that are not plain, in UTF-8, with the numbers of their words."""

    def __missing__(self, stretch: bytes) -> bytes:
        text = stretch.decode("utf-8", "surrogatepass")
        if b"/" in stretch:
            return packed_words(text)
        # White space beyond ASCII parts as well.
        packed = packed_stretch(text) if stretch.isascii() else packed_words(text)
        if len(stretch) <= _LONGEST_REMEMBERED:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[stretch] = packed
        return packed


_READ = _Read()


class _Stretches:
    """Where stretches without white space begin and end; which of them are letters or digits between marks and nothing
    else, and where those do. The bytes begin and end with a space."""

    def __init__(self, together: bytes) -> None:
        self._together = together
        kinds = np.frombuffer(together.translate(_KINDS), dtype=np.uint8)
        changes = np.flatnonzero(kinds[1:] != kinds[:-1]) + 1
        # Runs of one kind, the last of them space; in front of the first is space too.
        kind = np.concatenate(([_SPACE], kinds[changes], [_SPACE])).astype(np.uint8)
        is_space = kind == _SPACE
        self.ends = changes[is_space[1:-1]]
        first = np.flatnonzero(is_space[:-2] & ~is_space[1:-1]) + 1
        self.starts = changes[first - 1]
        word = first + (kind[first] == _MARK)
        behind = word + 1
        behind += kind[behind] == _MARK
        self.is_plain: _Flags = ((kind[word] == _LETTER) | (kind[word] == _DIGIT)) & is_space[behind]
        word = word[self.is_plain]
        self.word_starts, self.word_ends = changes[word - 1], changes[word]
        is_short = self.word_ends - self.word_starts <= _LONGEST
        self.is_plain[self.is_plain] = is_short
        self.word_starts, self.word_ends = self.word_starts[is_short], self.word_ends[is_short]

    def are_links(self) -> _Flags:
        """Which of them plainly are links, of which there are no words."""
        letters = np.frombuffer(self._together, dtype=np.uint8)
        are = np.flatnonzero(~self.is_plain & (self.ends - self.starts > len(_LINK)))
        for place, letter in enumerate(_LINK):
            are = are[letters[self.starts[are] + place] == letter]
        found = np.zeros(len(self.starts), dtype=np.bool_)
        found[are] = True
        careful = np.flatnonzero((letters == ord("&")) | (letters >= 0x80))
        found[np.searchsorted(self.starts, careful, side="right") - 1] = False
        return found


def _hashes(together: bytes, starts: _Places, ends: _Places) -> _Hashes:
    """The CRC-32 of each word in lower case."""
    letters = np.frombuffer(together.lower(), dtype=np.uint8)
    lengths = (ends - starts).astype(np.uint8)
    # The longest first: those that have a letter at some place are then the first so and so many.
    order = np.argsort(lengths, kind="stable")[::-1]
    reaching = len(lengths) - np.cumsum(np.bincount(lengths, minlength=_LONGEST + 1))
    places, found = starts[order], np.full(len(starts), _ALL_ONES)
    for place in range(_LONGEST):
        some = found[: reaching[place]]
        if not len(some):
            break
        letter = letters[places[: len(some)] + place]
        some[:] = _TABLE[(some ^ letter) & 0xFF] ^ (some >> 8)
    hashes = np.empty_like(found)
    hashes[order] = found ^ _ALL_ONES
    return hashes


def _kinds() -> bytes:
    """The kind of each byte."""
    kinds = bytearray([_OTHER] * 256)
    for byte in range(0x80):
        if chr(byte).isspace():
            kinds[byte] = _SPACE
        elif chr(byte).isalpha():
            kinds[byte] = _LETTER
        elif chr(byte).isdigit():
            kinds[byte] = _DIGIT
        elif chr(byte) in AROUND:
            kinds[byte] = _MARK
    return bytes(kinds)


def _table() -> _Hashes:
    """What each byte adds to a checksum (ISO 3309, reflected)."""
    table = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        table = np.where(table & 1, (table >> 1) ^ np.uint32(0xEDB88320), table >> 1)
    return table


_KINDS = _kinds()
_TABLE = _table()
_RESPELLED_BITS = np.uint32(0xFFFFF)
"""The low bits by which a word is told to be perhaps one of a house spelling; one in some hundred others is as well."""


def _respelled() -> _Flags:
    flags = np.zeros(int(_RESPELLED_BITS) + 1, dtype=np.bool_)
    flags[[word_hash(word) & int(_RESPELLED_BITS) for word in respelled_words()]] = True
    return flags


_RESPELLED = _respelled()
