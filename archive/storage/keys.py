"""Keys of names: what two printings of one name have in common, so that a table can be asked for it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_STOP_WORDS = frozenset("a an and at by de del der des di du for in la le of on the to und von y".split())


def name_key(name: str) -> str:
    """The name as a key: NFKC, case folded, accents off, punctuation as spaces, words parted by one space.

    "José  Ramos-Lima" and "jose ramos lima" meet; nothing is dropped, so titles stay.
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    kept = "".join(_kept(character) for character in folded)
    return " ".join(unicodedata.normalize("NFC", kept).split())


def _kept(character: str) -> str:
    # Combining marks above and below letters are accents; the vowel signs of Indic scripts (Mc, and Mn of class 0) are
    # letters of the name and stay.
    if unicodedata.combining(character):
        return ""
    category = unicodedata.category(character)
    return character if category[0] in "LNM" else "" if character in "'\u2019." else " "


def key_words(keys: Iterable[str]) -> frozenset[str]:
    """The words of keys that can find a name: not the little words of titles ("of", "the")."""
    return frozenset(word for key in keys for word in key.split() if word not in _STOP_WORDS)


def may_name(asked: str, form: str) -> bool:
    """Whether a printed key may stand for a registered one: all telling words of one are in the other.

    Either may be the longer: "Tindall" and "Prime Minister Aldo Tindall of Velmora" both may name "Aldo Tindall".
    """
    one, other = key_words((asked,)), key_words((form,))
    return bool(one and other) and (one <= other or other <= one)


def may_name_person(asked: str, form: str) -> bool:
    """Whether a printed key may stand for a person's: as ``may_name``, or by the family name at its end.

    "Foreign Minister Tindall" may name "Aldo Tindall"; so may "Mara Tindall" mean a namesake, and that has to be seen.
    """
    return may_name(asked, form) or (bool(asked) and asked.split()[-1] in form.split())
