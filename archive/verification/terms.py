"""Terms: one acronym written in two forms within an article (T16: "XKCP" and "XCKP" after the same words)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.domain.spans import Span
from archive.text.lookalikes import is_one_letter_off

_ACRONYM = re.compile(r"(?<![\w@#./-])[^\W\d_]{3,12}(?![\w@])")
_BRACKET = re.compile(r"[(\[]\s*([^\W\d_]{3,12})\s*[)\]]")
_IDLE = frozenset("the of for and in on a an to".split())
_CONTEXT_WORDS = 8
_MOST_TERMS = 300
"""Different acronyms of one article that are compared with one another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoForms:
    """Two spellings of one acronym: the one its words spell (where they spell one) first, with all places of both."""

    first: str
    second: str
    spelt: str | None
    spans: tuple[Span, ...]


def forms_that_differ(text: str) -> tuple[TwoForms, ...]:
    """Pairs of all-capital acronyms that are one letter or one exchange apart and stand for the same words.

    Both follow the same words in brackets, or one does and the other, never explained, has the same letters in another
    order. Two acronyms explained by different words are two terms ("UNDP", "UNEP").
    """
    explained = _explained(text)
    places: dict[str, list[Span]] = {}
    for found in _ACRONYM.finditer(text):
        if found[0].isupper():
            places.setdefault(found[0], []).append(Span(found.start(), found.end()))
    found_pairs: list[TwoForms] = []
    names = sorted(places, key=lambda name: places[name][0])[:_MOST_TERMS]
    for index, one in enumerate(names):
        for other in names[index + 1 :]:
            if is_one_letter_off(one, other) and _is_one_term(one, other, explained=explained):
                found_pairs.append(_pair(one, other, explained=explained, places=places))
    return tuple(found_pairs)


def _explained(text: str) -> dict[str, list[tuple[str, ...]]]:
    """For each bracketed acronym, the words before each of its brackets."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for bracket in _BRACKET.finditer(text):
        if bracket[1].isupper():
            before = re.findall(r"\w+", text[max(0, bracket.start() - 160) : bracket.start()].casefold())
            found.setdefault(bracket[1], []).append(tuple(before[-_CONTEXT_WORDS:]))
    return found


def _is_one_term(one: str, other: str, *, explained: dict[str, list[tuple[str, ...]]]) -> bool:
    first, second = explained.get(one, []), explained.get(other, [])
    if first and second:
        return any(_shared_end(a, b) >= 2 for a in first for b in second)
    return bool(first or second) and len(one) >= 4 and sorted(one) == sorted(other)


def _pair(
    one: str, other: str, *, explained: dict[str, list[tuple[str, ...]]], places: dict[str, list[Span]]
) -> TwoForms:
    contexts = (*explained.get(one, []), *explained.get(other, []))
    spelt = [name for name in (one, other) if any(_spells(words, name) for words in contexts)]
    first, second = (other, one) if spelt == [other] else (one, other)
    return TwoForms(
        first=first,
        second=second,
        spelt=spelt[0] if len(spelt) == 1 else None,
        spans=tuple(sorted((*places[one], *places[other]))),
    )


def _spells(words: tuple[str, ...], acronym: str) -> bool:
    """Whether the last words' first letters are the acronym, idle words counted or not."""
    for kept in (words, tuple(word for word in words if word not in _IDLE)):
        if "".join(word[0] for word in kept[-len(acronym) :]) == acronym.casefold():
            return True
    return False


def _shared_end(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    shared = 0
    for a, b in zip(reversed(one), reversed(other), strict=False):
        if a != b:
            break
        shared += 1
    return shared
