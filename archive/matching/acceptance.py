"""Acceptance: whether the words that fit are enough to say "these are that statement's words".

One fixed ratio fails (it passes 52 of 125 near-misses and loses 19 of 24 quotations with an ellipsis), so the rule weighs
the share of words in place, the information they carry against the size of the archive, and what the article says of
speaker and day. A few common words are never proof by themselves: of word-identical fits of 5 to 7 words without the
author named 0 of 17 were that post, with the author named 12 of 16, and from 13 words on 74 of 76.

Calibration: hand-read newspaper quotations of 2012-2020 against 1.27 million archived posts; see docs on matching.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from math import exp, log

from archive.matching.speakers import SpeakerFit

_FEW_CONTENT_WORDS = 4
_OLD_DAYS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the rule weighs. ``information`` in nats; ``age_days`` from post to article, None where no day is known;
    ``bearers`` how many statements of other voices carry the words as well."""

    ratio: float
    information: float
    corpus_size: int
    words: int
    content_words: int
    speaker: SpeakerFit
    age_days: float | None
    bearers: int = 0
    pointed_at: bool = False


def likelihood(facts: Circumstances) -> float:
    """From 0 to 1: how likely the words are that statement's (logistic)."""
    strength = facts.information / log(max(facts.corpus_size, 50) + 2)
    weight = -9.0 + 9.0 * facts.ratio + 1.1 * min(strength, 8.0)
    weight += {SpeakerFit.CREDITED: 2.5, SpeakerFit.UNNAMED: -1.0, SpeakerFit.OTHER: -2.0}[facts.speaker]
    weight += _age_weight(facts)
    if facts.pointed_at:
        weight += 4.0
    return 1 / (1 + exp(-weight))


def is_accepted(facts: Circumstances) -> bool:
    """Whether the fit passes the rule."""
    return facts.ratio >= 0.4 and likelihood(facts) >= 0.5


def is_decisive(facts: Circumstances) -> bool:
    """Whether the words can tell one original from others: not below four content words, unless the credited speaker's
    own account carries them about the day of the article."""
    if facts.pointed_at:
        return True
    if facts.content_words >= _FEW_CONTENT_WORDS:
        return True
    near = facts.age_days is not None and facts.age_days <= 10
    return facts.speaker is SpeakerFit.CREDITED and near


def age_in_days(posted_at: datetime, published_on: date | None) -> float | None:
    """Days from the post's UTC day to the article's, negative for a post that is younger."""
    return None if published_on is None else float((published_on - posted_at.date()).days)


def _age_weight(facts: Circumstances) -> float:
    if facts.age_days is None:
        return 0.0
    if facts.age_days < -1:
        return -8.0
    if facts.age_days <= 3:
        return 1.0
    return -1.0 if facts.age_days > _OLD_DAYS and facts.words < 13 else 0.0
