"""The words of one language that the reader of quotations needs, from the plain files in ``data``.

A file may leave out any list; what is missing is empty. A new language is a new file, no code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypedDict

from archive.extraction.remembered import Remembered, nouns_of_office
from archive.extraction.word_groups import WordGroups
from archive.extraction.word_tables import Table, groups_of, inverted_of, list_of, table_of, values_of, words_of

DEFAULT_LANGUAGE = "en"
ANY_LANGUAGE = "xx"
"""The word lists for languages that have none of their own."""
UNSPACED = frozenset(("ja", "zh"))


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
    quoting: frozenset[str]
    """Particles behind a quotation that belong to no word: 「…」と山川首相は語った."""
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
    """Endings of compounds that are nouns of office."""
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
    platforms_before: Mapping[str, str]
    """Names that count only before one of ``following_words``: "एक्स पर", "Xで"."""
    following_words: frozenset[str]
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
    hours_later: WordGroups
    same_day: WordGroups
    next_day: WordGroups
    """Groups that count from the day of what was reported before."""
    signatures: frozenset[str]
    has_pronouns: bool
    """Whether a verb needs a subject; "añadió" has none where the speaker is known."""
    after_source: WordGroups
    """Groups that stand behind the source: "वेन के अनुसार"."""
    enclitics: tuple[str, ...]
    """Pronouns that hang on the verb: a-t-elle."""
    inflects: bool
    """Whether names change their endings: Tamm, Tamma."""
    articles: Mapping[str, str]
    """Articles that tell the gender of an office: la → ``female``."""
    noun_endings: tuple[str, ...]
    """Endings of common nouns, where those have capitals: "-ung"."""
    has_common_capitals: bool
    """Whether common nouns begin with a capital, as in German."""
    has_articles: bool
    """Whether the language has articles, so that a noun phrase shows where it begins."""
    is_office: Remembered
    """Whether a word in lower case is a noun of office, as such or as the end of a compound ("Energieminister")."""


@cache
def available_languages() -> frozenset[str]:
    """The codes of the languages we have word lists for."""
    names = (entry.name for entry in files("archive.extraction.data").iterdir())
    return frozenset(name.removesuffix(".toml") for name in names if name.endswith(".toml") and len(name) == 7)


@cache
def lexicon_of(language: str | None) -> Lexicon:
    """The word lists of ``language`` ("en", "cs"); a few words of many languages where we have none of its own, and
    those of English where the language is not known."""
    code = (language or DEFAULT_LANGUAGE).lower().partition("-")[0]
    if code not in available_languages():
        code = ANY_LANGUAGE
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
    "quoting": ("phrases", "quoting"),
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
    "following_words": ("platforms_before", "words"),
    "relays": ("relays", "verbs"),
    "owning": ("relays", "owning"),
    "reporting": ("cues", "reporting"),
    "that": ("cues", "that"),
    "signatures": ("signatures", "from"),
}
"""The plain lists: field → table and key of the file."""


def _lexicon(code: str, data: Table) -> Lexicon:
    cues, phrases = table_of(data, "cues"), table_of(data, "phrases")
    not_names, days, months = words_of(phrases, "not_names"), list_of(phrases, "days"), list_of(phrases, "months")
    pronouns, titles = _pronouns(data), inverted_of(table_of(data, "titles"))
    gendered = _gendered(pronouns)
    office_endings = list_of(table_of(data, "offices"), "endings")
    return Lexicon(
        **{field: words_of(table_of(data, table), key) for field, (table, key) in _WORDS.items()},
        **_all_groups(data),
        **_channels(data),
        language=code,
        cues=words_of(cues, "finite") | words_of(cues, "participles"),
        cue_nouns=values_of(table_of(data, "cue_nouns")),
        is_spaced=code not in UNSPACED,
        not_names=not_names,
        nameless=not_names | frozenset(days) | frozenset(months) | frozenset(pronouns),
        days=frozenset(days),
        months=frozenset(months),
        titles=titles,
        pronouns=pronouns,
        gendered=gendered,
        office_endings=office_endings,
        is_office=nouns_of_office(words_of(table_of(data, "offices"), "heads"), office_endings),
        enclitics=tuple(sorted(list_of(table_of(data, "pronouns"), "enclitic"), key=len, reverse=True)),
        articles=inverted_of(table_of(data, "articles")),
        noun_endings=list_of(phrases, "noun_endings"),
        has_pronouns=not data.get("drops_pronouns"),
        inflects=bool(data.get("inflects")),
        has_common_capitals=bool(data.get("common_capitals")),
        has_articles=bool(words_of(phrases, "determiners") & {"the", "der", "le", "el", "o"}),
    )


def _gendered(pronouns: Mapping[str, str]) -> Mapping[str, str]:
    """The pronouns of one man or woman, with their contractions."""
    single = {word: gender for word, gender in pronouns.items() if gender in ("male", "female")}
    return {word + tail: gender for word, gender in single.items() for tail in ("", "'s", "'d", "'ll")}


class _Groups(TypedDict):
    before_source: WordGroups
    after_source: WordGroups
    phrasal: WordGroups
    hours_later: WordGroups
    same_day: WordGroups
    next_day: WordGroups
    answers: WordGroups


def _all_groups(data: Table) -> _Groups:
    cues, sequence = table_of(data, "cues"), table_of(data, "sequence")
    return _Groups(
        before_source=groups_of(cues, "before_source"),
        after_source=groups_of(cues, "after_source"),
        phrasal=groups_of(cues, "phrasal"),
        hours_later=groups_of(sequence, "hours_later"),
        same_day=groups_of(sequence, "same_day"),
        next_day=groups_of(sequence, "next_day"),
        answers=groups_of(table_of(data, "relays"), "answers"),
    )


def _pronouns(data: Table) -> Mapping[str, str]:
    found = inverted_of(table_of(data, "pronouns"), leave_out="subjects")
    return {word: kind for word, kind in found.items() if kind != "enclitic"}


class _Channels(TypedDict):
    platforms: Mapping[str, str]
    platforms_after: Mapping[str, str]
    platforms_before: Mapping[str, str]
    media: Mapping[str, str]
    channel_words: frozenset[str]
    bodies: frozenset[str]


def _channels(data: Table) -> _Channels:
    """The names of platforms and media; platforms are no persons either."""
    platforms, media = inverted_of(table_of(data, "platforms")), values_of(table_of(data, "media"))
    after = inverted_of(table_of(data, "platforms_after"), leave_out="words")
    before = inverted_of(table_of(data, "platforms_before"), leave_out="words")
    bodies = table_of(data, "bodies")
    return _Channels(
        platforms=platforms,
        platforms_after=after,
        platforms_before=before,
        media=media,
        channel_words=frozenset(name.split()[0] for name in (*platforms, *after, *before, *media)),
        bodies=words_of(bodies, "words") | words_of(bodies, "places") | {name for name in platforms if name.isalpha()},
    )
