"""Verdicts: the closed scale, five plain groups, the axes and the judgement (``docs/reference/verdicts.md`` is
binding)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from archive.domain.claims import Claim
from archive.domain.coverage import Coverage
from archive.domain.differences import Alignment
from archive.domain.evidence import EvidenceGrade
from archive.domain.findings import Finding
from archive.domain.ids import ArticleId, CheckId, JudgementId, PostId
from archive.domain.statements import Statement


class Verdict(StrEnum):
    """The one-word outcome. There is no FALSE: the archive knows what was posted, not what is true."""

    VERBATIM = "verbatim"
    VERBATIM_RENDERED = "verbatim_rendered"
    EXCERPT = "excerpt"
    TRIMMED_MARKED = "trimmed_marked"
    TRIMMED_UNMARKED = "trimmed_unmarked"
    COMPOSITE = "composite"
    ALTERED_MINOR = "altered_minor"
    ALTERED_REVIEW = "altered_review"
    """A guard fired; a person has not yet agreed that the meaning changed."""
    ALTERED_MATERIAL = "altered_material"
    PARAPHRASE_IN_QUOTES = "paraphrase_in_quotes"
    TRANSLATED = "translated"
    CONTEXT_ALTERED = "context_altered"
    MISATTRIBUTED = "misattributed"
    SOURCE_MISLABELLED = "source_mislabelled"
    FAKE_SOURCE = "fake_source"
    NOT_FOUND_COVERED = "not_found_covered"
    NOT_FOUND_GAP = "not_found_gap"
    NO_ACCOUNT_KNOWN = "no_account_known"
    AMBIGUOUS = "ambiguous"
    UNCHECKABLE = "uncheckable"
    PENDING = "pending"
    DISPUTED = "disputed"
    WITHDRAWN = "withdrawn"


class VerdictGroup(StrEnum):
    """The five plain words of a page, plus "cannot decide"."""

    VERBATIM = "verbatim"
    TRIMMED = "trimmed"
    ALTERED = "altered"
    MISATTRIBUTED = "misattributed"
    NOT_FOUND = "not_found"
    CANNOT_DECIDE = "cannot_decide"


def group_of(verdict: Verdict) -> VerdictGroup:
    """The plain group a verdict is shown under."""
    match verdict:
        case Verdict.VERBATIM | Verdict.VERBATIM_RENDERED:
            return VerdictGroup.VERBATIM
        case Verdict.EXCERPT | Verdict.TRIMMED_MARKED | Verdict.TRIMMED_UNMARKED:
            return VerdictGroup.TRIMMED
        case (
            Verdict.COMPOSITE
            | Verdict.ALTERED_MINOR
            | Verdict.ALTERED_REVIEW
            | Verdict.ALTERED_MATERIAL
            | Verdict.PARAPHRASE_IN_QUOTES
            | Verdict.CONTEXT_ALTERED
        ):
            return VerdictGroup.ALTERED
        case Verdict.MISATTRIBUTED | Verdict.SOURCE_MISLABELLED | Verdict.FAKE_SOURCE:
            return VerdictGroup.MISATTRIBUTED
        case Verdict.NOT_FOUND_COVERED | Verdict.NOT_FOUND_GAP | Verdict.NO_ACCOUNT_KNOWN:
            return VerdictGroup.NOT_FOUND
        case (
            Verdict.TRANSLATED
            | Verdict.AMBIGUOUS
            | Verdict.UNCHECKABLE
            | Verdict.PENDING
            | Verdict.DISPUTED
            | Verdict.WITHDRAWN
        ):
            return VerdictGroup.CANNOT_DECIDE
        case _ as never:
            assert_never(never)


class Wording(StrEnum):
    """Axis 1: do the words agree?"""

    SAME = "same"
    RENDERED = "rendered"
    TRIMMED = "trimmed"
    COMPOSED = "composed"
    CHANGED = "changed"
    TRANSLATED = "translated"
    NO_ORIGINAL = "no_original"


class AttributionFit(StrEnum):
    """Axis 2: is the credited speaker the archived voice of that day?"""

    SAME = "same"
    SAME_INSTITUTION = "same_institution"
    OTHER = "other"
    UNPROVEN = "unproven"
    NOT_CREDITED = "not_credited"
    NOT_APPLICABLE = "not_applicable"


class ChannelFit(StrEnum):
    """Axis 3: do platform, account and date agree with what the article says?"""

    AGREES = "agrees"
    OTHER_PLATFORM = "other_platform"
    OTHER_ACCOUNT = "other_account"
    OTHER_DATE = "other_date"
    NOT_CLAIMED = "not_claimed"
    NOT_APPLICABLE = "not_applicable"


class SourceState(StrEnum):
    """Axis 4: what became of the original?"""

    LIVE = "live"
    EDITED = "edited"
    GONE = "gone"
    UNREACHABLE = "unreachable"
    NOT_CHECKED = "not_checked"
    REPORTED_ONLY = "reported_only"
    NOT_APPLICABLE = "not_applicable"


class Decidability(StrEnum):
    """Axis 5: could we decide, and if not, why?"""

    DECIDED = "decided"
    NEEDS_PERSON = "needs_person"
    TOO_SHORT = "too_short"
    SEVERAL_FIT = "several_fit"
    NOT_COVERED = "not_covered"
    NO_ACCOUNT = "no_account"


@dataclass(frozen=True, slots=True, kw_only=True)
class Axes:
    """The five independent axes, so that nothing is averaged away."""

    wording: Wording
    attribution: AttributionFit
    channel: ChannelFit
    source: SourceState
    decidability: Decidability


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a judgement rests on: the statement and the alignment with the very snapshot compared."""

    statement: Statement
    alignment: Alignment
    grade: EvidenceGrade


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What the rule table says of one claim, before it is dated and stored.

    ``evidence`` is empty when nothing was found, one item as a rule, several for a composite; ``others`` fit as well or
    lost (with ``why_lost`` in the explanation).
    """

    claim: Claim
    verdict: Verdict
    axes: Axes
    findings: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]
    coverage: Coverage
    explanation: str
    others: tuple[Evidence, ...] = field(default=())
    redacted: tuple[PostId, ...] = field(default=())
    """Statements it rested on that were removed since; what it said of their words went with them."""

    @property
    def group(self) -> VerdictGroup:
        """The plain group of the verdict."""
        return group_of(self.verdict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One dated answer on one claim; superseded by a newer one, never edited. ``number`` counts quotations from 1."""

    id: JudgementId
    number: int
    opinion: Opinion
    policy: str
    engine_version: str
    decided_at: datetime
    decided_by: str = "engine"
    check_id: CheckId | None = None
    article_id: ArticleId | None = None
    reason: str | None = None
    """Why a person decided otherwise than the engine."""
    supersedes: JudgementId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """An observation on the article as a whole (T16: two forms of one term), with its places in the article's text."""

    finding: Finding
    spans: tuple[tuple[int, int], ...] = field(default=())
