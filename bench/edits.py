"""Edits of any post: each changes its words in the way one code of the taxonomy names, or finds no place for it.

Unlike the operators of the quality tests these know nothing of how a post is put together, so they run on real posts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from archive.domain.findings import FindingCode as Code

NAME = "Ilse Brandvold"
_LINK = re.compile(r"\s*(?:https?://\S+|pic\.\S+)")
_SENTENCE = re.compile(r"(?<=[a-z]{2}[.!?])\s+(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Edit:
    """A quotation made from a post. ``code`` is what it must carry – or, where ``near_miss``, what it must not.
    ``handle`` is the one that the registry holds as ``NAME``; ``breaks``: characters at which a speech tag stands."""

    code: Code
    quoted: str
    archived: str
    near_miss: bool = False
    handle: str | None = None
    breaks: tuple[int, ...] = field(default=())
    continuation: str | None = None


Operator = Callable[[str, Random], Edit | None]


def _swap(code: Code, *pairs: tuple[str, str], near_miss: bool = False) -> Operator:
    def operator(text: str, random: Random) -> Edit | None:
        body = _body(text)
        fitting = [(old, new) for old, new in pairs if re.search(rf"(?<![\w@#'’-]){old}(?![\w'’-])", body)]
        if not fitting:
            return None
        old, new = random.choice(fitting)
        return Edit(code, re.sub(rf"(?<![\w@#'’-]){old}(?![\w'’-])", new, body, count=1), text, near_miss)

    return operator


def _edit(
    code: Code, quoted: Callable[[str], str | None], archived: Callable[[str], str] | None = None, *,
    near_miss: bool = False,
) -> Operator:  # fmt: skip
    def operator(text: str, random: Random) -> Edit | None:
        made, there = quoted(_body(text)), archived(_body(text)) if archived is not None else text
        return None if made is None or made == there else Edit(code, made, there, near_miss)

    return operator


def _body(text: str) -> str:
    """A post without links and closing tags."""
    return re.sub(r"(?:\s*[#@]\w+)+\s*$", "", _LINK.sub("", text)).strip()


def _plain_places(words: list[str]) -> list[int]:
    return [n for n in range(2, len(words) - 2) if all(re.fullmatch("[a-z]{3,}", w) for w in words[n - 1 : n + 2])]


def _moved(text: str, random: Random) -> Edit | None:
    words = _body(text).split()
    places = [n for n in _plain_places(words) if words[n] != words[n + 1]]
    if not places:
        return None
    at = random.choice(places)
    words[at], words[at + 1] = words[at + 1], words[at]
    return Edit(Code.ORDER_CHANGED, " ".join(words), text)


def _word(code: Code, change: Callable[[list[str], int], list[str]]) -> Operator:
    def operator(text: str, random: Random) -> Edit | None:
        words = _body(text).split()
        places = _plain_places(words)
        if not places:
            return None
        made = " ".join(change(words, random.choice(places)))
        return None if made == " ".join(words) else Edit(code, made, text)

    return operator


def _slip(text: str, random: Random) -> Edit | None:
    found = [w for w in re.findall(r"(?<![\w@#])[a-z]{7,}(?!\w)", _body(text)) if w[3] != w[4]]
    if not found:
        return None
    word = random.choice(found)
    typo = word[:3] + word[4] + word[3] + word[5:]
    return Edit(Code.TYPO_INTRODUCED, re.sub(rf"\b{word}\b", typo, _body(text), count=1), text)


def _mended(text: str, random: Random) -> Edit | None:
    made = _slip(text, random)
    return None if made is None else Edit(Code.TYPO_CORRECTED, _body(text), made.quoted)


def _handle(replacement: str, code: Code) -> Operator:
    def operator(text: str, random: Random) -> Edit | None:
        match = re.search(r"(?<=\w )@(\w+)(?= \w+ \w)", _body(text))
        if match is None:
            return None
        quoted = " ".join(_body(text).replace(match.group(), replacement, 1).split())
        return Edit(code, quoted, text, handle=match.group(1))

    return operator


def _parts(text: str, least: int) -> list[str] | None:
    found = _SENTENCE.split(_body(text))
    return found if len(found) >= least and all(4 <= len(part.split()) for part in found[:least]) else None


def _broken(text: str, random: Random) -> Edit | None:
    parts = _parts(text, 3)
    if parts is None:
        return None
    return Edit(
        Code.SPEECH_TAG_HIDES_OMISSION, f"{parts[0]} {' '.join(parts[2:])}", text, breaks=(len(parts[0]) + 1,)
    )


def _joined(text: str, random: Random) -> Edit | None:
    parts = _parts(text, 2)
    if parts is None:
        return None
    rest = " ".join(parts[1:])
    return Edit(Code.JOINED_FROM_POSTS, f"{parts[0]} {rest}", f"{parts[0]} (1/2)", continuation=f"(2/2) {rest}")


def _cut(code: Code, join: str, *, least: int = 3) -> Operator:
    def operator(text: str, random: Random) -> Edit | None:
        parts = _parts(text, least)
        return None if parts is None else Edit(code, f"{parts[0]}{join}{' '.join(parts[2:])}", text)

    return operator


def _half(text: str) -> str | None:
    words = (_parts(text, 1) or [""])[0].split()
    if len(words) < 12 or not all(re.fullmatch("[A-Za-z]+", w) for w in words[:9]):
        return None
    return " ".join(words[:7]) + "."


def _reordered(text: str) -> str | None:
    parts = _parts(text, 2)
    return None if parts is None or parts[0] == parts[1] else f"{parts[1]} {parts[0]}"


def _upper(text: str) -> str:
    return re.sub(r"(?<=[a-z] )([a-z]{5,})(?= [a-z])", lambda match: match.group().upper(), text, count=1)


def _after(pattern: str, new: str) -> Callable[[str], str | None]:
    """The first place of a pattern replaced, or nothing where there is none."""
    return lambda text: re.sub(pattern, new, text, count=1) if re.search(pattern, text) else None


def _before_end(sign: str) -> Callable[[str], str]:
    return lambda text: f"{text} {sign}"


_MODALS = (("must", "should"), ("will", "may"), ("should", "may"), ("can", "must"))
OPERATORS: tuple[tuple[str, Operator], ...] = tuple(
    (f"{number}", operator)
    for number, operator in enumerate(
        (
            _handle(NAME, Code.HANDLE_AS_NAME),
            _handle("", Code.HANDLE_DROPPED),
            _handle(f"({NAME})", Code.PARENTHESIS_AS_BRACKET),
            _edit(Code.HONORIFIC_CHANGED, _after(r"(?<=[a-z] )(?=[A-Z][a-z]+ [A-Z][a-z]+ )", "Dr. ")),
            _edit(Code.HASHTAG_UNWRAPPED, lambda t: t, lambda t: f"{t} #HarborTalks"),
            _edit(Code.HASHTAG_UNWRAPPED, _after(r"(?<=[a-z] )#(?=[a-z]{4,} [a-z])", "")),
            _edit(Code.LINK_OR_MARKER_REMOVED, lambda t: t, _before_end("https://example.org/p/1")),
            _edit(Code.EMOJI_REMOVED, lambda t: t, _before_end("🌊")),
            _edit(Code.EDGE_CASE_OR_STOP, lambda t: f"{t[:-1]}," if t.endswith(".") else None),
            _edit(Code.EDGE_CASE_OR_STOP, lambda t: t[0].lower() + t[1:] if t[:2].istitle() else None),
            _edit(Code.TYPOGRAPHY, _after(r"(?<=[a-z])'(?=[a-z])", "’")),
            _edit(Code.TYPOGRAPHY, _after(r"(?<=[a-z]) and (?=[a-z])", "\u00a0and ")),
            _swap(Code.HOUSE_SPELLING, ("labor", "labour"), ("labour", "labor"), ("honor", "honour"),
                  ("center", "centre"), ("defense", "defence"), ("defence", "defense"), ("favor", "favour"),
                  ("program", "programme"), ("organization", "organisation"), ("support and", "support and")),
            _swap(Code.NUMBER_STYLE, ("two", "2"), ("three", "3"), ("four", "4"), ("five", "5"), ("10", "ten"),
                  ("20", "twenty"), ("12", "twelve"), ("50", "fifty"), ("five percent", "5%")),
            _swap(Code.ABBREVIATION, ("January", "Jan."), ("October", "Oct."), ("September", "Sept."),
                  ("November", "Nov."), ("December", "Dec."), ("February", "Feb."), ("August", "Aug."),
                  ("United States", "U.S."), ("Senator", "Sen."), ("government", "govt")),
            _edit(Code.LINE_BREAKS_FLATTENED, lambda t: t, lambda t: _SENTENCE.sub("\n\n", t, count=1)),
            _edit(Code.OBSCENITY_MASKED, _after(r"(?<=[a-z] )the (?=[a-z])", "the d**n "),
                  lambda t: re.sub(r"(?<=[a-z] )the (?=[a-z])", "the damn ", t, count=1)),
            _edit(Code.CAPITALS_OR_EMPHASIS, lambda t: t if _upper(t) != t else None, _upper),
            _cut(Code.ELLIPSIS_RIGHT, " … "),
            _cut(Code.ELLIPSIS_RIGHT, " [...] "),
            _edit(Code.ELLIPSIS_NOTHING_MISSING, _after(r"(?<=[a-z]{3}\.) (?=[A-Z][a-z])", " … ")),
            _edit(Code.ELLIPSIS_OF_ORIGINAL, _after(r"(?<=[a-z]{3}\.) (?=[A-Z][a-z])", " … "),
                  lambda t: re.sub(r"(?<=[a-z]{3}\.) (?=[A-Z][a-z])", " ... ", t, count=1)),
            _cut(Code.OMISSION_UNSIGNALLED, " "),
            _edit(Code.BRACKET_EXPLAINS, _after(r"(?<=[a-z] )(?:they|them|he|she|it)(?= [a-z])", "[the council]")),
            _swap(Code.BRACKET_CHANGES_CLAIM, ("will", "will [not]"), ("can", "can [not]"), ("must", "must [not]"),
                  ("is", "is [not]"), ("are", "are [not]")),
            _edit(Code.SIC_MARKED, _after(r"(?<=[a-z] )(?=[a-z]+ [a-z]+ )", "[sic] ")),
            _broken,
            _edit(Code.CUT_SENTENCE_AS_WHOLE, _half),
            _word(Code.WORD_MISSING, lambda words, at: words[:at] + words[at + 1 :]),
            _word(Code.WORD_ADDED, lambda words, at: [*words[:at], "gladly", *words[at:]]),
            _word(Code.WORD_REPLACED, lambda words, at: [*words[:at], "quorum", *words[at + 1 :]]),
            _moved,
            _edit(Code.SENTENCES_REORDERED, _reordered),
            _joined,
            _mended,
            _slip,
            _swap(Code.GRAMMAR_ADAPTED, ("support", "supporting"), ("create", "creating"), ("jobs", "job"),
                  ("help", "helping"), ("work", "working"), ("workers", "worker"), ("protect", "protecting")),
            _swap(Code.TENSE_OR_PERSON_SHIFTED, ("is", "was"), ("are", "were"), ("has", "had"), ("want", "wanted"),
                  ("need", "needed")),
            _edit(Code.EXTENDED_BEYOND_ORIGINAL, lambda t: f"{t} Long live Karsholm!", lambda t: t),
            _edit(Code.STRETCH_IN_NO_SOURCE,
                  lambda t: f"{t} The lighthouse keeper sold seven painted boats yesterday evening.", lambda t: t),
            _swap(Code.NEGATION, ("will", "will not"), ("is", "is not"), ("are", "are not"), ("not", "now"),
                  ("can", "cannot"), ("never", "often")),
            _edit(Code.NUMBER_OR_UNIT, _after(r"(?<![\w.,$:/-])(?:[2-9]\d|\d{3})(?![\w.,:/-])", "1234")),
            _swap(Code.NUMBER_OR_UNIT, ("million", "billion"), ("billion", "million"), ("five", "six")),
            _swap(Code.DATE_OR_DURATION, ("today", "tomorrow"), ("tonight", "tomorrow"), ("Monday", "Tuesday"),
                  ("Friday", "Sunday"), ("year", "month"), ("October", "May"), ("week", "month")),
            _swap(Code.NAMED_ENTITY, ("America", "Tarvania"), ("Obama", "Brandt"), ("Canada", "Ruvania"),
                  ("China", "Velmora"), ("Israel", "Karsholm"), ("Britain", "Velmora"), ("Trump", "Brandt")),
            _swap(Code.OFFICE_OR_RANK, ("President", "Governor"), ("Minister", "Ambassador"), ("Mayor", "Senator")),
            _swap(Code.MODAL_STRENGTH, *_MODALS),
            _swap(Code.QUANTIFIER_OR_SCOPE, ("all", "some"), ("every", "one"), ("many", "few"), ("most", "some"),
                  ("only", "mostly")),
            _edit(Code.CONDITION_DROPPED, _after(r"(?<=[a-z] )if [a-z]+ [a-z]+ (?=[a-z])", "")),
            _swap(Code.HEDGE_DROPPED, ("I believe", "I know"), ("probably ", ""), ("perhaps ", ""), ("I think", "Yes"),
                  ("maybe ", ""), ("likely ", "")),
            _swap(Code.AGENT_SWITCHED, ("we", "you"), ("they", "we"), ("he", "she"), ("our", "their"), ("my", "his")),
            _swap(Code.OPPOSITE_VERB, ("support", "oppose"), ("supports", "opposes"), ("protect", "harm"),
                  ("win", "lose"), ("strong", "weak"), ("true", "false"), ("continue", "stop"), ("good", "bad")),
            _swap(Code.TENSE_OR_COMPLETION, ("is", "was"), ("has", "had"), ("said", "says"), ("are", "were")),
            _edit(Code.MOOD_CHANGED, lambda t: f"{t[:-1]}." if t.endswith("?") else None),
            _edit(Code.MOOD_CHANGED, _after(r"(?<=[a-z]{3})\. (?=[A-Z][a-z])", "? ")),
            _swap(Code.COMPARISON_DIRECTION, ("more", "less"), ("before", "after"), ("best", "worst"),
                  ("better", "worse"), ("higher", "lower"), ("most", "least")),
            _edit(Code.TONE_SIGN_LOST, lambda t: t, _before_end("😂")),
            _edit(Code.TONE_SIGN_LOST, lambda t: t, _before_end("#sarcasm")),
            _edit(Code.NEGATION, _after(r"\bdo not\b", "don't"), near_miss=True),
            _edit(Code.NEGATION, _after(r"\bdon['’]t\b", "do not"), near_miss=True),
            _edit(Code.NUMBER_OR_UNIT, _after(r"(?<=\d)%", " percent"), near_miss=True),
            _swap(Code.DATE_OR_DURATION, ("October", "Oct."), ("January", "Jan."), near_miss=True),
            _edit(Code.MOOD_CHANGED, _after(r"(?<=[a-z])\.$", ","), near_miss=True),
            _edit(Code.TONE_SIGN_LOST, lambda t: t, _before_end("🚢"), near_miss=True),
            _edit(Code.WORD_MISSING, lambda t: t, _before_end("#HarborTalks"), near_miss=True),
            _edit(Code.OMISSION_UNSIGNALLED, lambda t: (_parts(t, 2) or [None])[0], near_miss=True),
            _edit(Code.TYPO_INTRODUCED, _after(r"(?<=[a-z])'(?=[a-z])", "’"), near_miss=True),
            _edit(Code.CUT_SENTENCE_AS_WHOLE, lambda t: (_parts(t, 2) or [None, None])[1], near_miss=True),
        )
    )
)  # fmt: skip
