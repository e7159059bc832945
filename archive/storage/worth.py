"""Worth: how much information a word or a run of words carries, in whole numbers, so that sums of it are exact.

A word that few posts hold says more about where a text comes from. Whole numbers of 65,536ths of a nat add up to the
same whichever way round they are added; fractions do not, and two ways of looking up could then put equal posts in
different orders. The logarithm is read from a table for the same reason.
"""

from __future__ import annotations

from math import log

import numpy as np
import numpy.typing as npt

Worths = npt.NDArray[np.int64]

NAT = 65_536
STEPS = 4_096
DOUBLE = round(log(2.0) * NAT)
"""What a number twice as great has more."""
LOGARITHMS: Worths = np.rint(np.log1p((np.arange(STEPS) + 0.5) / STEPS) * NAT).astype(np.int64)
"""The logarithms of 1 to 2, in 4,096 steps."""


def logarithms(numbers: npt.NDArray[np.int64]) -> Worths:
    """The logarithms of whole numbers from 1 on, to within an eight thousandth of a nat."""
    mantissas, exponents = np.frexp(numbers.astype(np.float64))
    steps = (mantissas * (2 * STEPS)).astype(np.int64) - STEPS
    found: Worths = (exponents.astype(np.int64) - 1) * DOUBLE + LOGARITHMS[steps]
    return found


def of_keys(counts: npt.NDArray[np.int64], *, size: int) -> Worths:
    """What it says for a post that it holds a key which ``counts`` of ``size`` documents hold."""
    held = np.maximum(counts, 1)
    found: Worths = np.maximum(logarithms(held + size) - logarithms(held), 1)
    return found


def of_words(counts: npt.NDArray[np.int64], *, size: int) -> Worths:
    """The information of words that ``counts`` of ``size`` documents hold; never nothing."""
    found: Worths = np.maximum(logarithms(np.array([size + 2]))[0] - logarithms(counts + 1), 1)
    return found


def nats(worth: int) -> float:
    """The same as a number of nats."""
    return worth / NAT
