"""Calendar words: a day and a month in either order, however the month is cut short."""

from __future__ import annotations

import regex

from archive.matching.handles import abbreviations
from archive.matching.vocabulary import word_class
from archive.text.tokens import Word


def is_date_order(quoted: tuple[Word, ...], archived: tuple[Word, ...]) -> bool:
    """Whether a day and a month (and a year) stand in another order: "5 March" for "March 5th"."""
    # Nearly all changes hold no number: they are told from a date before anything is looked up.
    if not _has_number(quoted) or not _has_number(archived):
        return False
    one, other = _date_words(quoted), _date_words(archived)
    months = [word for word in one if word in word_class("month")]
    return len(months) == 1 and sorted(one) == sorted(other) and any(word[:1].isdigit() for word in one)


def _has_number(words: tuple[Word, ...]) -> bool:
    return any(word.text_normalised[:1].isdigit() for word in words)


def _date_words(words: tuple[Word, ...]) -> tuple[str, ...]:
    found = (abbreviations().get(word, (word,)) for word in (word.text_normalised for word in words))
    return tuple(_ORDINAL.sub(r"\1", word) for form in found for word in form if word not in ("of", "the"))


_ORDINAL = regex.compile(r"(\d+)(?:st|nd|rd|th)")
