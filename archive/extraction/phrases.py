"""Noun phrases: the words that name a speaker, read leftwards from a verb or rightwards from it.

No parser: titles, names with their particles and initials, appositives between commas or brackets, and descriptions
("a spokesman for the ministry") are told by word lists and capitals. Method: rules read off 60 errors of a nearest-name
baseline; most of them took a name of the neighbouring clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from archive.domain.spans import Span
from archive.extraction.lexicon import Lexicon
from archive.extraction.narration import Kind, Token

LONGEST_APPOSITIVE = 32
LONGEST_PHRASE = 9


class Sort(Enum):
    """What a noun phrase is."""

    NAME = "name"
    PRONOUN = "pronoun"
    DESCRIPTION = "description"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens ``first`` to ``last`` (excluded) that name somebody; ``core`` are those of the name itself."""

    first: int
    last: int
    sort: Sort
    core: tuple[int, int]

    def span(self, tokens: Sequence[Token]) -> Span:
        """Its characters in the article."""
        return Span(tokens[self.first].start, _end(tokens[self.last - 1]))

    def core_span(self, tokens: Sequence[Token]) -> Span:
        """The characters of the name alone, without title and complement."""
        return Span(tokens[self.core[0]].start, _end(tokens[self.core[1] - 1]))


def _end(token: Token) -> int:
    return token.end - 2 if token.is_possessive else token.end


def is_name_word(token: Token, lexicon: Lexicon) -> bool:
    """Whether a token may be part of a name: capitalised, and no day, month or first word of a sentence."""
    text = token.text
    if token.kind is not Kind.WORD or not (text[0].isupper() or text[0] == "@"):
        return False
    return token.lower not in lexicon.nameless or (len(text) == 2 and text[1] == ".")


def is_pronoun(token: Token, lexicon: Lexicon) -> bool:
    """Whether a token is a pronoun that may be the subject of a verb of saying."""
    return token.kind is Kind.WORD and token.lower in lexicon.subjects


# ---------------------------------------------------------------- leftwards


def phrase_before(tokens: Sequence[Token], at: int, *, floor: int, lexicon: Lexicon) -> Phrase | None:
    """The subject that ends just before ``tokens[at]``, not reaching below ``floor``."""
    last = _skip_between(tokens, at, floor, lexicon)
    if last <= floor:
        return None
    token = tokens[last - 1]
    if token.kind in (Kind.COMMA, Kind.DASH):
        return _before_appositive(tokens, last - 1, floor, lexicon)
    if token.kind is Kind.CLOSE:
        opening = _opening_bracket(tokens, last - 1, floor)
        return phrase_before(tokens, opening, floor=floor, lexicon=lexicon) if opening is not None else None
    return _phrase_ending(tokens, last, floor, lexicon)


def _skip_between(tokens: Sequence[Token], at: int, floor: int, lexicon: Lexicon) -> int:
    """Steps left over auxiliaries, adverbs and days between a subject and its verb."""
    here = at
    while here > floor:
        token = tokens[here - 1]
        low = token.lower
        if token.kind is not Kind.WORD:
            break
        timely = low in lexicon.days or low in lexicon.times
        adverb = low in lexicon.adverbs or (low.endswith("ly") and token.text[0].islower() and len(low) > 4)
        if adverb and here - 1 > floor and tokens[here - 2].lower in lexicon.determiners:
            break
        if not (timely or adverb or low in lexicon.auxiliaries):
            if not (low in lexicon.joining and here < at and _is_time(tokens[here], lexicon)):
                break
        here -= 1
    return here


def _is_time(token: Token, lexicon: Lexicon) -> bool:
    return token.lower in lexicon.days or token.lower in lexicon.times or token.lower in lexicon.months


def _opening_bracket(tokens: Sequence[Token], close: int, floor: int) -> int | None:
    for here in range(close - 1, max(floor, close - LONGEST_APPOSITIVE) - 1, -1):
        if tokens[here].kind is Kind.OPEN:
            return here
    return None


def _before_appositive(tokens: Sequence[Token], comma: int, floor: int, lexicon: Lexicon) -> Phrase | None:
    """The noun phrase before "…, a lawyer from Brod, who leads the union," whose closing comma is ``tokens[comma]``."""
    described: Phrase | None = None
    for here in range(comma - 1, max(floor, comma - LONGEST_APPOSITIVE), -1):
        token = tokens[here]
        if token.kind in (Kind.STOP, Kind.COLON):
            break
        if token.kind is not tokens[comma].kind or here == floor:
            continue
        phrase = _phrase_ending(tokens, here, floor, lexicon)
        if phrase is None and tokens[here - 1].kind is Kind.CLOSE:
            opening = _opening_bracket(tokens, here - 1, floor)
            phrase = _phrase_ending(tokens, opening, floor, lexicon) if opening is not None and opening > floor else None
        if phrase is None:
            continue
        named = _phrase_ending(tokens, comma, here, lexicon)
        if phrase.sort is Sort.DESCRIPTION and named is not None and named.sort is Sort.NAME and named.first == here + 1:
            return Phrase(phrase.first, comma, Sort.NAME, named.core)
        if phrase.sort is not Sort.DESCRIPTION:
            return phrase if _is_subject_place(tokens, phrase.first, floor, lexicon) else described
        described = described or phrase
    return described


def _is_subject_place(tokens: Sequence[Token], first: int, floor: int, lexicon: Lexicon) -> bool:
    """Not after a preposition: in "In Brod, where he lives, Orlov said" the town is no subject."""
    return first <= floor or tokens[first - 1].lower not in lexicon.joining


def _phrase_ending(tokens: Sequence[Token], last: int, floor: int, lexicon: Lexicon) -> Phrase | None:
    token = tokens[last - 1]
    if token.kind is not Kind.WORD:
        return None
    if is_pronoun(token, lexicon):
        return Phrase(last - 1, last, Sort.PRONOUN, (last - 1, last))
    if is_name_word(token, lexicon) and not token.is_possessive:
        return _name_ending(tokens, last, floor, lexicon)
    if token.lower in lexicon.function or token.lower in lexicon.joining or _is_time(token, lexicon):
        return None
    return _description_ending(tokens, last, floor, lexicon)


def _name_run_start(tokens: Sequence[Token], last: int, floor: int, lexicon: Lexicon) -> int:
    first = last - 1
    while first > floor:
        token = tokens[first - 1]
        if is_name_word(token, lexicon):
            first -= 1
        elif (token.lower in lexicon.particles and first - 1 > floor and is_name_word(tokens[first - 2], lexicon)
              and not tokens[first - 2].is_possessive):
            first -= 2
        elif token.lower in lexicon.particles and token.text[0].isupper():
            first -= 1
        else:
            break
    return first


def _name_ending(tokens: Sequence[Token], last: int, floor: int, lexicon: Lexicon) -> Phrase:
    core = _name_run_start(tokens, last, floor, lexicon)
    while core < last - 1 and tokens[core].is_possessive:
        core += 1
    first = core
    while first > floor and _extends_name(tokens[first - 1], lexicon):
        first -= 1
    if first < core:
        first = _institution_start(tokens, first, floor, lexicon)
    complement = _head_of_complement(tokens, first, floor, lexicon)
    if complement is not None:
        return Phrase(complement, last, Sort.DESCRIPTION, (complement, last))
    if first > floor and tokens[first - 1].lower in lexicon.determiners:
        first -= 1
    return Phrase(first, last, Sort.NAME, (core, last))


def _institution_start(tokens: Sequence[Token], first: int, floor: int, lexicon: Lexicon) -> int:
    """Takes in the institution before a title: "Ministry of Health (MoH) spokesperson Jan Orlov"."""
    here = first
    if here > floor and tokens[here - 1].kind is Kind.CLOSE:
        here = _opening_bracket(tokens, here - 1, floor) or first
    while here > floor:
        before = tokens[here - 1]
        if is_name_word(before, lexicon):
            here = _name_run_start(tokens, here, floor, lexicon)
        elif before.lower in lexicon.of and here - 1 > floor and is_name_word(tokens[here - 2], lexicon):
            here -= 1
        else:
            break
    return here if here < first and tokens[here].kind is Kind.WORD else first


def _extends_name(token: Token, lexicon: Lexicon) -> bool:
    """A title or trade in lower case before a name: "campaign manager Robin Mark"."""
    if token.kind is not Kind.WORD:
        return False
    return token.lower in lexicon.titles or (token.is_possessive and token.text[0].isupper())


def _head_of_complement(tokens: Sequence[Token], first: int, floor: int, lexicon: Lexicon) -> int | None:
    """Where "a spokesman for [the ministry]" begins, if the phrase is the complement of a noun in lower case."""
    here = first
    if here > floor and tokens[here - 1].lower in lexicon.determiners | lexicon.possessives:
        here -= 1
    if here - 1 <= floor or tokens[here - 1].lower not in lexicon.joining:
        return None
    noun = tokens[here - 2]
    if noun.kind is not Kind.WORD or not _is_plain_noun(noun, lexicon):
        return None
    head = _description_ending(tokens, here - 1, floor, lexicon)
    if head is None:
        return None
    determined = tokens[head.first].lower in lexicon.determiners | lexicon.possessives or tokens[head.first].is_possessive
    known = noun.lower in lexicon.titles or tokens[here - 1].lower in ("for", "of")
    begins = head.first <= floor or tokens[head.first - 1].kind is not Kind.WORD
    return head.first if determined or known or begins else None


def _is_plain_noun(token: Token, lexicon: Lexicon) -> bool:
    low = token.lower
    return not (low in lexicon.function or low in lexicon.joining or low in lexicon.determiners
                or low in lexicon.finite or low in lexicon.participles or token.text[0].isdigit() and len(low) == 4)


def _description_ending(tokens: Sequence[Token], last: int, floor: int, lexicon: Lexicon) -> Phrase | None:
    """A phrase whose head is a common noun: "a young woman", "Clinton aides", "critics"."""
    first = last - 1
    if not _is_plain_noun(tokens[first], lexicon) and tokens[first].lower not in lexicon.determiners:
        return None
    while first > floor and last - first < LONGEST_PHRASE:
        token = tokens[first - 1]
        if token.kind is not Kind.WORD:
            break
        if token.lower in lexicon.determiners or token.lower in lexicon.possessives:
            first -= 1
            continue
        if token.lower in lexicon.joining or not (_is_plain_noun(token, lexicon) or is_name_word(token, lexicon)):
            break
        if tokens[first].lower in lexicon.determiners | lexicon.possessives:
            break
        first -= 1
    head = _head_of_complement(tokens, first, floor, lexicon)
    start = head if head is not None else first
    return Phrase(start, last, Sort.DESCRIPTION, (start, last))


# ---------------------------------------------------------------- rightwards


def phrase_after(tokens: Sequence[Token], at: int, *, ceiling: int, lexicon: Lexicon) -> Phrase | None:
    """The noun phrase that begins with ``tokens[at]``, not reaching beyond ``ceiling``."""
    if at >= ceiling or tokens[at].kind is not Kind.WORD:
        return None
    token = tokens[at]
    if is_pronoun(token, lexicon) and token.lower not in lexicon.determiners:
        return Phrase(at, at + 1, Sort.PRONOUN, (at, at + 1))
    if _is_time(token, lexicon) or token.lower in lexicon.joining:
        return None
    if token.lower in lexicon.function and token.lower not in lexicon.determiners:
        return None
    return _mixed_after(tokens, at, ceiling, lexicon)


def _mixed_after(tokens: Sequence[Token], at: int, ceiling: int, lexicon: Lexicon) -> Phrase | None:
    """A row of capitals and common nouns; it is a name when it ends with capitals."""
    here, last_capital, first_capital = at, at - 2, at
    while here < ceiling and here - at < LONGEST_PHRASE + 4:
        token = tokens[here]
        if token.kind is not Kind.WORD:
            break
        if is_name_word(token, lexicon):
            if last_capital < here - 1 or tokens[here - 1].is_possessive:
                first_capital = here
            last_capital = here
        elif token.lower in lexicon.particles and here + 1 < ceiling and tokens[here + 1].is_capital:
            if last_capital == here - 1:
                last_capital = here
        elif here > at and (_is_time(token, lexicon) or not (
                _may_continue(token, lexicon) or _is_determined(tokens, here, lexicon))):
            break
        here += 1
    if here == at:
        return None
    if last_capital >= at and not tokens[last_capital].is_possessive and _names(tokens, at, here, last_capital, lexicon):
        return Phrase(at, last_capital + 1, Sort.NAME, (first_capital, last_capital + 1))
    end = _with_complements(tokens, here, ceiling, lexicon)
    return Phrase(at, end, Sort.DESCRIPTION, (at, end))


def _names(tokens: Sequence[Token], at: int, here: int, last_capital: int, lexicon: Lexicon) -> bool:
    """Capitals end the row ("spokesman Jan Orlov"), or begin it with only verbs or adverbs behind ("Orlov happily")."""
    if last_capital == here - 1:
        return True
    following = tokens[last_capital + 1]
    return tokens[at].lower not in lexicon.determiners and (
        following.lower.endswith(("ed", "ly")) or following.lower in lexicon.adverbs)


def _may_continue(token: Token, lexicon: Lexicon) -> bool:
    low = token.lower
    if low in lexicon.determiners or low in lexicon.possessives:
        return True
    return not (low in lexicon.function or low in lexicon.joining or low in lexicon.finite or low in lexicon.participles
                or low in lexicon.auxiliaries)


def _is_determined(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Whether an article stands before the token, so that "the reports" are things and no verb."""
    return at > 0 and (tokens[at - 1].lower in lexicon.determiners or tokens[at - 1].lower in lexicon.possessives) and (
        tokens[at].lower in lexicon.finite or tokens[at].lower in lexicon.participles)


def _with_complements(tokens: Sequence[Token], at: int, ceiling: int, lexicon: Lexicon) -> int:
    """Extends a description over "of …", "for …", "from …"."""
    here = at
    for _ in range(2):
        if here + 1 >= ceiling or tokens[here].lower not in lexicon.joining or _is_time(tokens[here + 1], lexicon):
            return here
        inner = here + 1
        while inner < ceiling and tokens[inner].kind is Kind.WORD and inner - here < LONGEST_PHRASE and (
            is_name_word(tokens[inner], lexicon) or _may_continue(tokens[inner], lexicon)
        ) and not _is_time(tokens[inner], lexicon):
            inner += 1
        if inner == here + 1:
            return here
        here = inner
    return here
