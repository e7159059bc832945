"""Mentions: a name where it stands, its titles set apart, and how present the clause makes its bearer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from archive.extraction.lexicon import Lexicon
from archive.extraction.offices import is_office, links_office, name_start
from archive.extraction.tokens import Kind, Token

SUBJECT, SPEAKER, OBJECT, POSSESSOR = 1.0, 1.4, 0.45, 0.35
LONGEST_MENTION = 14
"""Tokens of a name with the office before it."""


class Mention(NamedTuple):
    """A name at tokens ``first`` to ``last`` of a paragraph: its words, its titles, its weight in the clause."""

    first: int
    last: int
    words: tuple[str, ...]
    titles: tuple[str, ...]
    weight: float


def mention_at(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Mention:
    """The name that begins with ``tokens[at]``, its titles and its office set apart."""
    last = _end_of(tokens, at, lexicon)
    first = name_start(tokens, at, last, lexicon=lexicon)
    if (
        first == at
        and at > 0
        and not lexicon.has_articles
        and last - at >= 3
        and is_office(tokens[at - 1].lower, lexicon)
    ):
        first = last - 2  # "starosta Brodu Ivo Korm"
    titles = _titles(tokens[at:first], lexicon) if first > at else []
    if at > 0 and tokens[at - 1].lower in lexicon.titles:
        titles.append(tokens[at - 1].lower)
    words = tuple([bare_word(token.text) if token.is_possessive else token.text for token in tokens[first:last]])
    return Mention(first, last, words, tuple(titles), _weight(tokens, at, last, lexicon=lexicon))


def _titles(tokens: Sequence[Token], lexicon: Lexicon) -> list[str]:
    return [low for token in tokens if (low := token.lower.rstrip(".")) in lexicon.titles or is_office(low, lexicon)]


def _end_of(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> int:
    """Where the row of names ends that begins at ``at``: over particles, and over "of" behind an office."""
    last = at + 1
    holds_office = False
    while last < len(tokens) and last - at < LONGEST_MENTION:
        before, token = tokens[last - 1], tokens[last]
        if before.is_possessive:
            break
        holds_office = holds_office or is_office(before.lower, lexicon)
        if token.is_name:
            last += 1
            continue
        following = tokens[last + 1] if last + 1 < len(tokens) else None
        if token.lower in lexicon.particles and following is not None and following.is_name:
            if lexicon.has_common_capitals and (
                before.lower.endswith(lexicon.noun_endings) or token.text in ("der", "zu")
            ):
                break  # "Angaben von Corm" is nobody
            last += 2
        elif (
            token.lower in lexicon.particles
            and following is not None
            and following.lower in lexicon.determiners
            and last + 2 < len(tokens)
            and tokens[last + 2].is_name
        ):
            last += 3  # Ursa von der Linden
        elif holds_office and (width := links_office(tokens, last, lexicon)):
            last += width
        else:
            break
    return last


def bare_word(word: str) -> str:
    """A word without the ending of a possessor."""
    return word.removesuffix("'s").removesuffix("’s")


def _weight(tokens: Sequence[Token], at: int, last: int, *, lexicon: Lexicon) -> float:
    """How present a mention makes its bearer, by its part in the clause."""
    if tokens[last - 1].is_possessive:
        return POSSESSOR
    before = tokens[at - 1] if at else None
    if (
        before is not None
        and before.lower in lexicon.finite
        and before.kind == Kind.WORD
        and at > 1
        and (tokens[at - 2].kind in (Kind.QUOTE, Kind.COMMA))
    ):
        return SPEAKER
    if before is not None and before.lower in lexicon.joining:
        return OBJECT
    here = _after_appositive(tokens, last)
    while here < len(tokens) and tokens[here].lower in lexicon.adverbs:
        here += 1
    if here < len(tokens) and tokens[here].kind == Kind.WORD:
        low = tokens[here].lower
        if low in lexicon.finite:
            return SPEAKER
        if low in lexicon.auxiliaries or (low.endswith(("ed", "s")) and tokens[here].text[0].islower()):
            return SUBJECT
    return SUBJECT * 0.8 if before is None or before.kind in (Kind.STOP, Kind.QUOTE) else OBJECT


def _after_appositive(tokens: Sequence[Token], last: int) -> int:
    if last < len(tokens) and tokens[last].kind in (Kind.COMMA, Kind.OPEN):
        closing = Kind.COMMA if tokens[last].kind == Kind.COMMA else Kind.CLOSE
        for here in range(last + 1, min(len(tokens), last + 32)):
            if tokens[here].kind == closing:
                return here + 1
            if tokens[here].kind == Kind.STOP:
                break
    return last
