"""The noun phrase that ends just before a verb: its subject, with appositives and brackets stepped over."""

from __future__ import annotations

from collections.abc import Sequence

from archive.extraction.lexicon import DEFAULT_LANGUAGE, Lexicon
from archive.extraction.offices import is_office, links_office
from archive.extraction.phrases import LONGEST_PHRASE, Phrase, Sort, is_pronoun, is_time
from archive.extraction.tokens import Kind, Token

LONGEST_APPOSITIVE = 32
"""Tokens between a name and its verb that an appositive may fill."""


def phrase_before(tokens: Sequence[Token], at: int, *, floor: int, lexicon: Lexicon) -> Phrase | None:
    """The subject that ends just before ``tokens[at]``, not reaching below ``floor``."""
    last = _skip_between(tokens, at, floor, lexicon=lexicon)
    if last <= floor:
        return None
    token = tokens[last - 1]
    if token.kind in (Kind.COMMA, Kind.DASH):
        return _before_appositive(tokens, last - 1, floor, lexicon=lexicon)
    if token.kind == Kind.CLOSE:
        opening = _opening_bracket(tokens, last - 1, floor)
        return phrase_before(tokens, opening, floor=floor, lexicon=lexicon) if opening is not None else None
    return _phrase_ending(tokens, last, floor, lexicon=lexicon)


def _skip_between(tokens: Sequence[Token], at: int, floor: int, *, lexicon: Lexicon) -> int:
    """Steps left over auxiliaries, adverbs and days between a subject and its verb."""
    here = at
    while here > floor:
        token = tokens[here - 1]
        low = token.lower
        if token.kind != Kind.WORD:
            break
        timely = low in lexicon.days or low in lexicon.times
        adverb = low in lexicon.adverbs or (low.endswith("ly") and token.text[0].islower() and len(low) > 4)
        if adverb and here - 1 > floor and tokens[here - 2].lower in lexicon.determiners:
            break
        helping = low in lexicon.auxiliaries and token.text[0].islower()
        on_a_day = low in lexicon.joining and here < at and is_time(tokens[here], lexicon)
        if not (timely or adverb or helping or on_a_day):
            break
        here -= 1
    return here


def _opening_bracket(tokens: Sequence[Token], close: int, floor: int) -> int | None:
    for here in range(close - 1, max(floor, close - LONGEST_APPOSITIVE) - 1, -1):
        if tokens[here].kind == Kind.OPEN:
            return here
    return None


def _before_appositive(tokens: Sequence[Token], comma: int, floor: int, *, lexicon: Lexicon) -> Phrase | None:
    """The noun phrase before "…, a lawyer from Brod, who leads the union," whose closing comma is ``tokens[comma]``."""
    described: Phrase | None = None
    for here in range(comma - 1, max(floor, comma - LONGEST_APPOSITIVE), -1):
        token = tokens[here]
        if token.kind in (Kind.STOP, Kind.COLON):
            break
        if token.kind != tokens[comma].kind or here == floor:
            continue
        phrase = _phrase_ending(tokens, here, floor, lexicon=lexicon)
        if phrase is None and tokens[here - 1].kind == Kind.CLOSE:
            opening = _opening_bracket(tokens, here - 1, floor)
            phrase = (
                _phrase_ending(tokens, opening, floor, lexicon=lexicon)
                if opening is not None and opening > floor
                else None
            )
        if phrase is None:
            continue
        named = _phrase_ending(tokens, comma, here, lexicon=lexicon)
        if (
            phrase.sort is Sort.DESCRIPTION
            and named is not None
            and named.sort is Sort.NAME
            and named.first == here + 1
        ):
            return Phrase(phrase.first, comma, Sort.NAME, named.core)
        if phrase.sort is not Sort.DESCRIPTION:
            return phrase if _is_subject_place(tokens, phrase.first, floor, lexicon=lexicon) else described
        described = described or phrase
    return described


def _is_subject_place(tokens: Sequence[Token], first: int, floor: int, *, lexicon: Lexicon) -> bool:
    """Not after a preposition: in "In Brod, where he lives, Orlov said" the town is no subject."""
    return first <= floor or tokens[first - 1].lower not in lexicon.joining


def _phrase_ending(tokens: Sequence[Token], last: int, floor: int, *, lexicon: Lexicon) -> Phrase | None:
    token = tokens[last - 1]
    if token.kind != Kind.WORD:
        return None
    if is_pronoun(token, lexicon):
        return Phrase(last - 1, last, Sort.PRONOUN, (last - 1, last))
    if token.is_name and not token.is_possessive:
        return _name_ending(tokens, last, floor, lexicon=lexicon)
    if token.lower in lexicon.function or token.lower in lexicon.joining or is_time(token, lexicon):
        return None
    return _description_ending(tokens, last, floor, lexicon=lexicon)


def _name_run_start(tokens: Sequence[Token], last: int, floor: int, *, lexicon: Lexicon) -> int:
    first = last - 1
    while first > floor:
        token = tokens[first - 1]
        if token.is_name:
            first -= 1
        elif (
            token.lower in lexicon.particles
            and first - 1 > floor
            and tokens[first - 2].is_name
            and not tokens[first - 2].is_possessive
        ):
            first -= 2
        elif token.lower in lexicon.particles and token.text[0].isupper():
            first -= 1
        else:
            break
    return first


def _name_ending(tokens: Sequence[Token], last: int, floor: int, *, lexicon: Lexicon) -> Phrase:
    core = _name_run_start(tokens, last, floor, lexicon=lexicon)
    while core < last - 1 and tokens[core].is_possessive:
        core += 1
    first = core
    while first > floor and _extends_name(tokens[first - 1], lexicon):
        first -= 1
    abbreviated = first == core and first > floor + 3 and tokens[first - 1].kind == Kind.CLOSE
    if abbreviated:  # "External Affairs Minister (EAM) S Venn"
        before = _opening_bracket(tokens, first - 1, floor)
        if before is not None and before > floor and is_office(tokens[before - 1].lower, lexicon):
            first = _name_run_start(tokens, before, floor, lexicon=lexicon)
    elif first < core:
        first = _institution_start(tokens, first, floor, lexicon=lexicon)
    office = _office_with_department(tokens, core, floor, lexicon=lexicon)
    if office is not None:
        return Phrase(office, last, Sort.NAME, (office, last))
    complement = _head_of_complement(tokens, first, floor, lexicon=lexicon)
    if complement is not None:
        return Phrase(complement, last, Sort.DESCRIPTION, (complement, last))
    if first > floor and tokens[first - 1].lower in lexicon.determiners:
        first -= 1
    return Phrase(first, last, Sort.NAME, (core, last))


def _office_with_department(tokens: Sequence[Token], core: int, floor: int, *, lexicon: Lexicon) -> int | None:
    """Where an office begins whose department runs into the name: "Minister of Health Orla Venn" """
    link = core - 1 if core > floor and tokens[core - 1].lower in lexicon.office_links else core - 2
    width = core - link + 1
    if link <= floor or links_office(tokens, link, lexicon) != width or not tokens[link - 1].is_capital:
        return None
    start = _name_run_start(tokens, link, floor, lexicon=lexicon)
    return start if any(is_office(token.lower, lexicon) for token in tokens[start:link]) else None


def _institution_start(tokens: Sequence[Token], first: int, floor: int, *, lexicon: Lexicon) -> int:
    """Takes in the institution before a title: "Ministry of Health (MoH) spokesperson Jan Orlov"."""
    here = first
    if here > floor and tokens[here - 1].kind == Kind.CLOSE:
        here = _opening_bracket(tokens, here - 1, floor) or first
    while here > floor:
        before = tokens[here - 1]
        if before.is_name:
            here = _name_run_start(tokens, here, floor, lexicon=lexicon)
        elif before.lower in lexicon.of and here - 1 > floor and tokens[here - 2].is_name:
            here -= 1
        else:
            break
    return here if here < first and tokens[here].kind == Kind.WORD else first


def _extends_name(token: Token, lexicon: Lexicon) -> bool:
    """A title or trade in lower case before a name: "campaign manager Robin Mark"."""
    if token.kind != Kind.WORD:
        return False
    return token.lower in lexicon.titles or (token.is_possessive and token.text[0].isupper())


def _head_of_complement(tokens: Sequence[Token], first: int, floor: int, *, lexicon: Lexicon) -> int | None:
    """Where "a spokesman for [the ministry]" begins, if the phrase is the complement of a noun in lower case."""
    here = first
    if here > floor and tokens[here - 1].lower in lexicon.determiners | lexicon.possessives:
        here -= 1
    if here < len(tokens) and lexicon.language != DEFAULT_LANGUAGE and tokens[here].lower in lexicon.of:
        here += 1  # "le ministère des Affaires", where the article holds the preposition
    if here - 1 <= floor or tokens[here - 1].lower not in lexicon.joining | lexicon.of:
        return None
    noun = tokens[here - 2]
    if noun.kind != Kind.WORD or not _is_plain_noun(noun, lexicon):
        return None
    head = _description_ending(tokens, here - 1, floor, lexicon=lexicon)
    if head is None:
        return None
    determined = (
        tokens[head.first].lower in lexicon.determiners | lexicon.possessives or tokens[head.first].is_possessive
    )
    known = noun.lower in lexicon.titles or tokens[here - 1].lower in ("for", "of")
    begins = head.first <= floor or tokens[head.first - 1].kind != Kind.WORD
    return head.first if determined or known or begins else None


def _is_plain_noun(token: Token, lexicon: Lexicon) -> bool:
    low = token.lower
    return not (
        low in lexicon.function
        or low in lexicon.joining
        or low in lexicon.determiners
        or low in lexicon.finite
        or low in lexicon.participles
        or low in lexicon.pasts
        or (token.text[0].isdigit() and len(low) == 4)
    )


def _description_ending(tokens: Sequence[Token], last: int, floor: int, *, lexicon: Lexicon) -> Phrase | None:
    """A phrase whose head is a common noun: "a young woman", "Orlov aides", "critics"."""
    first = last - 1
    if not _is_plain_noun(tokens[first], lexicon) and tokens[first].lower not in lexicon.determiners:
        return None
    while first > floor and last - first < LONGEST_PHRASE:
        token = tokens[first - 1]
        if token.kind != Kind.WORD:
            break
        if token.lower in lexicon.determiners or token.lower in lexicon.possessives:
            first -= 1
            continue
        if token.lower in lexicon.joining or not (_is_plain_noun(token, lexicon) or token.is_name):
            break
        if tokens[first].lower in lexicon.determiners | lexicon.possessives:
            break
        first -= 1
    head = _head_of_complement(tokens, first, floor, lexicon=lexicon)
    start = head if head is not None else first
    return Phrase(start, last, Sort.DESCRIPTION, (start, last))
