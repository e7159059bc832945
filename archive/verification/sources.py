"""Sources: what became of the original, which version the quotation fits, and how well it is evidenced."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from datetime import datetime

from archive.domain.availability import Availability
from archive.domain.evidence import EvidenceGrade
from archive.domain.findings import Finding, FindingCode
from archive.domain.posts import Snapshot
from archive.domain.statements import Statement
from archive.domain.verdicts import SourceState
from archive.verification.cases import Case
from archive.verification.phrases import day_of, moment_of, post_of
from archive.verification.plain_words import is_same_words

_Code = FindingCode
_STATES: dict[Availability, SourceState] = {
    Availability.NOT_CHECKED: SourceState.NOT_CHECKED,
    Availability.LIVE: SourceState.LIVE,
    Availability.RESTORED: SourceState.LIVE,
    Availability.MOVED: SourceState.LIVE,
    Availability.EDITED: SourceState.EDITED,
    Availability.WITHDRAWN: SourceState.EDITED,
    Availability.GONE: SourceState.GONE,
    Availability.ACCOUNT_GONE: SourceState.GONE,
    Availability.SUSPECTED_GONE: SourceState.UNREACHABLE,
    Availability.WITHHELD: SourceState.UNREACHABLE,
    Availability.BLOCKED_FOR_US: SourceState.UNREACHABLE,
    Availability.UNKNOWN: SourceState.UNREACHABLE,
}
_STATE_FINDINGS: dict[Availability, tuple[FindingCode, str]] = {
    Availability.LIVE: (_Code.SOURCE_LIVE, "The original could be seen when last looked at"),
    Availability.MOVED: (_Code.SOURCE_LIVE, "The original can be seen at a new address"),
    Availability.RESTORED: (_Code.RESTORED, "The original was gone and can be seen again"),
    Availability.WITHDRAWN: (_Code.CORRECTED_LATER, "The original is marked as corrected or withdrawn"),
    # No platform tells us who removed a post; two looks say only that it is not there.
    Availability.GONE: (_Code.DELETED_BY_AUTHOR, "The original is no longer reachable; who removed it is not known"),
    Availability.WITHHELD: (_Code.REMOVED_BY_PLATFORM, "The platform withholds the original from some or all readers"),
    Availability.ACCOUNT_GONE: (_Code.ACCOUNT_CLOSED, "The account is no longer reachable"),
    Availability.BLOCKED_FOR_US: (
        _Code.BLOCKED_FOR_US,
        "The platform did not let us look; that says nothing of the post",
    ),
}
_GRADES: dict[EvidenceGrade, str] = {
    EvidenceGrade.TYPED_IN: "The words are known only from a report; no original is captured.",
    EvidenceGrade.PASTED_WITH_URL: "The words were pasted in with an address; the original was not captured whole.",
    EvidenceGrade.THIRD_PARTY_COPY: "The words are evidenced by a third party's copy.",
    EvidenceGrade.OWN_CAPTURE: "The words are evidenced by the archive's own capture.",
    EvidenceGrade.SECOND_COPY: "The words are evidenced by the archive's own capture and an independent second copy.",
    EvidenceGrade.TIME_STAMPED_OR_SIGNED: "The words are evidenced by a signed record or a trusted time stamp.",
    EvidenceGrade.FAILED: "The stored bytes no longer match their recorded digest: nothing can be built on them.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReading:
    """The state of the original, the grade of its evidence and the findings on both."""

    state: SourceState
    findings: tuple[Finding, ...] = field(default=())


def source_of(case: Case, statement: Statement, *, twins: tuple[Statement, ...] = ()) -> SourceReading:
    """What became of the original of one statement; ``twins`` are statements with the very same words."""
    if statement.is_reported:
        return SourceReading(state=SourceState.REPORTED_ONLY, findings=(_grade(case, EvidenceGrade.TYPED_IN),))
    found = [*_version(case, statement), *_availability(case, statement), *_reposted(case, statement, twins=twins)]
    found.append(_grade(case, statement.grade))
    state = _STATES[statement.availability.availability]
    outdated = {_Code.EDITED_AFTER_PUBLICATION, _Code.EDITED_BEFORE_PUBLICATION} & {f.code for f in found}
    if outdated and state in (SourceState.LIVE, SourceState.NOT_CHECKED):
        state = SourceState.EDITED
    return SourceReading(state=state, findings=tuple(found))


def _grade(case: Case, grade: EvidenceGrade) -> Finding:
    return case.finding(FindingCode(grade.value), _GRADES[grade])


def _availability(case: Case, statement: Statement) -> tuple[Finding, ...]:
    availability = statement.availability
    known = _STATE_FINDINGS.get(availability.availability)
    if known is None:
        return ()
    code, sentence = known
    since = f" (since {day_of(availability.since)})" if availability.since is not None else ""
    return (case.finding(code, f"{sentence}{since}."),)


def _version(case: Case, statement: Statement) -> tuple[Finding, ...]:
    """S2, S3 or S13 where a later version of the post says otherwise than the one quoted."""
    number = statement.snapshot.version
    if number >= statement.latest_version:
        return ()
    later = tuple(s for s in case.versions_of(statement.post.id) if s.version > number)
    fits = f"The quotation fits version {number} of {statement.latest_version}"
    if later and all(is_ghost_edit(statement.snapshot.text, other.text) for other in later):
        return (case.finding(_Code.GHOST_EDIT, f"{fits}; the later ones differ only in markup."),)
    edited = _edited_at(later)
    when = f"edited by {moment_of(edited)}" if edited is not None else "edited later"
    if edited is not None and _is_before_article(case, edited):
        return (case.finding(_Code.EDITED_BEFORE_PUBLICATION, f"{fits}; the post was {when}, before the article."),)
    return (case.finding(_Code.EDITED_AFTER_PUBLICATION, f"{fits}; the post was {when}."),)


def is_ghost_edit(one: str, other: str) -> bool:
    """Whether two texts differ in markup, entities, letter case, marks or white space only."""
    return is_same_words(_bare(one), _bare(other))


def _bare(text: str) -> str:
    return re.sub(r"<[^<>]{1,2000}>", " ", html.unescape(text))


def _edited_at(later: tuple[Snapshot, ...]) -> datetime | None:
    return (later[0].edited_at or later[0].seen_at) if later else None


def _is_before_article(case: Case, at: datetime) -> bool:
    exact = case.article.published if case.article is not None else None
    if exact is not None:
        return at < exact
    return case.published_on is not None and at.date() < case.published_on


def _reposted(case: Case, statement: Statement, *, twins: tuple[Statement, ...]) -> tuple[Finding, ...]:
    """S9: the post is gone, and the same account posted the same words again afterwards."""
    if statement.availability.availability is not Availability.GONE:
        return ()
    again = [t for t in twins if t.account.id == statement.account.id and t.post.posted_at > statement.post.posted_at]
    if not again:
        return ()
    return (case.finding(_Code.REPOSTED_AFTER_DELETION, f"The same words were posted again: {post_of(again[0])}."),)
