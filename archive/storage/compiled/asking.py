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
from archive.storage.compiled.casting import count, documents, open_lists, rank, take
from archive.storage.compiled.counting import elect, post_of, votes_of
from archive.storage.compiled.desk import chosen_at, elected_at, order_at, runs_at, words_at
from archive.storage.compiled.ground import Numbers, compiled, distinct, logarithm, number_at, pair, triple, whole
from archive.storage.compiled.pages import lay_all, put, spread_out
from archive.storage.compiled.shapes import (
    COUNTS,
    GIVEN,
    GIVEN_COUNT,
    HEAD,
    KEYS,
    LIMIT,
    PIECES,
    POSTS,
    RUNS,
    SPEAKER,
    SPEAKER_COUNT,
    WORDS,
    WORTHS,
    Answered,
)
from archive.storage.compiled.speaking import of_speaker
from archive.storage.compiled.telling import tell
from archive.storage.laying import COUNTED, WORTH

_STAGE_1_POSTINGS, _STAGE_1_POSTS = STAGE_1
_STAGE_2_POSTINGS, _STAGE_2_POSTS = STAGE_2
_LEAST, _OF = STRONG
_PART = (1 << COUNTED) - 1


@compiled
def ask_all(table: Numbers, sheet: Numbers, answering: tuple[int, Answered]) -> None:
    """Answer every quotation on the sheet, one after the other."""
    desk, answered = answering
    at, told = 0, 0
    while at < len(sheet):
        pieces = sheet[at + PIECES]
        first = at + HEAD + pieces
        size = 0
        for piece in range(pieces):
            size += sheet[at + HEAD + piece]
        looked_up = min(size, LONGEST_QUOTATION)
        chosen, information = 0, 0
        if looked_up > 0 and table.shape[0] > 0:
            chosen, information = _ask(table, sheet, (desk, at, first, looked_up))
        told = tell(desk, answered, (chosen, looked_up, information, told))
        at = first + size


@compiled
def _ask(table: Numbers, sheet: Numbers, quote: tuple[int, int, int, int]) -> tuple[int, int]:
    """Choose posts for one quotation and lay it along them; how many there are, what all its words are worth."""
    desk, at, first, size = quote
    words = _words(table, sheet, (desk, first, size))
    information, mask = _prepared(table, sheet, (desk, first, size, words))
    given: int = sheet[at + GIVEN_COUNT]
    if given > 0:
        for place in range(given):
            chosen_at(desk)[place, POSTS] = number_at(sheet[at + GIVEN], place)
        lay_all(table, desk, (size, mask, whole(0), given))
        return given, information
    chosen = _sought(table, sheet, (desk, at, first, size, words, information, mask))
    return min(chosen, sheet[at + LIMIT]), information


@compiled
def _sought(table: Numbers, sheet: Numbers, quote: tuple[int, int, int, int, int, int, int]) -> int:
    """The cascade: how many posts are chosen and laid."""
    desk, at, first, size, words, information, mask = quote
    limit, count_of_own = sheet[at + LIMIT], sheet[at + SPEAKER_COUNT]
    runs = _runs(table, sheet, (desk, at, first, size))
    taken, strong, kept = _cast_runs(table, desk, (runs, whole(_STAGE_1_POSTINGS)))
    chosen = _added(desk, whole(0), kept)
    if count_of_own > 0 and (words <= SHORT or not strong):
        own = of_speaker(table, desk, (sheet[at + SPEAKER], count_of_own, words))
        chosen = _put_first(desk, chosen, own)
    best = lay_all(table, desk, (size, mask, whole(0), chosen))
    if (
        (best + _PART) >> WORTH < information
        and words <= FEW
        and take(runs_at(desk), runs, (whole(STAGE_1_AGAIN), whole(0))) > taken
    ):
        _, _, again = _cast_runs(table, desk, (runs, whole(STAGE_1_AGAIN)))
        more = min(_added(desk, chosen, again), max(chosen, limit))
        best = max(best, lay_all(table, desk, (size, mask, chosen, more)))
        chosen = more
    best_worth = (best + _PART) >> WORTH
    if not strong or best_worth < information:
        kept_more = min(_STAGE_1_POSTS if strong else _STAGE_2_POSTS, limit)
        more = _added(desk, chosen, _cast_words(table, desk, (words, kept_more, best_worth)))
        more = min(more, max(chosen, limit))
        lay_all(table, desk, (size, mask, chosen, more))
        chosen = more
    return chosen


@compiled
def _words(table: Numbers, sheet: Numbers, quote: tuple[int, int, int]) -> int:
    """Find the quotation's words and how many posts have each; how many different ones there are."""
    desk, first, size = quote
    for place in range(size):
        order_at(desk)[place] = sheet[first + place]
    words = distinct(order_at(desk), size)
    for place in range(words):
        words_at(desk)[place, KEYS] = order_at(desk)[place]
        words_at(desk)[place, WORTHS] = 0
    count(table, words_at(desk), (whole(WORDS), words))
    return words


@compiled
def _prepared(table: Numbers, sheet: Numbers, quote: tuple[int, int, int, int]) -> tuple[int, int]:
    """Put the quotation on the page; what all its words are worth, and how many places there are to seek them."""
    desk, first, size, words = quote
    keys = words_at(desk)
    all_of_them = logarithm(documents(table) + 2)
    mask = spread_out(desk, size)
    information, numbers = 0, 0
    for place in range(size):
        word = sheet[first + place]
        at = _place_of(keys, words, word)
        worth = max(all_of_them - logarithm(keys[at, COUNTS] + 1), 1)
        keys[at, WORTHS] += worth
        information += worth
        numbers = put(desk, (word, worth, place, mask), numbers)
    return information, mask


@compiled
def _place_of(keys: Numbers, size: int, key: int) -> int:
    low, high = 0, size
    while low < high:
        middle = (low + high) >> 1
        if keys[middle, KEYS] < key:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def _runs(table: Numbers, sheet: Numbers, quote: tuple[int, int, int, int]) -> int:
    """Find the quotation's runs of words and how many posts have each; how many different ones there are."""
    desk, at, first, size = quote
    order, runs, start = order_at(desk), 0, first
    for piece in range(sheet[at + PIECES]):
        end = min(start + sheet[at + HEAD + piece], first + size)
        for place in range(start, end - 1):
            order[runs] = pair(sheet[place], sheet[place + 1])
            runs += 1
        for place in range(start, end - 2):
            order[runs] = triple(sheet[place], sheet[place + 1], sheet[place + 2])
            runs += 1
        start = end
    runs = distinct(order, runs)
    for place in range(runs):
        runs_at(desk)[place, KEYS] = order[place]
    count(table, runs_at(desk), (whole(RUNS), runs))
    rank(runs_at(desk), order, runs)
    return runs


@compiled
def _cast_runs(table: Numbers, desk: int, wanted: tuple[int, int]) -> tuple[int, bool, int]:
    """Stage 1: how many runs are read, whether one post has a good share of them, how many posts were voted for."""
    runs, postings = wanted
    taken = take(runs_at(desk), runs, (postings, whole(0)))
    lists, read, total = open_lists(table, runs_at(desk), (whole(RUNS), taken))
    kept = elect(runs_at(desk), desk, (lists, read, total, whole(_STAGE_1_POSTS)))
    return taken, kept > 0 and votes_of(elected_at(desk)[0]) * _OF >= total * _LEAST, kept


@compiled
def _cast_words(table: Numbers, desk: int, wanted: tuple[int, int, int]) -> int:
    """Stage 2: how many posts were voted for by single words."""
    words, kept, beaten = wanted
    postings = min(max(documents(table) // 10, STAGE_2_LEAST), _STAGE_2_POSTINGS)
    if words <= FEW:
        postings *= AS_MUCH_AGAIN
    rank(words_at(desk), order_at(desk), words)
    lists, read, total = open_lists(
        table, words_at(desk), (whole(WORDS), take(words_at(desk), words, (postings, beaten)))
    )
    return elect(words_at(desk), desk, (lists, read, total, kept))


@compiled
def _added(desk: int, chosen: int, kept: int) -> int:
    """Choose those of the best by votes that were not chosen before; how many are chosen then."""
    before = chosen
    for place in range(kept):
        post, known = post_of(elected_at(desk)[place]), False
        for each in range(before):
            known = known or chosen_at(desk)[each, POSTS] == post
        if not known:
            chosen_at(desk)[chosen, POSTS] = post
            chosen += 1
    return chosen


@compiled
def _put_first(desk: int, chosen: int, own: int) -> int:
    """Choose the speaker's posts before the others; how many are chosen then."""
    posts = chosen_at(desk)
    for place in range(chosen - 1, -1, -1):
        posts[own + place, POSTS] = posts[place, POSTS]
    for place in range(own):
        posts[place, POSTS] = post_of(elected_at(desk)[place])
    kept = own
    for place in range(own, own + chosen):
        known = False
        for each in range(own):
            known = known or posts[each, POSTS] == posts[place, POSTS]
        if not known:
            posts[kept, POSTS] = posts[place, POSTS]
            kept += 1
    return kept
