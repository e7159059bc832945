"""Narrowing: a batch reads only the posts that can decide; what cannot win, tie or be named is left where it is."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest

from archive.domain.statements import Extent
from archive.storage.cascade import NOTHING, Proposed
from archive.storage.narrowing import next_best, reaches_beyond, worth_reading

_WORDS = 10
_EACH = 5.0
"""Every word of the quotation carries as much: what counts here is how many of them a post has."""


def proposed(*posts: tuple[int, int, int], times: tuple[int, ...] = ()) -> Proposed:
    """Posts 1, 2, 3 … with (words in place, runs, words in whatever place) of ten words."""
    return Proposed(
        posts=tuple(range(1, len(posts) + 1)),
        in_place=tuple(_EACH * words for words, _, _ in posts),
        words_in_place=tuple(words for words, _, _ in posts),
        runs=tuple(runs for _, runs, _ in posts),
        shared=tuple(_EACH * held for _, _, held in posts),
        times=times or (0,) * len(posts),
        information=_EACH * _WORDS,
        words=_WORDS,
    )


@pytest.mark.parametrize(
    ("posts", "read"),
    [
        pytest.param([(10, 1, 10), (9, 2, 9), (4, 2, 5)], (1,), id="the whole quotation in one run beats all"),
        pytest.param([(10, 1, 10), (10, 1, 10), (8, 1, 8)], (1, 2), id="the same words posted twice are both named"),
        pytest.param([(10, 1, 10), (6, 2, 10)], (1, 2), id="sentences in another order may tie"),
        pytest.param([(9, 2, 9), (8, 3, 9), (3, 3, 4)], (1, 2), id="an altered quotation: who can still win"),
        pytest.param([(4, 2, 4), (3, 3, 5)], (1,), id="nothing fits: the likeliest alone"),
    ],
)
def test_who_can_win_or_tie_is_read(posts: list[tuple[int, int, int]], read: tuple[int, ...]) -> None:
    assert worth_reading(proposed(*posts), last=inf, own=None).read == read


def test_where_nothing_can_be_the_original_that_is_said() -> None:
    assert worth_reading(proposed((3, 3, 4)), last=inf, own=None).extent is Extent.LIKELIEST
    assert worth_reading(proposed((7, 2, 8)), last=inf, own=None).extent is Extent.DECIDING


@pytest.mark.parametrize(
    ("words", "anywhere", "extent"),
    [
        pytest.param(6, 6, Extent.DECIDING, id="six of ten words in place: an altered quotation may be this post's"),
        pytest.param(5, 7, Extent.LIKELIEST, id="five in place, seven in all: it may not"),
        pytest.param(2, 8, Extent.DECIDING, id="eight of ten in other places: sentences in another order"),
    ],
)
def test_how_much_of_it_a_post_needs_to_be_the_original_of_somebody_unnamed(
    words: int, anywhere: int, extent: Extent
) -> None:
    """In many runs, so that it is no part of a thread either."""
    assert worth_reading(proposed((words, words, anywhere)), last=inf, own=None).extent is extent


@pytest.mark.parametrize(
    ("words", "anywhere", "extent"),
    [
        pytest.param(4, 4, Extent.DECIDING, id="four of ten words in place"),
        pytest.param(3, 4, Extent.LIKELIEST, id="three in place, four in all"),
        pytest.param(1, 5, Extent.DECIDING, id="half of them in other places"),
    ],
)
def test_the_credited_speakers_own_post_needs_less(words: int, anywhere: int, extent: Extent) -> None:
    own = np.array([1], dtype=np.uint32)
    assert worth_reading(proposed((words, words, anywhere)), last=inf, own=own).extent is extent


@pytest.mark.parametrize(
    ("posts", "times", "best"),
    [
        pytest.param([(9, 2, 9), (6, 3, 7), (4, 2, 4)], (), 30.0, id="the second"),
        pytest.param([(9, 2, 9), (9, 3, 9), (4, 2, 4)], (), 20.0, id="the same words posted twice are one"),
        pytest.param([(9, 2, 9), (8, 1, 8), (4, 2, 4)], (0, 200, 0), 20.0, id="younger than the article: none"),
        pytest.param([(9, 2, 9), (8, 1, 8)], (200, 0), 0.0, id="the first is younger: the second is the first"),
        pytest.param([(9, 2, 9)], (), 0.0, id="the only one"),
    ],
)
def test_what_the_next_best_post_has_in_place(
    posts: list[tuple[int, int, int]], times: tuple[int, ...], best: float
) -> None:
    assert next_best(proposed(*posts, times=times), last=100.0) == best


def test_nothing_proposed_has_no_next_best() -> None:
    assert next_best(NOTHING, last=inf) == 0.0


def test_the_credited_speakers_own_post_is_read_beside_a_better_text_of_somebody_else() -> None:
    found = proposed((10, 1, 10), (5, 2, 6), (5, 2, 6))
    assert worth_reading(found, last=inf, own=np.array([3], dtype=np.uint32)).read == (1, 3)


def test_a_post_younger_than_the_article_is_no_original() -> None:
    found = proposed((10, 1, 10), (9, 1, 9), times=(200, 50))
    assert worth_reading(found, last=100.0, own=None).read == (2,)


def test_a_long_run_may_be_part_of_a_thread() -> None:
    worth = worth_reading(proposed((5, 1, 5), (1, 1, 3)), last=inf, own=None)
    assert worth.joined == (1,)
    assert worth.extent is Extent.DECIDING


def test_nothing_proposed_is_nothing_to_read() -> None:
    assert worth_reading(NOTHING, last=inf, own=None).read == ()


@pytest.mark.parametrize(
    ("held", "reaches"),
    [
        pytest.param([9, 1, 2, 3, 4, 5, 6, 9], False, id="begins and ends in the post"),
        pytest.param([9, 1, 2, 8, 8, 5, 6, 9], False, id="altered in the middle only"),
        pytest.param([9, 1, 2, 3, 4, 9], True, id="its end is elsewhere"),
        pytest.param([9, 3, 4, 5, 6], True, id="its beginning is elsewhere"),
        pytest.param([9, 8, 3, 4, 5, 6], False, id="two words are changed at its beginning"),
        pytest.param([1, 2, 3, 4, 8, 9], False, id="two words are changed at its end"),
        pytest.param([9, 8, 7, 4, 5, 6], True, id="three other words at its beginning"),
        pytest.param([1, 2, 3, 4, 9], True, id="the post has one word where the quotation ends with two"),
        pytest.param([2, 1, 7, 3, 4, 5, 6], False, id="its first words stand apart"),
        pytest.param([], True, id="a post without words"),
    ],
)
def test_a_quotation_reaches_beyond_a_post_that_lacks_its_ends(held: list[int], *, reaches: bool) -> None:
    assert reaches_beyond([[1, 2, 3], [4, 5, 6]], held, frequencies={}, size=1_000) is reaches


def test_common_words_at_an_end_settle_nothing() -> None:
    common = dict.fromkeys(range(1, 5), 900)
    assert reaches_beyond([[1, 2, 3, 4]], [1, 2, 9, 3, 4], frequencies=common, size=1_000)
    assert not reaches_beyond([[1, 2, 3, 4]], [1, 2, 9, 3, 4], frequencies={}, size=1_000)
