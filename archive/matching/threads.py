"""Threads: quotations that run over neighbouring posts of one author, with or without a mark at the join.

3.6 % of real newspaper quotations of posts do, two thirds of them without a mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from rapidfuzz.distance import LCSseq

from archive.domain.statements import Statement
from archive.matching.fits import Fit, Rarity, fit_of
from archive.matching.passages import Passage
from archive.matching.vocabulary import is_content_word
from archive.text.shingles import word_hash, word_hashes

_NEIGHBOURHOOD = timedelta(hours=30)
_MOST_PARTS = 4
_SOLID = 2
_SHORTEST_FAR = 5
_LEAST_GAIN = 2.0
_TRIED = 6


def joined_fit(base: Fit, statements: Sequence[Statement], quoted: Passage, *, rarity: Rarity) -> Fit:
    """``base`` with further posts of the same account before or after it, as long as they account for quoted words that
    nothing accounted for yet; ``base`` itself when none does."""
    best = base
    while len(best.statements) < _MOST_PARTS:
        head, tail = _leftovers(best, quoted)
        options = [
            fit_of((other, *best.statements), quoted, rarity=rarity)
            for other in _likely(head, best, statements, quoted, rarity=rarity)
        ]
        options += [
            fit_of((*best.statements, other), quoted, rarity=rarity)
            for other in _likely(tail, best, statements, quoted, rarity=rarity)
        ]
        better = max(options, key=lambda option: option.score, default=best)
        if better.score < best.score + _LEAST_GAIN or -1 in better.cuts or 0 in better.cuts:
            return best
        best = better
    return best


def _leftovers(base: Fit, quoted: Passage) -> tuple[range, range]:
    """The quoted words before the first and after the last run of matched words."""
    solid = [n for n in sorted(base.matched) if n - 1 in base.matched or n + 1 in base.matched]
    if len(solid) < _SOLID:
        return range(0), range(0)
    return range(solid[0]), range(solid[-1] + 1, len(quoted.words))


def _likely(
    leftover: range, base: Fit, statements: Sequence[Statement], quoted: Passage, *, rarity: Rarity
) -> list[Statement]:
    words = [quoted.words[number].text_normalised for number in leftover]
    if len(words) < _SOLID or (len(words) < 3 and not any(map(is_content_word, words))):
        return []
    wanted = [word_hash(word) for word in words]
    taken = {statement.post.id for statement in base.statements}
    account = base.statements[0].account.id
    found: list[tuple[float, int, Statement]] = []
    for order, statement in enumerate(statements):
        if statement.account.id != account or statement.post.id in taken:
            continue
        apart = min(abs(statement.post.posted_at - other.post.posted_at) for other in base.statements)
        if apart > _NEIGHBOURHOOD and len(words) < _SHORTEST_FAR:
            continue
        common = LCSseq.similarity(wanted, word_hashes(statement.snapshot.text))
        share = common / len(wanted)
        if share < (0.5 if apart <= _NEIGHBOURHOOD else 0.8):
            continue
        found.append((share - apart / timedelta(days=3650), -order, statement))
    found.sort(key=lambda item: item[:2], reverse=True)
    return [statement for _, _, statement in found[:_TRIED]]
