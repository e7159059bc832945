"""Policies: house styles as values – how each finding weighs. A new style is a new value, never a new branch."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from archive.domain.findings import Family, FindingCode, Severity
from archive.errors import ConfigurationError

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
POLICY_ALIASES: Mapping[str, str] = MappingProxyType({"ap": "ap-like", "reuters": "reuters-like"})


def shipped_policy(name: str) -> Policy | None:
    """The shipped house style of that name ("ap" is "ap-like"), or None."""
    return POLICIES.get(POLICY_ALIASES.get(name, name))


def policy_from(table: Mapping[str, object], *, source: str) -> Policy:
    """An operator's own house style as read from a file: ``name``, ``like`` (the style it starts from, ``standard`` if
    not given) and ``severities``, a table of finding codes ("K4") or their readable names to weights.

    ConfigurationError ``bad_policy`` names what is wrong in ``source``.
    """
    unknown = sorted(set(table) - {"name", "like", "severities"})
    if unknown:
        raise _bad(source, f'"{unknown[0]}" is no part of it; there are name, like and severities')
    name, like = table.get("name"), table.get("like", STANDARD.name)
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise _bad(source, "it needs a name of letters, digits, points and hyphens")
    if shipped_policy(name) is not None:
        raise _bad(source, f'the name "{name}" belongs to a house style that ships; give it another')
    base = shipped_policy(like) if isinstance(like, str) else None
    if base is None:
        raise _bad(source, f"like must be one of {', '.join(sorted(POLICIES))}")
    severities = table.get("severities", {})
    if not isinstance(severities, Mapping):
        raise _bad(source, "severities must be a table of codes and weights")
    own = {_code(key, source=source): _weight(value, source=source) for key, value in severities.items()}
    return Policy(name=name, severities=MappingProxyType({**base.severities, **own}))


_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,39}")
_BY_NAME = {**{code.value: code for code in FindingCode}, **{code.label: code for code in FindingCode}}


def _code(key: object, *, source: str) -> FindingCode:
    found = _BY_NAME.get(str(key)) or _BY_NAME.get(str(key).lower())
    if found is None:
        raise _bad(source, f'"{key}" is no code of a finding')
    return found


def _weight(value: object, *, source: str) -> Severity:
    if not isinstance(value, str) or value not in set(Severity):
        raise _bad(source, f'"{value}" is no weight; there are {", ".join(Severity)}')
    return Severity(value)


def _bad(source: str, what: str) -> ConfigurationError:
    return ConfigurationError(f"The house style {source} cannot be used: {what}.", code="bad_policy")
