"""The words of one language that the reader of quotations needs, from the plain files in ``data``.

A file may leave out any list; what is missing is empty. A new language is a new file, no code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Protocol

DEFAULT_LANGUAGE = "en"
UNSPACED = frozenset(("ja", "zh"))


class Lowered(Protocol):
    """Anything with a word in lower case: a token."""

    @property
    def lower(self) -> str:
        """The word."""


class WordGroups:
    """Groups of words ("according to"), found in a row of tokens; the longest first."""

    def __init__(self, groups: Sequence[str]) -> None:
        """Groups as they are written, words parted by spaces."""
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for group in sorted(groups, key=len, reverse=True):
            words = tuple(group.split())
            self._by_first.setdefault(words[0], []).append(words)

    def at(self, tokens: Sequence[Lowered], at: int) -> int:
        """How many tokens of a group begin at ``at``; 0 where none does."""
        for words in self._by_first.get(tokens[at].lower, ()):
            if tuple(token.lower for token in tokens[at : at + len(words)]) == words:
                return len(words)
        return 0


class Remembered(dict[str, bool]):
    """A yes-or-no question about words with the answers given so far: every article asks about the same ones."""

    MOST = 50_000

    def __init__(self, ask: Callable[[str], bool]) -> None:
        """Nothing asked yet."""
        super().__init__()
        self._ask = ask

    def __missing__(self, word: str) -> bool:
        """The answer for a word not asked about before."""
        if len(self) >= self.MOST:
            self.clear()
        answer = self[word] = self._ask(word)
        return answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Word lists of one language, all in lower case."""

    language: str
    finite: frozenset[str]
    participles: frozenset[str]
    bare: frozenset[str]
    cues: frozenset[str]
    """Every verb form that may report speech."""
    before_source: WordGroups
    phrasal: WordGroups
    auxiliaries: frozenset[str]
    absolute: frozenset[str]
    """Words after which a noun and a participle form a clause: "with Orlov shouting"."""
    authored: frozenset[str]
    """Words that follow a title and name its author: "…," by Jan Orlov."""
    adverbs: frozenset[str]
    pasts: frozenset[str]
    """Irregular past forms of common verbs: a noun phrase ends before them."""
    cue_nouns: Mapping[str, str]
    naming: frozenset[str]
    determiners: frozenset[str]
    possessives: frozenset[str]
    joining: frozenset[str]
    of: frozenset[str]
    governing: frozenset[str]
    """Further words before which stands no subject: "fired off tweets"."""
    coordinating: frozenset[str]
    """Words that join two of a kind: "and", "or"."""
    function: frozenset[str]
    subject_marks: frozenset[str]
    """Words that stand behind a subject, where a language marks it so (Hindi ने, Japanese は)."""
    is_spaced: bool
    """Whether spaces part the words."""
    particles: frozenset[str]
    not_names: frozenset[str]
    nameless: frozenset[str]
    """Capitalised words that are no part of a name: those, days, months and pronouns."""
    days: frozenset[str]
    months: frozenset[str]
    times: frozenset[str]
    abbreviations: frozenset[str]
    titles: Mapping[str, str]
    """Title → gender: ``male``, ``female`` or ``other``."""
    offices: frozenset[str]
    """Nouns of office: "minister", "mayor"."""
    office_endings: tuple[str, ...]
    """Endings of compounds that are offices: "-minister"."""
    office_links: frozenset[str]
    """Words between an office and its department: "of", "for"."""
    departments: frozenset[str]
    """Words of departments: "health", "state"."""
    pronouns: Mapping[str, str]
    """Pronoun → ``male``, ``female``, ``neuter``, ``plural``, ``first`` or ``relative``."""
    gendered: Mapping[str, str]
    """Pronouns that stand for one man or woman, with their contractions ("she's"): ``male`` or ``female``."""
    subjects: frozenset[str]
    bodies: frozenset[str]
    """Words in the names of parties, ministries, papers, places: who bears them is nobody's "he"."""
    owned: frozenset[str]
    """What a country has and a person has not: "minister", "parliament"."""
    locating: frozenset[str]
    """Prepositions before places: "in", "near"."""
    platforms: Mapping[str, str]
    platforms_after: Mapping[str, str]
    platform_words: frozenset[str]
    channel_words: frozenset[str]
    """The first words of all names of platforms and media."""
    media: Mapping[str, str]
    relays: frozenset[str]
    owning: frozenset[str]
    """Prepositions before the owner of a statement: "a statement from Orlova"."""
    reporting: frozenset[str]
    """Further verbs of indirect speech, which never introduce marks: "expressed", "thanked"."""
    that: frozenset[str]
    answers: WordGroups
    """Groups that say one statement answers another: "in response to"."""
    signatures: frozenset[str]
    has_articles: bool
    """Whether the language has articles, so that a noun phrase shows where it begins."""
    is_office: Remembered
    """Whether a word in lower case is a noun of office, as such or as the end of a compound ("Energieminister")."""
    is_common: Remembered
    """Whether a word as printed is neither capitalised nor a handle, a pronoun of one person, a title or an office."""


Table = Mapping[str, object]


@cache
def available_languages() -> frozenset[str]:
    """The codes of the languages we have word lists for."""
    names = (entry.name for entry in files("archive.extraction.data").iterdir())
    return frozenset(name.removesuffix(".toml") for name in names if name.endswith(".toml") and len(name) == 7)


@cache
def lexicon_of(language: str | None) -> Lexicon:
    """The word lists of ``language`` ("en", "cs"); those of English where we have none."""
    code = (language or DEFAULT_LANGUAGE).lower().partition("-")[0]
    if code not in available_languages():
        code = DEFAULT_LANGUAGE
    raw = (files("archive.extraction.data") / f"{code}.toml").read_text(encoding="utf-8")
    return _lexicon(code, tomllib.loads(raw))


_WORDS = {
    "finite": ("cues", "finite"),
    "participles": ("cues", "participles"),
    "bare": ("cues", "bare"),
    "auxiliaries": ("cues", "auxiliaries"),
    "adverbs": ("cues", "adverbs"),
    "pasts": ("cues", "pasts"),
    "absolute": ("cues", "absolute"),
    "authored": ("cues", "authored"),
    "naming": ("naming", "words"),
    "determiners": ("phrases", "determiners"),
    "possessives": ("phrases", "possessives"),
    "joining": ("phrases", "joining"),
    "of": ("phrases", "of"),
    "governing": ("phrases", "governing"),
    "coordinating": ("phrases", "coordinating"),
    "function": ("phrases", "function"),
    "subject_marks": ("phrases", "subject_marks"),
    "particles": ("phrases", "name_particles"),
    "times": ("phrases", "times"),
    "abbreviations": ("phrases", "abbreviations"),
    "offices": ("offices", "heads"),
    "office_links": ("offices", "links"),
    "departments": ("offices", "departments"),
    "subjects": ("pronouns", "subjects"),
    "owned": ("bodies", "owned"),
    "locating": ("phrases", "locating"),
    "platform_words": ("platforms_after", "words"),
    "relays": ("relays", "verbs"),
    "owning": ("relays", "owning"),
    "reporting": ("cues", "reporting"),
    "that": ("cues", "that"),
    "signatures": ("signatures", "from"),
}
"""The plain lists: field → table and key of the file."""


def _lexicon(code: str, data: Table) -> Lexicon:
    cues, phrases = _table(data, "cues"), _table(data, "phrases")
    after, offices = _table(data, "platforms_after"), _table(data, "offices")
    platforms, media = _inverted(_table(data, "platforms")), _values(_table(data, "media"))
    pronouns = _inverted(_table(data, "pronouns"), leave_out="subjects")
    gendered = _gendered(pronouns)
    titles, heads, endings = _inverted(_table(data, "titles")), _words(offices, "heads"), _list(offices, "endings")
    is_office = Remembered(lambda word: _is_office(word.rstrip("."), heads=heads, endings=endings))
    not_names, days, months = _words(phrases, "not_names"), _list(phrases, "days"), _list(phrases, "months")
    return Lexicon(
        **{field: _words(_table(data, table), key) for field, (table, key) in _WORDS.items()},
        language=code,
        cues=_words(cues, "finite") | _words(cues, "participles"),
        before_source=_groups(cues, "before_source"),
        phrasal=_groups(cues, "phrasal"),
        cue_nouns=_values(_table(data, "cue_nouns")),
        is_spaced=code not in UNSPACED,
        not_names=not_names,
        nameless=not_names | frozenset(days) | frozenset(months) | frozenset(pronouns),
        days=frozenset(days),
        months=frozenset(months),
        titles=titles,
        office_endings=endings,
        pronouns=pronouns,
        gendered=gendered,
        bodies=_words(_table(data, "bodies"), "words")
        | _words(_table(data, "bodies"), "places")
        | {name for name in platforms if name.isalpha()},
        platforms=platforms,
        platforms_after=_inverted(after, leave_out="words"),
        channel_words=frozenset(name.split()[0] for name in (*platforms, *_inverted(after, leave_out="words"), *media)),
        media=media,
        answers=_groups(_table(data, "relays"), "answers"),
        has_articles=bool(_words(phrases, "determiners") & {"the", "der", "le", "el", "o"}),
        is_office=is_office,
        is_common=Remembered(lambda word: _is_common(word, named=(titles, gendered), is_office=is_office)),
    )


def _gendered(pronouns: Mapping[str, str]) -> Mapping[str, str]:
    """The pronouns of one man or woman, with their contractions."""
    single = {word: gender for word, gender in pronouns.items() if gender in ("male", "female")}
    return {word + tail: gender for word, gender in single.items() for tail in ("", "'s", "'d", "'ll")}


def _is_office(word: str, *, heads: frozenset[str], endings: tuple[str, ...]) -> bool:
    return word in heads or word.endswith(endings)


def _is_common(word: str, *, named: tuple[Mapping[str, str], ...], is_office: Remembered) -> bool:
    low = lowered(word)
    return word == low and word[0] != "@" and not is_office[low] and all(low not in words for words in named)


def lowered(word: str) -> str:
    """A word as lists have it: lower case, the apostrophe straight."""
    low = word.lower()
    return low if low.isascii() else low.replace("’", "'")


def _table(data: Table, key: str) -> Table:
    found = data.get(key)
    return found if isinstance(found, dict) else {}


def _list(data: Table, key: str) -> tuple[str, ...]:
    found = data.get(key)
    return tuple(str(word).lower() for word in found) if isinstance(found, list) else ()


def _words(data: Table, key: str) -> frozenset[str]:
    return frozenset(_list(data, key))


def _groups(data: Table, key: str) -> WordGroups:
    return WordGroups(_list(data, key))


def _values(data: Table) -> Mapping[str, str]:
    return {key.lower(): str(value) for key, value in data.items()}


def _inverted(data: Table, *, leave_out: str = "") -> Mapping[str, str]:
    return {word: key for key in data if key != leave_out for word in _list(data, key)}
