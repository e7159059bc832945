"""Asking compiled: the cascade over many quotations in one call, as ``cascade.proposed`` does one."""

from __future__ import annotations

from archive.storage.cascade import (
    AS_MUCH_AGAIN,
    FEW,
    LONGEST_QUOTATION,
    SHORT,
    STAGE_1,
    STAGE_1_AGAIN,
    STAGE_2,
    STAGE_2_LEAST,
    STRONG,
)
from archive.storage.compiled.casting import count, documents, elect, open_lists, take
from archive.storage.compiled.ground import Numbers, compiled, distinct, half, logarithm, number_at, pair, triple
from archive.storage.compiled.pages import lay
from archive.storage.compiled.shapes import (
    COUNT,
    COUNTS,
    ELECTED,
    GAINS,
    GIVEN,
    GIVEN_COUNT,
    IN_PLACE,
    INFORMATION,
    KEYS,
    LIMIT,
    NUMBERS,
    OFTEN,
    PIECE,
    POSTS,
    REPEATS,
    RUNS,
    RUNS_IN_PLACE,
    SCORES,
    SHARED,
    SPEAKER,
    SPEAKER_COUNT,
    STATES,
    TIMES,
    USED,
    WORDS,
    WORDS_IN_PLACE,
    WORTH_OF,
    WORTHS,
    Asked,
    Found,
    Room,
)
from archive.storage.compiled.speaking import of_speaker
from archive.storage.laying import COUNTED, WORTH

_STAGE_1_POSTINGS, _STAGE_1_POSTS = STAGE_1
_STAGE_2_POSTINGS, _STAGE_2_POSTS = STAGE_2
_LEAST, _OF = STRONG
_PART = (1 << COUNTED) - 1


@compiled
def ask_all(table: Numbers, asked: Asked, answering: tuple[Room, Found]) -> None:
    """Answer every quotation."""
    room, found = answering
    for number in range(len(found.heads)):
        first = asked.pieces[asked.quotes[number, PIECE]]
        size = min(asked.pieces[asked.quotes[number + 1, PIECE]] - first, LONGEST_QUOTATION)
        found.heads[number, COUNT] = 0
        if size > 0 and table.shape[0] > 0:
            chosen = _ask(table, asked, (room, found, number, first, size))
            _told(room, found, (number, min(chosen, asked.quotes[number, LIMIT])))


@compiled
def _ask(table: Numbers, asked: Asked, answering: tuple[Room, Found, int, int, int]) -> int:
    """Choose posts for one quotation and lay it along them; how many there are."""
    room, found, number, first, size = answering
    words = _words(table, asked, (room, first, size))
    information = _prepared(table, asked, (room, first, size, words))
    found.heads[number, INFORMATION] = information
    given: int = asked.quotes[number, GIVEN_COUNT]
    if given > 0:
        for place in range(given):
            room.chosen[POSTS, place] = number_at(asked.quotes[number, GIVEN], place)
        chosen = given
        _laid(table, room, (size, 0, chosen))
    else:
        chosen = _sought(table, asked, (room, number, first, size, words, information))
    for place in range(size):
        room.slots[half(asked.words[first + place])] = -1
    return chosen


@compiled
def _sought(table: Numbers, asked: Asked, quote: tuple[Room, int, int, int, int, int]) -> int:
    """The cascade: how many posts are chosen and laid."""
    room, number, first, size, words, information = quote
    strong, kept = _cast_runs(table, asked, (room, number, first, size, _STAGE_1_POSTINGS))
    chosen = _added(room, 0, kept)
    count_of_own = asked.quotes[number, SPEAKER_COUNT]
    if count_of_own > 0 and (words <= SHORT or not strong):
        own = of_speaker(table, (room.words, room.tally), (asked.quotes[number, SPEAKER], count_of_own, words))
        chosen = _put_first(room, chosen, own)
    best = _laid(table, room, (size, 0, chosen))
    if (best + _PART) >> WORTH < information and words <= FEW:
        limit = asked.quotes[number, LIMIT]
        _, again = _cast_runs(table, asked, (room, number, first, size, STAGE_1_AGAIN))
        more = min(_added(room, chosen, again), max(chosen, limit))
        best = max(best, _laid(table, room, (size, chosen, more)))
        chosen = more
    best_worth = (best + _PART) >> WORTH
    if not strong or best_worth < information:
        limit = asked.quotes[number, LIMIT]
        kept_more = min(_STAGE_1_POSTS if strong else _STAGE_2_POSTS, limit)
        more = _added(room, chosen, _cast_words(table, room, (words, kept_more, best_worth)))
        more = min(more, max(chosen, limit))
        _laid(table, room, (size, chosen, more))
        chosen = more
    return chosen


@compiled
def _words(table: Numbers, asked: Asked, quote: tuple[Room, int, int]) -> int:
    """Find the quotation's words and how many posts have each; how many different ones there are."""
    room, first, size = quote
    for place in range(size):
        room.words[KEYS, place] = asked.words[first + place]
    words = distinct(room.words[KEYS], size)
    count(table, WORDS, room.words, words)
    return words


@compiled
def _prepared(table: Numbers, asked: Asked, quote: tuple[Room, int, int, int]) -> int:
    """Put the quotation on the page; what all its words are worth."""
    room, first, size, words = quote
    keys, page, slots = room.words, room.page, room.slots
    all_of_them = logarithm(documents(table) + 2)
    for place in range(words):
        keys[WORTHS, place] = 0
    information, numbers = 0, 0
    for place in range(size):
        word = asked.words[first + place]
        at = _place_of(keys[KEYS], words, word)
        worth = max(all_of_them - logarithm(keys[COUNTS, at] + 1), 1)
        keys[WORTHS, at] += worth
        information += worth
        number = slots[half(word)]
        if number < 0:
            number = numbers
            slots[half(word)] = number
            page[REPEATS, number], page[WORTH_OF, number], page[OFTEN, number] = 0, 0, 0
            numbers += 1
        page[NUMBERS, place] = number
        page[GAINS, place] = (worth << WORTH) + (1 << COUNTED)
        page[REPEATS, number] += 1
        page[WORTH_OF, number] = max(page[WORTH_OF, number], worth)
    return information


@compiled
def _place_of(keys: Numbers, size: int, key: int) -> int:
    low, high = 0, size
    while low < high:
        middle = (low + high) >> 1
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def _cast_runs(table: Numbers, asked: Asked, quote: tuple[Room, int, int, int, int]) -> tuple[bool, int]:
    """Stage 1: whether one post has a good share of the runs, and how many posts were voted for."""
    room, number, first, size, postings = quote
    keys, runs = room.runs, 0
    for piece in range(asked.quotes[number, PIECE], asked.quotes[number + 1, PIECE]):
        start, end = asked.pieces[piece], min(asked.pieces[piece + 1], first + size)
        for place in range(start, end - 1):
            keys[KEYS, runs] = pair(asked.words[place], asked.words[place + 1])
            runs += 1
        for place in range(start, end - 2):
            keys[KEYS, runs] = triple(asked.words[place], asked.words[place + 1], asked.words[place + 2])
            runs += 1
    runs = distinct(keys[KEYS], runs)
    count(table, RUNS, keys, runs)
    taken = take(keys, runs, (postings, 0))
    lists, read, total = open_lists(table, RUNS, keys, taken)
    kept = elect(keys, room.tally, (lists, read, _STAGE_1_POSTS))
    return kept > 0 and room.tally[SCORES, 0] * _OF >= total * _LEAST, kept


@compiled
def _cast_words(table: Numbers, room: Room, wanted: tuple[int, int, int]) -> int:
    """Stage 2: how many posts were voted for by single words."""
    words, kept, beaten = wanted
    postings = min(max(documents(table) // 10, STAGE_2_LEAST), _STAGE_2_POSTINGS)
    if words <= FEW:
        postings *= AS_MUCH_AGAIN
    taken = take(room.words, words, (postings, beaten))
    lists, read, _ = open_lists(table, WORDS, room.words, taken)
    return elect(room.words, room.tally, (lists, read, kept))


@compiled
def _added(room: Room, chosen: int, kept: int) -> int:
    """Choose those of the best by votes that were not chosen before; how many are chosen then."""
    before = chosen
    for place in range(kept):
        post, known = room.tally[ELECTED, place], False
        for each in range(before):
            known = known or room.chosen[POSTS, each] == post
        if not known:
            room.chosen[POSTS, chosen] = post
            chosen += 1
    return chosen


@compiled
def _put_first(room: Room, chosen: int, own: int) -> int:
    """Choose the speaker's posts before the others; how many are chosen then."""
    posts = room.chosen[POSTS]
    for place in range(chosen - 1, -1, -1):
        posts[own + place] = posts[place]
    for place in range(own):
        posts[place] = room.tally[ELECTED, place]
    kept = own
    for place in range(own, own + chosen):
        known = False
        for each in range(own):
            known = known or posts[each] == posts[place]
        if not known:
            posts[kept] = posts[place]
            kept += 1
    return kept


@compiled
def _laid(table: Numbers, room: Room, which: tuple[int, int, int]) -> int:
    """Lay a quotation of some words along the posts chosen from one place to another; the best state among these."""
    size, start, end = which
    chosen, most = room.chosen, 0
    for place in range(start, end):
        state, shared, time = lay(table, room, (size, chosen[POSTS, place]))
        chosen[STATES, place], chosen[SHARED, place], chosen[TIMES, place] = state, shared, time
        most = max(most, state)
    return most


@compiled
def _told(room: Room, found: Found, answer: tuple[int, int]) -> None:
    """Write down the posts of a quotation, the best first, equal ones in their order."""
    number, size = answer
    chosen, told, order = room.chosen, found.told[number], room.tally[USED]
    found.heads[number, COUNT] = size
    for place in range(size):
        state, at = chosen[STATES, place], place
        while at > 0 and told[STATES, at - 1] < state:
            told[STATES, at], order[at] = told[STATES, at - 1], order[at - 1]
            at -= 1
        told[STATES, at], order[at] = state, place
    for place in range(size):
        for row in (POSTS, SHARED, TIMES):
            told[row, place] = chosen[row, order[place]]
        state = told[STATES, place]
        told[WORDS_IN_PLACE, place] = ((state + _PART) >> COUNTED) & _PART
        told[RUNS_IN_PLACE, place] = -state & _PART
        told[IN_PLACE, place] = (state + _PART) >> WORTH
