"""Narrowing: a batch reads only the posts that can decide; what cannot win, tie or be named is left where it is."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest

from archive.domain.statements import Extent
from archive.storage.cascade import NOTHING, Proposed
from archive.storage.narrowing import reaches_beyond, worth_reading

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
        pytest.param([2, 1, 3, 4, 5, 6], True, id="its first words stand apart"),
        pytest.param([], True, id="a post without words"),
    ],
)
def test_a_quotation_reaches_beyond_a_post_that_lacks_its_ends(held: list[int], *, reaches: bool) -> None:
    assert reaches_beyond([[1, 2, 3], [4, 5, 6]], held, frequencies={}, size=1_000) is reaches


def test_common_words_at_an_end_settle_nothing() -> None:
    common = dict.fromkeys(range(1, 5), 900)
    assert reaches_beyond([[1, 2, 3, 4]], [1, 2, 9, 3, 4], frequencies=common, size=1_000)
    assert not reaches_beyond([[1, 2, 3, 4]], [1, 2, 9, 3, 4], frequencies={}, size=1_000)
