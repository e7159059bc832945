"""Alignment: which word of a quotation corresponds to which word of an archived text.

A fitting alignment (Gotoh 1982, affine gaps; the archived text's ends are free): the quotation is laid somewhere along
the text. Leaving archived words out is cheap where the quotation shows an ellipsis and dear where it does not; words in
an editor's brackets may stand without a partner. Most quotations are one unbroken stretch, found without a table.
Weights rank ways of laying the words; they decide no verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA, Indel

from archive.matching.passages import BracketShape, Passage
from archive.matching.tables import ADDED, LOWEST, OMITTED, TABLES, UNIT, Row, Table
from archive.matching.vocabulary import is_content_word
from archive.text.tokens import WordKind

_CONTENT, _STOP = UNIT, UNIT * 45 // 100
_NEAR = 55
"""What a near word weighs, in hundredths of the same word."""
_OTHER, _OTHER_BRACKETED = UNIT * -65 // 100, UNIT * -30 // 100
# What a stretch costs to begin, and each word of it: left out, left out where an ellipsis stands or a speech tag,
# added, added in square brackets or in round ones.
_OMIT = (UNIT * -90 // 100, UNIT * -25 // 1_000)
_MARKED = (UNIT * -6 // 100, UNIT * -1 // 1_000)
_BREAK = (UNIT * -30 // 100, UNIT * -1 // 100)
_ADD = (UNIT * -35 // 100, UNIT * -40 // 100)
_BRACKETED = (UNIT * -2 // 100, UNIT * -2 // 100)
_IN_ROUND = (UNIT * -12 // 100, UNIT * -12 // 100)
_LARGEST_TABLE = 80_000
_WEAK_END = 4
_LONGEST_NAME = 5


class StepKind(StrEnum):
    """Same word, a near one (spelling, inflection), another in its place; archived word left out; word added."""

    SAME = "same"
    NEAR = "near"
    OTHER = "other"
    OMITTED = "omitted"
    ADDED = "added"


class Step(NamedTuple):
    """One step: the word numbers on both sides; for an omitted or added word the other number is where it would
    stand."""

    kind: StepKind
    quoted: int
    archived: int


@dataclass(frozen=True, slots=True)
class Fitting:
    """A quotation laid along a text: its steps in order."""

    steps: tuple[Step, ...]


def word_weight(word: str) -> int:
    """How much a normalised word counts in laying two texts together."""
    return _CONTENT if is_content_word(word) else _STOP


@lru_cache(maxsize=64)
def fit(quoted: Passage, archived: Passage, *, seams: frozenset[int] = frozenset()) -> Fitting:
    """Lay the quotation along the archived text. ``seams`` are archived word numbers before which another post begins:
    words may be left out there without a mark."""
    quoted_words, archived_words = quoted.plain, archived.plain
    if not quoted_words or not archived_words:
        steps = tuple(Step(StepKind.ADDED, number, 0) for number in range(len(quoted_words)))
        return Fitting(steps)
    at = _unbroken(quoted_words, archived_words)
    if at is not None:
        steps = tuple(Step(StepKind.SAME, number, at + number) for number in range(len(quoted_words)))
        return Fitting(steps)
    if len(quoted_words) * len(archived_words) > _LARGEST_TABLE:
        return _coarse(quoted_words, archived_words)
    return Fitting(_Laying(quoted, archived, seams=seams).solved())


def _unbroken(quoted: tuple[str, ...], archived: tuple[str, ...]) -> int | None:
    """Where all quoted words stand in one stretch, or None."""
    count = len(quoted)
    first = quoted[0]
    for at in range(len(archived) - count + 1):
        if archived[at] == first and archived[at : at + count] == quoted:
            return at
    return None


def _coarse(quoted: tuple[str, ...], archived: tuple[str, ...]) -> Fitting:
    """Very long texts: the bit-parallel longest common subsequence of rapidfuzz, ends free, gaps not weighed."""
    steps: list[Step] = []
    for block in Indel.opcodes(quoted, archived):
        for offset in range(block.src_end - block.src_start):
            number = block.src_start + offset
            kind = StepKind.SAME if block.tag == "equal" else StepKind.ADDED
            steps.append(Step(kind, number, block.dest_start + (offset if block.tag == "equal" else 0)))
        if block.tag == "insert":
            steps += [
                Step(StepKind.OMITTED, block.src_start, number) for number in range(block.dest_start, block.dest_end)
            ]
    same = [index for index, step in enumerate(steps) if step.kind is StepKind.SAME]
    if same:
        inner = steps[same[0] : same[-1] + 1]
        head = [step for step in steps[: same[0]] if step.kind is StepKind.ADDED]
        tail = [step for step in steps[same[-1] + 1 :] if step.kind is StepKind.ADDED]
        steps = [*head, *inner, *tail]
    else:
        steps = [step for step in steps if step.kind is StepKind.ADDED]
    return Fitting(tuple(steps))


def are_near(one: str, other: str) -> bool:
    """Whether two normalised words are forms or misspellings of one: few letters differ for their length; two
    neighbours that changed places ("FIOP" for "FOIP") count as one."""
    shorter, longer = sorted((len(one), len(other)))
    if shorter < 3 or longer - shorter > 4 or one.isdigit() or other.isdigit():
        return False
    if one[0] != other[0] and one[1] != other[1]:
        return False
    allowed = 1 if longer <= 5 else 2 if longer <= 8 else 3
    if one.startswith(other) or other.startswith(one):
        allowed = max(allowed, 3)
    return OSA.distance(one, other, score_cutoff=allowed) <= allowed


def without_weak_ends(fitting: Fitting, quoted: Passage, *, archived: Passage) -> Fitting:
    """A head or tail of four words and more that mostly stand against other words has no partner there: its words count
    as added, so that they are looked for elsewhere and not paired off with whatever stood in their place. Words that
    may be a handle's name ("Thanks to Dr. Anna Mwale" for "Thanks to @annamwale") are not held against it."""
    bracketed = {number for bracket in quoted.brackets for number in range(bracket.first, bracket.last)}
    handles = frozenset(number for number, word in enumerate(archived.words) if word.kind is WordKind.HANDLE)
    steps = _weakened(list(fitting.steps), bracketed, handles=handles)
    steps = _weakened(steps[::-1], bracketed, handles=handles)[::-1]
    return Fitting(tuple(steps))


def _weakened(steps: list[Step], bracketed: set[int], *, handles: frozenset[int]) -> list[Step]:
    solid = next(
        (n for n in range(len(steps) - 2) if all(step.kind is StepKind.SAME for step in steps[n : n + 3])), None
    )
    if solid is None:
        return steps
    head = [step for step in steps[:solid] if step.kind is not StepKind.OMITTED]
    same = sum(step.kind is StepKind.SAME for step in head)
    own = [step for step in head if step.quoted not in bracketed]
    named = min(_LONGEST_NAME, len(own) - same) if any(step.archived in handles for step in steps[:solid]) else 0
    if len(own) < _WEAK_END or 2 * same >= len(own) - named:
        return steps
    place = steps[solid].archived
    return [*(Step(StepKind.ADDED, step.quoted, place) for step in head), *steps[solid:]]


class _Laying:
    """A quotation and a text as a table to be filled."""

    def __init__(self, quoted: Passage, archived: Passage, *, seams: frozenset[int]) -> None:
        self.quoted = quoted
        self.archived = archived
        self.near = self._near_words()
        self.seams = seams

    def _near_words(self) -> dict[str, frozenset[str]]:
        known = set(self.archived.plain)
        # Near words begin with the same letter or have the same second one: most pairs need no closer look.
        lone: dict[tuple[int, str], list[str]] = {}
        for other in known - set(self.quoted.plain):
            for place, letter in enumerate(other[:2]):
                lone.setdefault((place, letter), []).append(other)
        found = {}
        for word in set(self.quoted.plain) - known:
            likely = {other for place, letter in enumerate(word[:2]) for other in lone.get((place, letter), ())}
            near = frozenset(other for other in likely if are_near(word, other))
            if near:
                found[word] = near
        return found

    def solved(self) -> tuple[Step, ...]:
        """The steps of the best way of laying it."""
        quoted, archived = self.quoted.plain, self.archived.plain
        steps = []
        for layer, number, column in TABLES.solve(self._table()):
            if layer == ADDED:
                steps.append(Step(StepKind.ADDED, number, column))
            elif layer == OMITTED:
                steps.append(Step(StepKind.OMITTED, number, column))
            else:
                steps.append(Step(self._kind(quoted[number], archived[column]), number, column))
        return tuple(steps)

    def _kind(self, word: str, there: str) -> StepKind:
        if word == there:
            return StepKind.SAME
        return StepKind.NEAR if there in self.near.get(word, ()) else StepKind.OTHER

    def _table(self) -> Table:
        numbers = {word: number for number, word in enumerate(dict.fromkeys(self.archived.plain))}
        likely = {word: row for row, word in enumerate(self.near)}
        adding = self._adding_costs()
        rows = tuple(
            self._row(number, word=numbers.get(word, -1), near=likely.get(word, -1), adding=adding[number])
            for number, word in enumerate(self.quoted.plain)
        )
        return Table(
            rows=rows,
            columns=tuple([numbers[word] for word in self.archived.plain]),
            near=tuple(frozenset(numbers[other] for other in alike) for alike in self.near.values()),
            # Leaving words out may begin without a mark on either side of a seam.
            seams=self.seams | {seam + 1 for seam in self.seams},
            opened=_MARKED[0],
        )

    def _row(self, number: int, *, word: int, near: int, adding: tuple[int, int]) -> Row:
        weight, other = word_weight(self.quoted.plain[number]), _OTHER
        if adding is _BRACKETED:
            # "[Corker] was made to sound": the name belongs here, not to the same name a sentence earlier.
            weight, other = weight * 3 // 10, _OTHER_BRACKETED
        return Row(word, near, weight, weight * _NEAR // 100, other, *adding, *self._omission(number + 1))

    def _adding_costs(self) -> list[tuple[int, int]]:
        costs = [_ADD] * len(self.quoted.words)
        for bracket in self.quoted.brackets:
            for number in range(bracket.first, bracket.last):
                costs[number] = _BRACKETED if bracket.shape is BracketShape.SQUARE else _IN_ROUND
        return costs

    def _omission(self, number: int) -> tuple[int, int]:
        """What it costs to leave words out before a quoted word; nothing can be left out behind the last."""
        if number == len(self.quoted.words):
            return LOWEST, LOWEST
        if number in self.quoted.gaps:
            return _MARKED
        return _BREAK if number in self.quoted.breaks else _OMIT
