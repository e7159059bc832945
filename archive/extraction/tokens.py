"""Tokens: the words and signs of a text as the grammar of attribution sees them.

An article repeats its words, and articles repeat each other's: what can be told from a word alone is told once and
remembered (``Traits``), so that a token costs a look-up and a place in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import accumulate, compress, repeat
from operator import add, itemgetter
from typing import Final, NamedTuple

from archive.domain.spans import Span
from archive.extraction.lexicon import ANY_LANGUAGE, Lexicon, lexicon_of
from archive.extraction.remembered import lowered
from archive.text.date_words import WORD, date_words_of

_MARKS = "\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u200c\u200d"
"""Vowel signs and accents that belong to the letter before them, though they are no letters (Devanagari, combining)."""
_WAYS = {
    "word": rf"@?[^\W_][a-z]*[\w{_MARKS}]*(?:[-’'&.‐‑](?=[^\W_])[\w{_MARKS}]+)*|_+",
    "stop": r"[.!?…。！？।]+",
    "comma": r"[,、，;]",
    "colon": r"[:：]",
    "dash": r"[—–―‒]|-{1,3}(?=[\s\w])",
    "open": r"[(\[（]",
    "close": r"[)\]）]",
    "other": r"[^\s\w]",
}
_TOKEN = re.compile("|".join(f"(?P<{kind}>{way})" for kind, way in _WAYS.items()))
_PIECES = re.compile(rf"(?:{'|'.join(_WAYS.values())})\s*")
"""A token with the space behind it: without groups, so that the engine lists a paragraph's in one go."""
_NUMERIC_DAY = re.compile(r"\d-\d|\d\.(?:19|20)\d\d")
MOST_REMEMBERED, LONGEST_REMEMBERED = 50_000, 40
"""Words kept, and the characters of the longest."""


class Kind:
    """What a token is to the grammar, by the names of the ways above.

    Plain constants, because the grammar asks thousands of times an article, and to read a member of an Enum takes
    Python 3.11 fifteen times as long.
    """

    WORD: Final = "word"
    STOP: Final = "stop"
    COMMA: Final = "comma"
    COLON: Final = "colon"
    DASH: Final = "dash"
    OPEN: Final = "open"
    CLOSE: Final = "close"
    OTHER: Final = "other"
    QUOTE: Final = "quote"


class Hint:
    """What a token may be the beginning of; whoever looks for it need not look where no token says so."""

    PRESENCE: Final = 1
    """A name, a title or a pronoun of one person; or the end of a sentence."""
    DAY: Final = 2
    """A printed day."""
    ANSWER: Final = 4
    """Words that say one statement answers another."""
    REPORT: Final = 8
    """A verb of speech, with or without marks."""
    CHANNEL: Final = 16
    """A platform, a medium or a handle."""
    LEANS: Final = 32
    """Of a piece of text: its neighbours tell more than it does itself."""


class Token(NamedTuple):
    """A word, a sign or a whole quotation; ``quote`` is the number of the quotation among the paragraph's stretches.

    A named tuple, because thousands are made for every article and a frozen dataclass takes three times as long.
    """

    kind: str
    text: str
    lower: str
    is_capital: bool
    """Whether it is a word that begins with a capital letter."""
    is_possessive: bool
    """Whether it is a possessor: Orlova's, Democrats’."""
    is_name: bool
    """Whether it may be part of a name: capitalised, and no day, month or first word of a sentence."""
    hints: int
    """What it may be the beginning of, as a sum of ``Hint``."""
    start: int
    end: int
    quote: int = -1


_made: Callable[[Iterable[object]], Token] = partial(tuple.__new__, Token)
"""Makes a token without the detour over its own ``__new__``: there are thousands in every article."""
Traits = tuple[str, str, str, bool, bool, bool, int]
"""What a token has from its word alone: its fields up to ``hints``."""
_text, _hints = itemgetter(Token._fields.index("text")), itemgetter(Token._fields.index("hints"))


def quote_token(ending: str, place: Span, *, number: int) -> Token:
    """A quotation as a token; ``ending`` are the last characters between its marks."""
    return Token(Kind.QUOTE, ending, "", False, False, False, 0, place.start, place.end, number)


def stop_token(start: int, end: int) -> Token:
    """The end of a sentence."""
    return Token(Kind.STOP, ".", ".", False, False, False, Hint.PRESENCE, start, end)


def tokens_of(text: str, start: int, end: int, *, lexicon: Lexicon) -> list[Token]:
    """The tokens of a stretch of text, in order.

    Columns instead of a loop: there are hundreds of words, and no step of it needs the interpreter.
    """
    at = start
    while at < end and text[at].isspace():
        at += 1
    pieces: list[str] = _PIECES.findall(text, at, end)
    if not pieces:
        return []
    traits = list(map(_met_in(lexicon.language).__getitem__, pieces))
    starts = list(accumulate(map(len, pieces), initial=at))
    ends = map(add, starts, map(len, map(_text, traits)))
    places = zip(starts, ends, repeat(-1))
    found = list(map(_made, map(add, traits, places)))
    leaning = [at for at in compress(range(len(found)), map(_hints, found)) if found[at].hints == Hint.LEANS]
    return _settled(found, leaning, text=text, end=end, lexicon=lexicon) if leaning else found


def _settled(found: Sequence[Token], leaning: Iterable[int], *, text: str, end: int, lexicon: Lexicon) -> list[Token]:
    """The tokens with those made anew that lean on their neighbours; their stretch of the text ends at ``end``."""
    settled: list[Token] = []
    read = 0
    for at in leaning:
        settled += found[read:at]
        _add_by_neighbours(settled, found[at], text, end=end, lexicon=lexicon)
        read = at + 1
    settled += found[read:]
    return settled


class _Met(dict[str, Traits]):
    """The traits met so far in a language, by the token with the space behind it; all forgotten when too many."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Nothing met yet."""
        super().__init__()
        self._lexicon = lexicon
        self._hints = _listed_hints(lexicon)
        self._is_listed = not lexicon.office_endings
        """Whether the lists alone tell of a plain word."""
        self._telling = date_words_of(lexicon.language).telling if lexicon.language != ANY_LANGUAGE else _NO_WORDS

    def __missing__(self, piece: str) -> Traits:
        """The traits of a piece not met before; where its neighbours tell more, no more than its letters."""
        word = piece.rstrip()
        spaced = len(word) < len(piece)
        traits = self.get(word) if spaced and word != "-" else None
        if traits is None:
            traits = self._traits_of(word, spaced=spaced) or (Kind.OTHER, word, word, False, False, False, Hint.LEANS)
        if len(piece) <= LONGEST_REMEMBERED:
            if len(self) >= MOST_REMEMBERED:
                self.clear()
            self[piece] = traits
        return traits

    def _traits_of(self, word: str, *, spaced: bool) -> Traits | None:
        if word.isalpha() and self._lexicon.is_spaced:
            if word.islower() and self._is_listed:  # most words
                return Kind.WORD, word, word, False, False, False, self._hints.get(word, 0) | self._day(word)
            return self.word_traits(word, lowered(word))
        if word == "." or (word == "-" and not spaced):
            return None  # an abbreviation's, or a sentence's; a dash only before a word
        if word[0] == "-":
            return Kind.DASH, word, word, False, False, False, 0
        match = _TOKEN.match(word)
        kind = (match.lastgroup if match is not None else None) or Kind.OTHER
        if kind != Kind.WORD:
            hints = Hint.PRESENCE if kind == Kind.STOP else Hint.DAY if word == "/" else 0  # 24/02/2026
            return kind, word, word, False, False, False, hints
        if not self._lexicon.is_spaced or (self._lexicon.enclitics and _enclitic(word, self._lexicon)):
            return None
        return self.word_traits(word, lowered(word))

    def word_traits(self, word: str, low: str) -> Traits:
        """The traits of a word as printed; ``low`` as lists have it."""
        lexicon, listed = self._lexicon, self._hints
        capital, handle = word[0].isupper(), word[0] == "@"
        initial = len(word) == 2 and word[1] == "."  # "A." is no article
        name = (capital or handle) and (low not in lexicon.nameless or initial)
        hints = listed.get(low, 0) | self._day(word)
        if word != low or handle or lexicon.is_office[low]:
            hints |= Hint.PRESENCE
        if handle or not lexicon.is_spaced or listed.get(low.removesuffix("'s"), 0) & Hint.CHANNEL:
            hints |= Hint.CHANNEL
        return Kind.WORD, word, low, capital, low.endswith(("'s", "’s")), name, hints

    def _day(self, word: str) -> int:
        """The hint at a printed day, for words that may stand in one; for all where no list tells: see
        ``DateWords.telling``."""
        telling = self._telling
        if word in telling or not telling:
            return Hint.DAY
        if word.isalpha():
            return 0
        tells = _NUMERIC_DAY.search(word) is not None or not telling.isdisjoint(WORD.findall(word))
        return Hint.DAY if tells else 0


_NO_WORDS: frozenset[str] = frozenset()


@cache
def _met_in(language: str) -> _Met:
    return _Met(lexicon_of(language))


def _listed_hints(lexicon: Lexicon) -> dict[str, int]:
    """The hints of the words in the lists of a language."""
    found: dict[str, int] = {}
    listed: tuple[tuple[int, Iterable[str]], ...] = (
        (Hint.PRESENCE, (*lexicon.titles, *lexicon.gendered, *lexicon.offices)),
        (Hint.ANSWER, lexicon.answers.beginnings()),
        (Hint.REPORT, lexicon.cues | lexicon.reporting),
        (Hint.CHANNEL, lexicon.channel_words),
    )
    for hint, words in listed:
        for word in words:
            found[word] = found.get(word, 0) | hint
    return found


def _word_token(word: str, low: str, start: int, *, lexicon: Lexicon) -> Token:
    return Token(*_met_in(lexicon.language).word_traits(word, low), start, start + len(word))


def _add_by_neighbours(found: list[Token], token: Token, text: str, *, end: int, lexicon: Lexicon) -> None:
    """Adds what only its neighbours tell: a stop, a hyphen, words with a pronoun behind them or without spaces."""
    start, after = token.start, token.end
    word = text[start:after]
    if word == ".":
        if found and _abbreviates(found, start, text, lexicon=lexicon):
            last = found[-1]
            found[-1] = _word_token(last.text + ".", last.lower, last.start, lexicon=lexicon)
        else:
            found.append(stop_token(start, start + 1))
    elif word == "-":
        joins = after < end and (text[after].isalnum() or text[after] == "_")
        kind = Kind.DASH if joins else Kind.OTHER
        found.append(Token(kind, word, word, False, False, False, 0, start, after))
    elif tail := _enclitic(word, lexicon):
        verb, pronoun = word[: -len(tail)], tail.rpartition("-")[2]
        found.append(_word_token(verb, verb.lower(), start, lexicon=lexicon))
        found.append(_word_token(pronoun, pronoun.lower(), after - len(pronoun), lexicon=lexicon))
    else:
        found += _unspaced(word, start, lexicon)


def _enclitic(word: str, lexicon: Lexicon) -> str | None:
    """The ending of a verb that is its subject: "a-t-elle" ends in "-t-elle"."""
    low = word.lower()
    return next((tail for tail in lexicon.enclitics if low.endswith(tail) and len(low) > len(tail)), None)


def _unspaced(word: str, start: int, lexicon: Lexicon) -> Iterator[Token]:
    """The words of a row without spaces, parted only where a mark of the subject stands: 田中首相 | は | 五日."""
    marks = "|".join(sorted(lexicon.subject_marks)) or "(?!)"
    at = start
    if len(word) > 2 and word[0] in lexicon.quoting and not word.startswith(tuple(lexicon.finite)):
        yield _word_token(word[0], word[0], at, lexicon=lexicon)
        word, at = word[1:], at + 1
    for part in re.split(f"({marks})", word):
        if part:
            yield _word_token(part, part.lower(), at, lexicon=lexicon)
            at += len(part)


def _abbreviates(found: Sequence[Token], at: int, text: str, *, lexicon: Lexicon) -> bool:
    """Whether the stop after the last token belongs to it: "Rep.", "J.", "U.S."; not in "she wrote on X."."""
    token = found[-1]
    if token.kind != Kind.WORD or token.end != at:
        return False
    if len(found) > 1 and token.lower in lexicon.platforms_after and found[-2].lower in lexicon.platform_words:
        return False
    if text[at + 1 : at + 2] in (")", "]"):
        return True  # Rep. Orlov (U-Brod.) said
    single = len(token.text) == 1 and token.text.isupper() and token.text != "I"
    dotted = "." in token.text and max(map(len, token.text.split("."))) == 1
    return single or dotted or token.lower.rpartition("-")[2] in lexicon.abbreviations
