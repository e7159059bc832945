"""The language of a text: the one door of py3langid, opened only where common English words do not settle it.

Loading the model takes longer than reading fifty articles, so batches of English never pay for it.
"""

from __future__ import annotations

import importlib
import re
from functools import cache
from typing import Protocol, cast

HEAD = 2_000
"""Characters looked at."""
ENOUGH_ENGLISH = 0.12
"""Share of the commonest English words from which a text is English; other Latin scripts stay below 0.04."""

_WORD = re.compile(r"[^\W\d_][a-z]*[^\W\d_]*")
_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "that",
        "is",
        "was",
        "for",
        "on",
        "with",
        "he",
        "she",
        "it",
        "as",
        "by",
        "at",
        "from",
        "said",
        "his",
        "her",
        "this",
        "are",
        "be",
        "have",
        "not",
    ]
)
_SCRIPTS = (("ja", re.compile(r"[぀-ヿ]")), ("hi", re.compile(r"[ऀ-ॿ]")))
LEAST_LETTERS = 20
MOSTLY = 0.3
LEAST_WORDS = 60
"""Words from which a text may contradict what its page says."""
LEAST_ENGLISH, MOST_ENGLISH = 0.06, 0.2
"""Shares of the commonest English words below which a text is not English, and from which it is nothing else."""


def language_of(text: str, *, stated: str | None) -> str | None:
    """The language of a text whose page states one: the stated one, unless the letters or the little words of the text
    say otherwise. Templates are copied between editions, and a Spanish paper's pages then claim to be English."""
    if stated is None:
        return guess_language(text)
    head = text[:HEAD]
    for code, script in _SCRIPTS:
        if len(script.findall(head)) > MOSTLY * len(head):
            return code
    words = _WORD.findall(head.lower())
    if len(words) < LEAST_WORDS:
        return stated
    english = sum(word in _ENGLISH for word in words) / len(words)
    contradicted = english < LEAST_ENGLISH if stated == "en" else english >= MOST_ENGLISH
    return (guess_language(text) or stated) if contradicted else stated


class _Classifier(Protocol):
    def classify(self, instance: str) -> tuple[str, float]: ...


def guess_language(text: str) -> str | None:
    """The ISO 639-1 code of a text's language, or None where there is too little to tell."""
    head = text[:HEAD]
    words = _WORD.findall(head.lower())
    if len(words) < LEAST_LETTERS and sum(map(len, words)) < LEAST_LETTERS:
        return None
    if sum(map(_ENGLISH.__contains__, words)) >= ENOUGH_ENGLISH * len(words):
        return "en"
    for code, script in _SCRIPTS:
        if len(script.findall(head)) > 0.1 * len(head):
            return code
    return _model().classify(head)[0]


@cache
def _model() -> _Classifier:
    return cast(_Classifier, importlib.import_module("py3langid"))
