"""The credited speaker's posts compiled: those that hold most of a quotation's words, as in ``cascade``."""

from __future__ import annotations

from archive.storage.cascade import MOST_OF_SPEAKER
from archive.storage.compiled.casting import documents, entered, weight_of
from archive.storage.compiled.ground import Numbers, compiled, number_at
from archive.storage.compiled.shapes import COUNTS, KEYS, OWN, SCORES, WORDS


@compiled
def of_speaker(table: Numbers, room: tuple[Numbers, Numbers], asked: tuple[int, int, int]) -> int:
    """Put those of a speaker's posts that hold most of the first so many keys in ``tally``; how many they are.
    ``asked``: where the speaker's posts begin, how many there are, how many keys."""
    keys, tally = room
    speakers, count, words = asked
    size = documents(table)
    for place in range(count):
        tally[OWN, place] = 0
    for word in range(words):
        weight = weight_of(keys[COUNTS, word], size)
        for segment in range(table.shape[0]):
            offsets = table[segment, WORDS]
            bucket = keys[KEYS, word] >> table[segment, WORDS + 1]
            bounds = (number_at(offsets, bucket), number_at(offsets, bucket + 1))
            _add_common(tally[OWN], (speakers, count, weight), (table[segment, WORDS + 2], bounds[0], bounds[1]))
    kept = 0
    for place in range(count):
        score = tally[OWN, place]
        if score > 0 and (kept < MOST_OF_SPEAKER or score > tally[SCORES, kept - 1]):
            kept = entered(tally, (number_at(speakers, place), score), (kept, MOST_OF_SPEAKER))
    return kept


@compiled
def _add_common(own: Numbers, speaker: tuple[int, int, int], postings: tuple[int, int, int]) -> None:
    """Add a word's weight to those of the speaker's posts that a list holds; both ascend, whichever is behind leaps."""
    speakers, count, weight = speaker
    posts, place, end = postings
    mine = 0
    while mine < count and place < end:
        post, other = number_at(speakers, mine), number_at(posts, place)
        if post == other:
            own[mine] += weight
            mine += 1
            place += 1
        elif post < other:
            mine = _leap(speakers, other, (mine, count))
        else:
            place = _leap(posts, post, (place, end))


@compiled
def _leap(numbers: int, wanted: int, bounds: tuple[int, int]) -> int:
    """The first place from the lower bound on that holds ``wanted`` or more."""
    low, end = bounds
    step = 1
    while low + step < end and number_at(numbers, low + step) < wanted:
        low += step
        step <<= 1
    high = min(low + step, end)
    while low < high:
        middle = (low + high) >> 1
        if number_at(numbers, middle) < wanted:
            low = middle + 1
        else:
            high = middle
    return low
