"""Plain words: a text as lower-case words without marks, to ask whether one text holds another's run of words."""

from __future__ import annotations

import html
import re
import unicodedata

_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0e7f"
# Kana, Han and Thai set no spaces between words: there every character counts as one, and two as a word.
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+(?:'[^\W{_UNSPACED}]+)?")
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
    words = plain_words(text)
    unspaced = sum(1 for word in words if re.fullmatch(f"[{_UNSPACED}]", word))
    return unspaced // 2 + sum(1 for word in words if len(word) > 1 and word not in _FUNCTION_WORDS)


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
