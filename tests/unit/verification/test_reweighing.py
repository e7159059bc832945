"""Weighing an opinion by another house style gives what judging under it would have given."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from archive.domain.findings import FindingCode as F
from archive.domain.findings import Severity
from archive.domain.policies import POLICIES, STANDARD, STRICT, Policy
from archive.domain.verdicts import Verdict
from archive.verification.cases import Case
from archive.verification.reweighing import reweighed
from archive.verification.verdicts import judge
from tests.unit.verification.cases import a_case, a_claim, a_difference, a_missing_case

GENTLE = Policy(
    name="gentle",
    severities=MappingProxyType({F.STRETCH_IN_NO_SOURCE: Severity.NOTE, F.EXTENDED_BEYOND_ORIGINAL: Severity.MINOR}),
)
GRAVE = Policy(name="grave", severities=MappingProxyType({F.WORD_REPLACED: Severity.MAJOR}))
CASES = (
    a_case(),
    a_case(a_difference(F.HANDLE_AS_NAME)),
    a_case(a_difference(F.WORD_REPLACED)),
    a_case(a_difference(F.WORD_REPLACED), a_difference(F.SENTENCES_REORDERED)),
    a_case(a_difference(F.STRETCH_IN_NO_SOURCE)),
    a_case(a_difference(F.STRETCH_IN_NO_SOURCE), a_difference(F.OMISSION_UNSIGNALLED)),
    a_case(a_difference(F.WORD_ADDED, F.NEGATION)),
    a_case(a_difference(F.WORD_REPLACED), claim=a_claim(handle="anabe1o")),
    a_missing_case(),
)


@pytest.mark.parametrize("policy", [*POLICIES.values(), GENTLE, GRAVE], ids=lambda policy: policy.name)
@pytest.mark.parametrize("case", CASES, ids=range(len(CASES)))
def test_reweighing_gives_what_judging_anew_gives(case: Case, policy: Policy) -> None:
    anew = judge(replace(case, policy=policy))
    weighed = reweighed(judge(replace(case, policy=STANDARD)), policy)
    assert (weighed.verdict, weighed.findings) == (anew.verdict, anew.findings)


def test_reweighing_back_is_the_opinion_it_was() -> None:
    opinion = judge(CASES[4])
    assert reweighed(reweighed(opinion, GENTLE), STANDARD) == opinion


def test_what_a_person_decided_stays() -> None:
    opinion = replace(judge(CASES[4]), verdict=Verdict.WITHDRAWN)
    assert reweighed(opinion, STRICT).verdict is Verdict.WITHDRAWN
