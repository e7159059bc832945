"""Trials: which of the proposed statements are laid along a quotation at all, and which threads they are part of.

Laying costs far more than counting shared words, and what a statement shares with the quotation bounds its score.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from math import inf

from archive.domain.claims import Claim
from archive.domain.directory import Directory
from archive.domain.statements import Extent, Statement
from archive.matching.fits import Fit, Rarity, fit_of, is_cut_short, runs_beyond
from archive.matching.handles import KnownNames
from archive.matching.passages import Passage, held_words
from archive.matching.retrieval import LATEST_AFTER_PUBLICATION
from archive.matching.speakers import SpeakerFit, speaker_fit
from archive.matching.threads import joined_fit
from archive.text.shingles import word_hash

EQUAL = 0.35
"""Scores this close, in nats, count as equal."""
_FITTED = 12
_ALWAYS_FITTED = 3
_MOST_EQUALS = 60
_WORTH_FITTING = 0.6
_WHOLE = 0.98
_BASES = 5
_MOST_OWN = 6
_OWN_SHARE = 0.4


def in_time(claim: Claim, statements: Sequence[Statement]) -> list[Statement]:
    """Statements that can be an original: not younger than the article, but for the slack of its clock."""
    if claim.published_on is None:
        return list(statements)
    day = claim.published_on
    last = datetime(day.year, day.month, day.day, tzinfo=UTC) + LATEST_AFTER_PUBLICATION
    return [statement for statement in statements if statement.post.posted_at < last]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trials:
    """One claim's words and the statements proposed for them, with what is known of both."""

    claim: Claim
    quoted: Passage
    statements: Sequence[Statement]
    directory: Directory
    rarity: Rarity
    names: KnownNames

    def fits(self, extent: Extent) -> list[Fit]:
        """The fits worth having, the best first, then those of threads: all that come near, or only what decides."""
        promising = self._promising()
        found = self._near(promising) if extent is Extent.ALL else self._deciding(promising)
        found.sort(key=lambda fit: -fit.score)
        return [*found, *self._threads(found)]

    def _near(self, promising: list[tuple[float, Statement]]) -> list[Fit]:
        """What shares far less than the best fit reaches is not laid out at all; the first few always are."""
        fits: list[Fit] = []
        best = 0.0
        for number, (shared, statement) in enumerate(promising):
            if number < _ALWAYS_FITTED or shared >= _WORTH_FITTING * best:
                fits.append(self._fit(statement))
                best = max(best, fits[-1].score)
        return fits

    def _deciding(self, promising: list[tuple[float, Statement]]) -> list[Fit]:
        """Only the fits that can win or tie, and those of the credited speaker that come near: his are accepted where
        a better text of somebody else is not."""
        fits: list[Fit] = []
        best = -inf
        for shared, statement in promising:
            is_near = shared >= _WORTH_FITTING * best
            # What was cut by its source is held to what it has of the quotation only, so it may pass with less.
            if shared >= best - EQUAL or (is_near and (self._is_own(statement) or is_cut_short(statement))):
                fits.append(self._fit(statement))
                best = max(best, fits[-1].score)
        return fits

    def _threads(self, fits: list[Fit]) -> list[Fit]:
        """The fits of the threads that the statements of the best ones may be part of."""
        if not fits or (fits[0].ratio >= _WHOLE and not runs_beyond(fits[0], self.quoted)):
            # Every quoted word stands in one post, be it in another order: no second post can add any.
            return []
        joined: dict[tuple[object, ...], Fit] = {}
        for base in fits[:_BASES]:
            fit = joined_fit(base, self.statements, quoted=self.quoted, rarity=self.rarity, names=self.names)
            if len(fit.statements) > 1:
                joined[tuple(statement.snapshot.id for statement in fit.statements)] = fit
        return list(joined.values())

    def _promising(self) -> list[tuple[float, Statement]]:
        """Statements with the information they share with the quotation, most first: the first dozen, everybody who
        shares as much as the best (a sentence posted many times), the embedded post, and the credited speaker's
        nearest."""
        if len(self.statements) == 1:
            return [(0.0, self.statements[0])]
        shared = self._shared()
        most = shared[0][0] if shared else 0.0
        taken = shared[:_FITTED]
        taken += [item for item in shared[_FITTED:] if most > 0 and item[0] >= 0.999 * most][:_MOST_EQUALS]
        embedded = self.claim.embed.native_id if self.claim.embed is not None else None
        pointed = (item for item in shared if embedded and self.statements[item[1]].post.native_id == embedded)
        taken += [item for item in pointed if item not in taken]
        own = (item for item in shared if item[0] >= _OWN_SHARE * most and item not in taken)
        taken += list(islice((item for item in own if self._is_own(self.statements[item[1]])), _MOST_OWN))
        return [(value, self.statements[order]) for value, order in taken]

    def _shared(self) -> list[tuple[float, int]]:
        """The information, in nats, that each statement shares with the quotation, and its place; most first."""
        hashes = [word_hash(word) for word in self.quoted.plain]
        wanted = Counter(hashes)
        worth = {number: self.rarity.of(word) for number, word in zip(hashes, self.quoted.plain, strict=True)}
        shared: list[tuple[float, int]] = []
        for order, statement in enumerate(self.statements):
            held = Counter(held_words(statement.snapshot.text))
            shared.append((sum(worth[n] * min(count, held[n]) for n, count in wanted.items() if n in held), order))
        shared.sort(key=lambda item: (-item[0], item[1]))
        return shared

    def _is_own(self, statement: Statement) -> bool:
        return speaker_fit(self.claim, statement, directory=self.directory) is SpeakerFit.CREDITED

    def _fit(self, statement: Statement) -> Fit:
        return fit_of((statement,), self.quoted, rarity=self.rarity, names=self.names)
