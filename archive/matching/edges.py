"""Edges: where a quotation begins and ends in its original – at the statement's own ends, at a sentence or clause,
or in mid-clause (K10) – and what stood at those ends (links, hashtags, handles, thread marks, emoji).

A closing hashtag, handle, link or "1/2" that the quotation drops is a rendering (R5, R2, R6): the quotation still takes
the whole statement. Readers may well call such a quotation trimmed; the taxonomy is binding and says rendered, unless
the tag negates or marks irony (G15), or the sentence runs into it ("on our way to #Velmora").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import regex

from archive.domain.differences import Difference
from archive.domain.findings import FindingCode
from archive.domain.spans import Span
from archive.matching.context import Comparison
from archive.matching.guards import guards_on, guards_on_sentence_end, is_tone_sign, opens_condition, tone_signs
from archive.matching.joints import EMOJI, LINK
from archive.matching.renderings import markers
from archive.matching.vocabulary import word_class
from archive.text.folding import fold_text
from archive.text.tokens import WordKind

_SENTENCE_END = regex.compile(r"[.!?…。！？।؟][\s\"'”’)\]»]*|[\n\r]|\.{2,}|:\s|[\p{Extended_Pictographic}]")
_CLAUSE_END = regex.compile(r"[,;:—–)(\[\]|/]|\s-+\s|--|[\"“”]")
_PREFIX = regex.compile(
    r"^\s*(?:RT\s+@\w+:?\s*|(?:\.?\s*@\w+[\s,:]*)+|\(?\d{1,2}\s?/\s?\d{0,2}\)?[.:)]?\s+|(?:…|\.{2,})\s*|[\"“'‘]\s*|[-–—•.]\s*|\p{Extended_Pictographic}\s*)*",
    regex.IGNORECASE,
)
_RETWEET = regex.compile(r"^\s*RT\s+@\w+:?", regex.IGNORECASE)
_OUTER = regex.compile(r"[^\p{L}\p{N}@#$€£₹¥%?!&]+")
_OPENERS = frozenset(
    ["so", "and", "but", "also", "now", "well", "then", "because", "that", "again", "yet", "or", "y", "et", "und"]
)
_LONGEST_CONDITION = 25
_LONGEST_HEDGE = 4
_TURNING = (FindingCode.NEGATION, FindingCode.QUANTIFIER_OR_SCOPE, FindingCode.HEDGE_DROPPED)
_HASHTAG = regex.compile(r"#\w+")
_TOKEN = regex.compile(r"[@#]\w[\w.@-]*")
_WORD = regex.compile(r"[\p{L}\p{N}]+")
_THREAD_MARK = regex.compile(r"\(?\d{1,2}\s?/\s?\d{0,2}\)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """What lies outside the covered stretch: ``whole`` when nothing but furniture does, ``clause_cut`` when either
    end is inside a sentence of the original."""

    whole: bool
    clause_cut: bool
    differences: tuple[Difference, ...] = field(default=())


def edges_of(first: int, last: int, *, comparison: Comparison, quoted_first: int, quoted_last: int) -> Edges:
    """The edges of a quotation that covers archived words ``first`` to before ``last`` with quoted words
    ``quoted_first`` to before ``quoted_last``."""
    head = _head(first, comparison, quoted_first=quoted_first)
    tail = _tail(last, comparison, quoted_last=quoted_last, opens="fragment" if head.clause_cut else "sentence")
    return Edges(
        whole=head.whole and tail.whole,
        clause_cut=head.clause_cut or tail.clause_cut,
        differences=(*head.differences, *tail.differences),
    )


def _head(first: int, comparison: Comparison, *, quoted_first: int) -> Edges:
    text = comparison.archived.text
    start = comparison.archived.words[first].whole.start if first < len(comparison.archived.words) else len(text)
    place = comparison.quoted.between(quoted_first - 1, quoted_first)
    outside = Span(0, start)
    prefix = _PREFIX.match(text)
    furniture = prefix.end() if prefix is not None else 0
    whole = furniture >= start or not _has_words(0, first, comparison=comparison)
    found: list[Difference] = []
    if whole and outside.of(text).strip():
        found += _furniture(outside, place, comparison=comparison)
    gap = comparison.archived.between(first - 1, first).of(text) if first else ""
    at_sentence = whole or bool(_SENTENCE_END.search(gap)) or "\n" in gap
    at_clause = bool(_CLAUSE_END.search(gap)) or _follows_opener(first, comparison)
    reserved = None if at_sentence else _reservation_before(first, comparison, quoted_first=quoted_first)
    if reserved is not None:
        dropped, guard = reserved
        found.append(comparison.difference(FindingCode.CUT_SENTENCE_AS_WHOLE, place, archived=dropped, guards=(guard,)))
    elif not at_sentence and not at_clause and _starts_like_sentence(first, comparison, quoted_first=quoted_first):
        found.append(comparison.difference(FindingCode.CUT_SENTENCE_AS_WHOLE, place, archived=Span(start, start)))
    return Edges(whole=whole, clause_cut=not at_sentence, differences=tuple(found))


def _tail(last: int, comparison: Comparison, *, quoted_last: int, opens: str) -> Edges:
    text = comparison.archived.text
    end = comparison.archived.words[last - 1].whole.end if last else 0
    place = comparison.quoted.between(quoted_last - 1, quoted_last)
    outside = Span(end, len(text))
    words_outside = comparison.archived.words[last:]
    whole = not words_outside or _is_furniture_behind(last, outside, comparison=comparison)
    gap = comparison.archived.between(last - 1, last).of(text)
    found: list[Difference] = list(_lost_tone(last, place, comparison=comparison))
    if whole:
        found += _furniture(outside, place, comparison=comparison)
    at_sentence = whole or bool(_SENTENCE_END.search(gap)) or bool(LINK.search(gap))
    shown = place.of(comparison.quoted.text)
    if at_sentence:
        found += _last_mark(Span(end, end + len(gap)), place, comparison=comparison)
    elif (reserved := _reservation_behind(last, comparison)) and _reads_as_whole(shown, opens=opens):
        dropped, guards = reserved
        found.append(comparison.difference(FindingCode.CUT_SENTENCE_AS_WHOLE, place, archived=dropped, guards=guards))
    elif not _CLAUSE_END.search(gap) and _ends_like_sentence(shown):
        found.append(comparison.difference(FindingCode.CUT_SENTENCE_AS_WHOLE, place, archived=Span(end, end)))
    return Edges(whole=whole, clause_cut=not at_sentence, differences=tuple(found))


def _lost_tone(last: int, place: Span, *, comparison: Comparison) -> Iterator[Difference]:
    """A laugh in letters ("haha", ";-)", "/s") right behind the words taken, which the quotation does not have."""
    words, text = comparison.archived.words, comparison.archived.text
    end = words[last - 1].whole.end if last else 0
    behind = words[last].whole.start if last < len(words) else len(text)
    kept = place.of(comparison.quoted.text)
    spans = [Span(end + first, end + after) for first, after in tone_signs(text[end : max(end, behind) + 1] + " ")]
    if last < len(words) and words[last].kind is WordKind.WORD and words[last].text_normalised in word_class("laugh"):
        spans.append(words[last].whole)
    for span in spans:
        if span.of(text) not in kept:
            guards = (FindingCode.TONE_SIGN_LOST,)
            yield comparison.difference(FindingCode.WORD_MISSING, place, archived=span, guards=guards)


def _has_words(first: int, last: int, *, comparison: Comparison) -> bool:
    """Whether more than hashtags stands there, or a hashtag that the sentence begins with ("#Velmora is our home")."""
    words = comparison.archived.words
    if any(word.kind is not WordKind.HASHTAG for word in words[first:last]):
        return True
    text = comparison.archived.text
    if first == last or last >= len(words) or comparison.archived.between(last - 1, last).of(text).strip():
        return False
    return words[last].span.of(text)[:1].islower()


def _is_furniture_behind(last: int, outside: Span, *, comparison: Comparison) -> bool:
    """Whether only links, tags, handles and thread marks follow, to which no preposition or article leads."""
    text = comparison.archived.text
    if _is_plain_word(last, text, comparison=comparison):
        return False
    rest = _THREAD_MARK.sub(" ", _TOKEN.sub(" ", LINK.sub(" ", outside.of(text))))
    if any(word.casefold() not in markers() for word in _WORD.findall(rest)):
        return False
    gap = comparison.archived.between(last - 1, last).of(text)
    leads_on = last > 0 and comparison.archived.words[last - 1].text_normalised in word_class("leading")
    return not leads_on or bool(_SENTENCE_END.search(gap)) or bool(LINK.search(gap))


def _is_plain_word(number: int, text: str, *, comparison: Comparison) -> bool:
    """Whether that word of the original stands alone between spaces and is part of the sentence by itself."""
    word = comparison.archived.words[number]
    start, end = word.span.start, word.span.end
    printed = text[start:end]
    stands_alone = text[start - 1 : start].isspace() and (end == len(text) or text[end].isspace())
    return word.kind is WordKind.WORD and stands_alone and printed.isalpha() and printed.casefold() not in markers()


def _starts_like_sentence(first: int, comparison: Comparison, *, quoted_first: int) -> bool:
    original = comparison.archived.words[first].span.of(comparison.archived.text)
    return _has_capital(comparison, quoted_first=quoted_first) and not original[:1].isupper()


def _has_capital(comparison: Comparison, *, quoted_first: int) -> bool:
    """Whether the quotation begins with a capital, and with no ellipsis before it."""
    if quoted_first >= len(comparison.quoted.words) or quoted_first in comparison.quoted.gaps:
        return False
    return comparison.quoted.words[quoted_first].span.of(comparison.quoted.text)[:1].isupper()


def _follows_opener(first: int, comparison: Comparison) -> bool:
    """Whether only a linking word of the sentence was left off: "So why …" quoted as "Why …"."""
    if first == 0 or comparison.archived.words[first - 1].text_normalised not in _OPENERS:
        return False
    before = comparison.archived.between(first - 2, first - 1).of(comparison.archived.text)
    return first == 1 or bool(_SENTENCE_END.search(before)) or bool(_CLAUSE_END.search(before))


def _reservation_before(first: int, comparison: Comparison, *, quoted_first: int) -> tuple[Span, FindingCode] | None:
    """The condition or hedge that opens the sentence of which the quotation prints the rest with a capital, as if it
    were the whole. A name has its capital anyway: "I guess Odell wants …" printed as "Odell wants …"."""
    if not _has_capital(comparison, quoted_first=quoted_first):
        return None
    condition = _condition_before(first, comparison)
    if condition is not None:
        return condition, FindingCode.CONDITION_DROPPED
    hedge = _hedge_before(first, comparison)
    return None if hedge is None else (hedge, FindingCode.HEDGE_DROPPED)


def _reservation_behind(last: int, comparison: Comparison) -> tuple[Span, tuple[FindingCode, ...]] | None:
    """The condition that follows the words taken ("… if the tax goes"), or the hedge, denial or measure that the
    sentence ends with ("… in principle", "… for all")."""
    if opens_condition(comparison.archived.plain[last:]):
        end = _sentence_end(last, comparison, most=_LONGEST_CONDITION) or last + 1
        return comparison.archived.span_of(last, end), (FindingCode.CONDITION_DROPPED,)
    end = _sentence_end(last, comparison, most=_LONGEST_HEDGE)
    guards = tuple(g for g in guards_on((), comparison.archived.plain[last:end]) if g in _TURNING) if end else ()
    return (comparison.archived.span_of(last, end), guards) if guards else None


def _sentence_end(first: int, comparison: Comparison, *, most: int) -> int:
    """The number of the word behind the sentence that goes on with that word, 0 where it has more than ``most``."""
    count = len(comparison.archived.words)
    for number in range(first + 1, min(count, first + most) + 1):
        behind = comparison.archived.between(number - 1, number).of(comparison.archived.text)
        if number == count or _SENTENCE_END.search(behind) or LINK.search(behind):
            return number
    return 0


def _reads_as_whole(shown: str, *, opens: str) -> bool:
    """Whether the quotation ends as a sentence does – or begins as one and just stops, as wires print before a tag:
    "We will sign it," for "We will sign it if the tax goes."."""
    stripped = fold_text(shown).strip("\"' )")
    return _ends_like_sentence(shown) or (opens == "sentence" and stripped in ("", ","))


def _condition_before(first: int, comparison: Comparison) -> Span | None:
    """The "if" or "unless" that opens the sentence whose main clause alone is quoted, if one does."""
    number = first - 1
    while number >= 0 and first - number <= _LONGEST_CONDITION:
        before = comparison.archived.between(number - 1, number).of(comparison.archived.text)
        if number == 0 or _SENTENCE_END.search(before):
            opens = opens_condition(comparison.archived.plain[number:])
            return comparison.archived.span_of(number, first) if opens else None
        number -= 1
    return None


def _hedge_before(first: int, comparison: Comparison) -> Span | None:
    """The "I think" or "perhaps" that opens the sentence whose claim alone is quoted, as if nobody had hedged it."""
    words = comparison.archived.words
    for number in range(first - 1, max(-1, first - 1 - _LONGEST_HEDGE), -1):
        before = comparison.archived.between(number - 1, number).of(comparison.archived.text)
        if number == 0 or _SENTENCE_END.search(before):
            head = tuple(word.text_normalised for word in words[number:first])
            hedges = FindingCode.HEDGE_DROPPED in guards_on((), head)
            return comparison.archived.span_of(number, first) if hedges else None
    return None


def _ends_like_sentence(shown: str) -> bool:
    stripped = fold_text(shown).strip("\"' )")
    return stripped[:1] in (".", "!", "?") and not stripped.startswith("..")


def _furniture(outside: Span, place: Span, *, comparison: Comparison) -> list[Difference]:
    """What stood around the statement and was left off: links (R6), hashtags (R5), handles (R2), emoji (R7)."""
    text = outside.of(comparison.archived.text)
    if not text.strip() or (not _OUTER.sub("", text) and not EMOJI.search(text) and not LINK.search(text)):
        return []
    found: list[tuple[FindingCode, tuple[FindingCode, ...]]] = []
    kept = place.of(comparison.quoted.text)
    sign = outside
    rest = LINK.sub(" ", text)
    if (rest != text and not LINK.search(kept)) or _RETWEET.match(text) or _THREAD_MARK.search(rest):
        found.append((FindingCode.LINK_OR_MARKER_REMOVED, ()))
    emoji = [sign for sign in EMOJI.findall(rest) if sign not in kept]
    hashtags = [tag for tag in _HASHTAG.findall(rest) if tag not in kept]
    if "@" in rest and not _RETWEET.match(text):
        found.append((FindingCode.HANDLE_DROPPED, ()))
    tone = next((sign for sign in (*emoji, *hashtags) if is_tone_sign(sign)), None)
    if tone is not None:
        found.append((FindingCode.WORD_MISSING, (FindingCode.TONE_SIGN_LOST,)))
        at = comparison.archived.text.index(tone, outside.start)
        sign = Span(at, at + len(tone))
    else:
        found += [(FindingCode.EMOJI_REMOVED, ())] if emoji else []
        found += [(FindingCode.HASHTAG_UNWRAPPED, ())] if hashtags else []
    return [
        comparison.difference(code, place, archived=sign if guards else outside, guards=guards)
        for code, guards in found
    ]


def _last_mark(there: Span, place: Span, *, comparison: Comparison) -> list[Difference]:
    """The mark that ends the quotation against the one that ends the original's sentence (R8; a question lost is
    G13)."""
    shown = _first_mark(place.of(comparison.quoted.text))
    own = _first_mark(LINK.sub("", there.of(comparison.archived.text)))
    if shown == own:
        return []
    mood = guards_on_sentence_end(shown, own)
    if mood:
        return [comparison.difference(FindingCode.WORD_REPLACED, place, archived=there, guards=mood)]
    return [comparison.difference(FindingCode.EDGE_CASE_OR_STOP, place, archived=there)]


def _first_mark(text: str) -> str:
    match = regex.match(r"[\"'\s)\]]*([.,;:!?-]*)", fold_text(EMOJI.sub("", text)))
    return match.group(1) if match is not None else ""
