"""The engine: which version judges, and on what its rule for "found" was calibrated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from archive.matching.acceptance import ACCEPTED_FROM
from archive.matching.calibration import Sought, calibration
from archive.verification.verdicts import ENGINE_VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """The version named in every judgement; the day the rule for "found" was calibrated, from how many archived posts
    and look-ups; the same for quotations that name nobody; the share of true originals (0 to 1) from which on words
    count as a statement's."""

    version: str
    calibrated_on: date
    calibrated_posts: int
    calibrated_quotations: int
    unnamed_calibrated_on: date
    unnamed_calibrated_posts: int
    unnamed_calibrated_quotations: int
    accepted_from: float


def describe_engine() -> Engine:
    """The engine that judges here."""
    made, unnamed = calibration(), calibration(Sought.UNNAMED)
    return Engine(
        version=ENGINE_VERSION,
        calibrated_on=made.made_on,
        calibrated_posts=made.posts,
        calibrated_quotations=made.quotations,
        unnamed_calibrated_on=unnamed.made_on,
        unnamed_calibrated_posts=unnamed.posts,
        unnamed_calibrated_quotations=unnamed.quotations,
        accepted_from=ACCEPTED_FROM,
    )
