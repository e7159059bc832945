"""Quotations made from posts, level by level from verbatim to two fifths of the words changed, and from posts that no
engine holds; the same ones for the same posts."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from bench.sentences import FILLER

HELD_OUT = "held out"
_LEAST = 8
_MARKS = re.compile(r"https?://\S+|[@#](?=\w)|[^\w\s'’-]")
_BRITISH = {"center": "centre", "labor": "labour", "color": "colour", "honor": "honour", "organize": "organise"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A quotation made from post ``number`` as ``level`` says; of a post held out, ``number`` is -1."""

    number: int
    level: str
    words: str


def questions(made: list[str], *, held_out: list[str], each: int, seed: int = 20260307) -> list[Question]:
    """``each`` quotations a level, the levels in turn."""
    draw = random.Random(seed)
    places = [number for number in draw.sample(range(len(made)), min(len(made), 60 * each)) if _is_long(made[number])]
    strangers = [text for text in held_out if _is_long(text)]
    asked = []
    for turn in range(each):
        for order, (level, quote) in enumerate(LEVELS.items()):
            number = places[(turn * len(LEVELS) + order) % len(places)]
            asked.append(Question(number=number, level=level, words=quote(made[number], draw)))
        stranger = strangers[turn % len(strangers)]
        asked.append(Question(number=-1, level=HELD_OUT, words=_span(stranger, draw)))
    return [question for question in asked if len(question.words.split()) >= 4]


def _is_long(text: str) -> bool:
    return len(text.split()) >= _LEAST


def _span(text: str, draw: random.Random) -> str:
    words = text.split()
    length = draw.randint(_LEAST, max(_LEAST, len(words)))
    start = draw.randint(0, max(0, len(words) - length))
    return " ".join(words[start : start + length])


def _normalised(text: str, draw: random.Random) -> str:
    plain = _MARKS.sub(" ", _span(text, draw)).lower()
    return " ".join(plain.split()) or text


def _trimmed(text: str, draw: random.Random) -> str:
    words = text.split()
    length = draw.randint(5, 12)
    start = draw.randint(0, max(0, len(words) - length))
    return " ".join(words[start : start + length])


def _with_gap(text: str, draw: random.Random) -> str:
    words = text.split()
    third = max(3, len(words) // 3)
    return f"{' '.join(words[:third])} … {' '.join(words[-third:])}"


def _changed(share: float) -> Callable[[str, random.Random], str]:
    def quote(text: str, draw: random.Random) -> str:
        words = _span(text, draw).split()
        for place in draw.sample(range(len(words)), max(1, round(share * len(words)))):
            words[place] = draw.choice(FILLER)
        return " ".join(words)

    return quote


def _edited(text: str, draw: random.Random) -> str:
    words = [_BRITISH.get(word, word) for word in _span(text, draw).split()]
    for _ in range(draw.randint(1, 3)):
        place = draw.randrange(len(words))
        words[place : place + 1] = draw.choice(([], [draw.choice(FILLER)], [words[place], draw.choice(FILLER)]))
    return " ".join(words)


LEVELS: dict[str, Callable[[str, random.Random], str]] = {
    "verbatim": _span,
    "normalised": _normalised,
    "5 to 12 words": _trimmed,
    "two runs joined by dots": _with_gap,
    "1 to 3 edits": _edited,
    "20 % changed": _changed(0.2),
    "40 % changed": _changed(0.4),
}
