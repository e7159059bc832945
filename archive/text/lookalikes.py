"""Look-alike letters: whether two handles can be taken for one another (the only door to confusable-homoglyphs).

Source: Unicode Technical Standard 39, section 4 (skeletons), by the tables of confusable-homoglyphs.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_SHORTEST_HANDLE = 5
"""Shorter handles are one letter apart by chance: "@mfa" and "@mea" are two ministries."""
_TWO_LETTER_FORMS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_TABLE = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "5": "s", "-": "_"})


@lru_cache(maxsize=4096)
def skeleton(text: str) -> str:
    """The form in which letters that look alike are one: lower case, Latin where a Latin letter looks the same."""
    lowered = unicodedata.normalize("NFKC", text).casefold()
    latin = "".join(_latin(character) for character in lowered).translate(_TABLE)
    for pair, single in _TWO_LETTER_FORMS:
        latin = latin.replace(pair, single)
    return latin


def is_look_alike(handle: str, genuine: str) -> bool:
    """Whether ``handle`` is not ``genuine`` but can be taken for it: the same skeleton, or one letter off.

    One letter off is one letter replaced, added, left out, or two neighbours changed over.
    """
    one, other = handle.casefold(), genuine.casefold()
    if one == other:
        return False
    if skeleton(one) == skeleton(other):
        return True
    return min(len(one), len(other)) >= _SHORTEST_HANDLE and is_one_letter_off(one, other)


def is_one_letter_off(one: str, other: str) -> bool:
    """Whether a single replacement, addition, omission or exchange of neighbours turns one into the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) != len(long):
        return short[at:] == long[at + 1 :]
    exchanged = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    return one[at + 1 :] == other[at + 1 :] or exchanged


def _latin(character: str) -> str:
    if character.isascii():
        return character
    # Its tables take an eighth of a second to load, and nearly all handles are plain.
    from confusable_homoglyphs import confusables  # noqa: PLC0415

    found = confusables.is_confusable(character, greedy=True, preferred_aliases=["latin"])
    if not found:
        return character
    alike = (entry["c"] for item in found for entry in item["homoglyphs"])
    return next((c.casefold() for c in alike if len(c) == 1 and c.isascii() and c.isalpha()), character)
