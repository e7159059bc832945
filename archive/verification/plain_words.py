"""Plain words: a text as lower-case words without marks, to ask whether one text holds another's run of words."""

from __future__ import annotations

import html
import re
import unicodedata

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_FUNCTION_WORDS = frozenset(
    "a an the and or but if of to in on at by for from with as is are was were be been am it its this that these those "
    "i you he she we they me him her us them my your his our their not no so do does did have has had will would can "
    "could may might shall should must there here what which who when than then".split()
)


def plain_words(text: str) -> tuple[str, ...]:
    """The words of a text in order: entities read, compatibility forms folded, lower case."""
    folded = unicodedata.normalize("NFKC", html.unescape(text)).replace("’", "'").casefold()
    return tuple(_WORD.findall(folded))


def content_words(text: str) -> int:
    """How many words carry meaning: not one of the commonest English function words, more than one letter long."""
    return sum(1 for word in plain_words(text) if len(word) > 1 and word not in _FUNCTION_WORDS)


def contains_run(text: str, run: str) -> bool:
    """Whether the words of ``run`` stand in ``text`` one after another."""
    words, wanted = plain_words(text), plain_words(run)
    if not wanted:
        return False
    joined = "\x00".join(("", *words, ""))
    return "\x00".join(("", *wanted, "")) in joined


def is_same_words(one: str, other: str) -> bool:
    """Whether two texts have the same words in the same order."""
    return plain_words(one) == plain_words(other)
