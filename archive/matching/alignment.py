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

from rapidfuzz.distance import OSA, Indel

from archive.matching.passages import BracketShape, Passage
from archive.matching.table_rows import LOWEST, behind, below, beside
from archive.matching.vocabulary import is_content_word
from archive.text.tokens import WordKind

_CONTENT, _STOP = 1.0, 0.45
_NEAR, _OTHER = 0.55, -0.65
_OMIT_OPEN, _OMIT_EACH = -0.9, -0.025
_MARKED_OPEN, _MARKED_EACH = -0.06, -0.001
_BREAK_OPEN, _BREAK_EACH = -0.3, -0.01
_ADD_OPEN, _ADD_EACH = -0.35, -0.4
_BRACKET_EACH, _ROUND_EACH = -0.02, -0.12
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


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the word numbers on both sides; for an omitted or added word the other number is where it would
    stand."""

    kind: StepKind
    quoted: int
    archived: int


@dataclass(frozen=True, slots=True)
class Fitting:
    """A quotation laid along a text: its steps in order and the weight they reach."""

    steps: tuple[Step, ...]
    weight: float


def word_weight(word: str) -> float:
    """How much a normalised word counts in laying two texts together."""
    return _CONTENT if is_content_word(word) else _STOP


@lru_cache(maxsize=64)
def fit(quoted: Passage, archived: Passage, *, seams: frozenset[int] = frozenset()) -> Fitting:
    """Lay the quotation along the archived text. ``seams`` are archived word numbers before which another post begins:
    words may be left out there without a mark."""
    quoted_words, archived_words = quoted.plain, archived.plain
    if not quoted_words or not archived_words:
        steps = tuple(Step(StepKind.ADDED, number, 0) for number in range(len(quoted_words)))
        return Fitting(steps, 0.0)
    at = _unbroken(quoted_words, archived_words)
    if at is not None:
        steps = tuple(Step(StepKind.SAME, number, at + number) for number in range(len(quoted_words)))
        return Fitting(steps, sum(map(word_weight, quoted_words)))
    if len(quoted_words) * len(archived_words) > _LARGEST_TABLE:
        return _coarse(quoted_words, archived_words)
    return _Table(quoted, archived, seams=seams).solve()


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
    return Fitting(tuple(steps), sum(word_weight(quoted[step.quoted]) for step in steps if step.kind is StepKind.SAME))


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
    return Fitting(tuple(steps), fitting.weight)


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


class _Table:
    """The three layers of the affine alignment and the way back through them."""

    def __init__(self, quoted: Passage, archived: Passage, *, seams: frozenset[int]) -> None:
        self.quoted = quoted.plain
        self.archived = archived.plain
        self.near = self._near_words()
        self.weights = [word_weight(word) for word in self.quoted]
        self.adding = self._adding_costs(quoted)
        self.omitting = [self._omission(quoted, number) for number in range(len(self.quoted) + 1)]
        self.opened = seams | {seam + 1 for seam in seams}
        """Columns at which leaving words out may begin without a mark: on either side of a seam."""

    def _near_words(self) -> dict[str, frozenset[str]]:
        known = set(self.archived)
        # Near words begin with the same letter or have the same second one: most pairs need no closer look.
        lone: dict[tuple[int, str], list[str]] = {}
        for other in known - set(self.quoted):
            for place, letter in enumerate(other[:2]):
                lone.setdefault((place, letter), []).append(other)
        found = {}
        for word in set(self.quoted) - known:
            likely = {other for place, letter in enumerate(word[:2]) for other in lone.get((place, letter), ())}
            near = frozenset(other for other in likely if are_near(word, other))
            if near:
                found[word] = near
        return found

    def _adding_costs(self, quoted: Passage) -> list[tuple[float, float]]:
        costs = [(_ADD_OPEN, _ADD_EACH)] * len(self.quoted)
        for bracket in quoted.brackets:
            each = _BRACKET_EACH if bracket.shape is BracketShape.SQUARE else _ROUND_EACH
            for number in range(bracket.first, bracket.last):
                costs[number] = (each, each)
        return costs

    def _omission(self, quoted: Passage, number: int) -> tuple[float, float]:
        if number in quoted.gaps:
            return _MARKED_OPEN, _MARKED_EACH
        if number in quoted.breaks:
            return _BREAK_OPEN, _BREAK_EACH
        return _OMIT_OPEN, _OMIT_EACH

    def _pair_weights(self, number: int) -> list[float]:
        word, weight = self.quoted[number], self.weights[number]
        near = self.near.get(word)
        other = _OTHER
        if self.adding[number][0] == _BRACKET_EACH:
            # "[Corker] was made to sound": the name belongs here, not to the same name a sentence earlier.
            weight, other = 0.3 * weight, -0.3
        if near is None:
            return [weight if there == word else other for there in self.archived]
        return [weight if there == word else _NEAR * weight if there in near else other for there in self.archived]

    def solve(self) -> Fitting:
        """Fill the layers row by row (one row a quoted word), then walk back from the best end."""
        width = len(self.archived) + 1
        paired = [0.0] * width
        added = [LOWEST] * width
        omitted = [LOWEST] * width
        back: list[tuple[bytearray, bytearray, bytearray]] = []
        for number in range(len(self.quoted)):
            paired, added, omitted, came = self._row(number, paired, added=added, omitted=omitted)
            back.append(came)
        ends = [(value, layer, column) for layer, row in enumerate((paired, added)) for column, value in enumerate(row)]
        weight, layer, column = max(ends, key=lambda end: (end[0], -end[1], -end[2]))
        return Fitting(tuple(self._walk(back, layer, column=column)), weight)

    def _row(
        self, number: int, paired: list[float], *, added: list[float], omitted: list[float]
    ) -> tuple[list[float], list[float], list[float], tuple[bytearray, bytearray, bytearray]]:
        new_paired, from_paired = behind(self._pair_weights(number), paired, added=added, omitted=omitted)
        new_added, from_added = below(self.adding[number], paired, added=added, omitted=omitted)
        if number + 1 == len(self.quoted):
            new_omitted, from_omitted = [LOWEST] * len(new_paired), bytearray(len(new_paired))
        else:
            opened = dict.fromkeys(self.opened, _MARKED_OPEN)
            costs = self.omitting[number + 1]
            new_omitted, from_omitted = beside(costs, new_paired, added=new_added, opened=opened)
        return new_paired, new_added, new_omitted, (from_paired, from_added, from_omitted)

    def _walk(self, back: list[tuple[bytearray, bytearray, bytearray]], layer: int, *, column: int) -> list[Step]:
        steps: list[Step] = []
        number = len(self.quoted)
        while number > 0:
            came = back[number - 1][layer][column]
            if layer == 0:
                steps.append(Step(self._kind(number - 1, column - 1), number - 1, column - 1))
                number, column = number - 1, column - 1
            elif layer == 1:
                steps.append(Step(StepKind.ADDED, number - 1, column))
                number -= 1
            else:
                steps.append(Step(StepKind.OMITTED, number, column - 1))
                column -= 1
            layer = came
        steps.reverse()
        return steps

    def _kind(self, number: int, column: int) -> StepKind:
        word, there = self.quoted[number], self.archived[column]
        if word == there:
            return StepKind.SAME
        return StepKind.NEAR if there in self.near.get(word, frozenset()) else StepKind.OTHER
