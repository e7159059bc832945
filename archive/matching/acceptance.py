"""Acceptance: whether the words that fit are enough to say "these are that statement's words".

One fixed ratio fails (it passes 52 of 125 near-misses and loses 19 of 24 quotations with an ellipsis), so the rule
weighs the share of words in place, the information they carry against the size of the archive, and what the article
says of speaker and day. A few common words are never proof by themselves: of word-identical fits of 5 to 7 words
without the author named 0 of 17 were that post, with the author named 12 of 16, and from 13 words on 74 of 76.

The terms come from hand-read newspaper quotations of 2012-2020; what their sum means is calibrated on quotations made
from archived posts (``archive.matching.calibration``).

Where the article names nobody, no speaker narrows the search, and among a million posts some fit any sentence half.
These come in crowds: what tells an original is that no other post comes near it. So the rule for quotations without a
speaker weighs by how much information the best post is ahead of the next. (The same idea: Lowe's ratio test, 2004.)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from math import log

from archive.matching.calibration import Sought, calibration
from archive.matching.speakers import SpeakerFit

_FEW_CONTENT_WORDS = 4
_TELLING_WORDS = 13
_OLD_DAYS = 400
_ALMOST_ALL = 0.97
_AGAINST_A_NAME = 0.93
_SHORTEST_ALONE = 8
"""Words from which on a post may stand alone: of five to seven words without the author named 0 of 17 were its post."""
_LEAST_ALONE = 0.65
"""The share of words in place below which no lead makes up for those that are not."""
ACCEPTED_FROM = 0.8
"""The calibrated share of true originals from which on words count as the statement's: four in five."""
_TOLD_FROM = 0.9
"""The share from which on altered words of nobody named are judged; those between are named and left undecided."""
_ALONE_FROM = 0.97
"""The share from which on a post stands alone, so that neither length nor a name is needed to tell whose words they
are; and from which on altered words that the article credits to one are compared with another's post."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the rule weighs. ``edits``: unmarked changes inside; ``information`` in nats; ``age_days`` from post to
    article, None where no day is known; ``says_post``: the article calls it a post or names a platform;
    ``is_quoted_there``: the post itself sets the words in quotation marks; ``shared_words`` and ``shared``: how many
    words of meaning, and which share, stand in the post in whatever place or form; ``run``: the longest unbroken run of
    words in place; ``lead``: how many nats more this fit has in place than the best post that is not as good."""

    ratio: float
    edits: int
    information: float
    corpus_size: int
    words: int
    content_words: int
    speaker: SpeakerFit
    age_days: float | None
    is_repost: bool = False
    says_post: bool = True
    is_quoted_there: bool = False
    pointed_at: bool = False
    shared_words: int = 0
    shared: float = 0.0
    run: int = 0
    lead: float = 0.0

    @property
    def strength(self) -> float:
        """The matched information in units of what it takes to single out one text of the archive."""
        return self.information / self._singling_out

    @property
    def distance(self) -> float:
        """The lead over the next best post, in the same units; 0 for a post that has none."""
        return max(0.0, self.lead) / self._singling_out

    @property
    def _singling_out(self) -> float:
        return log(max(self.corpus_size, 50) + 2)


def is_accepted(facts: Circumstances) -> bool:
    """Whether the fit passes the rule for its kind of speaker."""
    if facts.pointed_at:
        return facts.ratio >= 0.4 or is_reworded(facts)
    if facts.age_days is not None and facts.age_days < -1:
        return False
    if facts.speaker is SpeakerFit.CREDITED:
        return likelihood(facts) >= ACCEPTED_FROM or is_reworded(facts) or _has_telling_run(facts)
    if facts.speaker is SpeakerFit.UNNAMED:
        return _is_whole(facts) or _stands_out(facts, share=ACCEPTED_FROM)
    return facts.words >= _TELLING_WORDS and (facts.age_days or 0) >= 0 and _is_anothers(facts)


def _is_whole(facts: Circumstances) -> bool:
    """Whether nearly all words stand in the post, all of them where the post quotes them from somebody; and enough of
    them carry meaning, or eight words or more stand in no other so."""
    if facts.ratio < _ALMOST_ALL or (facts.is_quoted_there and facts.edits):
        return False
    if facts.content_words >= _FEW_CONTENT_WORDS:
        return True
    return facts.words >= _SHORTEST_ALONE and likelihood_unnamed(facts) >= _TOLD_FROM


def _is_anothers(facts: Circumstances) -> bool:
    """Whether words credited to one are the post of another: nearly all of them; or all but one in fourteen, if no
    other post comes near and the article speaks of a post. Where the speaker's account is not in the archive, every fit
    is somebody else's, and people who meet the same guest post the same sentence with another name in it."""
    if facts.is_quoted_there:
        return False
    alone = facts.ratio >= _AGAINST_A_NAME and facts.says_post and _stands_out(facts, share=_ALONE_FROM)
    return facts.ratio >= _ALMOST_ALL or alone


def _stands_out(facts: Circumstances, *, share: float) -> bool:
    """Whether a fit without a speaker, of eight words or more, has been the true original in that share of cases. Where
    the article does not say that the words were posted it needs far more: a speech or a press release may have them as
    they are, and the post only something like it."""
    if facts.words < _SHORTEST_ALONE or facts.content_words < _FEW_CONTENT_WORDS:
        return False
    if facts.ratio < _LEAST_ALONE or facts.is_quoted_there:
        return False
    weight = weight_unnamed(facts) - (0.0 if facts.says_post else 5.0 + 2.0 * facts.edits)
    return calibration(Sought.UNNAMED).likelihood(weight, words=facts.words) >= share


def stands_alone(facts: Circumstances) -> bool:
    """Whether no other post comes near, so that the words tell whose they are although the article names nobody."""
    return facts.speaker is SpeakerFit.UNNAMED and _stands_out(facts, share=_ALONE_FROM)


def _has_telling_run(facts: Circumstances) -> bool:
    """Whether so many words stand in one run that they are the post's, whatever was added around them. Only where the
    article speaks of a post: a longer statement to the press may hold the same sentence."""
    return facts.says_post and facts.run >= _TELLING_WORDS


def likelihood(facts: Circumstances) -> float:
    """From 0 to 1: how likely words that fit a statement of the credited speaker are that statement's: the calibrated
    share of true originals among fits of that weight and length (``archive.matching.calibration``)."""
    return calibration().likelihood(weight_of(facts), words=facts.words)


def weight_of(facts: Circumstances) -> float:
    """The evidence for a fit as one number, in log-odds before calibration: a sum of terms that have names."""
    weight = -10.0 + 12.0 * facts.ratio + 1.2 * min(facts.strength, 3.5)
    weight -= facts.edits * max(0.4, 2.2 - 0.06 * facts.words)
    weight += _age_weight(facts)
    if not facts.says_post:
        weight -= 1.5 + 1.0 * facts.edits
    if facts.is_repost:
        weight -= 1.0
    return weight


def likelihood_unnamed(facts: Circumstances) -> float:
    """From 0 to 1: the same where the article names nobody, among the posts of everybody."""
    return calibration(Sought.UNNAMED).likelihood(weight_unnamed(facts), words=facts.words)


def weight_unnamed(facts: Circumstances) -> float:
    """The evidence for a fit where nobody is named, before calibration: the share of words in place, how far the next
    best post is behind, and unmarked changes."""
    return -8.0 + 13.0 * facts.ratio + 2.6 * log(facts.distance + 0.2) - 0.3 * min(facts.edits, 4)


def is_reworded(facts: Circumstances) -> bool:
    """Whether the words paraphrase the post: the article points at it and two words of meaning agree, a third of all;
    or it names the author within three days of the post, and five agree, more than half of all."""
    if facts.pointed_at:
        return facts.shared_words >= 2 and facts.shared >= 0.33
    if facts.speaker is not SpeakerFit.CREDITED or not facts.says_post or facts.age_days is None:
        return False
    return facts.age_days <= 3 and facts.shared_words >= 5 and facts.shared >= 0.55 and facts.strength >= 1.0


def is_decisive(facts: Circumstances) -> bool:
    """Whether the words can tell one original from others. Without the author named that takes thirteen words, or a
    post that stands alone; in another's mouth thirteen; with him named, four words of meaning, or fewer about the day
    of the article."""
    if facts.pointed_at:
        return True
    if facts.speaker is SpeakerFit.UNNAMED:
        return stands_alone(facts) or (facts.words >= _TELLING_WORDS and not _is_doubtful(facts))
    if facts.speaker is SpeakerFit.OTHER:
        return facts.words >= _TELLING_WORDS
    if facts.content_words >= _FEW_CONTENT_WORDS:
        return True
    fits_day = facts.age_days is not None and facts.age_days <= 10
    return fits_day or (facts.words >= 5 and facts.edits == 0 and (facts.age_days or 0) <= _OLD_DAYS)


def _is_doubtful(facts: Circumstances) -> bool:
    """Whether altered words are a post's likely enough to name it, and not to say that they were altered."""
    return is_accepted(facts) and not _is_whole(facts) and not _stands_out(facts, share=_TOLD_FROM)


def age_in_days(posted_at: datetime, published_on: date | None) -> float | None:
    """Days from the post's UTC day to the article's, negative for a post that is younger."""
    return None if published_on is None else float((published_on - posted_at.date()).days)


def _age_weight(facts: Circumstances) -> float:
    if facts.age_days is None:
        return 0.0
    if facts.age_days <= 3:
        return 1.0
    weight = -0.7 * facts.edits if facts.age_days > 20 else 0.0
    return weight - 1.5 if facts.age_days > _OLD_DAYS and facts.words < _TELLING_WORDS else weight
