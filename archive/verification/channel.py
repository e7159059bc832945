"""Channel: do platform, account and medium agree with what the article says?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from archive.domain.accounts import Platform
from archive.domain.claims import Medium
from archive.domain.evidence import EvidenceGrade
from archive.domain.findings import Finding, FindingCode
from archive.domain.statements import Statement
from archive.domain.verdicts import ChannelFit
from archive.domain.voices import Voice, VoiceBasis
from archive.text.names import NameMatch, compare_names
from archive.verification.cases import Case
from archive.verification.phrases import platform_name
from archive.verification.pointers import cited_handles, other_class

_Code = FindingCode
_NOT_POSTS = (Medium.PRESS_RELEASE, Medium.SPEECH, Medium.INTERVIEW, Medium.LETTER)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelReading:
    """How platform and account fit one statement, dates aside."""

    fit: ChannelFit
    findings: tuple[Finding, ...] = field(default=())


def is_same_voice(one: Statement, other: Statement) -> bool:
    """Whether two statements are the same speaker's: one account, one person or one office."""
    if one.account.id == other.account.id:
        return True
    return _is_same(one.voice, other.voice)


def channel_of(case: Case, statement: Statement, *, others: Iterable[Statement]) -> ChannelReading:
    """Whether the words were published where the article says; ``others`` are statements with the very same words."""
    twins = tuple(other for other in others if other.post.id != statement.post.id)
    findings = [*_medium(case, statement), *_copies(case, statement, twins=twins)]
    wrong = _platform(case, statement, twins=twins)
    account = other_class(case, statement)
    findings += [*wrong, *account]
    return ChannelReading(fit=_fit(case, wrong=bool(wrong), account=bool(account)), findings=tuple(findings))


def _fit(case: Case, *, wrong: bool, account: bool) -> ChannelFit:
    if wrong:
        return ChannelFit.OTHER_PLATFORM
    if account:
        return ChannelFit.OTHER_ACCOUNT
    claimed = case.claim.attribution.platform is not None or cited_handles(case)
    return ChannelFit.AGREES if claimed else ChannelFit.NOT_CLAIMED


def _platform(case: Case, statement: Statement, *, twins: tuple[Statement, ...]) -> tuple[Finding, ...]:
    claimed, found = case.claim.attribution.platform, statement.post.platform
    if claimed is None or claimed is found or found is Platform.WEB or claimed is Platform.WEB:
        return ()
    if any(twin.post.platform is claimed and is_same_voice(twin, statement) for twin in twins):
        return ()
    return (
        case.finding(
            _Code.PLATFORM_WRONG,
            f"The article says {platform_name(claimed)}; the words were found on {platform_name(found)}.",
        ),
    )


def _medium(case: Case, statement: Statement) -> tuple[Finding, ...]:
    said = case.claim.attribution
    claims_post = said.medium is Medium.POST or said.platform not in (None, Platform.WEB)
    if claims_post and statement.post.platform is Platform.WEB:
        page = f": {statement.post.url}" if statement.post.url else ""
        words = f"The article calls a post what was published as a page on {statement.account.handle}{page}."
        return (case.finding(_Code.NOT_A_POST, words),)
    if statement.post.platform is not Platform.WEB and (said.medium in _NOT_POSTS or said.platform is Platform.WEB):
        called = said.medium.value.replace("_", " ") if said.medium in _NOT_POSTS else "page"
        where = platform_name(statement.post.platform)
        return (case.finding(_Code.POST_CALLED_STATEMENT, f"The article calls a {called} what is a post on {where}."),)
    return ()


def _copies(case: Case, statement: Statement, *, twins: tuple[Statement, ...]) -> tuple[Finding, ...]:
    found: list[Finding] = []
    mine = tuple(twin for twin in twins if is_same_voice(twin, statement) and twin.account.id != statement.account.id)
    if mine:
        places = ", ".join(sorted({f"@{t.account.handle} on {platform_name(t.post.platform)}" for t in mine}))
        found.append(case.finding(_Code.CROSS_POSTED, f"The same words were also posted as {places}."))
    found += _other_language(case, statement)
    if statement.grade is EvidenceGrade.THIRD_PARTY_COPY:
        found.append(case.finding(_Code.THIRD_PARTY_COPY_ONLY, "The archive has the words from a third party's copy."))
    return tuple(found)


def _other_language(case: Case, statement: Statement) -> tuple[Finding, ...]:
    """C6: the article cites one account of an office, the words stand in the office's account of another language."""
    offices = {c.office_id for c in case.directory.controls_of(statement.account.id) if c.office_id is not None}
    for handle in cited_handles(case):
        cited = case.directory.account_with_handle(handle, platform=statement.post.platform)
        if cited is None or cited.id == statement.account.id or cited.kind is not statement.account.kind:
            continue
        if offices & {c.office_id for c in case.directory.controls_of(cited.id)}:
            return (
                case.finding(
                    _Code.OTHER_LANGUAGE_ACCOUNT,
                    f"The article cites @{cited.handle}; the words stand in @{statement.account.handle}, "
                    "another account of the same office.",
                ),
            )
    return ()


def _is_same(one: Voice, other: Voice) -> bool:
    if one.person_id is not None and other.person_id is not None:
        return one.person_id == other.person_id
    if one.office_id is not None and one.office_id == other.office_id:
        return True
    # Profiles that nobody registered: one name on two platforms, never a family name alone.
    unregistered = VoiceBasis.PROFILE in (one.basis, other.basis) or VoiceBasis.REPORT in (one.basis, other.basis)
    return unregistered and compare_names(one.name, other.name) is NameMatch.SAME
