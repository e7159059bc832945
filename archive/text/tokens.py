"""Tokens: the words of a text in their normalised form, with the exact characters each was read from.

Normalised means lower case, without accents, apostrophes or the dots of an abbreviation, in one house spelling, digits
without grouping; "&" reads "and", "%" reads "percent". Handles and hashtags are unwrapped: "@NationalArchive" gives
"national", "archive". Links, emoji and punctuation give no words. Scripts written without spaces give one word a sign.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

import regex

from archive.domain.spans import Span, span_at
from archive.text.folding import fold
from archive.text.spelling import house_spelling


class WordKind(StrEnum):
    """What a word was read from."""

    WORD = "word"
    NUMBER = "number"
    HANDLE = "handle"
    HASHTAG = "hashtag"
    SIGN = "sign"
    """One that stands for a word: "&", "%"."""


class Word(NamedTuple):
    """One word: its normalised text, its characters in the original, what it was read from; ``whole`` covers the handle
    or hashtag it is part of, with its sign (otherwise the same as ``span``)."""

    text_normalised: str
    span: Span
    kind: WordKind
    whole: Span


_TOKEN = regex.compile(
    r"(?P<link>https?:?/\S*|(?:www|pic)\.(?![.,!?;:()\"'-]*$)\S+|(?<![\w@.])(?!\S*pic\.twitter)(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,8}/\S*)"
    r"|(?P<handle>(?<![\p{L}\p{N}_])@[\p{L}\p{M}\p{N}_]+(?:@[\w-]+(?:\.[\w-]+)+|\.bsky\.social)?(?:'s(?![\p{L}]))?)"
    r"|(?P<hashtag>\#[\p{L}\p{M}\p{N}_]*[\p{L}][\p{L}\p{M}\p{N}_]*(?:'s(?![\p{L}]))?)"
    r"|(?P<initials>(?<![\p{L}\p{N}])(?:\p{L}\.)+\p{L}(?![\p{L}\p{M}\p{N}])\.?)"
    r"|(?P<number>\p{N}+(?:[.,]\p{N}+)*[\p{L}\p{M}]*)"
    r"|(?P<masked>\p{L}+\*+\p{L}[\p{L}*]*|(?<!\p{L})\p{L}{1,2}\*{2,})"
    r"|(?P<single>[\p{Han}\p{Hiragana}\p{Katakana}ー]|[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]\p{M}*)"
    r"|(?P<word>[\p{L}\p{M}][\p{L}\p{M}\p{N}]*(?:'[\p{L}\p{M}]+)*)"
    r"|(?P<sign>[&%½¼¾⅓⅔])"
)
_CAMEL = regex.compile(
    r"\p{Lu}+(?=\p{Lu}[\p{Ll}\p{M}])|\p{Lu}?[\p{Ll}\p{Lo}\p{M}]+(?:'s)?|\p{Lu}+(?:'s)?|\p{N}+|[^\W_]"
)
_SIGNS = {"&": "and", "%": "percent", "½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3"}
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ё": "е"})
AROUND = ".,!?;:()\"'-\u2018\u2019\u201c\u201d\u2013\u2014\u2026"
"""Marks around a word that are not part of it."""
_PLAIN_NAME = re.compile(r"(?:@|#(?=[0-9_]*[A-Za-z]))([A-Za-z0-9_]+)('s)?")
# Letters that compatibility folding leaves as they are: not the ligatures and the long s among them.
_PLAIN_LATIN = re.compile("[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0131\u0134-\u013e\u0141-\u0148\u014a-\u017e]+")
_PLAIN_CAMEL = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+(?:'s)?|[A-Z]+(?:'s)?|[0-9]+|[A-Za-z0-9]")
# What _TOKEN finds in plain ASCII in which nothing of _CAREFUL stands, alternative by alternative.
_PLAIN_TOKEN = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Za-z]\.)+[A-Za-z](?![A-Za-z0-9])\.?"
    r"|[0-9]+(?:[.,][0-9]+)*[A-Za-z]*"
    r"|[A-Za-z][A-Za-z0-9]*(?:'[A-Za-z]+)*"
    r"|%"
)
# Handles, hashtags, masked words, entities and links that begin behind other characters.
_CAREFUL = re.compile(r"[@#*&]|(?:www|pic)\.")
_TYPOGRAPHIC = {0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2013: "-", 0x2014: "-", 0x2026: "..."}
_CHUNK = regex.compile(r"\S+")
# Copies of posts run the last word into the link behind it: "in Ilexpic.twitter.com/a1", "in fullhttp://example.org".
_GLUED = regex.compile(r"(?<=[^\s/=(<\"'])(?:https?://|pic\.twitter\.com/)\S*")
_PLAINLY_GLUED = re.compile(r"(?<=[A-Za-z0-9.,!?;:)])(?:https?://|pic\.twitter\.com/)")
# Pictures that are no letters or digits in any form, with the sign that asks for their coloured form.
_PICTURES = re.compile(
    "(?:[\u2600-\u2775\u2794-\u27bf\U0001f1e6-\U0001f1ff\U0001f300-\U0001f64f\U0001f680-\U0001f6ff\U0001f900-\U0001f9ff]\ufe0f?)+"
)
_LONGEST_REMEMBERED = 40
_ACCENTED_SCRIPTS = regex.compile(r"[\p{Latin}\p{Greek}\p{Arabic}\p{Hebrew}]")

Reading = tuple[str, int, int, WordKind, int, int]


def words(text: str) -> tuple[Word, ...]:
    """The words of ``text`` in order, with spans of the original characters."""
    found: list[Word] = []
    add, span, made = found.append, span_at, Word._make
    for match in _CHUNK.finditer(text):
        at = match.start()
        for normalised, start, end, kind, whole_start, whole_end in readings_of(match.group()):
            here = span(at + start, at + end)
            is_whole = start == whole_start and end == whole_end
            add(made((normalised, here, kind, here if is_whole else span(at + whole_start, at + whole_end))))
    return tuple(found)


def readings_of(chunk: str) -> tuple[Reading, ...]:
    """The words in a stretch without white space: (normalised, start, end, kind, start and end of the whole token)."""
    return _remembered(chunk) if len(chunk) <= _LONGEST_REMEMBERED else read_fully(chunk)


def plain_words(core: str) -> list[str] | None:
    """The words of a stretch, stripped of what is AROUND it, that is plainly words, numbers, a handle or a hashtag with
    punctuation between; normalised but for ``house_spelling``. None where only a full reading can tell. Nearly all
    stretches are such, and this takes a tenth of the time."""
    if not core.isascii():
        core = core.translate(_TYPOGRAPHIC)
        if not core.isascii():
            return [_unspelled(core)] if _PLAIN_LATIN.fullmatch(core) is not None else _between_pictures(core)
    if core.startswith(("@", "#")):
        return _plain_name(core)
    if _CAREFUL.search(core) is not None or ("/" in core and ("." in core or "http" in core)):
        return None
    return [token.lower() if token.isalnum() else _plain(token) for token in _PLAIN_TOKEN.findall(core)]


def _between_pictures(core: str) -> list[str] | None:
    """The words before, between and behind pictures ("Japan!🥇"); None where something else is beyond ASCII."""
    parts = _PICTURES.split(core)
    found: list[str] = []
    for part in parts if len(parts) > 1 else ():
        words = plain_words(part.strip(AROUND)) if part.isascii() else None
        if words is None:
            return None
        found += words
    return found if len(parts) > 1 else None


def _plain_name(core: str) -> list[str] | None:
    """The words of a handle or of a hashtag."""
    name = core[1:]
    if name.isalpha():
        lower = name.lower()
        if name[1:] == lower[1:] or name.isupper():
            return [lower]
        return list(map(str.lower, _PLAIN_CAMEL.findall(name)))
    found = _PLAIN_NAME.fullmatch(core)
    if found is None:
        return None
    name = found[1] + (found[2] or "")
    return [piece.lower().replace("'", "") for piece in _PLAIN_CAMEL.findall(name)]


def _plain(token: str) -> str:
    """A token of plain ASCII that is more than letters and digits."""
    if token == "%":
        return _SIGNS[token]
    if "," in token:
        token = _GROUPED.sub("", token)
    # The dots of a number stay, those of initials go.
    return (token if token[0].isdigit() else token.replace(".", "").replace("'", "")).lower()


def before_link(chunk: str) -> str | None:
    """What stands before the link that is glued to the end of a stretch ("in Ilexpic.twitter.com/a1"); its words are
    those of the whole. None where there is no such link or only a full reading can tell."""
    if "/" not in chunk or "&" in chunk:
        return None
    found = _PLAINLY_GLUED.search(chunk)
    return chunk[: found.start()] if found is not None else None


def normalised_word(word: str) -> str:
    """A single word as it is compared: see the head of this module."""
    return house_spelling(_unspelled(word))


def _unspelled(word: str) -> str:
    plain = word.lower()
    if not plain.isascii():
        plain = _without_accents(plain.translate(_LETTERS))
    return plain.replace("'", "").replace("\u2019", "")


@lru_cache(maxsize=65536)
def _remembered(chunk: str) -> tuple[Reading, ...]:
    core = chunk.strip(AROUND)
    if core.isalpha() and core.isascii():
        start = chunk.index(core)
        end = start + len(core)
        return ((house_spelling(core.lower()), start, end, WordKind.WORD, start, end),)
    return read_fully(chunk)


def read_fully(chunk: str) -> tuple[Reading, ...]:
    """``readings_of`` any stretch, however it is written: ten times as slow as what a plain word needs."""
    folded = fold(chunk)
    found: list[Reading] = []
    text = folded.text
    if "pic.twitter.com" in text or "://" in text:
        text = _GLUED.sub(lambda match: " " * len(match.group()), text)
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "link":
            continue
        whole = folded.original(Span(*match.span()))
        if kind in ("handle", "hashtag"):
            for piece in _CAMEL.finditer(match.group().split("@", 2)[1] if kind == "handle" else match.group()):
                at = match.start() + 1 if kind == "handle" else match.start()
                part = folded.original(Span(at + piece.start(), at + piece.end()))
                found.append(
                    (normalised_word(piece.group()), part.start, part.end, WordKind(kind), whole.start, whole.end)
                )
            continue
        normalised, word_kind = _normalised(match.group(), kind or "word")
        found.append((normalised, whole.start, whole.end, word_kind, whole.start, whole.end))
    return tuple(found)


def _normalised(token: str, kind: str) -> tuple[str, WordKind]:
    if kind == "sign":
        return _SIGNS[token], WordKind.SIGN
    if kind == "number":
        return _plain_number(token), WordKind.NUMBER
    if kind == "initials":
        token = token.replace(".", "")
    return normalised_word(token), WordKind.WORD


_GROUPED = regex.compile(r",(?=\p{N}{2,3}(?!\p{N}))")


def _plain_number(token: str) -> str:
    """The digits without grouping: both 1,20,000 and 120,000 read 120000 (a comma before two or three digits
    groups)."""
    return _SIGNS.get(token) or normalised_word(_GROUPED.sub("", token))


def _without_accents(word: str) -> str:
    if not _ACCENTED_SCRIPTS.search(word):
        return unicodedata.normalize("NFC", word).casefold()
    parts = unicodedata.normalize("NFD", word)
    return unicodedata.normalize(
        "NFC", "".join(mark for mark in parts if unicodedata.category(mark) != "Mn")
    ).casefold()
