"""What must hold of every case, whatever its findings."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from archive.domain.differences import Difference
from archive.domain.findings import Family, FindingCode
from archive.domain.verdicts import Decidability, Verdict
from archive.verification.precedence import CONTEXT_GUARDS, PRECEDENCE, PROPOSED_BY, headline
from archive.verification.verdicts import judge
from tests.unit.verification.cases import BORO_X, VOICE_BORO, a_case, a_difference, a_statement

WORDING = (Family.RENDERING, Family.MARKING, Family.TEXT)
CODES = [
    code
    for code in FindingCode
    if code.family in WORDING and code in PROPOSED_BY and code is not FindingCode.TRANSLATION
]
GUARDS = [code for code in FindingCode if code.family is Family.GUARD]
differences = st.builds(
    lambda code, guards, at: a_difference(code, *guards, at=at),
    st.sampled_from(CODES),
    st.lists(st.sampled_from(GUARDS), max_size=2),
    st.integers(0, 60),
)
some_differences = st.lists(differences, max_size=5).map(tuple)
rank = {verdict: place for place, verdict in enumerate(PRECEDENCE)}


def verdict_of(*found: Difference, **more: object) -> Verdict:
    return judge(a_case(*found, **more)).verdict  # type: ignore[arg-type]


@given(found=some_differences, code=st.sampled_from([c for c in CODES if c.family is Family.RENDERING]))
def test_rendering_never_worsens_a_verdict_beyond_rendered(found: tuple[Difference, ...], code: FindingCode) -> None:
    before, after = verdict_of(*found), verdict_of(*found, a_difference(code))
    assert after is before or (before is Verdict.VERBATIM and after is Verdict.VERBATIM_RENDERED)


@given(found=some_differences, more=differences)
def test_one_more_difference_never_improves_a_verdict(found: tuple[Difference, ...], more: Difference) -> None:
    assert rank[verdict_of(*found, more)] <= rank[verdict_of(*found)]


@given(found=some_differences, guard=st.sampled_from([g for g in GUARDS if g not in CONTEXT_GUARDS]))
def test_a_guard_always_asks_for_a_person(found: tuple[Difference, ...], guard: FindingCode) -> None:
    opinion = judge(a_case(*found, a_difference(FindingCode.WORD_REPLACED, guard)))
    assert opinion.verdict is Verdict.ALTERED_REVIEW
    assert opinion.axes.decidability is Decidability.NEEDS_PERSON


@given(found=some_differences, guard=st.sampled_from(CONTEXT_GUARDS))
def test_a_guard_on_the_context_asks_for_a_person_like_any_other(
    found: tuple[Difference, ...], guard: FindingCode
) -> None:
    guarded = a_difference(FindingCode.EMOJI_REMOVED, guard)
    opinion = judge(a_case(*found, guarded))
    assert opinion.verdict is Verdict.ALTERED_REVIEW
    assert opinion.axes.decidability is Decidability.NEEDS_PERSON


@given(found=some_differences)
def test_proven_misattribution_goes_before_every_change_of_words(found: tuple[Difference, ...]) -> None:
    other = a_statement("200", account=BORO_X, voice=VOICE_BORO)
    assert verdict_of(*found, statement=other) is Verdict.MISATTRIBUTED


@given(found=some_differences, score=st.floats(0, 1), information=st.floats(0, 500))
def test_no_score_decides(found: tuple[Difference, ...], score: float, information: float) -> None:
    case = a_case(*found)
    assert case.ranking.best is not None
    alignments = tuple(
        replace(a, score=score, ratio=score, information=information) for a in case.ranking.best.alignments
    )
    scored = replace(case, ranking=replace(case.ranking, best=replace(case.ranking.best, alignments=alignments)))
    assert judge(scored).verdict is judge(case).verdict


@given(found=some_differences)
def test_every_difference_is_listed(found: tuple[Difference, ...]) -> None:
    listed = [(f.code, f.quoted) for f in judge(a_case(*found)).findings]
    for difference in found:
        assert (difference.code, difference.quoted) in listed
        assert all((guard, difference.quoted) in listed for guard in difference.guards)


@given(proposed=st.lists(st.sampled_from(PRECEDENCE)))
def test_headline_is_the_first_in_the_binding_order(proposed: list[Verdict]) -> None:
    assert rank[headline(proposed)] == min((rank[v] for v in proposed), default=rank[Verdict.VERBATIM])


def test_undecidable_values_are_no_headlines() -> None:
    outside = set(Verdict) - set(PRECEDENCE)
    assert {v.value for v in outside} == {
        "not_found_gap", "no_account_known", "ambiguous", "uncheckable", "pending", "disputed", "withdrawn",
    }  # fmt: skip
