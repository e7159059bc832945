"""Guards: signs that a change of words may have changed the meaning (verdicts.md 4.6). A machine proposes, a person
decides.

A guard looks at the words on both sides of one change, never at a similarity score: "confident" and "not confident"
are alike to 0.994 and mean the opposite.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache

import regex

from archive.domain.findings import FindingCode
from archive.matching.numbers import is_number, values_of
from archive.matching.vocabulary import opposites, phrases, polar_words, word_class

_NEGATIVE_PREFIX = ("un", "in", "im", "il", "ir", "dis", "non", "anti", "mis", "de")
_EMOTICON = regex.compile(r"(?<![\w/:])(?:[:;=xX8]-?[)DPpb]+|;-?\)|\^\^)(?!\w)|(?<!\S)/s(?!\w)")
_TONE_SIGNS = frozenset("😂🤣😹😜😝😉🙃🙄😏🤡😭😅😆🤪🤭😒🤥🤦🤷🖕😡🤬😤😠")

Words = tuple[str, ...]


def guards_on(
    quoted: Words, archived: Words, *, quoted_text: str = "", archived_text: str = ""
) -> tuple[FindingCode, ...]:
    """Every guard that fires on words put in place of others (either side may be empty), in the order of their codes.

    ``quoted`` and ``archived`` are normalised words, the texts their characters as printed (for capitals).
    """
    gone = tuple((Counter(archived) - Counter(quoted)).elements())
    new = tuple((Counter(quoted) - Counter(archived)).elements())
    if not gone and not new:
        return ()
    fired = [code for code, fires in _BY_WORDS if fires(new, gone)]
    if _names_differ(quoted_text, archived_text, new=new, gone=gone):
        fired.append(FindingCode.NAMED_ENTITY)
    return tuple(sorted(fired, key=lambda code: int(code.value[1:])))


def guards_on_omission(archived: Words, archived_text: str) -> tuple[FindingCode, ...]:
    """What fires when a longer stretch was left out without a mark: whole clauses have words of every class, so only
    a dropped condition, or a stretch that negates as a whole, counts."""
    head = archived[:2]
    fired = []
    if any(word in word_class("negation") for word in head) and len(archived) <= 4:
        fired.append(FindingCode.NEGATION)
    if opens_condition(archived) or opens_condition(archived[1:]):
        fired.append(FindingCode.CONDITION_DROPPED)
    return tuple(fired)


def guards_on_sentence_end(quoted: str, archived: str) -> tuple[FindingCode, ...]:
    """Mood: a question or an outcry turned into a statement, or the other way round (the marks that end a sentence)."""
    if ("?" in quoted) != ("?" in archived):
        return (FindingCode.MOOD_CHANGED,)
    return ()


def is_tone_sign(sign: str) -> bool:
    """Whether an emoji or tag mocks, laughs, rages or negates, so that losing it may turn the sense round (G15)."""
    tag = sign.lower().lstrip("#")
    return any(mark in _TONE_SIGNS for mark in sign) or tag in word_class("tone") or tag in word_class("negation")


def tone_signs(text: str) -> tuple[tuple[int, int], ...]:
    """Where typed faces (";-)", ":D") and "/s" stand in a stretch that holds no words of the statement."""
    return tuple(match.span() for match in _EMOTICON.finditer(text))


def opens_condition(words: Words) -> bool:
    """Whether these words begin with a condition or exception: "if", "unless", "as long as"."""
    return words[:1] != () and (words[0] in CONDITION_HEADS or words[1:3] == ("long", "as"))


CONDITION_HEADS = frozenset(
    {"if", "unless", "until", "provided", "except", "only", "assuming", "pending", "barring", "subject"}
)


def _class_changed(name: str) -> Callable[[Words, Words], bool]:
    def fires(new: Words, gone: Words) -> bool:
        words = word_class(name)
        return {w for w in new if w in words} != {w for w in gone if w in words}

    return fires


def _class_dropped(name: str) -> Callable[[Words, Words], bool]:
    def fires(new: Words, gone: Words) -> bool:
        return any(word in word_class(name) for word in gone)

    return fires


def _negation(new: Words, gone: Words) -> bool:
    words = word_class("negation")
    if sum(w in words for w in new) != sum(w in words for w in gone):
        return True
    return any(_is_negated(one, other) or _is_negated(other, one) for one in new for other in gone)


def _is_negated(word: str, plain: str) -> bool:
    return len(plain) >= 4 and any(word == prefix + plain for prefix in _NEGATIVE_PREFIX)


def _number(new: Words, gone: Words) -> bool:
    one = tuple(word for word in new if is_number(word))
    other = tuple(word for word in gone if is_number(word))
    if (one or other) and values_of(one) != values_of(other):
        return True
    units = word_class("unit")
    return {w for w in new if w in units} != {w for w in gone if w in units}


def _date(new: Words, gone: Words) -> bool:
    """A word of time, or a year, on one side only."""
    if _class_changed("date")(new, gone):
        return True
    return {word for word in new if _YEAR.fullmatch(word)} != {word for word in gone if _YEAR.fullmatch(word)}


_YEAR = regex.compile(r"(?:19|20)\d\d")


def _hedge(new: Words, gone: Words) -> bool:
    if _class_changed("hedge")(new, gone):
        return True
    one, other = f" {' '.join(new)} ", f" {' '.join(gone)} "
    return any((f" {phrase} " in one) != (f" {phrase} " in other) for phrase in phrases("hedge_phrases"))


def _comparison(new: Words, gone: Words) -> bool:
    """A comparison that turns round, or is made or lost; the same direction in another word is none."""
    sides = [{_direction(word) for word in words} - {0} for words in (new, gone)]
    if sides[0] and sides[1]:
        return sides[0] != sides[1]
    firm = word_class("comparison") - _LOOSE
    return {w for w in new if w in firm} != {w for w in gone if w in firm}


def _direction(word: str) -> int:
    return (word in word_class("upwards")) - (word in word_class("downwards"))


_LOOSE = frozenset({"over", "under", "up", "down", "before", "after", "above", "below", "ahead", "behind"})


def _opposite(new: Words, gone: Words) -> bool:
    for_it, against = polar_words("for_it"), polar_words("against")
    for one, other in ((new, gone), (gone, new)):
        if any(w in for_it for w in one) and any(w in against for w in other):
            return True
    wanted = {(pair, not side) for word in new for pair, side in _sides(word)}
    return bool(wanted) and any(place in wanted for word in gone for place in _sides(word))


@lru_cache(maxsize=16_384)
def _sides(word: str) -> frozenset[tuple[int, bool]]:
    """Which pairs of opposites a word begins as, and on which side."""
    return frozenset(
        (number, side == 1)
        for number, pair in enumerate(opposites())
        for side, stem in enumerate(pair)
        if word.startswith(stem)
    )


def _tense(new: Words, gone: Words) -> bool:
    forms = word_class("tense")
    if new and gone and {w for w in new if w in forms} != {w for w in gone if w in forms}:
        return True
    return any(_is_other_tense(one, other) for one in new for other in gone)


def _is_other_tense(one: str, other: str) -> bool:
    stem = _common_start(one, other)
    if len(stem) < 3 or len(one) - len(stem) > 3 or len(other) - len(stem) > 3 or one == other:
        return False
    # "strengthening" for "strengthen" is grammar; "strengthened" says that it is done.
    return (one.endswith("ed") and one[len(stem) - 1 :].endswith("ed")) != other.endswith("ed")


def _common_start(one: str, other: str) -> str:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return one[:count]


def _names_differ(quoted: str, archived: str, *, new: Words, gone: Words) -> bool:
    """Capitalised words that stand on one side only: people, countries, organisations."""
    return _names(quoted, new) != _names(archived, gone)


@lru_cache(maxsize=1)
def _no_names() -> frozenset[str]:
    return word_class("stop") | word_class("date") | word_class("office") | word_class("quantifier")


def _names(text: str, among: Iterable[str]) -> set[str]:
    wanted = set(among) - _no_names()
    if not wanted or text.isupper():
        return set()
    found = set()
    for match in _NAME.finditer(text):
        word = match.group().replace("'", "").replace("’", "").replace(".", "").lower()
        if word in wanted:
            found.add(word)
    return found


_NAME = regex.compile(r"\p{Lu}[\p{L}\p{M}'’.]*")
_BY_WORDS: tuple[tuple[FindingCode, Callable[[Words, Words], bool]], ...] = (
    (FindingCode.NEGATION, _negation),
    (FindingCode.NUMBER_OR_UNIT, _number),
    (FindingCode.DATE_OR_DURATION, _date),
    (FindingCode.OFFICE_OR_RANK, _class_changed("office")),
    (FindingCode.MODAL_STRENGTH, _class_changed("modal")),
    (FindingCode.QUANTIFIER_OR_SCOPE, _class_changed("quantifier")),
    (FindingCode.CONDITION_DROPPED, _class_changed("condition")),
    (FindingCode.HEDGE_DROPPED, _hedge),
    (FindingCode.AGENT_SWITCHED, _class_changed("pronoun")),
    (FindingCode.OPPOSITE_VERB, _opposite),
    (FindingCode.TENSE_OR_COMPLETION, _tense),
    (FindingCode.COMPARISON_DIRECTION, _comparison),
)
