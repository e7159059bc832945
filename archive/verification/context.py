"""Context: whose words a matched stretch is within its post – a repost's, an inner quotation's, a staff member's."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from archive.domain.differences import Match
from archive.domain.findings import Finding, FindingCode
from archive.domain.spans import Span, hull
from archive.domain.statements import Statement
from archive.verification.cases import Case

_Code = FindingCode
_QUOTED = re.compile(r"“[^“”]{1,2000}”|\"[^\"\n]{1,2000}\"|«[^«»]{1,2000}»|„[^„“”]{1,2000}[“”]|「[^「」]{1,2000}」")
_INITIALS = re.compile(r"(?:\s\^|\s?[-–—]\s?)(?:[A-Z]{2,3}|(?i:staff|team \w+|admin))\s*$")
_JOINT = re.compile(r"\bjoint (?:statement|declaration|communiqu[eé])\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextReading:
    """What stands around the words in the original. ``is_foreign_voice``: they are passed on from somebody else."""

    findings: tuple[Finding, ...] = field(default=())
    is_foreign_voice: bool = False


def context_of(case: Case, match: Match) -> ContextReading:
    """Whose words the matched stretches are within their posts."""
    found: list[Finding] = []
    foreign = False
    for alignment, statement in zip(match.alignments, case.statements_of(match), strict=True):
        voices = [*_repost(case, statement), *_inner_quotation(case, statement, covered=alignment.covered)]
        foreign = foreign or bool(voices)
        found += [*voices, *_staff(case, statement), *_joint(case, statement)]
    unique = {finding.code: finding for finding in found}
    return ContextReading(findings=tuple(unique.values()), is_foreign_voice=foreign)


def _repost(case: Case, statement: Statement) -> tuple[Finding, ...]:
    if not statement.post.is_repost:
        return ()
    return (
        case.finding(
            _Code.REPOST_AS_OWN, f"@{statement.account.handle} reposted these words; they are somebody else's."
        ),
    )


def _inner_quotation(case: Case, statement: Statement, *, covered: tuple[Span, ...]) -> tuple[Finding, ...]:
    """A11: the matched words stand between quotation marks in the post itself."""
    if not covered:
        return ()
    taken, text = hull(covered), statement.snapshot.text
    for found in _QUOTED.finditer(text):
        inner = Span(found.start(), found.end())
        whole = not re.search(r"\w", text[: inner.start]) and not re.search(r"\w", text[inner.end :])
        if inner.contains(taken) and not whole:
            return (
                case.finding(
                    _Code.QUOTE_OF_A_QUOTE,
                    f"In the post of {statement.voice.name} these words are themselves a quotation.",
                    archived=inner,
                ),
            )
    return ()


def _staff(case: Case, statement: Statement) -> tuple[Finding, ...]:
    text = re.sub(r"(?:\s*https?://\S+)+\s*$", "", statement.snapshot.text)
    found = _INITIALS.search(text)
    if found is None:
        return ()
    return (
        case.finding(_Code.STAFF_POST, f'The post is signed "{found[0].strip()}": the account has several writers.'),
    )


def _joint(case: Case, statement: Statement) -> tuple[Finding, ...]:
    if _JOINT.search(statement.snapshot.text) is None:
        return ()
    return (
        case.finding(_Code.JOINT_STATEMENT, f"The original is a joint text; it is not {statement.voice.name}'s alone."),
    )
