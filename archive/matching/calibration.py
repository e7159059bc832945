"""Calibration: what a weight of evidence has meant on archived posts whose originals are known.

Quotations were made from archived posts (cut, altered, rendered) and each was looked for twice: with its post in the
archive, and with it taken out, so that the best that is left is wrong for certain. Isotonic regression (pool adjacent
violators; Ayer et al. 1955) turns the weights into the share of true originals, by length of the quotation. There are
two tables, among the credited speaker's posts and among everybody's, in a data file with their days and sizes;
``python -m bench.calibration`` makes them again from posts at hand.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from typing import Any


class Sought(StrEnum):
    """Among whose posts the original of a quotation is sought: the name of the table."""

    CREDITED = "credited"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """For quotations of at most ``longest`` words: from each weight on, the share of true originals (0 to 1)."""

    longest: int
    weights: tuple[float, ...]
    shares: tuple[float, ...]

    def at(self, weight: float) -> float:
        """The share at a weight: that of the highest knot not above it."""
        number = bisect_right(self.weights, weight)
        return self.shares[number - 1] if number else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """The curves by length, the day they were made, and from how many posts and quotations."""

    made_on: date
    posts: int
    quotations: int
    curves: tuple[Curve, ...]

    def likelihood(self, weight: float, *, words: int) -> float:
        """From 0 to 1: how often a fit of that weight was the true original of a quotation of that many words."""
        curve = next((curve for curve in self.curves if words <= curve.longest), self.curves[-1])
        return curve.at(weight)


@lru_cache(maxsize=len(Sought))
def calibration(sought: Sought = Sought.CREDITED) -> Calibration:
    """The calibration that ships with this version."""
    return read_calibrations(shipped_text())[sought]


def shipped_text() -> str:
    """The data file as it ships."""
    return resources.files("archive.matching.data").joinpath("calibration.toml").read_text(encoding="utf-8")


def read_calibrations(text: str) -> dict[Sought, Calibration]:
    """The calibrations as written by ``bench.calibration``; ValueError where a table is none."""
    tables = tomllib.loads(text)
    return {sought: _calibration(tables[sought]) for sought in Sought if sought in tables}


def _calibration(table: dict[str, Any]) -> Calibration:
    curves = tuple(
        Curve(
            longest=int(curve["longest"]),
            weights=tuple(float(knot[0]) for knot in curve["knots"]),
            shares=tuple(float(knot[1]) for knot in curve["knots"]),
        )
        for curve in table["curve"]
    )
    if not curves:
        raise ValueError("a calibration needs a curve")
    return Calibration(
        made_on=table["made_on"], posts=int(table["posts"]), quotations=int(table["quotations"]), curves=curves
    )
