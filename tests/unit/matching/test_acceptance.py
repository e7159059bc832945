"""Acceptance: when words that fit a post are that post's – by whom the article names, how many words are in place, and
how far behind the next best post is."""

from __future__ import annotations

from dataclasses import replace
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.matching.acceptance import (
    Circumstances,
    is_accepted,
    is_decisive,
    likelihood_unnamed,
    stands_alone,
    weight_unnamed,
)
from archive.matching.speakers import SpeakerFit

_ARCHIVE = 1_000_000
_UNIT = log(_ARCHIVE + 2)
"""What it takes to single out one text of the archive, in nats."""


def facts(
    *, ratio: float = 1.0, edits: int = 0, words: int = 20, alone_by: float = 4.0, **more: object
) -> Circumstances:
    """A fit of a quotation that names nobody, in an article that speaks of a post. ``alone_by`` is how far the next best
    post is behind, in units of what singles out a text."""
    made = Circumstances(
        ratio=ratio,
        edits=edits,
        information=_UNIT * 0.4 * words * ratio,
        corpus_size=_ARCHIVE,
        words=words,
        content_words=words // 2,
        speaker=SpeakerFit.UNNAMED,
        age_days=None,
        lead=_UNIT * alone_by,
    )
    return replace(made, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fit", "accepted"),
    [
        pytest.param(facts(words=9, alone_by=0.1), True, id="all the words"),
        pytest.param(facts(ratio=0.9, edits=2), True, id="two words changed, no other post near"),
        pytest.param(facts(ratio=0.9, edits=2, alone_by=0.1), False, id="two words changed, another post as near"),
        pytest.param(facts(ratio=0.8, edits=4, words=25, alone_by=5.0), True, id="a fifth of the words changed"),
        pytest.param(
            facts(ratio=0.8, edits=2, words=10, alone_by=0.3), False, id="short, and others fit about as well"
        ),
        pytest.param(
            facts(ratio=0.9, edits=1, words=10, alone_by=1.5), True, id="short, one word changed, nothing near"
        ),
        pytest.param(facts(ratio=0.86, edits=1, words=7, alone_by=3.0), False, id="too short to be altered"),
        pytest.param(facts(ratio=0.6, edits=6, words=30, alone_by=9.0), False, id="too little of it in place"),
        pytest.param(facts(ratio=0.9, edits=2, content_words=3), False, id="too few words of meaning, altered"),
        pytest.param(facts(words=9, content_words=3), True, id="few words of meaning, in no other post so"),
        pytest.param(
            facts(words=9, content_words=3, alone_by=0.1), False, id="few words of meaning, as in other posts"
        ),
        pytest.param(facts(words=7, content_words=3), False, id="seven words, few of meaning"),
        pytest.param(facts(ratio=0.9, edits=2, says_post=False), False, id="altered, and not said to be a post"),
        pytest.param(
            facts(ratio=0.98, edits=1, words=40, alone_by=9.0, says_post=False),
            True,
            id="hardly altered, and very long",
        ),
        pytest.param(facts(is_quoted_there=True), True, id="all the words, which the post quotes"),
        pytest.param(facts(ratio=0.9, edits=2, is_quoted_there=True), False, id="altered words, which the post quotes"),
        pytest.param(facts(age_days=-3.0), False, id="younger than the article"),
    ],
)
def test_where_nobody_is_named(fit: Circumstances, *, accepted: bool) -> None:
    assert is_accepted(fit) is accepted


@pytest.mark.parametrize(
    ("fit", "accepted"),
    [
        pytest.param(facts(), True, id="all the words"),
        pytest.param(facts(words=12), False, id="all of fewer than thirteen words"),
        pytest.param(facts(ratio=0.95, edits=1), True, id="one word changed, no other post near"),
        pytest.param(facts(ratio=0.9, edits=1), False, id="one word in ten changed: enough without a name"),
        pytest.param(facts(ratio=0.95, edits=1, alone_by=0.8), False, id="another post too near"),
        pytest.param(facts(ratio=0.95, edits=1, says_post=False), False, id="altered, and not said to be a post"),
        pytest.param(facts(is_quoted_there=True), False, id="words that the post quotes"),
        pytest.param(facts(age_days=-1.0), False, id="posted the day after the article"),
    ],
)
def test_where_somebody_else_is_named(fit: Circumstances, *, accepted: bool) -> None:
    assert is_accepted(replace(fit, speaker=SpeakerFit.OTHER)) is accepted


@pytest.mark.parametrize(
    ("fit", "alone", "decisive"),
    [
        pytest.param(facts(words=9, alone_by=1.5), True, True, id="nine words of one post alone"),
        pytest.param(facts(words=9, alone_by=0.1), False, False, id="nine words that others nearly have"),
        pytest.param(
            facts(words=9, alone_by=1.5, says_post=False), False, False, id="nine words, not said to be posted"
        ),
        pytest.param(facts(words=7, alone_by=3.0), False, False, id="seven words"),
        pytest.param(facts(words=14, alone_by=0.1), False, True, id="fourteen words as they are"),
        pytest.param(facts(ratio=0.95, edits=1, words=20), True, True, id="twenty words, one changed"),
        pytest.param(facts(ratio=0.5, edits=8, alone_by=0.0), False, True, id="long enough to be missed"),
    ],
)
def test_words_tell_whose_they_are_by_length_or_where_a_post_stands_alone(
    fit: Circumstances, *, alone: bool, decisive: bool
) -> None:
    assert (stands_alone(fit), is_decisive(fit)) == (alone, decisive)


def test_altered_words_that_are_likely_but_not_surely_a_posts_name_it_and_do_not_judge() -> None:
    chances = [facts(ratio=0.85, edits=2, words=14, alone_by=by / 50) for by in range(200)]
    doubtful = [fit for fit in chances if is_accepted(fit) and not is_decisive(fit)]
    assert doubtful
    assert all(0.8 <= likelihood_unnamed(fit) < 0.9 for fit in doubtful)


def test_a_name_that_is_not_the_authors_makes_no_post_stand_alone() -> None:
    assert not stands_alone(facts(speaker=SpeakerFit.OTHER))


_FITS = st.builds(
    facts,
    ratio=st.floats(0.5, 1.0),
    edits=st.integers(0, 5),
    words=st.integers(5, 40),
    alone_by=st.floats(0.0, 8.0),
)


@given(_FITS, st.floats(0.0, 3.0))
def test_a_greater_lead_never_speaks_against_a_post(fit: Circumstances, more: float) -> None:
    ahead = replace(fit, lead=fit.lead + _UNIT * more)
    assert weight_unnamed(ahead) >= weight_unnamed(fit)
    assert is_accepted(ahead) >= is_accepted(fit)


@given(_FITS)
def test_a_name_asks_for_more_than_none(fit: Circumstances) -> None:
    assert is_accepted(fit) >= is_accepted(replace(fit, speaker=SpeakerFit.OTHER))


@given(_FITS)
def test_an_article_that_speaks_of_a_post_asks_for_no_more(fit: Circumstances) -> None:
    assert is_accepted(fit) >= is_accepted(replace(fit, says_post=False))
