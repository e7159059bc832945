"""Relayed words: a ministry shares a minister's statement; "the statement read" names neither.

The subject of such a cue is a thing. The sentence that introduced the thing says whose words it holds, who passed them
on and where: "Brod's Ministry of Health shared Jan Orlov's statement on X."
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from archive.extraction.clauses import is_relative, main_subject
from archive.extraction.lexicon import Lexicon
from archive.extraction.mentions import mention_at
from archive.extraction.narration import Narration, sentence_end, sentence_start
from archive.extraction.offices import is_office
from archive.extraction.phrases import Phrase, Sort
from archive.extraction.phrases_before import phrase_before
from archive.extraction.tokens import Kind, Token

FARTHEST = 3
"""Paragraphs searched back for the sentence that introduced the thing."""
MOST_PLACES = 4
"""Mentions of the thing tried."""
WINDOW = 200
"""Tokens of each paragraph searched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """Where a statement was introduced: its owner, who passed it on, and the sentence, as tokens of a paragraph."""

    narration: Narration
    sentence: tuple[int, int]
    owner: Phrase | None
    relayed_by: Phrase | None


def thing_that_speaks(tokens: Sequence[Token], subject: Phrase, lexicon: Lexicon) -> str | None:
    """The noun, if the subject is a thing like "the statement", without an owner of its own."""
    head = tokens[subject.last - 1].lower
    if head not in lexicon.cue_nouns or any(tokens[at].is_possessive for at in range(subject.first, subject.last)):
        return None
    return head


def find_relay(noun: str, *, before: Sequence[Narration], at: int, lexicon: Lexicon) -> Relay | None:
    """The nearest sentence before token ``at`` of the last of ``before`` that introduces ``noun``."""
    called = (frozenset((noun,)), frozenset(lexicon.cue_nouns) - {noun, ""})  # "the post read" of a "message"
    for nouns in called:
        places = _places(nouns, before, at)
        relays = (_relay_at(narration, place, lexicon) for narration, place in islice(places, MOST_PLACES))
        found = next((relay for relay in relays if relay is not None), None)
        if found is not None:
            return found
    return None


def _places(nouns: frozenset[str], before: Sequence[Narration], at: int) -> Iterator[tuple[Narration, int]]:
    """Where one of the nouns stands, the nearest first."""
    for step, narration in enumerate(reversed(before[-FARTHEST - 1 :])):
        last = at if step == 0 else len(narration.tokens)
        for here in range(last - 1, max(0, last - WINDOW) - 1, -1):
            token = narration.tokens[here]
            if token.kind == Kind.WORD and token.lower in nouns:
                yield narration, here


def _relay_at(narration: Narration, noun: int, lexicon: Lexicon) -> Relay | None:
    tokens = narration.tokens
    first = sentence_start(tokens, noun)
    sentence = (first, sentence_end(tokens, noun))
    owner = _owner(tokens, noun, first, lexicon=lexicon)
    for verb in range(first, noun):
        if tokens[verb].lower in lexicon.relays:
            giver = _giver(tokens, verb, first, lexicon=lexicon)
            if giver is not None:
                return Relay(
                    narration=narration,
                    sentence=sentence,
                    owner=owner or giver,
                    relayed_by=giver if owner is not None else None,
                )
    if owner is None:
        subject = main_subject(tokens, first, sentence[1], lexicon=lexicon)
        if subject is None or thing_that_speaks(tokens, subject, lexicon) is not None:
            return None
        owner = subject
    return Relay(narration=narration, sentence=sentence, owner=owner, relayed_by=None)


def _giver(tokens: Sequence[Token], verb: int, floor: int, *, lexicon: Lexicon) -> Phrase | None:
    """Who passed it on; of "the ministry, which shared …" the ministry."""
    giver = phrase_before(tokens, verb, floor=floor, lexicon=lexicon)
    if giver is None or not is_relative(tokens[giver.last - 1], lexicon):
        return giver
    named = giver.first - 1 if giver.first > floor and tokens[giver.first - 1].kind != Kind.WORD else giver.first
    return phrase_before(tokens, named, floor=floor, lexicon=lexicon)


def _owner(tokens: Sequence[Token], noun: int, floor: int, *, lexicon: Lexicon) -> Phrase | None:
    """ "Jan Orlov's statement", "a statement from Jan Orlov", "a statement by the minister"."""
    for here in range(noun - 1, max(floor, noun - 4) - 1, -1):
        if tokens[here].is_possessive and tokens[here].is_name:
            return _owner_ending(tokens, here + 1, floor, lexicon=lexicon)
        if lexicon.pronouns.get(tokens[here].lower) in ("male", "female"):
            return Phrase(here, here + 1, Sort.PRONOUN, (here, here + 1))  # "her statement"
    after = noun + 1
    if after < len(tokens) and tokens[after].lower in lexicon.owning:
        after += 1
    elif not lexicon.inflects:
        return None
    while after < len(tokens) and _leads_to_owner(tokens[after], lexicon):
        after += 1
    if after < len(tokens) and tokens[after].is_name:
        mention = mention_at(tokens, after, lexicon)
        if mention.words:
            return _named(mention.first, mention.last)
    return None


def _leads_to_owner(token: Token, lexicon: Lexicon) -> bool:
    """Articles and titles in lower case: "el comunicado de la canciller Lind", "заявление министра Тамма"."""
    low = token.lower
    return low in lexicon.determiners or (not token.is_capital and (low in lexicon.titles or is_office(low, lexicon)))


def _owner_ending(tokens: Sequence[Token], last: int, floor: int, *, lexicon: Lexicon) -> Phrase:
    first = last - 1
    while first > floor and tokens[first - 1].is_name and not tokens[first - 1].is_possessive:
        first -= 1
    return _named(first, last)


def _named(first: int, last: int) -> Phrase:
    return Phrase(first, last, Sort.NAME, (first, last))
