"""House spelling: British and American forms of one word, by word list only (R10)."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from functools import cache
from importlib import resources


def house_spelling(word: str) -> str:
    """The one form (American) under which both spellings of a lower-case word are compared; other words unchanged."""
    return _american_forms().get(word, word)


def respelled_words() -> Collection[str]:
    """The words that ``house_spelling`` changes."""
    return _american_forms().keys()


@cache
def _american_forms() -> dict[str, str]:
    text = resources.files("archive.text.data").joinpath("spelling.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    forms = dict(tables["words"])
    for family in tables["family"]:
        british, american = family["pair"]
        for stem in family["stems"]:
            forms.update({stem + british + ending: stem + american + ending for ending in family["endings"]})
    return forms
