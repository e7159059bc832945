"""The normaliser beside a plain one in Python, in turn: fold, find the words with their places, number them."""

from __future__ import annotations

import re
import time
import unicodedata
from zlib import crc32

from archive.text.packing import packed_words_of
from archive.text.spelling import house_spelling

_TOKEN = re.compile(r"(?P<link>https?://\S+)|(?P<name>[@#]\w+(?:['’]s\b)?)|(?P<word>\w+(?:['’]\w+)*)|(?P<sign>[&%])")
_CAMEL = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+(?:['’]s)?|[A-Z]+(?:['’]s)?|\d+")
_SIGNS = {"&": "and", "%": "percent"}
_AT_ONCE = 5_000
"""Texts of one turn: an import has five times as many in a batch, and nobody else in the processor's caches."""


def plain(text: str) -> tuple[list[int], list[tuple[int, int]]]:
    """The numbers of the words and where each stands: compatibility forms folded with a map back, links left out,
    handles and hashtags unwrapped, apostrophes and accents dropped, one house spelling."""
    folded: list[str] = []
    offsets: list[int] = []
    for place, letter in enumerate(text):
        made = letter if letter.isascii() else unicodedata.normalize("NFKC", letter)
        folded.append(made)
        offsets.extend([place] * len(made))
    offsets.append(len(text))
    numbers: list[int] = []
    places: list[tuple[int, int]] = []
    for match in _TOKEN.finditer("".join(folded)):
        kind, token = match.lastgroup, match.group()
        if kind == "link":
            continue
        pieces = _CAMEL.findall(token) if kind == "name" else [_SIGNS.get(token, token)]
        for piece in pieces:
            word = piece.lower().replace("'", "").replace("’", "")
            if not word.isascii():
                parts = unicodedata.normalize("NFD", word)
                word = "".join(mark for mark in parts if not unicodedata.combining(mark))
            numbers.append(crc32(house_spelling(word).encode()))
            places.append((offsets[match.start()], offsets[match.end()]))
    return numbers, places


def ratio(texts: list[str]) -> tuple[float, float]:
    """How many times as quick ours is, and how many texts a second the plain one does."""
    ours = theirs = 0.0
    for start in range(0, len(texts), _AT_ONCE):
        some = texts[start : start + _AT_ONCE]
        begun = time.process_time()
        for text in some:
            plain(text)
        theirs += time.process_time() - begun
        begun = time.process_time()
        packed_words_of(some)
        ours += time.process_time() - begun
    return theirs / ours, len(texts) / theirs
