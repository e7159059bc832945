"""Vocabulary: what single words do to a sentence – carry no meaning, negate, limit, date, rank … – from word lists."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=32)
def word_class(name: str) -> frozenset[str]:
    """The normalised words of one class of ``data/words.toml``: stop, negation, modal, quantifier, condition, hedge
    …"""
    return frozenset(str(_tables()[name]).split())


@lru_cache(maxsize=1)
def opposites() -> tuple[tuple[str, str], ...]:
    """Pairs of stems whose exchange turns the sense round."""
    table = _tables()["opposites"]
    if not isinstance(table, dict):
        return ()
    return tuple((str(one), str(other)) for one, other in table["pairs"])


def is_content_word(word: str) -> bool:
    """Whether a normalised word carries meaning of its own."""
    return word not in word_class("stop")


@lru_cache(maxsize=1)
def _tables() -> dict[str, object]:
    text = resources.files("archive.matching.data").joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
