"""Passages: the two texts to compare, read once – words, ellipses, the quotation's brackets.

Both are bounded: a quotation beyond ``LONGEST_QUOTATION`` characters, or a post beyond ``LONGEST_POST``, is read to
that length only, so that a hostile ten-megabyte "quotation" costs no more than a long one.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache

import regex

from archive.domain.spans import Span, span_at
from archive.text.shingles import remembered_hashes
from archive.text.tokens import Word, words

LONGEST_QUOTATION = 6_000
LONGEST_POST = 20_000

ELLIPSIS = regex.compile(
    r"[\[(]\s*(?:…|\.(?:\s?\.){1,5}|\*(?:\s?\*){2})\s*[\])]|…(?:\s?[.…])*|\.(?:\s?(?:\.|…)){2,}|(?<=[\p{L}\p{N}])\.\.(?!\.)"
)
_SIC = regex.compile(r"\[\s*sic\.?\s*!?\s*\]|\(\s*sic\.?\s*!?\s*\)", regex.IGNORECASE)
_LETTERS_IN_BRACKETS = regex.compile(r"(?<=\p{L})\[(\p{L}{1,4})\]|\[(\p{L}{1,4})\](?=\p{L})")
_BRACKETED = regex.compile(r"\[[^\[\]]{1,200}\]|\([^()\[\]]{1,200}\)")
_ORPHAN_MARKS = "\u2060"


class BracketShape(StrEnum):
    """Square brackets are the editor's; round ones may be the editor's or the writer's own."""

    SQUARE = "square"
    ROUND = "round"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bracket:
    """A stretch in brackets: its characters with the brackets, and which words it holds (half open)."""

    span: Span
    first: int
    last: int
    shape: BracketShape


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Passage:
    """A text with its words, equal to itself alone (so that what was found of it can be remembered). ``ellipses`` are
    the stretches that mark an omission; ``gaps`` the word numbers before which one stands (the number of words: at the
    end); ``start`` and ``end`` bound a part of a text. ``brackets``, ``sics`` and ``letters`` ("[W]e") are read only in
    quotations; ``breaks`` are the word numbers before which a speech tag interrupts."""

    text: str
    words: tuple[Word, ...]
    ellipses: tuple[Span, ...] = field(default=())
    gaps: frozenset[int] = field(default=frozenset())
    brackets: tuple[Bracket, ...] = field(default=())
    sics: tuple[Span, ...] = field(default=())
    letters: tuple[Span, ...] = field(default=())
    breaks: frozenset[int] = field(default=frozenset())
    start: int = 0
    end: int | None = None
    plain: tuple[str, ...] = field(init=False)
    """The normalised words."""

    def __post_init__(self) -> None:
        """Take the normalised words out once: they are asked for dozens of times."""
        object.__setattr__(self, "plain", tuple([word.text_normalised for word in self.words]))

    def span_of(self, first: int, last: int) -> Span:
        """The characters from word ``first`` to before word ``last``; an empty place where there is no word."""
        if first < last:
            return span_at(_start(self.words[first]), self.words[last - 1].span.end)
        if first > 0 and self.words:
            place = self.words[first - 1].span.end
        else:
            place = self.words[0].span.start if self.words else 0
        return span_at(place, place)

    def between(self, left: int, right: int) -> Span:
        """The characters between word ``left`` and word ``right`` (-1: from the start; the count: to the end)."""
        start = self.words[left].span.end if left >= 0 else self.start
        last = len(self.text) if self.end is None else self.end
        end = self.words[right].span.start if right < len(self.words) else last
        return span_at(min(start, end), max(start, end))

    def part(self, first: int, last: int) -> Passage:
        """The passage of words ``first`` to before ``last`` alone; spans keep counting in the whole text."""
        start = self.start if first == 0 else self.words[first].span.start
        end = self.end if last == len(self.words) else self.words[last - 1].span.end
        bounds = Span(start, len(self.text) if end is None else end)
        return Passage(
            text=self.text,
            words=self.words[first:last],
            ellipses=tuple(span for span in self.ellipses if bounds.contains(span)),
            gaps=frozenset(gap - first for gap in self.gaps if first < gap < last or gap in (0, len(self.words))),
            brackets=tuple(
                replace(bracket, first=bracket.first - first, last=bracket.last - first)
                for bracket in self.brackets
                if first <= bracket.first and bracket.last <= last
            ),
            sics=tuple(span for span in self.sics if bounds.contains(span)),
            letters=tuple(span for span in self.letters if bounds.contains(span)),
            breaks=frozenset(number - first for number in self.breaks if first < number < last),
            start=bounds.start,
            end=bounds.end,
        )


def _start(word: Word) -> int:
    """Where a word begins as printed: the first of a handle or hashtag with its sign."""
    return word.whole.start if word.span.start == word.whole.start + 1 else word.span.start


@lru_cache(maxsize=512)
def archived_passage(text: str) -> Passage:
    """An archived text, ready to compare."""
    text = text[:LONGEST_POST]
    found = words(text)
    ellipses = _ellipses(text)
    return Passage(text=text, words=found, ellipses=ellipses, gaps=_gaps(found, ellipses))


def held_words(text: str) -> tuple[int, ...]:
    """The numbers of an archived text's words, as far as it is read."""
    return remembered_hashes(text[:LONGEST_POST])


def quoted_passage(content: str, *, breaks: tuple[int, ...] = ()) -> Passage:
    """A quotation, ready to compare. ``breaks`` are the characters at which a speech tag interrupts it.

    Masked with characters of the same length, so that spans keep counting in ``content``: "[sic]", and the brackets
    around single letters ("[W]e" is one word).
    """
    content = content[:LONGEST_QUOTATION]
    sics = tuple(Span(*match.span()) for match in _SIC.finditer(content))
    masked = _SIC.sub(lambda match: " " * len(match.group()), content)
    letters = tuple(Span(*match.span()) for match in _LETTERS_IN_BRACKETS.finditer(masked))
    for span in letters:
        inside = masked[span.start + 1 : span.end - 1]
        masked = masked[: span.start] + _ORPHAN_MARKS + inside + _ORPHAN_MARKS + masked[span.end :]
    ellipses = _ellipses(masked)
    found = words(masked)
    return Passage(
        text=content,
        words=found,
        ellipses=ellipses,
        gaps=_gaps(found, ellipses),
        brackets=_brackets(masked, found, ellipses=ellipses),
        sics=sics,
        letters=letters,
        breaks=frozenset(_word_after(found, place) for place in breaks),
    )


def _ellipses(text: str) -> tuple[Span, ...]:
    return tuple(Span(*match.span()) for match in ELLIPSIS.finditer(text))


def _gaps(found: tuple[Word, ...], ellipses: tuple[Span, ...]) -> frozenset[int]:
    return frozenset(_word_after(found, span.start) for span in ellipses)


def _word_after(found: tuple[Word, ...], place: int) -> int:
    return bisect_left(found, place, key=lambda word: word.span.start)


def _brackets(text: str, found: tuple[Word, ...], *, ellipses: tuple[Span, ...]) -> tuple[Bracket, ...]:
    brackets = []
    for match in _BRACKETED.finditer(text):
        span = Span(*match.span())
        if any(span.overlaps(ellipsis) for ellipsis in ellipses):
            continue
        inside = [number for number, word in enumerate(found) if span.contains(word.span)]
        if inside:
            shape = BracketShape.SQUARE if match.group().startswith("[") else BracketShape.ROUND
            brackets.append(Bracket(span=span, first=inside[0], last=inside[-1] + 1, shape=shape))
    return tuple(brackets)
