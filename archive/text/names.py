"""Names of people compared as people read them: titles, order, initials, accents and capitals set aside.

``MOTEGI Toshimitsu`` and ``Toshimitsu Motegi`` name the same man; ``S Jaishankar`` may be ``Subrahmanyam Jaishankar``;
``Jan Orlov`` and ``Eva Orlova`` share nothing that settles it. Never fuzzy: a letter's difference is a difference.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from anyascii import anyascii

_WORD = re.compile(r"[^\W_]+(?:[-'’‐‑][^\W_]+)*\.?")
_POSSESSIVE = re.compile(r"['’]s?$")
LONGEST_NAME = 200
"""Characters of a name that are read; more is not a name."""


class NameMatch(StrEnum):
    """How two printed names relate."""

    SAME = "same"
    """The same words, in any order."""
    COMPATIBLE = "compatible"
    """One leaves out, shortens to initials or adds given names; the family name is the same."""
    FAMILY_ONLY = "family_only"
    """One of them is the family name alone."""
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class NameParts:
    """A printed name taken apart: the words of the name itself, folded, and the titles around it as printed."""

    words: tuple[str, ...]
    titles: tuple[str, ...]

    @property
    def family(self) -> str:
        """The last word, as family names mostly stand; empty where there is no name."""
        return self.words[-1] if self.words else ""


@lru_cache(maxsize=8_192)
def fold_word(word: str) -> str:
    """A word of a name as a key: no accents, no capitals, Latin letters, no possessive."""
    plain = _POSSESSIVE.sub("", word).rstrip(".")
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = anyascii("".join(letter for letter in decomposed if not unicodedata.combining(letter)))
    return plain.lower().replace("'", "")


def name_parts(printed: str) -> NameParts:
    """Takes a printed name apart: "External Affairs Minister (EAM) S Jaishankar" → ("s", "jaishankar")."""
    return _parts(printed[:LONGEST_NAME])


@lru_cache(maxsize=8_192)
def _parts(printed: str) -> NameParts:
    plain = re.sub(r"\([^)]{0,80}\)", " ", printed)
    found = [match.group() for match in _WORD.finditer(plain)]
    words = [word for word in found if not is_title(word) and word.lower() not in _lists()["after"]]
    titles = tuple(word for word in found if is_title(word))
    kept = [fold_word(word) for word in words]
    return NameParts(words=tuple(word for word in kept if word), titles=titles)


def is_title(word: str) -> bool:
    """Whether a word is a title or an office rather than part of a name."""
    return word.rstrip(".").lower() in _lists()["before"]


def gender_of_given_name(word: str) -> str | None:
    """``male`` or ``female`` for a given name in our list, else None; a hint only."""
    return _given().get(fold_word(word))


def compare_names(first: str, second: str) -> NameMatch:
    """How two printed names relate; titles never count."""
    ours, theirs = name_parts(first).words, name_parts(second).words
    if not ours or not theirs:
        return NameMatch.DIFFERENT
    if sorted(ours) == sorted(theirs) or "".join(ours) == "".join(theirs):
        return NameMatch.SAME
    short, long = sorted((ours, theirs), key=len)
    if len(short) == 1:
        return (
            NameMatch.FAMILY_ONLY
            if short[0] in (long[-1], long[0]) or _hyphen_part(short[0], long)
            else NameMatch.DIFFERENT
        )
    return NameMatch.COMPATIBLE if _family_agrees(short, long) and _fits(short, long) else NameMatch.DIFFERENT


def _hyphen_part(word: str, words: Sequence[str]) -> bool:
    return any(word in part.split("-") for part in words if "-" in part)


def _family_agrees(short: Sequence[str], long: Sequence[str]) -> bool:
    """The family name is the last word, or the first where the order is turned round."""
    return short[-1] in (long[-1], long[0]) or (short[0] in (long[-1], long[0]) and len(short[0]) > 1)


def _fits(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether every word of the shorter name has its own word, or initial, in the longer one."""
    left = list(long)
    for word in sorted(short, key=len, reverse=True):
        match = next((other for other in left if word == other), None) or next(
            (other for other in left if _initial_of(word, other)), None
        )
        if match is None:
            return False
        left.remove(match)
    return True


def _initial_of(word: str, other: str) -> bool:
    return word[0] == other[0] and (len(word) == 1 or len(other) == 1)


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    return {key: frozenset(str(value).split()) for key, value in _read("honorifics.toml").items()}


@cache
def _given() -> Mapping[str, str]:
    data = _read("given_names.toml")
    male, female = (frozenset(str(data[key]).split()) for key in ("male", "female"))
    return {name: "male" for name in male - female} | {name: "female" for name in female - male}


def _read(name: str) -> Mapping[str, object]:
    return tomllib.loads((files("archive.text.data") / name).read_text(encoding="utf-8"))


_OFFICE_LINKS = frozenset("of for and in to affairs then a an".split())


def name_key(name: str) -> str:
    """A name folded for comparison: no accents, titles or capitals, single spaces; its titles where no name is left."""
    parts = name_parts(name)
    return " ".join(parts.words) or " ".join(fold_word(title) for title in parts.titles)


def same_person_name(a: str, b: str) -> bool:
    """Whether two printed names can be one person's: the same words, or one leaves out or shortens given names, also
    to a short form ("Bob" for "Robert", "Chris" for "Christopher")."""
    return _may_be_one_person(a[:LONGEST_NAME], b[:LONGEST_NAME])


# A batch compares the same speakers with the same accounts again and again.
@lru_cache(maxsize=65_536)
def _may_be_one_person(a: str, b: str) -> bool:
    return compare_names(a, b) is not NameMatch.DIFFERENT or _short_form_agrees(a, b)


def _short_form_agrees(a: str, b: str) -> bool:
    ours, theirs = name_parts(a).words, name_parts(b).words
    if len(ours) < 2 or len(theirs) < 2 or ours[-1] != theirs[-1]:
        return False
    short, long = sorted((ours[0], theirs[0]), key=len)
    return len(short) >= 3 and (long.startswith(short) or (short, long) in _NICKNAMES or (long, short) in _NICKNAMES)


_NICKNAMES = frozenset(
    {
        ("bob", "robert"), ("rob", "robert"), ("bobby", "robert"), ("bill", "william"), ("will", "william"),
        ("billy", "william"), ("jim", "james"), ("jimmy", "james"), ("mike", "michael"), ("mick", "michael"),
        ("joe", "joseph"), ("tom", "thomas"), ("tommy", "thomas"), ("dick", "richard"), ("rick", "richard"),
        ("rich", "richard"), ("dan", "daniel"), ("danny", "daniel"), ("dave", "david"), ("ted", "edward"),
        ("ed", "edward"), ("ted", "theodore"), ("liz", "elizabeth"), ("beth", "elizabeth"),
        ("kate", "katherine"), ("kathy", "katherine"), ("cathy", "catherine"), ("peggy", "margaret"),
        ("meg", "margaret"), ("sue", "susan"), ("jack", "john"), ("johnny", "john"), ("jon", "jonathan"),
        ("chuck", "charles"), ("charlie", "charles"), ("harry", "henry"), ("hank", "henry"), ("tony", "anthony"),
        ("andy", "andrew"), ("drew", "andrew"), ("steve", "stephen"), ("ben", "benjamin"), ("sam", "samuel"),
        ("greg", "gregory"), ("jeff", "jeffrey"), ("ken", "kenneth"), ("larry", "lawrence"), ("pat", "patrick"),
        ("pete", "peter"), ("ron", "ronald"), ("don", "donald"), ("tim", "timothy"), ("vicky", "victoria"),
        ("debbie", "deborah"), ("barb", "barbara"), ("sandy", "alexandra"), ("alex", "alexander"), ("nick", "nicholas"),
        ("matt", "matthew"), ("jerry", "jerrold"), ("jerry", "gerald"), ("bernie", "bernard"), ("al", "albert"),
        ("fred", "frederick"), ("gene", "eugene"), ("ray", "raymond"), ("walt", "walter"), ("marty", "martin"),
        ("cindy", "cynthia"), ("jenny", "jennifer"), ("jen", "jennifer"), ("kim", "kimberly"),
        ("patty", "patricia"), ("pat", "patricia"), ("trish", "patricia"), ("maggie", "margaret"),
        ("chris", "christopher"),
    }
)  # fmt: skip


def is_office_phrase(text: str) -> bool:
    """Whether the words name a role and nobody ("the prime minister")."""
    parts = name_parts(text)
    return bool(parts.titles) and all(word in _OFFICE_LINKS for word in parts.words)
