"""Quotation marks: which stretches of a paragraph stand between them.

One state per paragraph, never carried over: an odd mark may spoil its own paragraph, not the rest of the article.
What a mark does is read off its neighbours first and its shape second, because sites turn marks the wrong way
(``the best.“``) and German closes with what English opens. Two-character marks (````, ``''``, ``,,``) count as one.
Work is linear in the text: every look-ahead walks a list of marks with a bounded window.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from archive.domain.spans import Span
from archive.errors import ExtractionError

MARKS = re.compile(r"""\"|“|”|„|‟|«|»|「|」|『|』|``|''|,,(?=\w)""")
"""Every double mark, one by one, so that the engine skips to the signs they begin with. Angle marks of one bow (‹ ›)
and single quotes only stand inside these."""

_BEFORE_OPENING = frozenset("([{<—–-―/¿¡‘'|…\u202a\u202b\u200e\u200f>*_")
_AFTER_CLOSING = frozenset(".,;:!?)]}>—–-―/’'|…\u202c\u200e\u200f*_。、」』")
_OPENERS = frozenset(("“", "„", "«", "``", ",,", "‟", "「", "『"))
_CLOSERS = frozenset(("”", "»", "」", "』"))
_FAMILY = {
    "„": "curly",
    "“": "curly",
    "”": "curly",
    "‟": "curly",
    "«": "angle",
    "»": "angle",
    "``": "typed",
    "''": "typed",
    ",,": "typed",
    "「": "corner",
    "」": "corner",
    "『": "white",
    "』": "white",
}
_ALWAYS_SHAPED = frozenset("「」『』")
MOST_MARKS = 20_000
"""Marks of one paragraph; a paragraph with more is not prose, and is refused."""
_TYPED = frozenset(("``", "''"))
LOOK_AHEAD = 40
"""Marks looked at to decide whether an opening mark inside a quotation nests; more never stand in one quotation."""


class Role(Enum):
    """What a mark does, as far as its neighbours and its shape tell."""

    OPENS = "opens"
    CLOSES = "closes"
    EITHER = "either"


class Mark(NamedTuple):
    """One quotation mark: where it stands, what it does, which family of shapes it belongs to."""

    start: int
    end: int
    role: Role
    family: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Text between an opening and a closing mark of one paragraph.

    ``inside`` excludes the marks, ``outside`` includes them; ``closed`` is false where the paragraph ends first.
    """

    inside: Span
    outside: Span
    closed: bool
    paragraph: int
    single: bool = False
    """Set in single quotes: a quotation only where a cue says so."""
    bare: bool = False
    """A block quote that carries no marks at all."""


def read_marks(text: str, paragraph: Span) -> list[Mark]:
    """The double marks of one paragraph, in order, with what each does; ExtractionError above ``MOST_MARKS``."""
    found: list[Mark] = []
    for match in MARKS.finditer(text, paragraph.start, paragraph.end):
        if len(found) == MOST_MARKS:
            raise too_many_marks()
        start, end = match.span()
        before = text[start - 1] if start > paragraph.start else " "
        after = text[end] if end < paragraph.end else " "
        if found and found[-1].end == start and found[-1].role is Role.OPENS:
            before = " "
        mark = match.group()
        found.append(Mark(start, end, _role(mark, before, after), _FAMILY.get(mark, "straight")))
    return found


def too_many_marks() -> ExtractionError:
    """The error for a paragraph of marks: reading a part of it would look like an answer."""
    return ExtractionError(f"A paragraph holds more than {MOST_MARKS:,} quotation marks.", code="article_too_complex")


def has_plain_marks(text: str, inside: Span) -> bool:
    """Whether a mark of one character stands before the words at ``inside``: neither two apostrophes or backquotes, as
    typed, nor none at all, as in the turns of a transcript."""
    before = text[max(0, inside.start - 4) : inside.start].rstrip()
    return before[-2:] not in _TYPED and (MARKS.fullmatch(before[-1:]) is not None or before[-1:] in tuple("‘’'‚‹›"))


def _role(mark: str, before: str, after: str) -> Role:
    if mark in _ALWAYS_SHAPED:
        return Role.OPENS if mark in _OPENERS else Role.CLOSES
    may_open = before.isspace() or before in _BEFORE_OPENING
    may_close = after.isspace() or after in _AFTER_CLOSING or MARKS.match(after) is not None
    if may_open and not may_close:
        return Role.OPENS
    if may_close and not may_open:
        return Role.CLOSES
    if mark in _OPENERS:
        return Role.OPENS
    return Role.CLOSES if mark in _CLOSERS else Role.EITHER


def read_stretches(text: str, paragraph: Span, *, index: int = 0) -> list[Stretch]:
    """The outermost stretches between double marks in one paragraph, in order."""
    marks = read_marks(text, paragraph)
    found: list[Stretch] = []
    at = 0
    while at < len(marks):
        opening = marks[at]
        if not _may_begin(text, opening, paragraph):
            at += 1
            continue
        closing, at = _closing_of(text, marks, at, paragraph=paragraph)
        if closing is None:
            if at >= len(marks):
                found.append(_stretch(text, opening, None, paragraph=paragraph, index=index))
            continue
        if closing.start > opening.end:
            found.append(_stretch(text, opening, closing, paragraph=paragraph, index=index))
    return found


def _stretch(text: str, opening: Mark, closing: Mark | None, *, paragraph: Span, index: int) -> Stretch:
    end = closing.start if closing else paragraph.end
    outer = closing.end if closing else paragraph.end
    return Stretch(
        inside=_without_space(text, opening.end, end),
        outside=Span(opening.start, outer),
        closed=closing is not None,
        paragraph=index,
    )


def _without_space(text: str, start: int, end: int) -> Span:
    """French and tokenised text put a space inside the marks."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _may_begin(text: str, mark: Mark, paragraph: Span) -> bool:
    """Closing marks begin nothing; inches and minutes (``6'2"``) and marks inside a word neither."""
    if mark.role is Role.CLOSES or mark.end >= paragraph.end:
        return False
    if mark.role is Role.OPENS:
        return True
    before = text[mark.start - 1] if mark.start > paragraph.start else " "
    return not before.isalnum()


def _closing_of(text: str, marks: Sequence[Mark], at: int, *, paragraph: Span) -> tuple[Mark | None, int]:
    """The mark that closes ``marks[at]`` and the index to go on from; None and the next index where the opening mark is
    itself a slip ("A, he said. "B." – the first never closes)."""
    opening = marks[at]
    following = at + 1
    while following < len(marks):
        mark = marks[following]
        if mark.family != opening.family and _has_partner(marks, following):
            following = _after_partner(marks, following)
        elif mark.role is not Role.OPENS:
            if mark.role is Role.EITHER and (inner := _spaced_nesting(text, marks, following)):
                following = inner
                continue
            return mark, following + 1
        elif _nests(text, marks, following, opening=opening, paragraph=paragraph):
            following = _after_partner(marks, following)
        else:
            return None, following
    return None, following


def _has_partner(marks: Sequence[Mark], at: int) -> bool:
    """Whether an inner mark opens something that closes again."""
    return marks[at].role is not Role.CLOSES and at + 1 < len(marks) and marks[at + 1].role is not Role.OPENS


def _after_partner(marks: Sequence[Mark], at: int) -> int:
    return min(at + 2, len(marks))


def _nests(text: str, marks: Sequence[Mark], at: int, *, opening: Mark, paragraph: Span) -> bool:
    """Whether an opening mark inside a quotation opens a quotation in it.

    It does when the marks after it close both; or when the outer one runs on to the paragraph's end (it began the
    paragraph, as in quotations over several paragraphs) and the inner one stands in mid-sentence.
    """
    depth = 2
    for mark in marks[at + 1 : at + 1 + LOOK_AHEAD]:
        depth += 1 if mark.role is Role.OPENS else -1
        if depth == 0:
            return True
        if depth > 2:
            break
    if not _has_partner(marks, at):
        return False
    before = text[max(paragraph.start, marks[at].start - 3) : marks[at].start].rstrip()
    begins_paragraph = not text[paragraph.start : opening.start].strip()
    return begins_paragraph and before[-1:] not in (".", "!", "?", ",", "")


def _spaced_nesting(text: str, marks: Sequence[Mark], at: int) -> int | None:
    """Tokenised text (`` " A " B " c " ``) tells nothing by its spaces: a pair nests when another follows it closely
    and the words between begin with a capital, as names in quotations do. Gives the index after the inner pair."""
    if at + 2 >= len(marks) or any(mark.role is not Role.EITHER for mark in marks[at : at + 3]):
        return None
    inner = text[marks[at].end : marks[at + 1].start].strip()
    if not inner[:1].isupper() or len(inner) > 60 or not inner[-1:].isalnum():
        return None
    return at + 2
