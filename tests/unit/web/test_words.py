"""Every member of a closed set that a page can meet has words."""

from enum import StrEnum

import pytest

from archive.domain.findings import FindingCode
from archive.domain.verdicts import Verdict, VerdictGroup
from web.finding_words import FINDINGS
from web.verdict_words import GROUPS, VERDICTS, title_on_report
from web.words import WORDS, in_words


@pytest.mark.parametrize("closed_set", WORDS, ids=lambda closed_set: closed_set.__name__)
def test_every_member_has_words(closed_set: type[StrEnum]) -> None:
    assert [member for member in closed_set if not in_words(member).strip()] == []
    assert set(WORDS[closed_set]) == set(closed_set)


def test_members_that_are_equal_as_text_keep_their_own_words() -> None:
    from archive.domain.availability import Availability
    from archive.domain.verdicts import SourceState

    assert Availability.EDITED == SourceState.EDITED
    assert in_words(Availability.EDITED) != in_words(SourceState.EDITED)


def test_every_verdict_group_and_finding_has_words() -> None:
    assert set(VERDICTS) == set(Verdict)
    assert set(GROUPS) == set(VerdictGroup)
    assert set(FINDINGS) == set(FindingCode)


def test_groups_can_be_told_apart_without_colour() -> None:
    assert len({words.sign for words in GROUPS.values()}) == len(VerdictGroup)


@pytest.mark.parametrize("word", ["false", "fake news", "lie", "%"])
def test_no_verdict_claims_to_know_what_is_true(word: str) -> None:
    said = [words.title + " " + words.meaning for words in VERDICTS.values()]
    assert [sentence for sentence in said if word in sentence.lower().split()] == []


@pytest.mark.parametrize("verdict", Verdict)
def test_no_verdict_on_a_report_sounds_like_one_on_an_original(verdict: Verdict) -> None:
    assert "report" in title_on_report(verdict)
