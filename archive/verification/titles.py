"""Titles: whether printed words name a registered office, and whether a minister belongs to a ministry."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from archive.domain.directory import Directory
from archive.domain.offices import Office
from archive.text.names import is_office_phrase

_IDLE = frozenset("the of for and to in a an s 's then current".split())
_PAST = frozenset("former ex late erstwhile onetime".split())
# What turns a subject into a role or an institution: "Minister of Fisheries" belongs to the "Ministry of Fisheries".
_ROLES = frozenset(
    "minister ministry ministers secretary department dept office spokesperson spokesman spokeswoman deputy director "
    "chief general commissioner commission president presidency agency bureau embassy ambassador affairs state "
    "government administration council chancellery chancellor governor mayor".split()
)

_CLEAR_ROLES = frozenset(
    "minister ministers president secretary spokesperson spokesman spokeswoman ambassador premier governor senator "
    "mayor ministry department embassy commissioner representative director chief".split()
)


@lru_cache(maxsize=8_192)
def title_words(title: str) -> frozenset[str]:
    """The telling words of a title in lower case, without articles, genitives and accents."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", title) if not unicodedata.combining(c)).casefold()
    plain = re.sub(r"\([^()]{0,80}\)|['’]s\b", " ", plain)  # "Ministry of Fisheries (MoF)"
    return frozenset(re.findall(r"\w+", plain)) - _IDLE


def is_former(printed: str) -> bool:
    """Whether the printed title says that the office is a past one."""
    return bool(title_words(printed) & _PAST)


@lru_cache(maxsize=8_192)
def is_role_phrase(printed: str) -> bool:
    """Whether the words name a role and nobody: "Norland's fisheries minister", "Minister of Trade".

    A title stands before a name, so one that ends the phrase, or goes on with "of", has no name with it.
    """
    if "," in printed:  # "Ana Belo, Minister of Fisheries" names her beside the role
        return all(is_role_phrase(part) for part in printed.split(",") if part.strip())
    words = re.findall(r"[^\W_]+", printed.casefold())
    ends = bool(words) and words[-1] in _CLEAR_ROLES
    goes_on = any(a in _CLEAR_ROLES and b in ("of", "for") for a, b in pairwise(words))
    named = any(a in _CLEAR_ROLES and b not in _CLEAR_ROLES | _ROLES | _IDLE for a, b in pairwise(words))
    return ends or (goes_on and not named) or is_office_phrase(printed)


def is_title_of(printed: str, office: Office) -> bool:
    """Whether ``printed`` names the office by its title or an alias, with or without the country's name."""
    said = title_words(printed) - _PAST
    country = title_words(office.country) if office.country else frozenset()
    if not said:
        return False
    return any((said - country or said) == (words - country or words) for words in map(title_words, office.titles))


def offices_named(printed: str | None, directory: Directory) -> tuple[Office, ...]:
    """Registered offices that the printed words name, in registry order; those of a named country first alone."""
    if not printed:
        return ()
    found = tuple(office for office in directory.offices if is_title_of(printed, office))
    said = title_words(printed)
    exact = tuple(office for office in found if office.country and title_words(office.country) <= said)
    return exact or found


def is_akin(one: Office, other: Office) -> bool:
    """Whether two offices belong together: the same, or of one country and about the same subject."""
    if one.id == other.id:
        return True
    if one.country and other.country and one.country.casefold() != other.country.casefold():
        return False
    return any(_subjects_meet(a, b) for a in one.titles for b in other.titles)


def _subjects_meet(one: str, other: str) -> bool:
    first, second = title_words(one) - _ROLES - _PAST, title_words(other) - _ROLES - _PAST
    return bool(first and second) and (first <= second or second <= first)
