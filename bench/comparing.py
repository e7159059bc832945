"""Asking all engines the same, query by query in turn, and what is said of it: ratios, recall, what was found."""

from __future__ import annotations

import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from rapidfuzz.distance import Indel

from archive.matching.alignment import fit
from archive.matching.passages import archived_passage, quoted_passage
from archive.text.shingles import word_hashes
from bench.aligning import Aligned, Aligner, Words, is_found
from bench.engines import OURS, Engine
from bench.queries import HELD_OUT, Question

__all__ = ["Question", "aligner_ratio", "growth", "report", "run", "words_of"]

_ROUNDS = 2
_ALIGNED = 150
_NEARLY = 1e-6


@dataclass(slots=True, kw_only=True)
class Result:
    """What one engine made of all quotations: seconds of each (the best round), right answers, found ones."""

    times: list[float] = field(default_factory=list)
    right: Counter[str] = field(default_factory=Counter)
    ties: int = 0
    found: Counter[str] = field(default_factory=Counter)


def words_of(made: list[str]) -> Words:
    """The words of all posts."""
    arrays = [np.array(word_hashes(text), dtype=np.uint32) for text in made]
    lengths = np.fromiter(map(len, arrays), dtype=np.int64, count=len(arrays))
    flat = np.concatenate(arrays)
    return Words(flat=flat, offsets=np.concatenate(([0], np.cumsum(lengths))))


def run(engines: Sequence[Engine], asked: Sequence[Question], *, aligner: Aligner, size: int) -> dict[str, Result]:
    """Ask every engine every question, engine after engine for each, the first another each time."""
    results = {engine.name: Result() for engine in engines}
    for turn, question in enumerate(asked):
        quoted = word_hashes(question.words)
        took: dict[str, list[float]] = defaultdict(list)
        answers: dict[str, Aligned | None] = {}
        for each in range(_ROUNDS):
            shift = (turn + each) % len(engines)
            for engine in (*engines[shift:], *engines[:shift]):
                begun = engine.clock()
                answers[engine.name] = engine.best(question.words, quoted)
                took[engine.name].append(engine.clock() - begun)
        wanted = None if question.level == HELD_OUT else aligner.best(quoted, (question.number,))
        for name, result in results.items():
            result.times.append(min(took[name]))
            _count(result, question, answers[name], wanted=wanted)
            result.found[question.level] += is_found(answers[name], quoted, size=size)
    return results


def _count(result: Result, question: Question, answer: Aligned | None, *, wanted: Aligned | None) -> None:
    if wanted is None or answer is None:
        return
    is_right = answer.number == question.number or answer.information >= wanted.information - _NEARLY
    result.right[question.level] += is_right
    result.ties += is_right and answer.number != question.number


def report(results: dict[str, Result], asked: Sequence[Question]) -> None:
    """Print what each engine takes of our time, and how many it gets right."""
    counts = Counter(question.level for question in asked)
    strangers = counts.pop(HELD_OUT, 0)
    true = sum(counts.values())
    own = results[OURS]
    print(f"retrieval and alignment of {true} quotations and {strangers} that nobody posted, each engine in turn:")
    for name, result in results.items():
        ratios = sorted(theirs / ours for theirs, ours in zip(result.times, own.times, strict=True))
        mean = statistics.fmean(result.times) / statistics.fmean(own.times)
        right, found = sum(result.right.values()), sum(result.found[level] for level in counts)
        print(
            f"  {name}: mean {mean:.1f} x our time, median {statistics.median(ratios):.1f} x, "
            f"95th percentile {_percentile(result.times) / _percentile(own.times):.1f} x; recall@1 {right / true:.3f} "
            f"({result.ties} by a post with as much of it); found {found / true:.3f}, "
            f"falsely {result.found[HELD_OUT] / max(1, strangers):.3f}"
        )
    shares = ", ".join(f"{level} {own.right[level] / count:.2f}" for level, count in counts.items())
    print(f"  our recall@1 by level: {shares}")


def _percentile(times: Sequence[float]) -> float:
    return sorted(times)[int(0.95 * (len(times) - 1))]


def growth(small: Engine, large: Engine, *, asked: Sequence[Question]) -> str:
    """Our median time on all posts beside that on a tenth of them, in turn."""
    times: dict[int, list[float]] = {0: [], 1: []}
    for question in asked:
        quoted = word_hashes(question.words)
        took: dict[int, list[float]] = {0: [], 1: []}
        for _ in range(_ROUNDS + 1):
            for number, engine in enumerate((small, large)):
                begun = engine.clock()
                engine.best(question.words, quoted)
                took[number].append(engine.clock() - begun)
        for number, each in took.items():
            times[number].append(min(each))
    ratio = statistics.median(times[1]) / statistics.median(times[0])
    return f"growth: the median quotation takes {ratio:.2f} times as long among ten times as many posts"


def aligner_ratio(made: list[str]) -> float:
    """Our aligner's time beside that of rapidfuzz's opcodes, for texts with a word changed against themselves."""
    ours = theirs = 0.0
    for text in [each for each in made[:2_000] if len(each.split()) > 8][:_ALIGNED]:
        words = text.split()
        words[len(words) // 2] = "otherwise"
        quoted, archived = quoted_passage(" ".join(words)), archived_passage(text)
        begun = time.process_time()
        fit(quoted, archived)
        ours += time.process_time() - begun
        begun = time.process_time()
        Indel.opcodes(quoted.plain, archived.plain)
        theirs += time.process_time() - begun
    return ours / theirs
