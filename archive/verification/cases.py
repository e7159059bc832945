"""Case: everything a judgement may look at, and nothing else, so that it can be replayed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from archive.domain.accounts import Platform
from archive.domain.articles import ArticleText, ArticleVersion
from archive.domain.claims import Claim
from archive.domain.coverage import Coverage
from archive.domain.differences import Alignment, Match, Ranking
from archive.domain.directory import Directory
from archive.domain.findings import Finding, FindingCode
from archive.domain.ids import ArticleId, PostId
from archive.domain.policies import Policy
from archive.domain.posts import Snapshot
from archive.domain.spans import Span
from archive.domain.statements import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class IdTime:
    """The time hidden in a platform's identifier of a post (aware UTC), as ``extraction.clocks`` reads it."""

    platform: Platform
    native_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One claim with all that decides it. ``statements`` hold every version of the posts that ``ranking`` names;
    ``claims`` are all claims of the article; ``id_times`` the times hidden in the identifiers met, where known;
    ``reports`` the articles that reported what was found, where they are held and other than this one."""

    claim: Claim
    ranking: Ranking
    statements: tuple[Statement, ...]
    directory: Directory
    coverage: Coverage
    policy: Policy
    article: ArticleText | None = None
    claims: tuple[Claim, ...] = field(default=())
    id_times: tuple[IdTime, ...] = field(default=())
    reports: tuple[ArticleVersion, ...] = field(default=())

    @property
    def published_on(self) -> date | None:
        """The article's day, as the claim or the page gives it."""
        if self.claim.published_on is not None or self.article is None:
            return self.claim.published_on
        if self.article.published_on is not None or self.article.published is None:
            return self.article.published_on
        return self.article.published.date()

    def statement_of(self, alignment: Alignment) -> Statement:
        """The statement whose snapshot was aligned; KeyError when the case does not hold it."""
        for statement in self.statements:
            if statement.snapshot.id == alignment.snapshot_id:
                return statement
        raise KeyError(alignment.snapshot_id)

    def statements_of(self, match: Match) -> tuple[Statement, ...]:
        """The statements a match rests on, in the quotation's order."""
        return tuple(self.statement_of(alignment) for alignment in match.alignments)

    def versions_of(self, post_id: PostId) -> tuple[Snapshot, ...]:
        """Every version of the post that the case holds, oldest first."""
        held = {s.snapshot.version: s.snapshot for s in self.statements if s.post.id == post_id}
        return tuple(held[number] for number in sorted(held))

    def id_time(self, platform: Platform, native_id: str | None) -> datetime | None:
        """The time hidden in that identifier, or None where it has none or nobody read it."""
        return next((t.at for t in self.id_times if t.platform is platform and t.native_id == native_id), None)

    def report_of(self, article_id: ArticleId) -> ArticleText | None:
        """The article that made a report, or None where the case does not hold it."""
        return next((version.article for version in self.reports if version.id == article_id), None)

    def finding(
        self, code: FindingCode, explanation: str, *, quoted: Span | None = None, archived: Span | None = None
    ) -> Finding:
        """An observation on this case, weighed by its policy."""
        return weighed(code, explanation, policy=self.policy, quoted=quoted, archived=archived)


def weighed(
    code: FindingCode,
    explanation: str,
    *,
    policy: Policy,
    quoted: Span | None = None,
    archived: Span | None = None,
) -> Finding:
    """An observation as the house style weighs it."""
    return Finding(
        code=code, severity=policy.severity_of(code), explanation=explanation, quoted=quoted, archived=archived
    )
