"""Statements: the archived original as people search it – voice, account, post and snapshot composed by a query."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise

from archive.domain.accounts import Account, Platform
from archive.domain.articles import ArticleText
from archive.domain.availability import Availability, AvailabilityState
from archive.domain.captures import Capture, Digest, text_digest
from archive.domain.evidence import EvidenceGrade
from archive.domain.ids import AccountId, ArticleId, CheckId, OfficeId, PersonId, PostId
from archive.domain.posts import Post, Snapshot, is_ghost_edit
from archive.domain.voices import Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A statement known only because an article quoted it: who reported it, where, and how the article attributes
    it."""

    outlet: str
    article_title: str | None = None
    article_url: str | None = None
    article_published_on: date | None = None
    embedded_url: str | None = None
    said_on: date | None = None
    check_id: CheckId | None = None
    article_id: ArticleId | None = None
    article_digest: Digest | None = None
    """The digest of the article's text, so that the article is known again however it is handed in."""

    def is_by(self, article: ArticleText) -> bool:
        """Whether this very article made the report: no article is a witness for itself."""
        same_address = self.article_url is not None and self.article_url == article.url
        return same_address or (self.article_digest is not None and self.article_digest == text_digest(article.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a speaker said, seen with voice, account, post and one snapshot of its text.

    ``report`` is set when the statement is kept as reported (grade E0): then nothing is an original, and a quotation
    can only agree or differ with the report. ``office_title`` is the office the voice held on the day of the post.
    """

    voice: Voice
    account: Account
    post: Post
    snapshot: Snapshot
    grade: EvidenceGrade
    availability: AvailabilityState = field(default_factory=AvailabilityState)
    office_title: str | None = None
    latest_version: int = 1
    report: Report | None = None

    @property
    def is_reported(self) -> bool:
        """Whether the words are known from a report only."""
        return self.report is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementQuery:
    """What a person searches: words and phrases, and the filters around them. Empty fields do not filter."""

    words: str = ""
    speaker: str | None = None
    office: str | None = None
    handle: str | None = None
    platform: Platform | None = None
    language: str | None = None
    since: date | None = None
    until: date | None = None
    availability: Availability | None = None
    reported: bool | None = None
    after: str | None = None
    """A page's bookmark, as the page before gave it."""
    limit: int = 20
    newest_first: bool = False
    unsearched: tuple[Platform, ...] = field(default=())
    """Platforms whose words are not looked at: a hit would tell a guesser that a hidden statement holds his words."""
    unsearched_if_withheld: tuple[Platform, ...] = field(default=())
    """Platforms where the same goes for posts that are withheld, and for no others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementHit:
    """One result of a search with its highlighted stretches (spans of the snapshot's text)."""

    statement: Statement
    highlights: tuple[tuple[int, int], ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementPage:
    """One page of results; ``after`` is the bookmark of the next page, None on the last."""

    hits: tuple[StatementHit, ...]
    after: str | None
    total: int | None = None
    unsearched: tuple[Platform, ...] = field(default=())
    """Platforms whose statements were left out, because their words are held and shown to nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateQuery:
    """What the matcher asks the archive for one quotation.

    ``hashes`` are the 32-bit hashes of its normalised words in order (``archive.text.shingles``), one tuple for each
    piece between ellipses; ``accounts`` those of the credited speaker (looked at first, never alone); ``before`` the
    last instant a true original can carry; ``limit`` how many statements to return at most.
    """

    hashes: tuple[tuple[int, ...], ...]
    accounts: tuple[AccountId, ...] = field(default=())
    people: tuple[PersonId, ...] = field(default=())
    offices: tuple[OfficeId, ...] = field(default=())
    before: datetime | None = None
    native_ids: tuple[str, ...] = field(default=())
    limit: int = 64


class Extent(StrEnum):
    """How much of what it holds the archive proposes for a quotation."""

    ALL = "all"
    """Everything that comes near, so that the second best can be told, and why it lost."""
    DECIDING = "deciding"
    """Only what can win or tie."""
    LIKELIEST = "likeliest"
    """Nothing can be the original by any reading; the nearest statement tells what to say of the quotation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """What the archive proposes for one quotation: statements with every version, and neighbours of the same author
    that may be parts of one thread. ``corpus_size`` and ``frequencies`` (documents holding each word hash) let the
    matcher weigh words by rarity."""

    statements: tuple[Statement, ...]
    corpus_size: int
    frequencies: dict[int, int] = field(default_factory=dict)
    next_best: float = 0.0
    """What the best post has in place that is not as good as the first, in nats: an original stands alone, posts that
    fit by chance come in crowds."""
    extent: Extent = Extent.ALL

    def without_reports_by(self, article: ArticleText | None) -> Candidates:
        """The same proposals less what is known from that article only."""
        if article is None or not any(statement.is_reported for statement in self.statements):
            return self
        kept = tuple(s for s in self.statements if s.report is None or not s.report.is_by(article))
        return replace(self, statements=kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementDetail:
    """Everything a statement's page shows."""

    statement: Statement
    versions: tuple[Snapshot, ...]
    captures: tuple[Capture, ...]
    thread: tuple[Statement, ...] = field(default=())
    quoted_in: tuple[Quoting, ...] = field(default=())
    posted_again: tuple[Statement, ...] = field(default=())
    """Where the original is gone: later posts of the same account with the very same words."""

    @property
    def ghost_edits(self) -> frozenset[int]:
        """The versions whose words changed without the mark that the platform sets on every edit."""
        platform = self.statement.post.platform
        pairs = pairwise(self.versions)
        return frozenset(after.version for before, after in pairs if is_ghost_edit(platform, before, after=after))


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoting:
    """An article that quotes a statement, and how it was judged."""

    check_id: CheckId
    article_title: str | None
    article_url: str | None
    number: int
    verdict: str
    post_id: PostId
