"""The credited speaker's posts compiled: those that hold most of a quotation's words, as in ``cascade``."""

from __future__ import annotations

from archive.storage.cascade import MOST_OF_SPEAKER
from archive.storage.compiled.casting import documents, weight_of
from archive.storage.compiled.counting import entered
from archive.storage.compiled.desk import elected_at, own_at, words_at
from archive.storage.compiled.ground import Numbers, compiled, first_from, number_at
from archive.storage.compiled.shapes import COUNTS, KEYS, WORDS


@compiled
def of_speaker(table: Numbers, desk: int, asked: tuple[int, int, int]) -> int:
    """Elect those of a speaker's posts that hold most of the first so many words; how many they are. ``asked``: where
    the speaker's posts begin, how many there are, how many words."""
    speakers, count, words = asked
    keys, own, size = words_at(desk), own_at(desk), documents(table)
    for place in range(count):
        own[place] = 0
    for word in range(words):
        weight = weight_of(keys[word, COUNTS], size)
        for segment in range(table.shape[0]):
            offsets = table[segment, WORDS]
            bucket = keys[word, KEYS] >> table[segment, WORDS + 1]
            bounds = (number_at(offsets, bucket), number_at(offsets, bucket + 1))
            _add_common(own, (speakers, count, weight), (table[segment, WORDS + 2], bounds[0], bounds[1]))
    kept = 0
    for place in range(count):
        if own[place] > 0:
            kept = entered(elected_at(desk), (number_at(speakers, place), own[place]), (kept, MOST_OF_SPEAKER))
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
            mine = first_from(speakers, other, (mine, count))
        else:
            place = first_from(posts, post, (place, end))
