"""Ranking: which archived statement, or thread of them, a claim's words rest on; who else fits equally; whether the
fit is good enough to say so. Scores rank; they decide no verdict."""

from __future__ import annotations

from dataclasses import dataclass

from archive.domain.claims import Claim, Medium
from archive.domain.differences import Match, Ranking
from archive.domain.directory import Directory
from archive.domain.statements import Candidates, Extent, Statement
from archive.matching.acceptance import Circumstances, age_in_days, is_accepted, is_decisive, stands_alone
from archive.matching.composing import match_of, rough_match
from archive.matching.fits import Fit, Rarity, content_words, is_quoted_there, longest_run
from archive.matching.handles import known_names
from archive.matching.passages import Passage, archived_passage, quoted_passage
from archive.matching.rewording import shared_content
from archive.matching.speakers import SpeakerFit, speaker_fit
from archive.matching.trials import EQUAL, Trials, in_time

_MOST_RIVALS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Option:
    """A fit with what the article says about its speaker and day."""

    fit: Fit
    facts: Circumstances
    accepted: bool


def rank(claim: Claim, *, candidates: Candidates, directory: Directory) -> Ranking:
    """Compare a claim with every candidate. The best text wins whoever wrote it; among equal texts the embedded
    post, then the credited speaker's, then not a repost, then the day closest before the article. A better text that
    is not accepted (a common phrase, somebody else's) does not stand in the way of the credited speaker's own words."""
    quoted = quoted_passage(claim.quotation.content, breaks=_breaks(claim))
    if not quoted.words or not candidates.statements:
        return Ranking(best=None)
    rarity = Rarity(corpus_size=candidates.corpus_size, frequencies=candidates.frequencies)
    statements = in_time(claim, candidates.statements)
    if candidates.extent is Extent.LIKELIEST and statements and not any(s.snapshot.truncated for s in statements):
        return _unaccepted(statements[0], claim, quoted=quoted, directory=directory, rarity=rarity)
    accounts = {s.account.id: s.account for s in candidates.statements}
    names = known_names(directory, accounts.values(), on=claim.published_on)
    trials = Trials(claim=claim, quoted=quoted, statements=statements, directory=directory, rarity=rarity, names=names)
    options = [
        _option(fit, claim, quoted=quoted, directory=directory, rarity=rarity, next_best=candidates.next_best)
        for fit in trials.fits(candidates.extent)
        if fit.matched
    ]
    if not options:
        return Ranking(best=None)
    options.sort(key=lambda option: -option.fit.score)
    return _ranking(options, trials, extent=candidates.extent)


def _ranking(options: list[_Option], trials: Trials, *, extent: Extent) -> Ranking:
    claim, quoted = trials.claim, trials.quoted
    best = _best(options, claim)
    rivals = [o for o in options if o is not best and _are_equal(o, best) and _is_other(o, best)]
    rest = [o for o in options if o is not best and o not in rivals and _is_other(o, best)]
    decisive = is_decisive(best.facts)
    tells_all = extent is Extent.ALL
    if not (best.accepted or tells_all or any(s.snapshot.truncated for s in best.fit.statements)):
        return Ranking(best=rough_match(best.fit.statements, quoted), accepted=False, decisive=decisive)

    def match(option: _Option) -> Match:
        common = not is_decisive(option.facts)
        return match_of(option.fit, quoted, names=trials.names, rarity=trials.rarity, common=common)

    rivals.sort(key=lambda option: _preference(option, claim), reverse=True)
    return Ranking(
        best=match(best),
        rivals=tuple(match(option) for option in rivals[:_MOST_RIVALS]),
        runner_up=match(rest[0]) if rest and tells_all else None,
        accepted=best.accepted,
        decisive=decisive,
        alone=stands_alone(best.facts),
    )


def _unaccepted(
    statement: Statement, claim: Claim, *, quoted: Passage, directory: Directory, rarity: Rarity
) -> Ranking:
    """Where the archive says that nothing can be the original: the nearest statement, not laid out, and whether the
    words are enough to say so."""
    facts = Circumstances(
        ratio=0.0,
        edits=1,
        information=0.0,
        corpus_size=rarity.corpus_size,
        words=len(quoted.words),
        content_words=content_words(quoted),
        speaker=speaker_fit(claim, statement, directory=directory),
        age_days=age_in_days(statement.post.posted_at, claim.published_on),
    )
    return Ranking(best=rough_match((statement,), quoted), accepted=False, decisive=is_decisive(facts))


def _breaks(claim: Claim) -> tuple[int, ...]:
    """The characters of the content at which a speech tag interrupts, when the spans join to it."""
    spans = claim.quotation.spans
    places: list[int] = []
    at = 0
    for span in spans[:-1]:
        at += len(span) + 1
        places.append(at)
    whole = sum(len(span) for span in spans) + len(spans) - 1
    return tuple(places) if whole == len(claim.quotation.content) else ()


def _option(
    fit: Fit, claim: Claim, *, quoted: Passage, directory: Directory, rarity: Rarity, next_best: float
) -> _Option:
    statement = fit.statements[0]
    embedded = claim.embed.native_id if claim.embed is not None else None
    speaker = speaker_fit(claim, statement, directory=directory)
    pointed_at = embedded is not None and any(s.post.native_id == embedded for s in fit.statements)
    shared_words, shared = 0, 0.0
    if pointed_at or speaker is SpeakerFit.CREDITED:
        # Only what somebody is known to have posted can be taken for reworded.
        shared_words, shared = shared_content(quoted, archived_passage(statement.snapshot.text))
    facts = Circumstances(
        ratio=fit.ratio,
        edits=fit.edits,
        information=fit.information,
        corpus_size=rarity.corpus_size,
        words=len(quoted.words),
        content_words=content_words(quoted),
        speaker=speaker,
        age_days=age_in_days(statement.post.posted_at, claim.published_on),
        is_repost=statement.post.is_repost,
        says_post=claim.attribution.platform is not None or claim.attribution.medium is Medium.POST,
        is_quoted_there=is_quoted_there(fit),
        shared_words=shared_words,
        shared=shared,
        run=longest_run(fit),
        lead=fit.information - next_best,
        pointed_at=pointed_at,
    )
    return _Option(fit=fit, facts=facts, accepted=is_accepted(facts))


def _best(options: list[_Option], claim: Claim) -> _Option:
    """The preferred among those equal to the best text; failing its acceptance, the best that is accepted."""
    leader = _preferred(options, options[0], claim=claim)
    if leader.accepted:
        return leader
    accepted = [option for option in options if option.accepted]
    return _preferred(accepted, accepted[0], claim=claim) if accepted else leader


def _preferred(options: list[_Option], leader: _Option, *, claim: Claim) -> _Option:
    return max(
        (option for option in options if _are_equal(option, leader)), key=lambda option: _preference(option, claim)
    )


def _are_equal(one: _Option, other: _Option) -> bool:
    return abs(one.fit.score - other.fit.score) <= EQUAL


def _is_other(one: _Option, other: _Option) -> bool:
    """Whether two options rest on different posts (a single post is no rival of the thread it is part of)."""
    mine = {statement.post.id for statement in one.fit.statements}
    return not mine & {statement.post.id for statement in other.fit.statements}


def _preference(option: _Option, claim: Claim) -> tuple[bool, int, bool, bool, float, float]:
    statement = option.fit.statements[0]
    target = claim.attribution.said_on.day if claim.attribution.said_on is not None else None
    day = target or claim.published_on
    apart = 0.0
    if day is not None:
        apart = float(abs((day - statement.post.posted_at.date()).days))
    platform = claim.attribution.platform
    return (
        option.facts.pointed_at,
        int(option.facts.speaker),
        not statement.post.is_repost,
        platform is None or platform is statement.post.platform,
        -apart,
        -statement.post.posted_at.timestamp(),
    )
