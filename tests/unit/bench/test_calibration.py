"""The tables of the found-or-not rule: made from look-ups with the post and without it, and written as they are read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archive.matching.calibration import Sought, calibration, read_calibrations, shipped_text
from bench.calibration import as_toml, fitted
from bench.sentences import posts
from bench.unnamed import Post, Trial, trials_among_all

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)


def test_the_file_is_written_as_it_is_read() -> None:
    assert as_toml(read_calibrations(shipped_text())) == shipped_text()


@pytest.mark.parametrize("sought", Sought)
def test_more_evidence_never_counts_for_less(sought: Sought) -> None:
    table = calibration(sought)
    assert table.curves[-1].longest > 1_000
    for curve in table.curves:
        assert list(curve.weights) == sorted(curve.weights)
        assert list(curve.shares) == sorted(curve.shares)
        assert (curve.at(curve.weights[0] - 1), curve.at(99.0)) == (0.0, 1.0)


def test_a_table_without_a_curve_is_none() -> None:
    with pytest.raises(ValueError, match="curve"):
        read_calibrations("[unnamed]\nmade_on = 2031-05-04\nposts = 1\nquotations = 2\ncurve = []\n")


def test_without_its_post_a_quotation_is_looked_for_in_vain() -> None:
    held = [Post(text, NOON, author=f"account {number % 7}") for number, text in enumerate(posts(400))]
    trials = trials_among_all(held, quotations=60, seed=1)
    true = [trial.weight for trial in trials if trial.is_true]
    wrong = [trial.weight for trial in trials if not trial.is_true]
    assert len(true) >= 50
    assert len(wrong) >= 50
    assert sorted(true)[len(true) // 10] > sorted(wrong)[len(wrong) // 2]


def test_the_shares_are_those_of_neighbouring_trials() -> None:
    trials = [Trial(9, weight, is_true) for weight, is_true in ((1.0, False), (2.0, True), (3.0, False), (4.0, True))]
    assert fitted(trials) == [(1.0, 0.0), (2.0, 0.5), (4.0, 1.0)]
