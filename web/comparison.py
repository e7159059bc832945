"""Comparison: quoted and archived words side by side, as stretches that a page marks in words as well as in colour."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

from archive.domain.differences import Alignment, Difference, Nature, WordPair
from archive.domain.spans import Span

CONTEXT = 160
"""Characters of the archived text shown before and after what the quotation takes."""
LONGEST_COMPARED = 2_000
"""Words of two versions compared; a comparison of more would keep a reader waiting."""


class Mark(StrEnum):
    """How a stretch stands to the other side."""

    SAME = "same"
    REPLACED = "replaced"
    ONLY_HERE = "only_here"
    RENDERED = "rendered"
    """Different letters, the same words: a handle written as a name."""
    OUTSIDE = "outside"
    """Of the archived text, what the quotation does not take."""
    CUT = "cut"
    """More text follows or goes before that is not shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Some text and how it stands to the other side."""

    text: str
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """Both sides of one comparison, in stretches that add up to the text."""

    quoted: tuple[Stretch, ...]
    archived: tuple[Stretch, ...]
    is_same: bool


def side_by_side(alignment: Alignment, *, quoted: str, archived: str) -> SideBySide:
    """The quotation and the archived text in stretches, from the alignment's word pairs."""
    rendered = tuple(item for item in alignment.differences if item.nature is Nature.RENDERING)
    left = [(pair.quoted, _mark(pair, other=pair.archived, rendered=_on_quoted(rendered))) for pair in alignment.pairs]
    right = [
        (pair.archived, _mark(pair, other=pair.quoted, rendered=_on_archived(rendered))) for pair in alignment.pairs
    ]
    start, end = _taken(alignment.pairs, whole=len(archived))
    return SideBySide(
        quoted=_stretches(quoted, left, within=Span(0, len(quoted))),
        archived=(
            *_before(archived, start),
            *_stretches(archived, right, within=Span(start, min(end, len(archived)))),
            *_after(archived, end),
        ),
        is_same=all(pair.same for pair in alignment.pairs),
    )


def _taken(pairs: tuple[WordPair, ...], *, whole: int) -> tuple[int, int]:
    """From where to where the quotation takes the archived text: what goes before and after is not "left out"."""
    used = [pair.archived for pair in pairs if len(pair.quoted) and len(pair.archived)]
    return (min(span.start for span in used), max(span.end for span in used)) if used else (0, whole)


def _on_quoted(differences: Iterable[Difference]) -> tuple[Span, ...]:
    return tuple(item.quoted for item in differences if len(item.quoted))


def _on_archived(differences: Iterable[Difference]) -> tuple[Span, ...]:
    return tuple(item.archived for item in differences if len(item.archived))


def _mark(pair: WordPair, *, other: Span, rendered: tuple[Span, ...]) -> Mark:
    if pair.same:
        return Mark.SAME
    mine = pair.archived if other is pair.quoted else pair.quoted
    if any(mine.overlaps(span) for span in rendered):
        return Mark.RENDERED
    return Mark.REPLACED if len(other) else Mark.ONLY_HERE


def _stretches(text: str, marked: list[tuple[Span, Mark]], *, within: Span) -> tuple[Stretch, ...]:
    """Words with their marks, the gaps between them joined to the word before, neighbours of one mark run together."""
    words = sorted((span, mark) for span, mark in marked if len(span) and within.contains(span))
    pieces: list[tuple[str, Mark]] = []
    reached, last = within.start, Mark.SAME
    for span, mark in words:
        if span.start < reached:
            continue
        between = text[reached : span.start]
        if between:
            pieces.append((between, mark if mark is last else Mark.SAME))
        pieces.append((span.of(text), mark))
        reached, last = span.end, mark
    if reached < within.end:
        pieces.append((text[reached : within.end], Mark.SAME))
    runs = groupby(pieces, key=lambda piece: piece[1])
    return tuple(Stretch(text="".join(part for part, _ in run), mark=mark) for mark, run in runs)


def _before(text: str, start: int) -> tuple[Stretch, ...]:
    if not start:
        return ()
    shown = Stretch(text=text[max(0, start - CONTEXT) : start], mark=Mark.OUTSIDE)
    return (Stretch(text="… ", mark=Mark.CUT), shown) if start > CONTEXT else (shown,)


def _after(text: str, end: int) -> tuple[Stretch, ...]:
    if end >= len(text):
        return ()
    shown = Stretch(text=text[end : end + CONTEXT], mark=Mark.OUTSIDE)
    return (shown, Stretch(text=" …", mark=Mark.CUT)) if len(text) - end > CONTEXT else (shown,)


def between_versions(older: str, newer: str) -> SideBySide:
    """Two versions of a text in stretches: ``quoted`` is the newer one, ``archived`` the older."""
    old, new = older.split(" ")[:LONGEST_COMPARED], newer.split(" ")[:LONGEST_COMPARED]
    left: list[Stretch] = []
    right: list[Stretch] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        mark = {"equal": Mark.SAME, "replace": Mark.REPLACED}.get(kind, Mark.ONLY_HERE)
        right += [Stretch(text=" ".join(old[i:j]), mark=mark), Stretch(text=" ", mark=Mark.SAME)] if j > i else []
        left += [Stretch(text=" ".join(new[k:m]), mark=mark), Stretch(text=" ", mark=Mark.SAME)] if m > k else []
    return SideBySide(quoted=tuple(left), archived=tuple(right), is_same=older == newer)


def changes_in_words(older: str, newer: str) -> str:
    """What changed from one version to the next, counted in words: "2 words added, 1 word removed"."""
    old, new = older.split()[:LONGEST_COMPARED], newer.split()[:LONGEST_COMPARED]
    added = removed = 0
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            removed, added = removed + j - i, added + m - k
    if not added and not removed:
        return "only spacing or line breaks changed"
    parts = [
        f"{count} {'word' if count == 1 else 'words'} {verb}"
        for count, verb in ((removed, "removed"), (added, "added"))
    ]
    return ", ".join(part for part in parts if not part.startswith("0 "))
