"""Genders told by grammar: the article before a title (la canciller Venn), the ending of a verb (заявила Венн)."""

from __future__ import annotations

from collections.abc import Sequence

from archive.extraction.lexicon import Lexicon
from archive.extraction.mentions import Mention
from archive.extraction.offices import is_office
from archive.extraction.tokens import Kind, Token

LONGEST_TITLE = 6
"""Words between an article and the name behind it."""


def gender_by_grammar(mention: Mention, tokens: Sequence[Token], lexicon: Lexicon) -> str | None:
    """``male`` or ``female`` as the words around a name say; None where they say nothing."""
    if lexicon.articles:
        return _by_article(mention, tokens, lexicon)
    return _by_verb(mention, tokens, lexicon) if lexicon.inflects else None


def _by_article(mention: Mention, tokens: Sequence[Token], lexicon: Lexicon) -> str | None:
    titled = False
    if mention.first and tokens[mention.first - 1].lower in lexicon.of:
        return None  # "le maire de Brod"
    for at in range(mention.first - 1, max(0, mention.first - LONGEST_TITLE) - 1, -1):
        token = tokens[at]
        gender = lexicon.articles.get(token.lower)
        if gender is not None and titled and is_office(tokens[at + 1].lower, lexicon):
            return gender
        if token.kind not in (Kind.WORD, Kind.COMMA):
            return None
        titled = titled or is_office(token.lower, lexicon)
    return None


def _by_verb(mention: Mention, tokens: Sequence[Token], lexicon: Lexicon) -> str | None:
    before = [
        token for token in tokens[max(0, mention.first - LONGEST_TITLE) : mention.first] if token.kind == Kind.WORD
    ]
    behind = tokens[mention.last : mention.last + 1]
    for token in (*behind, *reversed(before)):
        if token.lower in lexicon.finite:
            ends = token.lower[-2:]
            return "female" if ends in ("la", "ла") else "male" if ends[-1:] in ("l", "л") else None
    return None
