"""Laying compiled: a quotation along the words of a post, as in ``laying``."""

from __future__ import annotations

from archive.storage.compiled.ground import Numbers, compiled, half_at, number_at
from archive.storage.compiled.shapes import (
    ADJOINING,
    BEST,
    DOCUMENTS,
    FIRST_POST,
    GAINS,
    LAST,
    LAST_POST,
    MET,
    NUMBERS,
    OFTEN,
    REPEATS,
    TEXTS,
    WORTH_OF,
    Room,
)
from archive.storage.laying import LONGEST_DOCUMENT, NEVER


@compiled
def lay(table: Numbers, room: Room, asked: tuple[int, int]) -> tuple[int, int, int]:
    """Lay a quotation of some words along the versions of a post (``asked``): the best state, the most that is shared,
    and the time of the post."""
    size, post = asked
    state, shared, time = 0, 0, 0
    for segment in range(table.shape[0]):
        if post < table[segment, FIRST_POST] or post > table[segment, LAST_POST]:
            continue
        posts, documents = table[segment, TEXTS], table[segment, DOCUMENTS]
        document = _first(posts, documents, (post, post - table[segment, FIRST_POST]))
        while document < documents and number_at(posts, document) == post:
            time = number_at(table[segment, TEXTS + 1], document)
            offsets = table[segment, TEXTS + 2]
            start, end = number_at(offsets, document), number_at(offsets, document + 1)
            columns, alike = _matched(room, table[segment, TEXTS + 3], (start, min(end, start + LONGEST_DOCUMENT)))
            shared = max(shared, alike)
            state = max(state, _state(room.page, size, columns))
            _cleared(room.page, columns)
            document += 1
    return state, shared, time


@compiled
def _first(posts: int, documents: int, wanted: tuple[int, int]) -> int:
    """The first document of a post, or of the next; posts mostly stand one after the other, so a guess mostly does."""
    post, guess = wanted
    if guess < documents and number_at(posts, guess) == post:
        while guess > 0 and number_at(posts, guess - 1) == post:
            guess -= 1
        return guess
    low, high = 0, documents
    while low < high:
        middle = (low + high) >> 1
        if number_at(posts, middle) < post:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def _matched(room: Room, words: int, bounds: tuple[int, int]) -> tuple[int, int]:
    """Note which words of a document the quotation has; how many, and what they are worth, each as often as in both."""
    page, slots = room.page, room.slots
    columns, shared = 0, 0
    before = -2
    for place in range(bounds[0], bounds[1]):
        number = slots[half_at(words, place)]
        if number < 0:
            continue
        page[MET, columns] = number
        page[ADJOINING, columns] = 1 if place == before + 1 else 0
        before = place
        columns += 1
        page[OFTEN, number] += 1
        if page[OFTEN, number] <= page[REPEATS, number]:
            shared += page[WORTH_OF, number]
    return columns, shared


@compiled
def _cleared(page: Numbers, columns: int) -> None:
    for column in range(columns):
        page[OFTEN, page[MET, column]] = 0


@compiled
def _state(page: Numbers, size: int, columns: int) -> int:
    """The programme over the words of the quotation that the document has, and its words that the quotation has."""
    if columns == 0:
        return 0
    best, last = page[BEST], page[LAST]
    for column in range(columns):
        best[column], last[column] = 0, NEVER
    row_before = -2
    for row in range(size):
        number, step = page[NUMBERS, row], page[GAINS, row]
        if page[OFTEN, number] == 0:
            continue
        follows = row == row_before + 1
        row_before = row
        so_far, best_before, last_before = 0, 0, NEVER
        for column in range(columns):
            old_best, old_last = best[column], last[column]
            ends = NEVER
            if page[MET, column] == number:
                ends = best_before - 1
                if follows and page[ADJOINING, column] == 1:
                    ends = max(ends, last_before)
                ends += step
            so_far = max(so_far, old_best, ends)
            best[column], last[column] = so_far, ends
            best_before, last_before = old_best, old_last
    state: int = best[columns - 1]
    return state
