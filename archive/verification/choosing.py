"""Choosing: which of several originals with the very same words the article means, if anything tells."""

from __future__ import annotations

from dataclasses import dataclass, field

from archive.domain.accounts import bare_handle
from archive.domain.differences import Match
from archive.domain.verdicts import AttributionFit
from archive.verification.attribution import attribution_of
from archive.verification.cases import Case
from archive.verification.channel import is_same_voice
from archive.verification.dates import dates_of
from archive.verification.pointers import cited_handles, points_at

_FITS = {AttributionFit.SAME: 2, AttributionFit.SAME_INSTITUTION: 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The match taken, the others with the same words, and whether one of another voice has as good a claim."""

    match: Match
    others: tuple[Match, ...] = field(default=())
    is_tied: bool = False
    is_pointed_at: bool = False


def choose(case: Case, best: Match) -> Choice:
    """The original the article means: what it links, then whom it credits, then where and when."""
    if not case.ranking.rivals:
        return Choice(match=best, is_pointed_at=_is_pointed_at(case, best))
    options = (best, *case.ranking.rivals)
    chosen = max(options, key=lambda match: (*_claim(case, match), *_circumstances(case, match)))
    others = tuple(match for match in options if match is not chosen)
    mine = case.statements_of(chosen)[0]
    tied = any(
        _claim(case, match) == _claim(case, chosen)
        and not is_same_voice(case.statements_of(match)[0], mine)
        and not case.statements_of(match)[0].post.is_repost
        for match in others
    )
    return Choice(match=chosen, others=others, is_tied=tied, is_pointed_at=_is_pointed_at(case, chosen))


def _is_pointed_at(case: Case, match: Match) -> bool:
    return any(points_at(case.claim.embed, statement.post) for statement in case.statements_of(match))


def _claim(case: Case, match: Match) -> tuple[bool, int, bool]:
    """How the article itself leads to a match: by its link, by its credit, by the handle it cites."""
    statement = case.statements_of(match)[0]
    fit = attribution_of(case, statement, may_prove=False).fit
    return (
        _is_pointed_at(case, match),
        _FITS.get(fit, 0),
        bare_handle(statement.account.handle) in cited_handles(case),
    )


def _circumstances(case: Case, match: Match) -> tuple[bool, bool, bool, bool, bool, int]:
    """What makes one of several statements of the same voice the likelier; never a reason to call another ambiguous."""
    statement = case.statements_of(match)[0]
    dates = dates_of(case, statement)
    claimed = case.claim.attribution.platform
    return (
        not statement.is_reported,
        not statement.post.is_repost,
        not dates.is_younger,
        not dates.is_other_day,
        claimed is None or claimed is statement.post.platform,
        statement.snapshot.version if statement.latest_version > 1 else 1,
    )
