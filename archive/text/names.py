"""Names of people: whether two printed forms can be one person's (a minimal stand-in, agreed signature)."""

from __future__ import annotations

import re
import unicodedata

_TITLES = frozenset(
    "mr mrs ms dr prof sir dame lord lady shri smt the hon honourable honorable h e he president minister senator "
    "prime foreign secretary governor representative rep sen gov king queen".split()
)


def name_key(name: str) -> str:
    """A name folded for comparison: no accents, no titles, lower case, single spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    words = re.findall(r"\w+", plain.replace("'s ", " ").replace("’s ", " "))
    kept = [word for word in words if word not in _TITLES]
    return " ".join(kept or words)


def same_person_name(a: str, b: str) -> bool:
    """Whether two printed names can be one person's: equal in any order, or one a part of the other."""
    first, second = name_key(a).split(), name_key(b).split()
    if not first or not second:
        return False
    if sorted(first) == sorted(second):
        return True
    short, long = sorted((first, second), key=len)
    if short[-1] != long[-1] and short[-1] not in (long[0], long[-1]):
        return False
    return all(any(_is_form(word, other) for other in long) for word in short)


def is_office_phrase(text: str) -> bool:
    """Whether the words name a role and nobody ("the prime minister")."""
    words = re.findall(r"\w+", text.casefold())
    return bool(words) and all(word in _TITLES or word in ("of", "for", "affairs", "then", "former") for word in words)


def _is_form(word: str, other: str) -> bool:
    return word == other or (len(word) == 1 and other.startswith(word))
