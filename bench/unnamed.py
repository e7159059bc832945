"""Trials for quotations that name nobody: each is looked for among everybody's posts, in an archive that has its post
and in one that does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import inf
from random import Random

import numpy as np

from archive.matching.acceptance import Circumstances, weight_unnamed
from archive.matching.fits import Rarity, content_words, fit_of, is_quoted_there
from archive.matching.handles import KnownNames
from archive.matching.passages import Passage, quoted_passage
from archive.matching.speakers import SpeakerFit
from archive.storage import cascade
from archive.storage.cascade import Proposed
from archive.storage.kernels import Interpreted
from archive.storage.narrowing import next_best
from archive.storage.postings import Numbers, Segment, build_segment
from archive.text.shingles import word_hashes
from bench.scenes import statement

LENGTHS = (7, 12, 20, 9_999)
_IN_ONE = 400_000
_LIMIT = 64
_FITTED = 6
_LEAST = 6
_SHARE = 0.2
_READ_FOR_WORDS = 3_000


@dataclass(frozen=True, slots=True)
class Post:
    """One archived post, and whose it is."""

    text: str
    at: datetime
    author: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """One look-up: how many words were quoted, the weight the best fit reached, whether it was the original, and where
    it was not, whether at least of the same author."""

    words: int
    weight: float
    is_true: bool
    is_same_author: bool = False


@dataclass(frozen=True, slots=True)
class _Made:
    """A quotation, the words of the post it was made from, and that post's number."""

    quoted: str
    stretch: tuple[int, ...]
    post: int


def trials_among_all(posts: Sequence[Post], *, quotations: int, seed: int) -> list[Trial]:
    """Two trials for each quotation: in an archive of all posts, and in one of those that none was made from."""
    draw = Random(seed)
    long_enough = [number for number, post in enumerate(posts) if len(_printed(post.text)) >= _LEAST]
    chosen = draw.sample(long_enough, min(quotations, len(long_enough)))
    some = draw.sample(posts, min(_READ_FOR_WORDS, len(posts)))
    words = [word for post in some for word in post.text.split() if word.isalpha() and word.islower()]
    made = [_quotation(posts[number], number, vocabulary=words, draw=draw) for number in chosen]
    taken = {each.post for each in made}
    hashes = [np.array(word_hashes(post.text), dtype=np.uint32) for post in posts]
    found: list[Trial] = []
    for held in (range(len(posts)), [n for n in range(len(posts)) if n not in taken]):
        segments = _segments(hashes, held)
        tried = (_trial(each, posts, segments=segments, hashes=hashes) for each in made)
        found += [trial for trial in tried if trial is not None]
    return found


def _printed(text: str) -> list[str]:
    return [word for word in text.split() if not word.startswith("http")]


def _quotation(post: Post, number: int, *, vocabulary: Sequence[str], draw: Random) -> _Made:
    """The whole post or a stretch of it: as it is, with one to three words dropped, added or replaced, or with a fifth
    of its words replaced, by words that other posts have."""
    words = _printed(post.text)
    if draw.random() < 0.7:
        size = draw.randint(min(5, len(words)), min(30, len(words)))
        start = draw.randrange(len(words) - size + 1)
        words = words[start : start + size]
    stretch = tuple(word_hashes(" ".join(words)))
    kind = draw.random()
    if kind < 0.45:
        for _ in range(draw.randint(1, 3)):
            at = draw.randrange(len(words))
            new = draw.choice(([], [draw.choice(vocabulary)], [words[at], draw.choice(vocabulary)]))
            words[at : at + 1] = new if len(words) > 4 or new else [draw.choice(vocabulary)]
    elif kind < 0.65:
        for at in draw.sample(range(len(words)), max(1, round(_SHARE * len(words)))):
            words[at] = draw.choice(vocabulary)
    return _Made(" ".join(words), stretch, number)


def _segments(hashes: Sequence[Numbers], held: Sequence[int]) -> list[Segment]:
    found = []
    for first in range(0, len(held), _IN_ONE):
        numbers = held[first : first + _IN_ONE]
        lengths = np.fromiter((len(hashes[n]) for n in numbers), dtype=np.int64, count=len(numbers))
        words = np.concatenate([hashes[n] for n in numbers])
        times = np.zeros(len(numbers), dtype=np.uint32)
        found.append(build_segment(words, lengths=lengths, posts=np.array(numbers, dtype=np.uint32), times=times))
    return found


def _trial(
    made: _Made, posts: Sequence[Post], *, segments: Sequence[Segment], hashes: Sequence[Numbers]
) -> Trial | None:
    """The best fit; None where it says nothing of the rule: no words, or the very words in another post."""
    pieces = (tuple(word_hashes(made.quoted)),)
    asked = np.array(sorted(set(pieces[0])), dtype=np.uint32)
    found = Interpreted(segments).of((pieces,), speakers=(None,), limits=(_LIMIT,))[0] if len(asked) else None
    if found is None or not found.posts:
        return None
    size = sum(segment.documents for segment in segments)
    counts = cascade.frequencies(segments, asked).tolist()
    rarity = Rarity(corpus_size=size, frequencies=dict(zip(asked.tolist(), counts, strict=True)))
    best, facts = _best(made, posts, found=found, rarity=rarity)
    if facts.is_quoted_there or (best != made.post and _holds(hashes[best].tolist(), made.stretch)):
        return None
    same = posts[best].author == posts[made.post].author
    return Trial(facts.words, weight_unnamed(facts), best == made.post, same)


def _holds(words: Sequence[int], stretch: tuple[int, ...]) -> bool:
    size = len(stretch)
    return any(tuple(words[at : at + size]) == stretch for at in range(len(words) - size + 1))


def _best(made: _Made, posts: Sequence[Post], *, found: Proposed, rarity: Rarity) -> tuple[int, Circumstances]:
    quoted = quoted_passage(made.quoted)
    fits = [(n, _facts(posts[n], n, quoted=quoted, found=found, rarity=rarity)) for n in found.posts[:_FITTED]]
    number, (_, facts) = max(fits, key=lambda fit: fit[1][0])
    return number, facts


def _facts(post: Post, number: int, *, quoted: Passage, found: Proposed, rarity: Rarity) -> tuple[float, Circumstances]:
    fit = fit_of((statement(post.text, number=number, at=post.at),), quoted, rarity=rarity, names=KnownNames())
    facts = Circumstances(
        ratio=fit.ratio, edits=fit.edits, information=fit.information, corpus_size=rarity.corpus_size,
        words=len(quoted.words), content_words=content_words(quoted), speaker=SpeakerFit.UNNAMED, age_days=None,
        is_quoted_there=is_quoted_there(fit), lead=fit.information - next_best(found, last=inf),
    )  # fmt: skip
    return fit.score, facts
