"""Fits: one quotation laid along one statement, or along several of a thread, with what ranks them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log

from archive.domain.statements import Statement
from archive.matching.alignment import Fitting, StepKind, fit
from archive.matching.passages import Passage, archived_passage
from archive.matching.vocabulary import is_content_word
from archive.text.shingles import word_hash

_OMISSION_COST, _MARKED_COST, _SEAM_COST = 1.0, 0.2, 1.5
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
    words that have a same word in place; ``cuts`` the quoted word numbers at which each further statement begins."""

    statements: tuple[Statement, ...]
    fitting: Fitting
    cuts: tuple[int, ...]
    matched: frozenset[int]
    ratio: float
    information: float
    score: float


def fit_of(statements: tuple[Statement, ...], quoted: Passage, *, rarity: Rarity) -> Fit:
    """Lay ``quoted`` along the statements, one after the other."""
    passages = [archived_passage(statement.snapshot.text) for statement in statements]
    return fit_passages(statements, passages, quoted, rarity=rarity)


def fit_passages(statements: tuple[Statement, ...], passages: list[Passage], quoted: Passage, *, rarity: Rarity) -> Fit:
    """The same, where the archived texts have been read already."""
    seams: list[int] = []
    joined = passages[0]
    if len(passages) > 1:
        for passage in passages[:-1]:
            seams.append((seams[-1] if seams else 0) + len(passage.words))
        joined = Passage(text="", words=tuple(word for passage in passages for word in passage.words))
    fitting = fit(quoted, joined, seams=frozenset(seams))
    matched = frozenset(step.quoted for step in fitting.steps if step.kind is StepKind.SAME)
    bracketed = {n for bracket in quoted.brackets for n in range(bracket.first, bracket.last)} - matched
    counted = max(1, len(quoted.words) - len(bracketed))
    near = sum(step.kind is StepKind.NEAR for step in fitting.steps)
    information = sum(rarity.of(quoted.words[number].text_normalised) for number in matched)
    return Fit(
        statements=statements,
        fitting=fitting,
        cuts=tuple(_cut(fitting, seam) for seam in seams),
        matched=matched,
        ratio=min(1.0, (len(matched) + 0.5 * near) / counted),
        information=information,
        score=information - _penalty(fitting, quoted, frozenset(seams), bracketed=bracketed, rarity=rarity),
    )


def content_words(quoted: Passage) -> int:
    """How many words of a passage carry meaning."""
    return sum(is_content_word(word) for word in quoted.plain)


def _cut(fitting: Fitting, seam: int) -> int:
    """The first quoted word that has its partner behind the seam."""
    kinds = (StepKind.SAME, StepKind.NEAR, StepKind.OTHER)
    return next((step.quoted for step in fitting.steps if step.kind in kinds and step.archived >= seam), -1)


def _penalty(fitting: Fitting, quoted: Passage, seams: frozenset[int], *, bracketed: set[int], rarity: Rarity) -> float:
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
