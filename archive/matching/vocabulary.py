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


@lru_cache(maxsize=4)
def phrases(name: str) -> tuple[str, ...]:
    """The phrases of one class: normalised words with a space between."""
    listed = _tables()[name]
    return tuple(str(phrase) for phrase in listed) if isinstance(listed, list) else ()


@lru_cache(maxsize=2)
def polar_words(side: str) -> frozenset[str]:
    """Words that are for something (``for_it``) or ``against`` it, in all their regular forms."""
    table = _tables()["opposites"]
    plain = str(table[side]).split() if isinstance(table, dict) else []
    return frozenset(form for word in plain for form in _forms(word))


def _forms(word: str) -> tuple[str, ...]:
    cut, doubled = word[:-1], word + word[-1]
    stem = cut if word.endswith(("e", "y")) else word
    ied = (f"{cut}ied", f"{cut}ies", f"{word}ing", f"{word}ed") if word.endswith("y") else ()
    return (word, f"{word}s", f"{word}es", f"{stem}ed", f"{stem}ing", f"{doubled}ed", f"{doubled}ing", *ied)


def is_content_word(word: str) -> bool:
    """Whether a normalised word carries meaning of its own."""
    return word not in word_class("stop")


@lru_cache(maxsize=1)
def _tables() -> dict[str, object]:
    text = resources.files("archive.matching.data").joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
