"""Fits: one quotation laid along one statement, or along several of a thread, with what ranks them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from math import log

import regex

from archive.domain.statements import Statement
from archive.matching.alignment import Fitting, Step, StepKind, fit
from archive.matching.changes import Pairing, pairing_of
from archive.matching.context import Comparison
from archive.matching.handles import KnownNames
from archive.matching.passages import BracketShape, Passage, archived_passage
from archive.matching.renderings import rendering_of
from archive.matching.vocabulary import is_content_word
from archive.matching.wholes import with_wholes
from archive.text.folding import fold_text, may_hold_double_marks
from archive.text.shingles import word_hash
from archive.text.tokens import WordKind

_OMISSION_COST, _MARKED_COST, _SEAM_COST = 1.0, 0.2, 1.5
LINK_AT_END = regex.compile(r"(?:\s*https?:/\S*)+\s*$")
_LEAST_BEFORE_CUT = 7
_LEAST_MOVED = 4
_SHORTEST_BEYOND = 3
_NEAR_SHARE, _STRANGE_SHARE = 0.6, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Rarity:
    """How many nats of information each word carries in this archive: ln of archived texts over texts that hold it."""

    corpus_size: int
    frequencies: Mapping[int, int]

    def of(self, word: str) -> float:
        """The inverse document frequency of a normalised word."""
        return log((self.corpus_size + 2) / (self.frequencies.get(word_hash(word), 0) + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A quotation laid along statements in the quotation's order (mostly one). ``matched`` are the numbers of quoted
    words that have a same word in place; ``edits`` counts unmarked changes inside; ``cuts`` the quoted word numbers
    at which each further statement begins; ``pairing`` which words correspond, with their wholes."""

    statements: tuple[Statement, ...]
    fitting: Fitting
    pairing: Pairing
    cuts: tuple[int, ...]
    matched: frozenset[int]
    ratio: float
    edits: int
    information: float
    score: float


def fit_of(statements: tuple[Statement, ...], quoted: Passage, *, rarity: Rarity, names: KnownNames) -> Fit:
    """Lay ``quoted`` along the statements, one after the other. Words that only render the original's (a name for a
    handle, "twelve" for "12") count neither for nor against the fit."""
    passages = [archived_passage(statement.snapshot.text) for statement in statements]
    seams: list[int] = []
    joined = passages[0]
    if len(passages) > 1:
        for passage in passages[:-1]:
            seams.append((seams[-1] if seams else 0) + len(passage.words))
        joined = archived_passage("\n".join(passage.text for passage in passages))
    fitting = fit(quoted, joined, seams=frozenset(seams))
    matched = frozenset(step.quoted for step in fitting.steps if step.kind is StepKind.SAME)
    matched |= _moved(fitting, quoted, archived=joined)
    bracketed = {n for bracket in quoted.brackets for n in range(bracket.first, bracket.last)} - matched
    comparison = Comparison(quoted=quoted, archived=joined, names=names)
    pairing = with_wholes(pairing_of(fitting, quoted, archived=joined), comparison)
    bracketed |= _rendered(pairing, comparison) - matched
    runs = _changed_runs(fitting, quoted, archived=joined, bracketed=bracketed, seams=frozenset(seams))
    excused = {step.quoted for run in runs if not run.is_edit for step in run.steps if step.kind in _STRANGE}
    excused |= _beyond_cut(statements[-1], fitting, archived=joined, quoted=quoted)
    counted = set(range(len(quoted.words))) - bracketed - excused
    near = sum(step.kind is StepKind.NEAR and step.quoted in counted for step in fitting.steps)
    editors = {
        number
        for bracket in quoted.brackets
        for number in range(bracket.first, bracket.last)
        if bracket.shape is BracketShape.SQUARE
    }
    information = sum(rarity.of(quoted.words[number].text_normalised) for number in matched - editors)
    return Fit(
        statements=statements,
        fitting=fitting,
        pairing=pairing,
        cuts=tuple(_cut(fitting, seam) for seam in seams),
        matched=matched,
        ratio=min(1.0, (len(matched) + 0.5 * near) / max(1, len(counted))),
        edits=sum(run.is_edit for run in runs),
        information=information,
        score=information - _penalty(fitting, quoted, seams=frozenset(seams), bracketed=bracketed, rarity=rarity),
    )


def _rendered(pairing: Pairing, comparison: Comparison) -> set[int]:
    """The quoted words that print what stands in the original in another way (R codes)."""
    return {
        number
        for change in pairing.changes
        if change.quoted_first < change.quoted_last and rendering_of(change, comparison) is not None
        for number in range(change.quoted_first, change.quoted_last)
    }


def _moved(fitting: Fitting, quoted: Passage, *, archived: Passage) -> frozenset[int]:
    """Quoted words without a partner that stand elsewhere in the original in one stretch: sentences in another
    order."""
    found: set[int] = set()
    there = archived.plain
    for is_added, group in groupby(fitting.steps, key=lambda step: step.kind is StepKind.ADDED):
        numbers = [step.quoted for step in group] if is_added else []
        wanted = quoted.plain[numbers[0] : numbers[-1] + 1] if len(numbers) >= _LEAST_MOVED else ()
        if wanted and any(there[at : at + len(wanted)] == wanted for at in range(len(there) - len(wanted) + 1)):
            found.update(numbers)
    return frozenset(found)


def longest_run(found: Fit) -> int:
    """How many quoted words in a row have their same words in place."""
    longest = run = 0
    before = -2
    for number in sorted(found.matched):
        run = run + 1 if number == before + 1 else 1
        longest, before = max(longest, run), number
    return longest


def is_quoted_there(found: Fit) -> bool:
    """Whether the words stand in quotation marks in the post itself: somebody else's words, quoted (X15)."""
    text = found.statements[0].snapshot.text
    passage = archived_passage(text)
    reached = [step.archived for step in found.fitting.steps if step.kind is StepKind.SAME]
    if not reached or len(found.statements) > 1 or not may_hold_double_marks(text):
        return False
    before = fold_text(passage.between(-1, reached[0]).of(text)) if reached[0] == 0 else ""
    head = before or fold_text(text[: passage.words[reached[0]].span.start])
    tail = fold_text(text[passage.words[reached[-1]].span.end :])
    return head.count('"') % 2 == 1 and '"' in tail


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring steps that are no same words; ``is_edit`` when it is neither marked nor a mere rendering."""

    steps: tuple[Step, ...]
    is_edit: bool


_STRANGE = (StepKind.ADDED, StepKind.NEAR, StepKind.OTHER)


def _changed_runs(
    fitting: Fitting, quoted: Passage, *, archived: Passage, bracketed: set[int], seams: frozenset[int]
) -> list[_Run]:
    runs: list[_Run] = []
    for is_same, group in groupby(fitting.steps, key=lambda step: step.kind is StepKind.SAME):
        if not is_same:
            steps = tuple(group)
            runs.append(_Run(steps, _is_edit(steps, quoted, archived=archived, bracketed=bracketed, seams=seams)))
    return runs


def _is_edit(
    steps: tuple[Step, ...], quoted: Passage, *, archived: Passage, bracketed: set[int], seams: frozenset[int]
) -> bool:
    strange = [step for step in steps if step.kind in _STRANGE]
    gone = [archived.words[s.archived] for s in steps if s.kind in (StepKind.OMITTED, StepKind.NEAR, StepKind.OTHER)]
    if not strange:
        marked = steps[0].quoted in quoted.gaps or steps[0].quoted in quoted.breaks or steps[0].archived in seams
        return not marked and not all(word.kind in (WordKind.HANDLE, WordKind.HASHTAG) for word in gone)
    if all(step.quoted in bracketed for step in strange):
        return False
    one = "".join(quoted.words[step.quoted].text_normalised for step in strange)
    return one != "".join(word.text_normalised for word in gone)


def is_cut_short(statement: Statement) -> bool:
    """Whether the archived copy was cut by its source, as it says itself or its last sign does."""
    text = statement.snapshot.text
    return statement.snapshot.truncated or ("…" in text and LINK_AT_END.sub("", text).rstrip().endswith("…"))


def _beyond_cut(last: Statement, fitting: Fitting, *, archived: Passage, quoted: Passage) -> set[int]:
    """The quoted words that go on where the archived copy was cut short by its source."""
    if not is_cut_short(last):
        return set()
    same = [step for step in fitting.steps if step.kind is StepKind.SAME]
    if (
        len(same) < _LEAST_BEFORE_CUT
        or same[-1].archived < len(archived.words) - 2
        or len(same) * 3 < len(quoted.words)
    ):
        return set()
    return set(range(same[-1].quoted + 1, len(quoted.words)))


def runs_beyond(found: Fit, quoted: Passage) -> bool:
    """Whether words are left at the quotation's end that no post has yet: a post that ends with "…" may be cut short by
    its source, or go on in the next."""
    return len(quoted.words) - max(found.matched, default=-1) > _SHORTEST_BEYOND


def content_words(quoted: Passage) -> int:
    """How many words of a passage carry meaning."""
    return sum(is_content_word(word.text_normalised) or _is_acronym(word.span.of(quoted.text)) for word in quoted.words)


def _is_acronym(printed: str) -> bool:
    """Whether a word is printed as initials: "U.S." is no pronoun, whatever its letters spell."""
    return len(printed) > 1 and printed.isupper() and "." in printed


def _cut(fitting: Fitting, seam: int) -> int:
    """The first quoted word that has its partner behind the seam."""
    kinds = (StepKind.SAME, StepKind.NEAR, StepKind.OTHER)
    return next((step.quoted for step in fitting.steps if step.kind in kinds and step.archived >= seam), -1)


def _penalty(fitting: Fitting, quoted: Passage, *, seams: frozenset[int], bracketed: set[int], rarity: Rarity) -> float:
    cost = _SEAM_COST * len(seams)
    before: StepKind | None = None
    for step in fitting.steps:
        if step.kind is StepKind.OMITTED:
            if before is not StepKind.OMITTED and step.archived not in seams:
                cost += _MARKED_COST if step.quoted in quoted.gaps else _OMISSION_COST
        elif step.kind is not StepKind.SAME and step.quoted not in bracketed:
            share = 1 - _NEAR_SHARE if step.kind is StepKind.NEAR else _STRANGE_SHARE
            cost += share * min(rarity.of(quoted.words[step.quoted].text_normalised), 6.0)
        before = step.kind
    return cost
