"""The scale is closed: every code of the published taxonomy exists, once, and every verdict has a plain group."""

import pytest

from archive.domain.findings import Family, FindingCode
from archive.domain.policies import POLICIES, STANDARD
from archive.domain.verdicts import Verdict, VerdictGroup, group_of

NUMBERED = {"R": 15, "K": 10, "T": 17, "G": 17, "A": 15, "C": 7, "D": 9, "S": 13, "P": 7, "X": 16}


@pytest.mark.parametrize(("letter", "count"), NUMBERED.items())
def test_every_numbered_code_exists(letter: str, count: int) -> None:
    expected = {f"{letter}{number}" for number in range(1, count + 1)}
    assert {code.value for code in FindingCode if code.family is Family(letter)} == expected


def test_evidence_grades_have_codes() -> None:
    assert {c.value for c in FindingCode if c.family is Family.EVIDENCE} == {"E0", "E1", "E2", "E3", "E4", "E5", "E-"}


def test_every_verdict_has_a_group_and_every_group_a_verdict() -> None:
    assert {group_of(verdict) for verdict in Verdict} == set(VerdictGroup)


@pytest.mark.parametrize("policy", POLICIES.values(), ids=lambda policy: policy.name)
def test_no_house_style_weighs_a_guard_lightly(policy: object) -> None:
    guards = [code for code in FindingCode if code.family is Family.GUARD]
    assert all(STANDARD.severity_of(code) == policy.severity_of(code) == "major" for code in guards)  # type: ignore[attr-defined]
