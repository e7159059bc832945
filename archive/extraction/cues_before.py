"""Cues to the left of a quotation: Orlova said, "…"; she smiled, adding: "…"; according to Orlova, "…"."""

from __future__ import annotations

from collections.abc import Sequence

from archive.extraction.clauses import earlier_speaker, is_noun_here, is_relative, main_subject
from archive.extraction.lexicon import DEFAULT_LANGUAGE, Lexicon
from archive.extraction.narration import sentence_start
from archive.extraction.phrases import Phrase, Sort
from archive.extraction.phrases_after import phrase_after
from archive.extraction.phrases_before import phrase_before
from archive.extraction.readings import FARTHEST_CUE, Reading, Side, cue_width
from archive.extraction.tokens import Kind, Token


def read_before(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Reading | None:
    """The cue in the words of the same sentence that precede the quotation ``tokens[at]``."""
    floor = _floor(tokens, at)
    if floor >= at:
        return None
    joint = tokens[at - 1]
    introduces = joint.kind in (Kind.COLON, Kind.COMMA, Kind.DASH)
    found = _cue_to_the_left(tokens, at, floor, lexicon=lexicon)
    if found is not None:
        return found
    if joint.kind == Kind.COLON:
        return _before_colon(tokens, at, floor, lexicon=lexicon)
    return _source_opening(tokens, at, floor, lexicon=lexicon) or _main_clause(
        tokens, at, floor, lexicon=lexicon, strength=0.4 if introduces else 0.3
    )


def _floor(tokens: Sequence[Token], at: int) -> int:
    floor = max(sentence_start(tokens, at), at - FARTHEST_CUE)
    for here in range(at - 1, floor - 1, -1):
        if tokens[here].kind == Kind.QUOTE and tokens[here].text.rstrip().endswith((".", "!", "?")):
            return here + 1
    return floor


def _cue_to_the_left(tokens: Sequence[Token], at: int, floor: int, *, lexicon: Lexicon) -> Reading | None:
    """The nearest verb of saying before the quotation, with its subject."""
    for verb in range(at - 1, floor - 1, -1):
        token = tokens[verb]
        if token.kind != Kind.WORD or is_noun_here(tokens, verb, floor, lexicon=lexicon):
            continue
        low = token.lower
        near = at - verb
        joint = tokens[at - 1].kind in (Kind.COLON, Kind.COMMA) or near == 1
        strength = 0.95 if joint and near <= 3 else 0.85 if joint else 0.7 if near <= 12 else 0.55
        if low in lexicon.finite or cue_width(tokens, verb, lexicon):
            found = _finite_cue(tokens, verb, floor, lexicon=lexicon, strength=strength)
        elif low in lexicon.participles or (
            low in lexicon.bare and _takes_infinitive(tokens, verb, floor, lexicon=lexicon)
        ):
            found = _borrowed_subject(tokens, verb, floor, lexicon=lexicon, strength=strength)
        elif low in lexicon.bare:
            subject = phrase_before(tokens, verb, floor=floor, lexicon=lexicon)
            plural = subject is not None and (
                tokens[subject.last - 1].lower.endswith("s") or subject.sort is Sort.PRONOUN
            )
            found = Reading(subject, (verb, verb + 1), Side.BEFORE, strength, tokens) if plural else None
        else:
            continue
        if found is not None:
            return found
    return None


def _takes_infinitive(tokens: Sequence[Token], verb: int, floor: int, *, lexicon: Lexicon) -> bool:
    before = tokens[verb - 1].lower if verb > floor else ""
    return before == "to" or before in lexicon.auxiliaries or before in lexicon.adverbs


def _finite_cue(tokens: Sequence[Token], verb: int, floor: int, *, lexicon: Lexicon, strength: float) -> Reading | None:
    """The verb with a subject of its own, else with that of an earlier verb, else with the one behind it."""
    cue = (verb, verb + max(1, cue_width(tokens, verb, lexicon)))
    subject = _own_subject(tokens, verb, floor, lexicon=lexicon)
    if subject is not None:
        return Reading(subject, cue, Side.BEFORE, strength, tokens)
    borrowed = earlier_speaker(tokens, floor, verb, lexicon=lexicon) or main_subject(
        tokens, floor, verb, lexicon=lexicon
    )
    if borrowed is None:
        borrowed = phrase_after(tokens, verb + 1, ceiling=min(len(tokens), verb + 12), lexicon=lexicon)
        if borrowed is None or (borrowed.sort is Sort.DESCRIPTION and lexicon.has_articles):
            return None
    return Reading(borrowed, cue, Side.BEFORE, strength - 0.1, tokens)


def _own_subject(tokens: Sequence[Token], verb: int, floor: int, *, lexicon: Lexicon) -> Phrase | None:
    subject = phrase_before(tokens, verb, floor=floor, lexicon=lexicon)
    while subject is not None and (preposition := _governed(tokens, subject, floor, lexicon=lexicon)) is not None:
        subject = phrase_before(tokens, preposition, floor=floor, lexicon=lexicon)
    if subject is None:
        return None
    if subject.sort is Sort.PRONOUN and is_relative(tokens[subject.first], lexicon):
        return _antecedent(tokens, subject.first, floor, lexicon=lexicon) or subject
    if subject.sort is Sort.DESCRIPTION and not lexicon.has_articles:
        main = main_subject(tokens, floor, verb, lexicon=lexicon)
        return main if main is not None and main.sort is Sort.NAME else subject
    return subject


def _governed(tokens: Sequence[Token], subject: Phrase, floor: int, *, lexicon: Lexicon) -> int | None:
    """Where the preposition stands that makes a phrase no subject: "auf Mastodon postete", "Tamm on X wrote"."""
    platform = any(
        name in lexicon.platforms or name in lexicon.platforms_after
        for name in (tokens[at].lower for at in range(subject.first, subject.last))
    )
    if lexicon.language == DEFAULT_LANGUAGE and not platform:
        return None
    for at in range(subject.last - 1, max(floor, subject.first - 2) - 1, -1):
        if tokens[at].kind != Kind.WORD:
            return None
        if tokens[at].lower in lexicon.platform_words or (tokens[at].lower in lexicon.joining and at < subject.first):
            return at
    return None


def _antecedent(tokens: Sequence[Token], relative: int, floor: int, *, lexicon: Lexicon) -> Phrase | None:
    here = relative
    while here > floor and tokens[here - 1].kind == Kind.COMMA:
        here -= 1
    return phrase_before(tokens, here, floor=floor, lexicon=lexicon)


def _borrowed_subject(
    tokens: Sequence[Token], verb: int, floor: int, *, lexicon: Lexicon, strength: float
) -> Reading | None:
    """ "Orlova smiled, adding"; "a sign saying"; "Orlova went on to say"."""
    here = verb
    while here > floor and tokens[here - 1].lower in lexicon.adverbs | {"to"}:
        here -= 1
    before = tokens[here - 1] if here > floor else None
    if before is not None and before.kind == Kind.WORD and tokens[verb].lower in lexicon.participles:
        near = phrase_before(tokens, here, floor=floor, lexicon=lexicon)
        if near is not None and near.sort is not Sort.PRONOUN and _speaks(tokens[near.last - 1], lexicon):
            return Reading(near, (verb, verb + 1), Side.BEFORE, strength, tokens)
        if near is not None and near.first > floor and tokens[near.first - 1].lower in lexicon.absolute:
            return Reading(near, (verb, verb + 1), Side.BEFORE, strength, tokens)
    subject = earlier_speaker(tokens, floor, here, lexicon=lexicon) or main_subject(
        tokens, floor, here, lexicon=lexicon
    )
    if subject is None:
        return None
    return Reading(subject, (verb, verb + 1), Side.BEFORE, strength - 0.1, tokens)


def _speaks(token: Token, lexicon: Lexicon) -> bool:
    return token.lower in lexicon.cue_nouns


def _before_colon(tokens: Sequence[Token], at: int, floor: int, *, lexicon: Lexicon) -> Reading | None:
    """ "Orlova: …", "From Orlova: …", "The minister had one message: …"."""
    start = floor + 1 if tokens[floor].lower in lexicon.signatures else floor
    near = phrase_after(tokens, start, ceiling=at - 1, lexicon=lexicon)
    if near is not None and near.last == at - 1:
        return Reading(near, None, Side.BEFORE, 0.8, tokens)
    return _source_opening(tokens, at, floor, lexicon=lexicon) or _main_clause(
        tokens, at, floor, lexicon=lexicon, strength=0.7
    )


def _source_opening(tokens: Sequence[Token], at: int, floor: int, *, lexicon: Lexicon) -> Reading | None:
    """ "According to Orlova, …"."""
    for here, width in lexicon.before_source.places(tokens, floor, at):
        subject = phrase_after(tokens, here + width, ceiling=at, lexicon=lexicon)
        if subject is not None:
            return Reading(subject, (here, here + width), Side.BEFORE, 0.85, tokens)
    return None


def _main_clause(tokens: Sequence[Token], at: int, floor: int, *, lexicon: Lexicon, strength: float) -> Reading | None:
    subject = main_subject(tokens, floor, at, lexicon=lexicon)
    if subject is None:
        return None
    return Reading(subject, None, Side.BEFORE, strength, tokens, adjacent=False)
