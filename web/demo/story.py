"""The story of the demo: fill the archive, check three articles, take a day of coverage away, let a night pass."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from archive import services
from archive.domain.accounts import Platform
from archive.domain.checks import Check, Submission, SubmissionKind
from archive.domain.statements import Statement
from archive.domain.verdicts import Judgement
from archive.errors import ArchiveError
from archive.runtime import Runtime
from web.demo import content

LOST_DAY = (datetime(2026, 2, 20, tzinfo=UTC), datetime(2026, 2, 21, tzinfo=UTC))
DOUBTED_HANDLE = "Energy_Ostrelund"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeResult:
    """What the archive made of one change of the doctored article."""

    change: content.Change
    judgement: Judgement

    @property
    def is_right(self) -> bool:
        """Whether the verdict and the finding are those the change calls for."""
        codes = {finding.code for finding in self.judgement.opinion.findings}
        fits = self.change.code is None or self.change.code in codes
        return fits and self.judgement.opinion.verdict is self.change.verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoResult:
    """The three checks of the demo."""

    reported: Check
    faithful: Check
    doctored: Check

    def changes(self) -> tuple[ChangeResult, ...]:
        """The eight changes with their judgements."""
        return tuple(
            ChangeResult(change=change, judgement=judgement_about(self.doctored, change.about))
            for change in content.changes()
        )


def load_demo(runtime: Runtime) -> tuple[Statement, ...]:
    """Fill the archive; the statements kept as reported. Doing it twice adds nothing."""
    services.curate.take_registry(runtime, content.registry())
    for captured in content.posts():
        services.ingest.take_posts(runtime, captured)
    for handle in content.HANDLES:
        services.coverage.declare_coverage(
            runtime,
            handle=handle,
            platform=Platform.X,
            since=content.COVERED_SINCE,
            until=content.COVERED_UNTIL,
            how=content.HOW_COVERED,
            includes_deletions=True,
        )
    captured, claims = content.reports()
    return services.reported.keep_reports(runtime, captured, claims=claims)


def check_articles(runtime: Runtime) -> DemoResult:
    """Check the three articles of the demo."""
    return DemoResult(
        reported=_checked(runtime, content.article_on_reports(), name="as-reported.html"),
        faithful=_checked(runtime, content.faithful_article(), name="faithful.html"),
        doctored=check_doctored(runtime),
    )


def check_doctored(runtime: Runtime) -> Check:
    """Check the doctored article."""
    return _checked(runtime, content.doctored_article(), name="doctored.html")


def lose_a_day(runtime: Runtime) -> None:
    """Take back that one account was seen on one day, as if an export had turned out incomplete."""
    since, until = LOST_DAY
    services.coverage.retract_coverage(
        runtime,
        handle=DOUBTED_HANDLE,
        platform=Platform.X,
        since=since,
        until=until,
        reason="demo: a day of the export is missing",
    )


def let_a_post_change(runtime: Runtime) -> None:
    """One post is edited after the articles appeared: what the simulated night then finds."""
    services.ingest.take_posts(runtime, content.posts_of_the_night())


def judgement_about(check: Check, beginning: str) -> Judgement:
    """The judgement on the quotation that begins so."""
    for judgement in check.judgements:
        if judgement.opinion.claim.quotation.content.startswith(beginning):
            return judgement
    raise ArchiveError(f"The demo's article has no quotation that begins {beginning!r}.", code="demo_broken")


def _checked(runtime: Runtime, body: bytes, *, name: str) -> Check:
    return services.checks.judge_article(runtime, Submission(kind=SubmissionKind.FILE, file_name=name, body=body))
