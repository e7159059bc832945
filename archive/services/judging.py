"""Judging claims: what every use case does between a read article and its opinions, within one read of the archive."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from archive import storage
from archive.domain.accounts import bare_handle
from archive.domain.articles import ArticleText, ArticleVersion
from archive.domain.claims import Claim
from archive.domain.coverage import coverage_of
from archive.domain.differences import Ranking
from archive.domain.directory import Directory
from archive.domain.policies import Policy, shipped_policy
from archive.domain.statements import CandidateQuery, Candidates, Statement
from archive.domain.verdicts import Opinion
from archive.errors import InvalidInputError
from archive.extraction.clocks import hidden_time
from archive.matching.ranking import rank
from archive.matching.retrieval import candidate_query
from archive.runtime import Runtime
from archive.storage.database import Session
from archive.storage.words import WordIndex
from archive.verification.attribution import credited
from archive.verification.dates import window
from archive.verification.verdicts import Case, IdTime, judge

_HANDLE = re.compile(r"(?<![\w@])@([\w.]{2,30})")


Ask = Callable[[Session, Sequence[CandidateQuery], WordIndex], tuple[Candidates, ...]]
"""How the archive is asked for candidates: for all it has to say, or for what decides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Claims of one article that are judged together, under one policy, as of one instant."""

    claims: tuple[Claim, ...]
    article: ArticleText | None
    policy: Policy
    now: datetime


def policy_named(runtime: Runtime, name: str) -> Policy:
    """The house style of that name, shipped or the operator's own; InvalidInputError ``unknown_policy`` names those
    there are."""
    known = runtime.settings.policies
    policy = known.get(name) or shipped_policy(name)
    if policy is None:
        raise InvalidInputError(
            f"There is no policy called {name!r}; there are {', '.join(sorted(known))}.", code="unknown_policy"
        )
    return policy


def judge_claims(runtime: Runtime, session: Session, *, question: Question) -> tuple[Opinion, ...]:
    """One opinion on each claim, in order, from what ``session`` sees of the archive."""
    return judge_from(session, runtime.words.current(session), question=question)


def judge_from(session: Session, index: WordIndex, *, question: Question) -> tuple[Opinion, ...]:
    """The same with an index that was brought up to what ``session`` sees."""
    return judge_many(session, index, questions=(question,), ask=storage.statements.candidates_of_many)


def judge_many(
    session: Session, index: WordIndex, *, questions: Sequence[Question], ask: Ask = storage.statements.deciding_of_many
) -> tuple[Opinion, ...]:
    """The same for several questions, their claims one after the other; the archive is asked for all at once, and only
    for what decides: no opinion names a second best."""
    asked = [(question, claim) for question in questions for claim in question.claims]
    queries = [_query(session, claim) for _, claim in asked]
    proposed = ask(session, queries, index)
    return tuple(
        _judged(session, claim, candidates=candidates, question=question)
        for (question, claim), candidates in zip(asked, proposed, strict=True)
    )


def _query(session: Session, claim: Claim) -> CandidateQuery:
    known = storage.directory.directory(session, names=_names(claim), handles=_handles(claim))
    return candidate_query(claim, directory=known)


def _judged(session: Session, claim: Claim, *, candidates: Candidates, question: Question) -> Opinion:
    candidates = candidates.without_reports_by(question.article)
    known = _with_authors(session, claim, candidates=candidates)
    return _opinion(session, claim, candidates=candidates, directory=known, question=question)


def _opinion(
    session: Session, claim: Claim, *, candidates: Candidates, directory: Directory, question: Question
) -> Opinion:
    day = claim.published_on or question.now.date()
    accounts = credited(claim, directory, on=day).accounts
    since, until = window(claim, published_on=claim.published_on, now=question.now)
    intervals = storage.coverage.intervals(session, accounts)
    ranking = rank(claim, candidates=candidates, directory=directory)
    found = _found(ranking, candidates)
    case = Case(
        claim=claim,
        ranking=ranking,
        statements=candidates.statements,
        directory=directory,
        coverage=coverage_of(accounts, intervals=intervals, since=since, until=until),
        policy=question.policy,
        article=question.article,
        claims=question.claims,
        id_times=_id_times(claim, found),
        reports=_reports(session, found) if question.article is not None and ranking.accepted else (),
    )
    return judge(case)


def _found(ranking: Ranking, candidates: Candidates) -> tuple[Statement, ...]:
    """The statements whose words were laid beside the claim's, of all that were proposed."""
    matches = (match for match in (ranking.best, ranking.runner_up, *ranking.rivals) if match is not None)
    named = {alignment.snapshot_id for match in matches for alignment in match.alignments}
    return tuple(statement for statement in candidates.statements if statement.snapshot.id in named)


def _reports(session: Session, found: Sequence[Statement]) -> tuple[ArticleVersion, ...]:
    """The articles that reported what was found, to be compared with the one in question."""
    reports = (statement.report for statement in found if statement.report is not None)
    return storage.articles.some(session, {report.article_id for report in reports if report.article_id is not None})


def _id_times(claim: Claim, found: Sequence[Statement]) -> tuple[IdTime, ...]:
    """The times hidden in the identifiers of the posts found and of the one the article embeds."""
    named = {(statement.post.platform, statement.post.native_id) for statement in found}
    if claim.embed is not None and claim.embed.native_id is not None:
        named.add((claim.embed.platform, claim.embed.native_id))
    times = ((platform, native_id, hidden_time(platform, native_id)) for platform, native_id in sorted(named))
    return tuple(
        IdTime(platform=platform, native_id=native_id, at=at) for platform, native_id, at in times if at is not None
    )


def _with_authors(session: Session, claim: Claim, *, candidates: Candidates) -> Directory:
    """The slice of the registry around a claim and the posts proposed for it, with whoever they address by handle."""
    texts = (statement.snapshot.text for statement in candidates.statements)
    addressed = (handle for text in texts for handle in _HANDLE.findall(text))
    return storage.directory.directory(
        session,
        names=_names(claim),
        handles=_unique((*_handles(claim), *addressed)),
        account_ids=tuple(dict.fromkeys(statement.account.id for statement in candidates.statements)),
    )


def _names(claim: Claim) -> tuple[str, ...]:
    attribution = claim.attribution
    printed = (attribution.speaker_name, attribution.speaker_printed, attribution.office, attribution.relayed_by)
    return _unique(name for name in printed if name)


def _handles(claim: Claim) -> tuple[str, ...]:
    given = (claim.attribution.handle, claim.embed.handle if claim.embed is not None else None)
    return _unique((*(handle for handle in given if handle), *_HANDLE.findall(claim.quotation.content)))


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple({bare_handle(value): value for value in values}.values())
