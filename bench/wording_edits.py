"""Edits of the words: rendering (R), marking (K), text (T)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from archive.domain.findings import FindingCode as Code
from archive.domain.people import Person
from archive.text.spelling import house_spelling
from bench import words as lists
from bench.edits import NAME, Edit, Operator, after, body, closed, drawn, edit, parts, same, swap
from bench.scenes import Scene, person

_SENTENCE = re.compile(r"(?<=[a-z]{2}[.!?])\s+(?=[A-Z])")
# "Women's Health Protection Act" is nobody's name.
_TWO_NAMES = re.compile(r"(?<=[a-z] )([A-Z][a-z]{2,}) ([A-Z][a-z]{3,})(?=[ .,!?]|$)(?! [A-Z])")
_PLAIN = re.compile("[a-z]{3,}")
_TITLE_BEFORE = re.compile(r"(?:Mr|Mrs|Ms|Dr|President|Senator|Sen|Rep|Governor|Gov|Secretary|Judge|Justice)\.? $")
_NO_NAMES = frozenset(
    "The This That And But For With From Our Your Their Happy Merry Great Thank Thanks God Bless Join Watch Read New "
    "North South East West United Saint Fort Lake Mount Prime Vice Supreme White Veterans Memorial Labor January "
    "February March April May June July August September October November December Monday Tuesday Wednesday Thursday "
    "Friday Saturday Sunday Day House Senate Congress Act Department American National".split()
)


def _named(text: str) -> re.Match[str] | None:
    """A first and a family name in the middle of a sentence."""
    for found in _TWO_NAMES.finditer(text):
        if not {found[1], found[2]} & _NO_NAMES and not _TITLE_BEFORE.search(text[: found.start()]):
            return found
    return None


def _with_person(of: Person) -> Callable[[Scene], Scene]:
    return lambda scene: replace(scene, directory=replace(scene.directory, people=(*scene.directory.people, of)))


def _name_form(change: Callable[[str, str], str], *, near_miss: bool = False) -> Operator:
    """A name in another form that the registry knows – or, as a near miss, does not know."""

    def operator(text: str, random: Random) -> Edit | None:
        there = body(text)
        found = _named(there)
        if found is None:
            return None
        form = change(found[1], found[2])
        if form == found[0]:
            return None
        known = person(found[0]) if near_miss else person(found[0], form)
        quoted = there[: found.start()] + form + there[found.end() :]
        return Edit(Code.NAME_FORM_CHANGED, quoted, text, near_miss, arrange=_with_person(known))

    return operator


def _transliterated(first: str, family: str) -> str:
    table = str.maketrans({"i": "y", "k": "q", "c": "k", "o": "u", "e": "a"})
    return f"{first} {family[0]}{family[1:].translate(table)}"


def _handle(replacement: str, code: Code, *, name: str = NAME, near_miss: bool = False) -> Operator:
    """A handle in the middle of a sentence, in whose place something else is printed; ``{own}`` is its own words."""

    def operator(text: str, random: Random) -> Edit | None:
        match = re.search(r"(?<=\w )@(\w+)(?= \w+ \w)", body(text))
        if match is None or (near_miss and text.count("@") > 1):
            return None
        own = " ".join(re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", match[1]))
        printed, called = replacement.format(own=own), name.format(own=own)
        if "{own}" in name and (" " not in own or own.islower()):
            return None
        there = body(text)
        quoted = " ".join((there[: match.start()] + printed + there[match.end() :]).split())
        return Edit(code, quoted, text, near_miss, handle=match.group(1), name=called)

    return operator


def _before_end(sign: str) -> Callable[[str], str]:
    return lambda text: f"{text} {sign}"


def _inside(sign: str) -> Callable[[str], str]:
    """A sign set between the post's words."""
    return lambda text: re.sub(r"(?<=[a-z]{3}) (?=[a-z]{3})", f" {sign} ", text, count=1)


def _honorific(text: str, random: Random, *, words: tuple[str, ...] = lists.HONORIFICS) -> tuple[str, str] | None:
    found = _named(body(text))
    if found is None:
        return None
    there = body(text)
    made = there[: found.start()] + random.choice(words) + there[found.start() :]
    return (made, text) if random.random() < 0.5 or words is lists.OFFICE_WORDS else (there, made)


def _masked(text: str, random: Random) -> tuple[str, str] | None:
    there = body(text)
    if not re.search(r"(?<=[a-z]) the (?=[a-z])", there):
        return None
    plain, masked = random.choice(lists.OBSCENITIES)
    put = re.compile(r"(?<=[a-z]) the (?=[a-z])")
    return put.sub(f" the {masked} ", there, count=1), put.sub(f" the {plain} ", there, count=1)


def _other_masked(text: str, random: Random) -> tuple[str, str] | None:
    """A mask that cannot stand for the word that was there."""
    there, put = body(text), re.compile(r"(?<=[a-z]) the (?=[a-z])")
    if not put.search(there):
        return None
    masked, plain = random.choice((("d**n", "silly"), ("s***", "dear"), ("f---", "blue"), ("c**p", "poor")))
    return put.sub(f" the {masked} ", there, count=1), put.sub(f" the {plain} ", there, count=1)


def _signs(text: str, random: Random) -> tuple[str, str] | None:
    sign = random.choice([s for s in lists.PLAIN_SIGNS if not s.startswith("#")])
    put = random.choice((_before_end, _inside))
    return body(text), put(sign)(body(text))


def _upper(text: str) -> str:
    return re.sub(r"(?<=[a-z] )([a-z]{5,})(?= [a-z])", lambda match: match.group().upper(), text, count=1)


def _plain_places(found: list[str]) -> list[int]:
    return [n for n in range(2, len(found) - 2) if all(_PLAIN.fullmatch(w) for w in found[n - 1 : n + 2])]


def _word(code: Code, change: Callable[[list[str], int, Random], list[str]], *, near_miss: bool = False) -> Operator:
    def operator(text: str, random: Random) -> Edit | None:
        found = body(text).split()
        places = _plain_places(found)
        if not places:
            return None
        made = " ".join(change(found, random.choice(places), random))
        return None if made == " ".join(found) else Edit(code, made, text, near_miss)

    return operator


def _moved(text: str, random: Random) -> tuple[str, str] | None:
    found = body(text).split()
    places = [n for n in _plain_places(found) if found[n] != found[n + 1]]
    if not places:
        return None
    at = random.choice(places)
    found[at], found[at + 1] = found[at + 1], found[at]
    return " ".join(found), text


def _slip(text: str, random: Random) -> tuple[str, str] | None:
    found = [w for w in re.findall(r"(?<![\w@#])[a-z]{7,}(?!\w)", body(text)) if w[3] != w[4]]
    if not found:
        return None
    word = random.choice(found)
    kinds = (word[:3] + word[4] + word[3] + word[5:], word[:4] + word[5:], word[:4] + word[3] + word[4:])
    # "enrolment" for "enrollment" is no slip.
    slips = [kind for kind in kinds if kind != word and house_spelling(kind) != house_spelling(word)]
    if not slips:
        return None
    typo = random.choice(slips)
    return re.sub(rf"\b{word}\b", typo, body(text), count=1), text


def _mended(text: str, random: Random) -> tuple[str, str] | None:
    made = _slip(text, random)
    return None if made is None else (body(text), made[0])


def _broken(text: str, random: Random, *, skipped: int = 1) -> Edit | None:
    found = parts(text, 3)
    if found is None:
        return None
    quoted = f"{found[0]} {' '.join(found[1 + skipped :])}"
    breaks = (len(found[0]) + 1,)
    return Edit(Code.SPEECH_TAG_HIDES_OMISSION, quoted, text, near_miss=not skipped, breaks=breaks)


def _joined(text: str, random: Random) -> Edit | None:
    found = parts(text, 2)
    if found is None:
        return None
    rest = " ".join(found[1:])
    marks = random.choice((("(1/2)", "(2/2)"), ("…", "…"), ("", ""), ("1/", "2/")))
    return Edit(
        Code.JOINED_FROM_POSTS, f"{found[0]} {rest}", f"{found[0]} {marks[0]}".strip(),
        continuation=f"{marks[1]} {rest}".strip(),
    )  # fmt: skip


def _one_of_thread(text: str, random: Random) -> Edit | None:
    made = _joined(text, random)
    if made is None or len((parts(text, 1) or [""])[0].split()) < 7:
        return None
    return replace(made, quoted=(parts(text, 2) or [""])[0], near_miss=True)


def _cut(join: str, *, least: int = 3) -> Callable[[str], str | None]:
    def change(text: str) -> str | None:
        found = parts(text, least)
        # Of a sentence said twice nobody can say which one is gone.
        return None if found is None or found[1] in (found[0], *found[2:]) else f"{found[0]}{join}{' '.join(found[2:])}"

    return change


def _half(text: str) -> str | None:
    found = (parts(text, 1) or [""])[0].split()
    if len(found) < 12 or not all(re.fullmatch("[A-Za-z]+", w) for w in found[:9]):
        return None
    return " ".join(found[:7]) + "."


def _sentence(number: int) -> Callable[[str], str | None]:
    def change(text: str) -> str | None:
        found = parts(text, 2)
        return None if found is None else found[number]

    return change


def _reordered(text: str) -> str | None:
    found = parts(text, 2)
    return None if found is None or found[0] == found[1] else f"{found[1]} {found[0]}"


def _beyond(text: str, random: Random) -> tuple[str, str] | None:
    there = closed(body(text))
    if there is None or len(there.split()) < 10:
        return None
    return f"{there} {random.choice(lists.BEYOND)}", there


def _stretch(text: str, random: Random) -> tuple[str, str] | None:
    there = closed(body(text))
    if there is None or len(there.split()) < 16:
        return None
    return f"{there} {random.choice(lists.STRETCHES)}", there


_DAY_FIRST = re.compile(
    r"(?<![\w-])(January|February|March|April|June|July|August|September|October|November|December) (\d{1,2})(?![\d:/,]|st|nd|rd|th)\b"
)
_PRONOUN = r"(?<=[a-z] )(?:they|them|he|she|it)(?= [a-z])"

RENDERINGS: tuple[Operator, ...] = (
    _handle("{own}", Code.HANDLE_AS_NAME, name="{own}"),
    _handle(NAME, Code.HANDLE_AS_NAME),
    _handle("Brandvold", Code.HANDLE_AS_NAME),
    _handle(f"Dr. {NAME}", Code.HANDLE_AS_NAME),
    _handle("{own} Harbour Authority", Code.HANDLE_AS_NAME, name="{own} Harbour Authority"),
    _handle("Anna Mwale", Code.HANDLE_AS_NAME, near_miss=True),
    _handle("the old mill company", Code.HANDLE_AS_NAME, near_miss=True),
    _handle("", Code.HANDLE_DROPPED),
    _handle(NAME, Code.HANDLE_DROPPED, near_miss=True),
    drawn(Code.HONORIFIC_CHANGED, _honorific),
    drawn(Code.HONORIFIC_CHANGED, lambda t, r: _honorific(t, r, words=lists.OFFICE_WORDS), near_miss=True),
    _name_form(lambda first, family: f"{family} {first}"),
    _name_form(lambda first, family: f"{family.upper()} {first}"),
    _name_form(_transliterated),
    _name_form(lambda first, family: f"Ulrik {family}", near_miss=True),
    _name_form(lambda first, family: f"{first} Odell", near_miss=True),
    edit(Code.HASHTAG_UNWRAPPED, closed, _before_end("#HarborTalks")),
    edit(Code.HASHTAG_UNWRAPPED, after(r"(?<=[a-z] )#(?=[a-z]{4,} [a-z])", "")),
    edit(Code.HASHTAG_UNWRAPPED, lambda t: re.sub(r"(?<=[a-z] )the (?=[a-z])", "the Harbor Talks ", t, count=1),
         lambda t: re.sub(r"(?<=[a-z] )the (?=[a-z])", "the #HarborTalks ", t, count=1)),
    edit(Code.HASHTAG_UNWRAPPED, closed, _before_end("#sarcasm"), near_miss=True),
    edit(Code.LINK_OR_MARKER_REMOVED, same, _before_end("https://example.org/p/1")),
    edit(Code.LINK_OR_MARKER_REMOVED, closed, _before_end("pic.example.org/a1")),
    edit(Code.LINK_OR_MARKER_REMOVED, closed, _before_end("1/3")),
    edit(Code.LINK_OR_MARKER_REMOVED, same, lambda t: f"RT @karsholmtimes: {t}"),
    edit(Code.LINK_OR_MARKER_REMOVED, closed, _before_end("🌊"), near_miss=True),
    drawn(Code.EMOJI_REMOVED, _signs),
    edit(Code.EMOJI_REMOVED, closed, _before_end("😂"), near_miss=True),
    edit(Code.EDGE_CASE_OR_STOP, lambda t: f"{t[:-1]}," if t.endswith(".") else None),
    edit(Code.EDGE_CASE_OR_STOP, lambda t: t[:-1] if t.endswith(".") else None),
    edit(Code.EDGE_CASE_OR_STOP, lambda t: f"{t[:-1]}." if t.endswith("!") and not t.endswith("!!") else None),
    edit(Code.EDGE_CASE_OR_STOP, lambda t: t[0].lower() + t[1:] if t[0].isalpha() and t[:2].istitle() else None),
    edit(Code.EDGE_CASE_OR_STOP, lambda t: f"{t[:-1]}." if re.search(r"\w\?$", t) else None, near_miss=True),
    edit(Code.TYPOGRAPHY, after(r"(?<=[a-z])'(?=[a-z])", "’")),
    edit(Code.TYPOGRAPHY, after(r"(?<=[a-z]) and (?=[a-z])", "\u00a0and ")),
    edit(Code.TYPOGRAPHY, after(r"(?<=[a-z]) - (?=[a-z])", " — ")),
    edit(Code.TYPOGRAPHY, after(r"(?<=[a-z] )&(?= [a-z])", "&amp;")),
    edit(Code.TYPOGRAPHY, after(r"(?<=[a-z]{2})(?=[a-z]{3})", "\u200b")),
    edit(Code.TYPOGRAPHY, after(r'"(\w[^"]{3,40}\w)"', r"'\1'")),
    edit(Code.TYPOGRAPHY, after(r"(?<=[a-z] [bdfgm])a(?=[a-z]{3,} )", "\u0430"), near_miss=True),
    swap(Code.HOUSE_SPELLING, lists.SPELLINGS),
    swap(Code.HOUSE_SPELLING, lists.GRAMMAR, near_miss=True),
    swap(Code.NUMBER_STYLE, lists.NUMERALS),
    edit(Code.NUMBER_STYLE, after(r"(?<=\d)%", " percent")),
    edit(Code.NUMBER_STYLE, after(r"(?<=\d)%", " per cent")),
    edit(Code.NUMBER_STYLE, after(r"(?<= )\$(\d[\d.,]*\d|\d)(?= [a-z]{4,})(?! (?:million|billion|trillion|thousand))", r"\1 dollars")),
    edit(Code.NUMBER_STYLE, after(_DAY_FIRST.pattern, r"\2 \1")),
    swap(Code.NUMBER_STYLE, lists.OTHER_NUMERALS, near_miss=True),
    swap(Code.ABBREVIATION, lists.ABBREVIATIONS),
    swap(Code.ABBREVIATION, (("United States", "UN"), ("Senator", "Rep."), ("Governor", "Gen."), ("January", "Jun."),
                             ("November", "Dec."), ("October", "Sept."), ("government", "dept.")), near_miss=True),
    edit(Code.LINE_BREAKS_FLATTENED, same, lambda t: _SENTENCE.sub("\n\n", t, count=1)),
    edit(Code.LINE_BREAKS_FLATTENED, same, lambda t: re.sub(r"(?<=[a-z]{3}) (?=[a-z]{3})", "\n", t, count=1)),
    edit(Code.LINE_BREAKS_FLATTENED, after(r"(?<=[a-z]{3}) (?=[a-z]{3})", "\u00a0"), near_miss=True),
    drawn(Code.OBSCENITY_MASKED, _masked),
    drawn(Code.OBSCENITY_MASKED, _other_masked, near_miss=True),
    edit(Code.CAPITALS_OR_EMPHASIS, lambda t: t if _upper(t) != t else None, _upper),
    edit(Code.CAPITALS_OR_EMPHASIS, lambda t: _upper(t) if _upper(t) != t else None),
    edit(Code.CAPITALS_OR_EMPHASIS, same, lambda t: re.sub(r"(?<=[a-z] )([a-z]{5,})(?= [a-z])", r"*\1*", t, count=1)),
    swap(Code.CAPITALS_OR_EMPHASIS, lists.SAME_SENSE, near_miss=True),
)  # fmt: skip

MARKINGS: tuple[Operator, ...] = (
    edit(Code.ELLIPSIS_RIGHT, _cut(" … ")),
    edit(Code.ELLIPSIS_RIGHT, _cut(" [...] ")),
    edit(Code.ELLIPSIS_RIGHT, _cut(" ... ")),
    edit(Code.ELLIPSIS_RIGHT, after(r"(?<=[a-z]{3}\.) (?=[A-Z][a-z])", " … "), near_miss=True),
    edit(Code.ELLIPSIS_NOTHING_MISSING, after(r"(?<=[a-z]{3}\.) (?=[A-Z][a-z])", " … ")),
    edit(Code.ELLIPSIS_NOTHING_MISSING, _cut(" … "), near_miss=True),
    edit(Code.ELLIPSIS_OF_ORIGINAL, after(r"(?<=[a-z]{3}\.) (?=[A-Z][a-z])", " … "),
         lambda t: re.sub(r"(?<=[a-z]{3}\.) (?=[A-Z][a-z])", " ... ", t, count=1)),
    edit(Code.ELLIPSIS_OF_ORIGINAL, _cut(" ... "), near_miss=True),
    edit(Code.OMISSION_UNSIGNALLED, _cut(" ")),
    edit(Code.OMISSION_UNSIGNALLED, _sentence(0), near_miss=True),
    edit(Code.OMISSION_UNSIGNALLED, _cut(" (…) "), near_miss=True),
    edit(Code.BRACKET_EXPLAINS, after(_PRONOUN, "[the council]")),
    edit(Code.BRACKET_EXPLAINS, after(rf"({_PRONOUN})", r"\1 [the council]")),
    swap(Code.BRACKET_EXPLAINS, (("will", "will [not]"), ("can", "can [never]"), ("are", "are [not]")), near_miss=True),
    swap(Code.BRACKET_CHANGES_CLAIM, (("will", "will [not]"), ("can", "can [never]"), ("must", "must [not]"),
                                      ("is", "is [not]"), ("are", "are [not]"), ("have", "have [never]"),
                                      ("people", "[few] people"), ("need", "[no longer] need"))),
    edit(Code.BRACKET_CHANGES_CLAIM, after(_PRONOUN, "[the council]"), near_miss=True),
    edit(Code.SIC_MARKED, after(r"(?<=[a-z] )(?=[a-z]+ [a-z]+ )", "[sic] ")),
    edit(Code.SIC_MARKED, after(r"(?<=[a-z] )(?=[a-z]+ [a-z]+ )", "[today] "), near_miss=True),
    _handle(f"({NAME})", Code.PARENTHESIS_AS_BRACKET),
    edit(Code.PARENTHESIS_AS_BRACKET, after(rf"({_PRONOUN})", r"\1 (the council)")),
    edit(Code.PARENTHESIS_AS_BRACKET, lambda t: t if _inside("(the council)")(t) != t else None,
         lambda t: _inside("(the council)")(t) + " https://example.org/p/1", near_miss=True),
    _broken,
    lambda text, random: _broken(text, random, skipped=0),
    edit(Code.CUT_SENTENCE_AS_WHOLE, _half),
    edit(Code.CUT_SENTENCE_AS_WHOLE, _sentence(1), near_miss=True),
)  # fmt: skip

TEXTS: tuple[Operator, ...] = (
    _word(Code.WORD_MISSING, lambda found, at, _: found[:at] + found[at + 1 :]),
    edit(Code.WORD_MISSING, closed, _before_end("#HarborTalks"), near_miss=True),
    _word(Code.WORD_ADDED, lambda found, at, r: [*found[:at], r.choice(lists.NEW_WORDS), *found[at:]]),
    _word(Code.WORD_ADDED, lambda found, at, r: [*found[:at], f"[{r.choice(lists.NEW_WORDS)}]", *found[at:]], near_miss=True),
    _word(Code.WORD_REPLACED, lambda found, at, r: [*found[:at], r.choice(lists.OTHER_WORDS), *found[at + 1 :]]),
    swap(Code.WORD_REPLACED, lists.SAME_SENSE),
    swap(Code.WORD_REPLACED, lists.SPELLINGS, near_miss=True),
    drawn(Code.ORDER_CHANGED, _moved),
    edit(Code.ORDER_CHANGED, after(_DAY_FIRST.pattern, r"\2 \1"), near_miss=True),
    edit(Code.SENTENCES_REORDERED, _reordered),
    edit(Code.SENTENCES_REORDERED, _cut(" … "), near_miss=True),
    _joined,
    _one_of_thread,
    drawn(Code.TYPO_CORRECTED, _mended),
    swap(Code.TYPO_CORRECTED, lists.SPELLINGS, near_miss=True),
    drawn(Code.TYPO_INTRODUCED, _slip),
    edit(Code.TYPO_INTRODUCED, after(r"(?<=[a-z])'(?=[a-z])", "’"), near_miss=True),
    swap(Code.GRAMMAR_ADAPTED, lists.GRAMMAR),
    swap(Code.GRAMMAR_ADAPTED, lists.SAME_SENSE, near_miss=True),
    swap(Code.TENSE_OR_PERSON_SHIFTED, lists.SHIFTS),
    swap(Code.TENSE_OR_PERSON_SHIFTED, lists.SAME_TENSES, near_miss=True),
    drawn(Code.EXTENDED_BEYOND_ORIGINAL, _beyond),
    edit(Code.EXTENDED_BEYOND_ORIGINAL, lambda t: f"{t} [Applause]", near_miss=True),
    drawn(Code.STRETCH_IN_NO_SOURCE, _stretch),
    edit(Code.STRETCH_IN_NO_SOURCE, _reordered, near_miss=True),
)  # fmt: skip
