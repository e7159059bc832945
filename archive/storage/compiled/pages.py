"""Laying compiled: a quotation along the words of a post, as in ``laying``.

The programme is that of ``laying``, word by word of the document instead of row by row: only the words that both have
are ever met, and the best states before each word of the quotation ascend, so that a better one is put in until it
meets one as good (Hunt & Szymanski 1977).
"""

from __future__ import annotations

from archive.storage.compiled.desk import chosen_at, page_at, seek_at
from archive.storage.compiled.ground import (
    Numbers,
    compiled,
    fetch_half,
    fetch_number,
    first_from,
    half,
    half_at,
    number_at,
)
from archive.storage.compiled.shapes import (
    BEST,
    DOCUMENTS,
    EARLIER,
    ENDED,
    ENDED_AT,
    FIRST_POST,
    GAINS,
    LAST,
    LAST_POST,
    NUMBERS,
    OFTEN,
    POSTS,
    REPEATS,
    SHARED,
    STATES,
    TEXTS,
    TIMES,
    WORTH_OF,
)
from archive.storage.laying import COUNTED, LONGEST_DOCUMENT, WORTH

_NOWHERE = -2
_HALF_BITS = 16


@compiled
def spread_out(desk: int, size: int) -> int:
    """Empty the page and the places for the numbers of so many words; how many places there are, less one."""
    places = 64
    while places < 4 * size:
        places <<= 1
    for place in range(places):
        seek_at(desk)[place] = 0
    for number in range(size + 1):
        page_at(desk)[number, LAST] = -1
        page_at(desk)[number, REPEATS] = page_at(desk)[number, WORTH_OF] = 0
    return places - 1


@compiled
def put(desk: int, word: tuple[int, int, int, int], known: int) -> int:
    """Put a word (itself, what it is worth, its place, how many places there are to seek) on the page, where so many
    different ones are. How many there are then."""
    hashed, worth, place, mask = word
    page, seek = page_at(desk), seek_at(desk)
    wanted = half(hashed)
    slot = wanted & mask
    while seek[slot] != 0 and (seek[slot] - 1) >> _HALF_BITS != wanted:
        slot = (slot + 1) & mask
    if seek[slot] == 0:
        seek[slot] = ((wanted << _HALF_BITS) | known) + 1
        known += 1
    number = (seek[slot] - 1) & ((1 << _HALF_BITS) - 1)
    page[place, NUMBERS] = number
    page[place, GAINS] = (worth << WORTH) + (1 << COUNTED)
    page[place, EARLIER] = page[number, LAST]
    page[number, LAST] = place
    page[number, REPEATS] += 1
    page[number, WORTH_OF] = max(page[number, WORTH_OF], worth)
    return known


@compiled
def lay_all(table: Numbers, desk: int, quote: tuple[int, int, int, int]) -> int:
    """Lay a quotation of some words along the posts chosen from one place to another (``quote``, and how many places
    there are to seek); the best state among these."""
    size, mask, start, end = quote
    chosen, most = chosen_at(desk), 0
    _fetch(table, chosen, (start, end))
    for place in range(start, end):
        state, shared, time = _lay(table, desk, (size, mask, chosen[place, POSTS]))
        chosen[place, STATES], chosen[place, SHARED], chosen[place, TIMES] = state, shared, time
        most = max(most, state)
    return most


@compiled
def _fetch(table: Numbers, chosen: Numbers, which: tuple[int, int]) -> None:
    """Have the memory of all these posts fetched at once: one after the other would wait for each."""
    for segment in range(table.shape[0]):
        first, last = table[segment, FIRST_POST], table[segment, LAST_POST]
        for place in range(which[0], which[1]):
            post = chosen[place, POSTS]
            if first <= post <= last:
                for column in range(3):
                    fetch_number(table[segment, TEXTS + column], post - first)
    for segment in range(table.shape[0]):
        first, last = table[segment, FIRST_POST], table[segment, LAST_POST]
        for place in range(which[0], which[1]):
            post = chosen[place, POSTS]
            if first <= post <= last and post - first < table[segment, DOCUMENTS]:
                at = number_at(table[segment, TEXTS + 2], post - first)
                fetch_half(table[segment, TEXTS + 3], at)
                fetch_half(table[segment, TEXTS + 3], at + 32)


@compiled
def _lay(table: Numbers, desk: int, asked: tuple[int, int, int]) -> tuple[int, int, int]:
    """Lay the quotation along the versions of a post: the best state, the most that is shared, the time of the post."""
    size, mask, post = asked
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
            bounds = (start, min(end, start + LONGEST_DOCUMENT))
            best, alike = _along(desk, table[segment, TEXTS + 3], (size, mask, bounds[0], bounds[1]))
            shared = max(shared, alike)
            state = max(state, best)
            document += 1
    return state, shared, time


@compiled
def _first(posts: int, documents: int, wanted: tuple[int, int]) -> int:
    """The first document of a post, or of the next; posts mostly stand one after the other, so a guess is near."""
    post, guess = wanted
    low, step = min(guess, documents - 1), 1
    while low > 0 and number_at(posts, low) >= post:
        if number_at(posts, low - 1) < post:
            return low
        low = max(0, low - step)
        step <<= 1
    return first_from(posts, post, (low, documents))


@compiled
def _along(desk: int, words: int, bounds: tuple[int, int, int, int]) -> tuple[int, int]:
    """The best state of a document, whose words stand between two places, and what the words are worth that it shares
    with the quotation, each as often as in both."""
    size, mask, start, end = bounds
    page, seek = page_at(desk), seek_at(desk)
    for place in range(size + 1):
        page[place, BEST], page[place, ENDED_AT], page[place, OFTEN] = 0, _NOWHERE, 0
    shared = 0
    for place in range(start, end):
        wanted = half_at(words, place)
        slot = wanted & mask
        while seek[slot] != 0 and (seek[slot] - 1) >> _HALF_BITS != wanted:
            slot = (slot + 1) & mask
        if seek[slot] == 0:
            continue
        number = (seek[slot] - 1) & ((1 << _HALF_BITS) - 1)
        page[number, OFTEN] += 1
        if page[number, OFTEN] <= page[number, REPEATS]:
            shared += page[number, WORTH_OF]
        row = page[number, LAST]
        while row >= 0:
            _ended(page, (row, place, size))
            row = page[row, EARLIER]
    return page[size, BEST], shared


@compiled
def _ended(page: Numbers, met: tuple[int, int, int]) -> None:
    """A word of the quotation stands in that place of the document: what the best state is that ends there."""
    row, place, size = met
    ends = page[row, BEST] - 1
    if row > 0 and page[row - 1, ENDED_AT] == place - 1:
        ends = max(ends, page[row - 1, ENDED])
    ends += page[row, GAINS]
    page[row, ENDED], page[row, ENDED_AT] = ends, place
    later = row + 1
    while later <= size and page[later, BEST] < ends:
        page[later, BEST] = ends
        later += 1
