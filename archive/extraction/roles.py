"""Roles: which office the article gives a speaker, beside the quotation or where it first names the person."""

from __future__ import annotations

from collections.abc import Sequence

from archive.domain.spans import Span
from archive.extraction.lexicon import Lexicon
from archive.extraction.narration import Narration, sentence_start
from archive.extraction.offices import is_office, name_start, named_beside, office_before, without_office
from archive.extraction.people import Cast
from archive.extraction.phrases import Phrase, Sort
from archive.extraction.phrases_before import phrase_before
from archive.extraction.tokens import Kind, Token

LONGEST_OFFICE = 14
"""Tokens of an appositive that may be an office."""


def office_of(tokens: Sequence[Token], subject: Phrase, *, text: str, lexicon: Lexicon) -> str | None:
    """The office before the name ("foreign minister Jan Orlov") or after it ("Orlov, the foreign minister,")."""
    if not lexicon.is_spaced:
        printed = subject.span(tokens).of(text)
        if printed in lexicon.offices:
            return printed
        bare = without_office(printed, lexicon)
        ahead, _, behind = printed.partition(bare) if bare else ("", "", printed)
        return ahead.removesuffix("の") or behind or None
    name = name_start(tokens, name_row(tokens, subject, lexicon), subject.last, lexicon=lexicon)
    if name == subject.last and named_beside(tokens, name, lexicon=lexicon) is None:
        return None  # "the minister said": an office that nobody bears is only who spoke
    before = office_before(tokens, subject.first, name, lexicon=lexicon)
    if before is not None:
        return Span(tokens[before[0]].start, bare_end(tokens[before[1] - 1])).of(text)
    after = subject.last
    if after >= len(tokens) or tokens[after].kind != Kind.COMMA:
        return None
    end = after + 1
    while end < len(tokens) and end - after <= LONGEST_OFFICE and tokens[end].kind == Kind.WORD:
        if tokens[end].lower in lexicon.finite or tokens[end].lower in lexicon.pronouns:
            break
        end += 1
    appositive = tokens[after + 1 : end]
    while appositive and appositive[0].lower in lexicon.determiners | lexicon.possessives:
        appositive = appositive[1:]
    if not any(token.lower in lexicon.titles or is_office(token.lower, lexicon) for token in appositive):
        return None
    return Span(appositive[0].start, appositive[-1].end).of(text)


def office_elsewhere(name: str, *, narrations: Sequence[Narration], cast: Cast, text: str) -> str | None:
    """The office printed with another mention of the person: a quotation credited to "Venn" is the words of the
    foreign minister whom the first paragraph introduced."""
    if name not in cast.offices:
        cast.offices[name] = _office_elsewhere(name, narrations=narrations, cast=cast, text=text)
    return cast.offices[name]


def _office_elsewhere(name: str, *, narrations: Sequence[Narration], cast: Cast, text: str) -> str | None:
    for paragraph, first, last in cast.places_of(name):
        tokens = narrations[paragraph].tokens
        subject = phrase_before(tokens, last, floor=sentence_start(tokens, first), lexicon=cast.lexicon)
        if subject is None or subject.sort is not Sort.NAME:
            subject = Phrase(first, last, Sort.NAME, (first, last))
        office = office_of(tokens, subject, text=text, lexicon=cast.lexicon)
        if office is not None:
            return office
    return None


def name_row(tokens: Sequence[Token], subject: Phrase, lexicon: Lexicon) -> int:
    """Where the row of office and name begins: at an office in lower case ("o ministro da Saúde"), else at the name."""
    inside = range(subject.first, subject.core[0])
    return next((at for at in inside if is_office(tokens[at].lower, lexicon)), subject.core[0])


def bare_end(token: Token) -> int:
    """Where the word ends in the text, without the ending of a possessor."""
    return token.end if not token.is_possessive else token.end - 2
