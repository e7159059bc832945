"""The words of one language that the reader of quotations needs, from the plain files in ``data``.

A file may leave out any list; what is missing is empty. A new language is a new file, no code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Word lists of one language, all in lower case."""

    language: str
    finite: frozenset[str]
    participles: frozenset[str]
    bare: frozenset[str]
    before_source: tuple[tuple[str, ...], ...]
    phrasal: tuple[tuple[str, ...], ...]
    auxiliaries: frozenset[str]
    absolute: frozenset[str]
    """Words after which a noun and a participle form a clause: "with Orlov shouting"."""
    authored: frozenset[str]
    """Words that follow a title and name its author: "…," by Jan Orlov."""
    adverbs: frozenset[str]
    cue_nouns: Mapping[str, str]
    naming: frozenset[str]
    determiners: frozenset[str]
    possessives: frozenset[str]
    joining: frozenset[str]
    of: frozenset[str]
    function: frozenset[str]
    particles: frozenset[str]
    not_names: frozenset[str]
    days: tuple[str, ...]
    months: tuple[str, ...]
    times: frozenset[str]
    abbreviations: frozenset[str]
    titles: Mapping[str, str]
    """Title → gender: ``male``, ``female`` or ``other``."""
    pronouns: Mapping[str, str]
    """Pronoun → ``male``, ``female``, ``neuter``, ``plural``, ``first`` or ``relative``."""
    subjects: frozenset[str]
    bodies: frozenset[str]
    """Words in the names of parties, ministries, papers, places: who bears them is nobody's "he"."""
    platforms: Mapping[str, str]
    platforms_after: Mapping[str, str]
    platform_words: frozenset[str]
    media: Mapping[str, str]
    relays: frozenset[str]
    owning: frozenset[str]
    """Prepositions before the owner of a statement: "a statement from Orlova"."""
    reporting: frozenset[str]
    """Further verbs of indirect speech, which never introduce marks: "expressed", "thanked"."""
    that: frozenset[str]
    answers: tuple[tuple[str, ...], ...]
    """Groups that say one statement answers another: "in response to"."""
    signatures: frozenset[str]
    has_articles: bool
    """Whether the language has articles, so that a noun phrase shows where it begins."""

    @property
    def cues(self) -> frozenset[str]:
        """Every verb form that may report speech."""
        return self.finite | self.participles


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


def _lexicon(code: str, data: Table) -> Lexicon:
    cues, phrases, signatures = _table(data, "cues"), _table(data, "phrases"), _table(data, "signatures")
    after = _table(data, "platforms_after")
    return Lexicon(
        language=code,
        finite=_words(cues, "finite"),
        participles=_words(cues, "participles"),
        bare=_words(cues, "bare"),
        before_source=_groups(cues, "before_source"),
        phrasal=_groups(cues, "phrasal"),
        auxiliaries=_words(cues, "auxiliaries"),
        adverbs=_words(cues, "adverbs"),
        absolute=_words(cues, "absolute"),
        authored=_words(cues, "authored"),
        cue_nouns=_values(_table(data, "cue_nouns")),
        naming=_words(_table(data, "naming"), "words"),
        determiners=_words(phrases, "determiners"),
        possessives=_words(phrases, "possessives"),
        joining=_words(phrases, "joining"),
        of=_words(phrases, "of"),
        function=_words(phrases, "function"),
        particles=_words(phrases, "name_particles"),
        not_names=_words(phrases, "not_names"),
        days=_list(phrases, "days"),
        months=_list(phrases, "months"),
        times=_words(phrases, "times"),
        abbreviations=_words(phrases, "abbreviations"),
        titles=_inverted(_table(data, "titles")),
        pronouns=_inverted(_table(data, "pronouns"), leave_out="subjects"),
        subjects=_words(_table(data, "pronouns"), "subjects"),
        bodies=_words(_table(data, "bodies"), "words"),
        platforms=_inverted(_table(data, "platforms")),
        platforms_after=_inverted(after, leave_out="words"),
        platform_words=_words(after, "words"),
        media=_values(_table(data, "media")),
        relays=_words(_table(data, "relays"), "verbs"),
        owning=_words(_table(data, "relays"), "owning"),
        reporting=_words(cues, "reporting"),
        that=_words(cues, "that"),
        answers=_groups(_table(data, "relays"), "answers"),
        signatures=_words(signatures, "from"),
        has_articles=bool(_words(phrases, "determiners") & {"the", "der", "le", "el", "o"}),
    )


def _table(data: Table, key: str) -> Table:
    found = data.get(key)
    return found if isinstance(found, dict) else {}


def _list(data: Table, key: str) -> tuple[str, ...]:
    found = data.get(key)
    return tuple(str(word).lower() for word in found) if isinstance(found, list) else ()


def _words(data: Table, key: str) -> frozenset[str]:
    return frozenset(_list(data, key))


def _groups(data: Table, key: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(group.split()) for group in sorted(_list(data, key), key=len, reverse=True))


def _values(data: Table) -> Mapping[str, str]:
    return {key.lower(): str(value) for key, value in data.items()}


def _inverted(data: Table, *, leave_out: str = "") -> Mapping[str, str]:
    return {word: key for key in data if key != leave_out for word in _list(data, key)}
