"""Offices: what somebody is, printed before the name – "Energy Minister", "Secretary of State for Ports" – and where
the name begins behind it.

A noun of office ("minister", "mayor") ends the office; the words before it in the same row say of what. Behind it may
follow "of Health", and only then the name, so words of departments are told from names by a list.
"""

from __future__ import annotations

from collections.abc import Sequence

from archive.extraction.lexicon import Lexicon
from archive.extraction.tokens import Kind, Token
from archive.text.names import gender_of_given_name

LONGEST_ACRONYM = 4
LONGEST_NAME = 4
"""Words of a name behind "Minister of Health"."""


def is_office(word: str, lexicon: Lexicon) -> bool:
    """Whether a word in lower case is a noun of office, as such or as the end of a compound ("Energieminister")."""
    return lexicon.is_office[word]


def links_office(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> int:
    """How many tokens lead from an office to a capital: "of Health", "of the House"; 0 where none do."""
    if at + 1 >= len(tokens) or tokens[at].lower not in lexicon.office_links:
        return 0
    if tokens[at + 1].is_capital:
        return 2
    determined = tokens[at + 1].lower in lexicon.determiners and at + 2 < len(tokens) and tokens[at + 2].is_capital
    return 3 if determined else 0


def name_start(tokens: Sequence[Token], first: int, last: int, *, lexicon: Lexicon) -> int:
    """Where the name begins in a row of words: behind its offices and titles; ``last`` where nobody is named."""
    if last - first == 1:
        titled = tokens[first].kind == Kind.WORD and tokens[first].lower.rstrip(".") in lexicon.titles
        return last if titled else first
    here = first
    for at in range(last - 2, first - 1, -1):
        if is_office(tokens[at].lower, lexicon):
            here = at + 1
            break
    if (
        here > first
        and not lexicon.has_articles
        and last - here >= 3
        and all(each.is_capital for each in tokens[here:last])
    ):
        here = last - 2  # "starosta Brodu Ivo Korm": the place stands between office and name without a preposition
    if here > first and tokens[here].lower in lexicon.office_links:
        here = _behind_department(tokens, here + 1, last, lexicon=lexicon)
    while here < last and _leads_to_name(tokens[here], lexicon, behind_office=here > first):
        here += 1
    if here == first and last - first > 1 and is_office(tokens[last - 1].lower, lexicon):
        return first if gender_of_given_name(tokens[first].text) else last
    return here


def _leads_to_name(token: Token, lexicon: Lexicon, *, behind_office: bool) -> bool:
    """Titles; and behind an office what it is the office of, in lower case: "ministr zdravotnictví Jan Orlov"."""
    if token.kind != Kind.WORD:
        return behind_office  # the bracket of "Minister (EAM) S Venn"
    if token.lower.rstrip(".") in lexicon.titles:
        return True
    if behind_office and token.text.isupper() and 1 < len(token.text) <= LONGEST_ACRONYM:
        return True  # "глава МИД Ян Тамм"
    return behind_office and token.text[0].islower() and token.lower not in lexicon.particles


def _behind_department(tokens: Sequence[Token], first: int, last: int, *, lexicon: Lexicon) -> int:
    """Behind "Minister of [External Affairs Orla Venn]": where the words stop being those of a department or place."""
    comma = next((at for at in range(last - 1, first, -1) if tokens[at].kind == Kind.COMMA), None)
    if comma is not None and comma + 1 < last:
        return comma + 1  # "prefeito de Brod, Jan Tamm,"
    start = last
    while start > first and tokens[start - 1].is_capital:
        start -= 1
    here = start
    while here < last and (tokens[here].lower in lexicon.departments or tokens[here].lower in lexicon.bodies):
        here += 1
    if start < here < last and last - here <= LONGEST_NAME:
        return here
    given = (at for at in range(start + 1, last - 1) if gender_of_given_name(tokens[at].text) is not None)
    found = next(given, None)
    if found is not None:
        return found
    return last - 2 if here == start and last - start >= 3 else last


def office_before(tokens: Sequence[Token], first: int, name: int, *, lexicon: Lexicon) -> tuple[int, int] | None:
    """The tokens of the office between ``first`` and the name, articles and lone honorifics ("Mr.") left out."""
    while first < name and tokens[first].lower in lexicon.determiners | lexicon.possessives:
        first += 1
    while first < name and tokens[name - 1].kind in (Kind.COMMA, Kind.DASH):
        name -= 1  # "the mayor, Orla Venn,"
    while first < name and not is_office(tokens[name - 1].lower, lexicon) and _is_honorific(tokens[name - 1], lexicon):
        name -= 1
    if not any(is_office(token.lower, lexicon) for token in tokens[first:name]):
        return None
    return first, name


def _is_honorific(token: Token, lexicon: Lexicon) -> bool:
    """Whether a title says what sex somebody is and no office: Sir, Mrs."""
    return lexicon.titles.get(token.lower.rstrip(".")) in ("male", "female")


def named_beside(tokens: Sequence[Token], last: int, *, lexicon: Lexicon) -> int | None:
    """Where the name begins that follows an office behind a comma: "the Foreign Secretary, Orla Venn,"."""
    here = last + 1
    if here >= len(tokens) or tokens[last].kind != Kind.COMMA or not tokens[here].is_name:
        return None
    end = here
    while end < len(tokens) and tokens[end].is_name:
        end += 1
    closed = end == len(tokens) or tokens[end].kind in (Kind.COMMA, Kind.STOP, Kind.QUOTE)
    return here if closed and end - here > 1 else None


def without_office(printed: str, lexicon: Lexicon) -> str:
    """A name without the office around it where no space parts them: 山川首相 → 山川, 市長の小林氏 → 小林."""
    if printed in lexicon.offices:
        return ""
    before, link, behind = printed.rpartition("の")
    if link and behind and before.endswith(tuple(lexicon.offices)):
        printed = behind
    ends = (office for office in lexicon.offices if printed.endswith(office) and len(office) < len(printed))
    return printed.removesuffix(max(ends, key=len, default=""))
