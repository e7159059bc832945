"""The noun phrase that begins at a token: the subject behind a verb, or the first words of a clause."""

from __future__ import annotations

from collections.abc import Sequence

from archive.extraction.lexicon import Lexicon
from archive.extraction.offices import is_office, links_office
from archive.extraction.phrases import LONGEST_PHRASE, Phrase, Sort, is_pronoun, is_time
from archive.extraction.tokens import Kind, Token


def phrase_after(tokens: Sequence[Token], at: int, *, ceiling: int, lexicon: Lexicon) -> Phrase | None:
    """The noun phrase that begins with ``tokens[at]``, not reaching beyond ``ceiling``."""
    if at >= ceiling or tokens[at].kind != Kind.WORD:
        return None
    token = tokens[at]
    if is_pronoun(token, lexicon) and token.lower not in lexicon.determiners:
        return Phrase(at, at + 1, Sort.PRONOUN, (at, at + 1))
    if is_time(token, lexicon) or token.lower in lexicon.joining:
        return None
    ends = token.lower in lexicon.function and token.lower not in lexicon.determiners
    if ends and not token.is_name and not _is_name_all_the_same(tokens, at, ceiling, lexicon=lexicon):
        return None
    return _mixed_after(tokens, at, ceiling, lexicon=lexicon)


def _is_name_all_the_same(tokens: Sequence[Token], at: int, ceiling: int, *, lexicon: Lexicon) -> bool:
    """Whether a common word is a name for once: said Will Orlov."""
    named = at + 1 < ceiling and tokens[at + 1].is_name
    return named and tokens[at].is_capital and tokens[at - 1].lower in lexicon.cues


def _mixed_after(tokens: Sequence[Token], at: int, ceiling: int, *, lexicon: Lexicon) -> Phrase | None:
    """A row of capitals and common nouns; it is a name when it ends with capitals."""
    here, last_capital, first_capital = at, at - 2, at
    while here < ceiling and here - at < LONGEST_PHRASE + 4:
        token = tokens[here]
        if token.kind != Kind.WORD:
            break
        if token.is_name:
            if last_capital < here - 1 or tokens[here - 1].is_possessive:
                first_capital = here
            last_capital = here
        elif last_capital == here - 1 and (width := _joint(tokens, at, here, ceiling=ceiling, lexicon=lexicon)):
            here += width - 1
            last_capital = here
        elif token.lower in lexicon.particles and here + 1 < ceiling and tokens[here + 1].is_capital:
            pass
        elif (here > at and last_capital == here - 1 and _begins_object(tokens, here, lexicon=lexicon)) or (
            here > at
            and (
                is_time(token, lexicon) or not (_may_continue(token, lexicon) or _is_determined(tokens, here, lexicon))
            )
        ):
            break
        here += 1
    if here == at:
        return None
    here = _without_article(tokens, here, max(at, last_capital), lexicon=lexicon)
    if (
        last_capital >= at
        and not tokens[last_capital].is_possessive
        and _names(tokens, at, here, last_capital=last_capital, lexicon=lexicon)
    ):
        return Phrase(at, last_capital + 1, Sort.NAME, (first_capital, last_capital + 1))
    end = _with_complements(tokens, here, ceiling, lexicon=lexicon)
    return Phrase(at, end, Sort.DESCRIPTION, (at, end))


def _begins_object(tokens: Sequence[Token], at: int, *, lexicon: Lexicon) -> bool:
    """Whether an article behind a name begins the next noun phrase, where nouns have capitals too: "sagte Venn der
    Zeitung"; behind an office it belongs to it: "die Sprecherin der Regierung"."""
    if not lexicon.has_common_capitals or tokens[at].lower not in lexicon.determiners:
        return False
    before = tokens[at - 1].lower
    return not is_office(before, lexicon) and before not in lexicon.titles and not before.endswith(lexicon.noun_endings)


def _without_article(tokens: Sequence[Token], end: int, capital: int, *, lexicon: Lexicon) -> int:
    """The end of a row without an article behind its last capital: "dijo Orlo Venn el viernes"."""
    while end - 1 > capital and tokens[end - 1].lower in lexicon.determiners:
        end -= 1
    return end


def _joint(tokens: Sequence[Token], at: int, here: int, *, ceiling: int, lexicon: Lexicon) -> int:
    """How many tokens lead on from a capital: a particle, or "of Health" behind an office in the row."""
    if here == at:
        return 0
    if tokens[here].lower in lexicon.particles and here + 1 < ceiling and tokens[here + 1].is_capital:
        return 1
    held = any(is_office(token.lower, lexicon) for token in tokens[at:here])
    width = links_office(tokens, here, lexicon) if held else 0
    return width if here + width <= ceiling else 0


def _names(tokens: Sequence[Token], at: int, here: int, *, last_capital: int, lexicon: Lexicon) -> bool:
    """Capitals end the row ("spokesman Jan Orlov"), or begin it with only verbs or adverbs behind ("Orlov happily")."""
    if last_capital == here - 1:
        return True
    if not lexicon.has_articles and (tokens[at].is_capital or is_office(tokens[at].lower, lexicon)):
        return True  # "сказал мэр Брода Иво Корм журналистам"
    following = tokens[last_capital + 1]
    return tokens[at].lower not in lexicon.determiners and (
        following.lower.endswith(("ed", "ly")) or following.lower in lexicon.adverbs or following.lower in lexicon.pasts
    )


def _may_continue(token: Token, lexicon: Lexicon) -> bool:
    low = token.lower
    if low in lexicon.determiners or low in lexicon.possessives:
        return True
    return not (
        low in lexicon.function
        or low in lexicon.joining
        or low in lexicon.finite
        or low in lexicon.participles
        or low in lexicon.auxiliaries
        or low in lexicon.pasts
    )


def _is_determined(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Whether an article stands before the token, so that "the reports" are things and no verb."""
    return (
        at > 0
        and (tokens[at - 1].lower in lexicon.determiners or tokens[at - 1].lower in lexicon.possessives)
        and (tokens[at].lower in lexicon.finite or tokens[at].lower in lexicon.participles)
    )


def _with_complements(tokens: Sequence[Token], at: int, ceiling: int, *, lexicon: Lexicon) -> int:
    """Extends a description over "of …", "for …", "from …"."""
    here = at
    for _ in range(2):
        if here + 1 >= ceiling or tokens[here].lower not in lexicon.joining or is_time(tokens[here + 1], lexicon):
            return here
        inner = here + 1
        while (
            inner < ceiling
            and tokens[inner].kind == Kind.WORD
            and inner - here < LONGEST_PHRASE
            and (tokens[inner].is_name or _may_continue(tokens[inner], lexicon))
            and not is_time(tokens[inner], lexicon)
        ):
            inner += 1
        if inner == here + 1:
            return here
        here = inner
    return here
