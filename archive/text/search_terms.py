"""Search terms: the words and phrases that somebody looks for, and where a text has them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from archive.text.searchable import searchable, searchable_words

_TYPED = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_LONGEST_QUERY = 400
_MOST_TERMS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word or phrase that must be there, one of several alternatives, or a word that must not."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TextQuery:
    """What a person typed: every group must be met by one of its terms; no ``excluded`` term may be there."""

    groups: tuple[tuple[Term, ...], ...]
    excluded: tuple[Term, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms that can be highlighted."""
        return tuple(term for group in self.groups for term in group)


def parse(typed: str) -> TextQuery | None:
    """Read words, "phrases", -exclusions, OR and prefix*; None where nothing is left to search for.

    Anything typed is safe: what is no word is not part of the query.
    """
    groups: list[tuple[Term, ...]] = []
    excluded: list[Term] = []
    joining = False
    for match in list(_TYPED.finditer(typed[:_LONGEST_QUERY]))[:_MOST_TERMS]:
        if match["word"] == "OR":
            joining = bool(groups)
            continue
        term = _term(match)
        if term is None:
            continue
        if match["minus"]:
            excluded.append(term)
        elif joining:
            groups[-1] = (*groups[-1], term)
        else:
            groups.append((term,))
        joining = False
    return TextQuery(groups=tuple(groups), excluded=tuple(excluded)) if groups else None


def highlights(text: str, query: TextQuery) -> tuple[tuple[int, int], ...]:
    """Stretches of the text that the query's words and phrases take, in order, none overlapping."""
    spans: list[tuple[int, int]] = []
    words = list(searchable_words(text))
    for term in query.terms:
        spans.extend(_occurrences(words, term))
    return _merged(sorted(spans))


def _term(match: re.Match[str]) -> Term | None:
    typed = match["phrase"] if match["phrase"] is not None else match["word"]
    words = tuple(searchable(typed).split())
    return Term(words=words, prefix=match["phrase"] is None and typed.endswith("*")) if words else None


def _occurrences(tokens: list[tuple[int, int, str]], term: Term) -> Iterable[tuple[int, int]]:
    length = len(term.words)
    for start in range(len(tokens) - length + 1):
        window = tokens[start : start + length]
        same = all(token[2] == word for token, word in zip(window, term.words, strict=True))
        begins = term.prefix and all(token[2] == word for token, word in zip(window[:-1], term.words[:-1], strict=True))
        if same or (begins and window[-1][2].startswith(term.words[-1])):
            yield window[0][0], window[-1][1]


def _merged(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
