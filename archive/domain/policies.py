"""Policies: house styles as values – how each finding weighs. A new style is a new value, never a new branch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from archive.domain.findings import Family, FindingCode, Severity

_MAJOR_CODES = (
    FindingCode.STRETCH_IN_NO_SOURCE,
    FindingCode.EXTENDED_BEYOND_ORIGINAL,
    FindingCode.BRACKET_CHANGES_CLAIM,
    FindingCode.OTHER_PERSON,
    FindingCode.NAMESAKE,
    FindingCode.WRONG_HOLDER,
    FindingCode.LOOK_ALIKE_ACCOUNT,
    FindingCode.REPOST_AS_OWN,
    FindingCode.PLATFORM_WRONG,
    FindingCode.ARTICLE_BEFORE_POST,
    FindingCode.ID_TIME_CONTRADICTS,
    FindingCode.INTEGRITY_FAILED,
)
_MINOR_CODES = (
    FindingCode.OMISSION_UNSIGNALLED,
    FindingCode.SPEECH_TAG_HIDES_OMISSION,
    FindingCode.CUT_SENTENCE_AS_WHOLE,
    FindingCode.OTHER_DAY,
    FindingCode.OLD_POST_AS_NEW,
    FindingCode.WEEKDAY_CONTRADICTS_DATE,
    FindingCode.REPLY_BEFORE_QUESTION,
    FindingCode.WRONG_OFFICE,
    FindingCode.CREDITS_DISAGREE,
    FindingCode.SOURCE_LINK_WRONG,
    FindingCode.NOT_A_POST,
    FindingCode.EDITED_AFTER_PUBLICATION,
    FindingCode.QUOTATION_SILENTLY_CHANGED,
    FindingCode.HEADLINE_DIFFERS,
    FindingCode.ACCOUNT_PASSED_ON,
)
_NOTED_TEXT = (FindingCode.TYPO_CORRECTED, FindingCode.GRAMMAR_ADAPTED, FindingCode.JOINED_FROM_POSTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One house style: a name and the codes it weighs otherwise than ``standard_severity``."""

    name: str
    severities: Mapping[FindingCode, Severity] = field(default_factory=lambda: MappingProxyType({}))

    def severity_of(self, code: FindingCode) -> Severity:
        """How this house weighs a finding."""
        return self.severities.get(code, standard_severity(code))


def standard_severity(code: FindingCode) -> Severity:
    """The weight of a finding where a policy says nothing else."""
    if code.family is Family.GUARD or code in _MAJOR_CODES:
        return Severity.MAJOR
    if code in _MINOR_CODES or (code.family is Family.TEXT and code not in _NOTED_TEXT):
        return Severity.MINOR
    return Severity.NOTE


STANDARD = Policy(name="standard")
STRICT = Policy(
    name="strict",
    severities=MappingProxyType(
        {
            code: Severity.MINOR
            for code in FindingCode
            if code.family is Family.RENDERING
            and code not in (FindingCode.TYPOGRAPHY, FindingCode.LINE_BREAKS_FLATTENED)
        }
        | {code: Severity.MINOR for code in _NOTED_TEXT}
    ),
)
AP_LIKE = Policy(
    name="ap-like",
    severities=MappingProxyType(
        {
            FindingCode.GRAMMAR_ADAPTED: Severity.MINOR,
            FindingCode.TYPO_CORRECTED: Severity.MINOR,
            FindingCode.PARENTHESIS_AS_BRACKET: Severity.NOTE,
            FindingCode.OBSCENITY_MASKED: Severity.NOTE,
        }
    ),
)
REUTERS_LIKE = Policy(
    name="reuters-like",
    severities=MappingProxyType(
        {FindingCode.HOUSE_SPELLING: Severity.NOTE, FindingCode.TYPO_CORRECTED: Severity.MINOR}
    ),
)
POLICIES: Mapping[str, Policy] = MappingProxyType(
    {policy.name: policy for policy in (STANDARD, STRICT, AP_LIKE, REUTERS_LIKE)}
)
