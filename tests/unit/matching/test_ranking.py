"""Ranking: the best text wins; among equal texts what the article says of speaker and day; few words prove nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from archive.domain.accounts import Platform
from archive.domain.articles import Embed
from archive.domain.claims import Claim
from archive.domain.differences import Ranking
from archive.domain.directory import Directory
from archive.domain.statements import Candidates, Statement
from archive.matching.ranking import rank
from archive.matching.retrieval import candidate_query
from tests.quality.mutations.comparing import NOON, a_claim, a_statement

LONG = "The ferries to the outer islands will run every hour from Monday, and nobody pays more than two crowns."


def ranked(claim: Claim, *statements: Statement) -> Ranking:
    candidates = Candidates(statements=statements, corpus_size=100_000, frequencies={})
    return rank(claim, candidates=candidates, directory=Directory())


def number_of(ranking: Ranking, *statements: Statement) -> list[str]:
    assert ranking.best is not None
    names = {statement.snapshot.id: statement.post.native_id for statement in statements}
    return [names[alignment.snapshot_id] for alignment in ranking.best.alignments]


def test_the_best_text_wins_although_somebody_else_wrote_it() -> None:
    mine = a_statement("The ferries to the outer islands may stop on Monday, and everybody pays for it.", number=1)
    theirs = a_statement(LONG, number=2, author="Otto Reyes")
    assert number_of(ranked(a_claim(LONG), mine, theirs), mine, theirs) == ["2"]


def test_among_equal_texts_the_credited_speaker_comes_first_and_the_other_is_a_rival() -> None:
    theirs = a_statement(LONG, number=1, author="Otto Reyes")
    mine = a_statement(LONG, number=2)
    ranking = ranked(a_claim(LONG), theirs, mine)
    assert number_of(ranking, theirs, mine) == ["2"]
    assert [match.alignments[0].snapshot_id for match in ranking.rivals] == [theirs.snapshot.id]


def test_among_equal_texts_of_one_speaker_the_day_nearest_the_article_comes_first() -> None:
    old = a_statement(LONG, number=1, at=NOON - timedelta(days=300))
    new = a_statement(LONG, number=2, at=NOON - timedelta(days=1))
    assert number_of(ranked(a_claim(LONG), old, new), old, new) == ["2"]


def test_a_repost_stands_behind_the_post() -> None:
    first = a_statement(LONG, number=1)
    repost = replace(first, post=replace(first.post, is_repost=True))
    own = a_statement(LONG, number=2, at=NOON - timedelta(days=3))
    assert number_of(ranked(a_claim(LONG), repost, own), repost, own) == ["2"]


def test_the_embedded_post_comes_before_all_others() -> None:
    one, two = a_statement(LONG, number=1), a_statement(LONG, number=2, author="Otto Reyes")
    claim = replace(a_claim(LONG), embed=Embed(platform=Platform.MASTODON, native_id="2"))
    assert number_of(ranked(claim, one, two), one, two) == ["2"]


def test_a_post_younger_than_the_article_is_no_original() -> None:
    assert ranked(a_claim(LONG), a_statement(LONG, at=NOON + timedelta(days=3))).best is None


@pytest.mark.parametrize(
    ("quoted", "speaker", "accepted", "decisive"),
    [
        (LONG, "Ilse Brandvold", True, True),
        (LONG, "Brandvold", True, True),
        (LONG, None, True, True),
        (LONG, "Otto Reyes", True, True),
        ("will run every hour from Monday", None, True, False),
        ("will run every hour from Monday", "Otto Reyes", False, False),
        ("will run every hour from Monday", "Ilse Brandvold", True, True),
        (
            "The buses to the inner villages will stop every night from Friday, and everybody pays.",
            "Ilse Brandvold",
            False,
            True,
        ),
    ],
)
def test_acceptance(quoted: str, speaker: str | None, accepted: bool, decisive: bool) -> None:
    ranking = ranked(a_claim(quoted, speaker=speaker), a_statement(LONG))
    assert ranking.accepted is accepted
    assert not accepted or ranking.decisive is decisive


def test_the_same_common_words_years_before_prove_nothing() -> None:
    claim = a_claim("We can win this vote", speaker="Ilse Brandvold")
    ranking = ranked(claim, a_statement("We can win the vote!", at=NOON - timedelta(days=900)))
    assert not ranking.accepted


def test_names_for_handles_do_not_hide_that_somebody_else_wrote_it() -> None:
    posted = (
        "Had a good talk with @JonasHvid and @MiraTolland on the ferries; 12 new boats will run every hour from Monday."
    )
    quoted = (
        "Had a good talk with Jonas Hvid and Mira Tolland on the ferries; twelve new boats will run every hour from"
        " Monday."
    )
    ranking = ranked(a_claim(quoted, speaker="Otto Reyes"), a_statement(posted))
    assert ranking.accepted
    assert ranking.decisive
    other_name = quoted.replace("Jonas Hvid", "Karel Dusk")
    assert not ranked(a_claim(other_name, speaker="Otto Reyes"), a_statement(posted)).accepted


def test_words_that_a_post_quotes_from_somebody_are_not_its_authors() -> None:
    post = a_statement(f"Otto Reyes told the press: “{LONG}” We shall see.", author="Mira Tolland")
    assert not ranked(a_claim(LONG, speaker="Otto Reyes"), post).accepted


def test_a_quotation_over_two_posts_of_a_thread_rests_on_both() -> None:
    one = a_statement("The ferries to the outer islands will run every hour....", number=1)
    two = a_statement(
        "....from Monday, and nobody pays more than two crowns. Thank you!", number=2, at=NOON + timedelta(minutes=2)
    )
    other = a_statement("The buses will run every hour from Monday too.", number=3, at=NOON + timedelta(minutes=4))
    ranking = ranked(a_claim(LONG), one, two, other)
    assert number_of(ranking, one, two, other) == ["1", "2"]
    assert ranking.accepted
    assert ranking.best is not None
    assert [span.of(LONG) for span in ranking.best.quoted] == [
        "The ferries to the outer islands will run every hour",
        "from Monday, and nobody pays more than two crowns",
    ]
    assert "T6" in {d.code.value for d in ranking.best.alignments[1].differences}


def test_one_last_word_in_the_next_post_counts_where_that_post_begins_with_it() -> None:
    one = a_statement("He spoke about the harbor in a way that was clearly not....", number=1)
    two = a_statement("...intentional. The rest is for the court to say.", number=2, at=NOON + timedelta(minutes=5))
    claim = a_claim("He spoke about the harbor in a way that was clearly not intentional.")
    assert number_of(ranked(claim, one, two), one, two) == ["1", "2"]


def test_no_candidates_give_no_match() -> None:
    assert ranked(a_claim(LONG)) == Ranking(best=None)


def test_the_query_has_one_tuple_for_each_piece_between_ellipses() -> None:
    query = candidate_query(a_claim("The ferries … will run [...] every hour"), directory=Directory())
    assert [len(piece) for piece in query.hashes] == [2, 2, 2]
    assert query.before is not None
    assert query.before.date().isoformat() == "2031-05-06"
