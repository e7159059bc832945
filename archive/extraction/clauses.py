"""Clauses: the subject a sentence is about, where no verb of saying has one of its own."""

from __future__ import annotations

from collections.abc import Sequence

from archive.extraction.lexicon import Lexicon
from archive.extraction.narration import Narration, sentence_start
from archive.extraction.phrases import Phrase, Sort
from archive.extraction.phrases_after import phrase_after
from archive.extraction.phrases_before import phrase_before
from archive.extraction.readings import Reading, Side, cue_width
from archive.extraction.tokens import Kind, Token


def main_subject(tokens: Sequence[Token], first: int, last: int, *, lexicon: Lexicon) -> Phrase | None:
    """The subject of the clause between two indices: the first noun phrase that no preposition governs and that is not
    the whole of an opening phrase ("On Tuesday, …", "In a speech in Brod, …")."""
    here = first
    while here < last:
        token = tokens[here]
        if token.kind == Kind.QUOTE and here > first:
            here += 1
            continue
        if token.kind != Kind.WORD or token.text.isdigit():
            here += 1  # a year may stand between commas: "On July 6, 2015, Orlova …"
            continue
        if _opens_adverbial(token, lexicon):
            here = _after_adverbial(tokens, here, last, lexicon=lexicon)
            continue
        phrase = phrase_after(tokens, here, ceiling=last, lexicon=lexicon)
        if phrase is not None and not is_relative(token, lexicon):
            return _cut_at_verb(tokens, phrase, lexicon)
        here += 1
    return None


def _cut_at_verb(tokens: Sequence[Token], phrase: Phrase, lexicon: Lexicon) -> Phrase:
    """A description read rightwards may swallow its verb ("the crowd roared back"); the name in front of it may not."""
    if phrase.sort is Sort.NAME:
        return _cut_name_at_verb(tokens, phrase, lexicon)
    if phrase.sort is not Sort.DESCRIPTION:
        return phrase
    for here in range(phrase.first + 1, phrase.last):
        if (tokens[here].lower.endswith("ed") and here > phrase.first + 1) or (
            tokens[here - 1].is_name
            and (
                tokens[here].lower.endswith(("ed", "s"))
                and not tokens[here].is_capital
                and not tokens[here - 1].is_possessive
            )
        ):
            sort = Sort.NAME if tokens[here - 1].is_name else Sort.DESCRIPTION
            return Phrase(phrase.first, here, sort, (phrase.first, here))
    return phrase


def _cut_name_at_verb(tokens: Sequence[Token], phrase: Phrase, lexicon: Lexicon) -> Phrase:
    """ "Orlova brushed Tamm aside": the row of capitals is two names with a verb between."""
    for here in range(phrase.first + 1, phrase.last - 1):
        token = tokens[here]
        if token.lower.endswith("ed") and not token.is_capital and tokens[here - 1].is_name:
            first = here - 1
            while first > phrase.first and tokens[first - 1].is_name:
                first -= 1
            return Phrase(phrase.first, here, Sort.NAME, (first, here))
    return phrase


def _opens_adverbial(token: Token, lexicon: Lexicon) -> bool:
    low = token.lower
    return (
        low in lexicon.joining
        or (low in lexicon.function and low not in lexicon.subjects and low not in lexicon.determiners)
        or low in lexicon.participles
    )


def _after_adverbial(tokens: Sequence[Token], here: int, last: int, *, lexicon: Lexicon) -> int:
    """Past the comma that ends an opening phrase; past one noun phrase where no comma stands."""
    if tokens[here].lower in ("and", "but", "so", "then", "also", "now", "still", "yet", "or"):
        return here + 1
    for step in range(here + 1, min(last, here + 25)):
        if tokens[step].kind == Kind.COMMA:
            return step + 1
    phrase = phrase_after(tokens, here + 1, ceiling=last, lexicon=lexicon)
    return phrase.last if phrase is not None else here + 1


def earlier_speaker(tokens: Sequence[Token], floor: int, verb: int, *, lexicon: Lexicon) -> Phrase | None:
    """The subject of the first verb of saying in the sentence: "Orlova said she would come and added: …"."""
    for here in range(floor, verb):
        if tokens[here].lower in lexicon.finite and not is_noun_here(tokens, here, floor, lexicon=lexicon):
            subject = phrase_before(tokens, here, floor=floor, lexicon=lexicon)
            if subject is not None and not is_relative(tokens[subject.first], lexicon):
                return subject
    return None


def is_relative(token: Token, lexicon: Lexicon) -> bool:
    """Whether a token is a relative pronoun: who, which."""
    return lexicon.pronouns.get(token.lower) == "relative"


def is_noun_here(tokens: Sequence[Token], at: int, floor: int, *, lexicon: Lexicon) -> bool:
    """Whether a word that may be a verb stands after an article or possessor: "the reports", "his remarks"."""
    if at <= floor:
        return False
    before = tokens[at - 1]
    if before.lower in lexicon.coordinating and at - 2 > floor and tokens[at - 2].lower in lexicon.cue_nouns:
        return is_noun_here(tokens, at - 2, floor, lexicon=lexicon)  # "fired off tweets and retweets"
    determined = before.lower in lexicon.determiners or before.lower in lexicon.possessives
    verbal = tokens[at].lower in lexicon.participles  # "followed up by saying" is a verb all the same
    governed = not verbal and (before.lower in lexicon.joining or before.lower in lexicon.governing)
    return before.is_possessive or governed or (determined and before.lower not in lexicon.subjects)


def last_spoken(narration: Narration, at: int, lexicon: Lexicon) -> Reading | None:
    """The subject of the last verb of saying (else of the last clause) in the sentence that ends before ``at``."""
    reading = _last_spoken(narration.tokens, at, lexicon)
    return None if reading is None else reading.of(narration.paragraph)


def _last_spoken(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Reading | None:
    end = at
    while end > 0 and tokens[end - 1].kind in (Kind.STOP, Kind.OTHER, Kind.QUOTE, Kind.COLON):
        end -= 1
    if end == 0:
        return None
    start = sentence_start(tokens, end - 1)
    for verb in range(start, end):
        width = cue_width(tokens, verb, lexicon)
        if width and not is_noun_here(tokens, verb, start, lexicon=lexicon):
            subject = phrase_before(tokens, verb, floor=start, lexicon=lexicon)
            if subject is None and verb > 0 and tokens[verb - 1].kind == Kind.QUOTE:
                subject = phrase_after(tokens, verb + 1, ceiling=end, lexicon=lexicon)
            if subject is not None:
                return Reading(subject, (verb, verb + width), Side.EARLIER_SENTENCE, 0.5, tokens, adjacent=False)
    subject = main_subject(tokens, start, end, lexicon=lexicon)
    if subject is None:
        return None
    return Reading(subject, None, Side.EARLIER_SENTENCE, 0.35, tokens, adjacent=False)
