"""Every verdict is reachable, and the near misses do not reach it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from archive.domain.accounts import Platform
from archive.domain.articles import Embed
from archive.domain.claims import Medium, QuotationKind
from archive.domain.coverage import Coverage, CoverageState
from archive.domain.evidence import EvidenceGrade
from archive.domain.findings import FindingCode as F
from archive.domain.ids import ReviewId, named_id
from archive.domain.policies import STRICT
from archive.domain.reviews import Review, ReviewAction
from archive.domain.spans import Span
from archive.domain.verdicts import AttributionFit, Decidability, SourceState, Verdict, Wording
from archive.domain.voices import Voice, VoiceBasis
from archive.errors import InvalidInputError
from archive.verification.precedence import PRECEDENCE
from archive.verification.reviews import apply_review
from archive.verification.verdicts import judge
from tests.unit.verification.cases import (
    ANA_X,
    BORO_X,
    COMPLETE,
    GAPPED,
    NO_ACCOUNT,
    NOBODY_X,
    POSTED,
    REPORTED,
    UNREGISTERED_ANA,
    VOICE_BORO,
    a_case,
    a_claim,
    a_day,
    a_difference,
    a_joined_case,
    a_match,
    a_missing_case,
    a_statement,
    an_alignment,
)

BORO_POST = a_statement("200", account=BORO_X, voice=VOICE_BORO)
CUT = a_statement(text="We will open the northern harbour to every fish…", snapshot={"truncated": True})


def a_review(action: ReviewAction, verdict: Verdict | None = None) -> Review:
    return Review(
        id=ReviewId(named_id("r", action)),
        judgement_id=named_id("j", "1"),  # type: ignore[arg-type]
        action=action,
        reviewer="Eda Holm",
        reason="read side by side",
        decided_at=POSTED,
        verdict=verdict,
    )


def reviewed(action: ReviewAction, verdict: Verdict | None = None) -> Verdict:
    opinion = judge(a_case(a_difference(F.WORD_REPLACED, F.NEGATION)))
    return apply_review(opinion, a_review(action, verdict)).verdict


JUDGED = [
    (Verdict.VERBATIM, a_case()),
    (Verdict.VERBATIM, a_case(a_difference(F.TYPOGRAPHY, quoted="“harbour”", archived='"harbour"'))),
    (Verdict.VERBATIM_RENDERED, a_case(a_difference(F.TYPOGRAPHY, quoted="a–b", archived="a—b"))),
    (Verdict.VERBATIM_RENDERED, a_case(a_difference(F.HANDLE_AS_NAME))),
    (Verdict.VERBATIM_RENDERED, a_case(a_difference(F.BRACKET_EXPLAINS))),
    (Verdict.VERBATIM, a_case(a_difference(F.ELLIPSIS_OF_ORIGINAL))),
    (Verdict.EXCERPT, a_case(whole=False)),
    (Verdict.EXCERPT, a_case(a_difference(F.BRACKET_EXPLAINS), whole=False)),
    (Verdict.EXCERPT, a_case(claim=a_claim(kind=QuotationKind.MIXED), whole=False, clause_cut=True)),
    (Verdict.TRIMMED_MARKED, a_case(a_difference(F.ELLIPSIS_RIGHT), whole=False)),
    (Verdict.TRIMMED_MARKED, a_case(a_difference(F.SPEECH_TAG_HIDES_OMISSION), whole=False)),
    (Verdict.TRIMMED_MARKED, a_case(a_difference(F.ELLIPSIS_RIGHT), whole=False, clause_cut=True)),
    (Verdict.TRIMMED_UNMARKED, a_case(a_difference(F.OMISSION_UNSIGNALLED), whole=False)),
    (Verdict.TRIMMED_UNMARKED, a_case(a_difference(F.CUT_SENTENCE_AS_WHOLE), whole=False)),
    (Verdict.EXCERPT, a_case(whole=False, clause_cut=True)),
    (Verdict.ALTERED_REVIEW, a_case(a_difference(F.WORD_MISSING, F.TONE_SIGN_LOST, quoted="", archived="😂"))),
    (Verdict.ALTERED_REVIEW, a_case(a_difference(F.WORD_MISSING, F.TONE_SIGN_LOST, quoted="", archived="#irony"))),
    (Verdict.COMPOSITE, a_joined_case(a_statement("100"), a_statement("101", text="Storms come early this year."))),
    (Verdict.COMPOSITE, a_case(a_difference(F.SENTENCES_REORDERED))),
    (Verdict.ALTERED_MINOR, a_case(a_difference(F.WORD_REPLACED))),
    (Verdict.ALTERED_MINOR, a_case(a_difference(F.TYPO_CORRECTED))),
    (Verdict.ALTERED_REVIEW, a_case(a_difference(F.WORD_ADDED, F.NEGATION))),
    (Verdict.ALTERED_REVIEW, a_case(a_difference(F.ELLIPSIS_RIGHT, F.CONDITION_DROPPED), whole=False)),
    (Verdict.ALTERED_REVIEW, a_case(a_difference(F.STRETCH_IN_NO_SOURCE))),
    (Verdict.ALTERED_REVIEW, a_case(a_difference(F.BRACKET_CHANGES_CLAIM))),
    (Verdict.ALTERED_REVIEW, a_case(a_difference(F.EMOJI_REMOVED, F.TONE_SIGN_LOST))),
    (Verdict.PARAPHRASE_IN_QUOTES, a_case(a_difference(F.PARAPHRASE_IN_MARKS))),
    (
        Verdict.PARAPHRASE_IN_QUOTES,
        a_case(a_difference(F.WORD_REPLACED, quoted="she pledged the port in the north would soon welcome all trawlers")),
    ),
    (Verdict.TRANSLATED, a_case(a_difference(F.TRANSLATION), accepted=False)),
    (
        Verdict.TRANSLATED,
        a_case(
            statement=a_statement(snapshot={"language": "no"}),
            claim=a_claim(said_on=a_day(date(2031, 5, 2), printed="on May 2")),
            accepted=False,
        ),
    ),
    (Verdict.NOT_FOUND_COVERED, a_case(statement=a_statement(snapshot={"language": "no"}), accepted=False)),
    (Verdict.MISATTRIBUTED, a_case(statement=BORO_POST)),
    (Verdict.MISATTRIBUTED, a_case(a_difference(F.WORD_REPLACED, F.NEGATION), statement=BORO_POST)),
    (Verdict.SOURCE_MISLABELLED, a_case(claim=a_claim(platform=Platform.FACEBOOK))),
    (Verdict.SOURCE_MISLABELLED, a_case(claim=a_claim(said_on=a_day(date(2031, 3, 1), printed="on March 1")))),
    (Verdict.SOURCE_MISLABELLED, a_case(claim=a_claim(published_on=date(2031, 4, 1)))),
    (Verdict.SOURCE_MISLABELLED, a_case(a_difference(F.ELLIPSIS_RIGHT), claim=a_claim(platform=Platform.FACEBOOK))),
    (Verdict.TRIMMED_UNMARKED, a_case(a_difference(F.CUT_SENTENCE_AS_WHOLE), claim=a_claim(platform=Platform.FACEBOOK))),
    (Verdict.FAKE_SOURCE, a_case(claim=a_claim(handle="anabe1o"))),
    (Verdict.FAKE_SOURCE, a_case(claim=a_claim(handle="@NotAnaBelo"))),
    (Verdict.FAKE_SOURCE, a_missing_case(a_claim(handle="anabelo_"), coverage=GAPPED)),
    (Verdict.NOT_FOUND_COVERED, a_missing_case()),
    (Verdict.NOT_FOUND_COVERED, a_case(accepted=False)),
    (Verdict.NOT_FOUND_GAP, a_missing_case(coverage=GAPPED)),
    (Verdict.NOT_FOUND_GAP, a_missing_case(coverage=replace(COMPLETE, includes_deletions=False))),
    (Verdict.NOT_FOUND_GAP, a_missing_case(coverage=Coverage(state=CoverageState.NOT_ASKED))),
    (Verdict.NO_ACCOUNT_KNOWN, a_missing_case(a_claim(speaker="a senior official"), coverage=NO_ACCOUNT)),
    (Verdict.AMBIGUOUS, a_case(claim=a_claim(speaker=None), rivals=(BORO_POST,))),
    (Verdict.AMBIGUOUS, a_case(claim=a_claim(speaker="Dora Vik"), statement=BORO_POST, content_words=5)),
    (Verdict.AMBIGUOUS, a_case(claim=a_claim(speaker=None), content_words=5)),
    (Verdict.VERBATIM, a_case(rivals=(BORO_POST,))),
    (Verdict.VERBATIM, a_case(statement=BORO_POST, rivals=(a_statement(),))),
    (Verdict.UNCHECKABLE, a_case(claim=a_claim(kind=QuotationKind.INDIRECT))),
    (Verdict.UNCHECKABLE, a_case(decisive=False)),
    (Verdict.UNCHECKABLE, a_case(common=True)),
    (Verdict.UNCHECKABLE, a_missing_case(a_claim(content="a bold plan"))),
    (Verdict.UNCHECKABLE, a_case(a_difference(F.WORD_REPLACED), content_words=3)),
    (Verdict.VERBATIM, a_case(content_words=3)),
    (Verdict.UNCHECKABLE, a_missing_case(a_claim(medium=Medium.SPEECH))),
    (Verdict.UNCHECKABLE, a_case(a_difference(F.EXTENDED_BEYOND_ORIGINAL, at=44), statement=CUT)),
    (Verdict.UNCHECKABLE, a_case(statement=CUT, accepted=False)),
    (Verdict.ALTERED_MINOR, a_case(a_difference(F.WORD_REPLACED, at=3), statement=CUT)),
    (Verdict.PENDING, a_case(statement=a_statement(grade=EvidenceGrade.FAILED))),
]  # fmt: skip


@pytest.mark.parametrize(("verdict", "case"), JUDGED, ids=[f"{n}-{v}" for n, (v, _) in enumerate(JUDGED)])
def test_each_case_has_its_verdict(verdict: Verdict, case: object) -> None:
    assert judge(case).verdict is verdict  # type: ignore[arg-type]


def test_every_verdict_is_reachable() -> None:
    by_review = {
        reviewed(ReviewAction.CONFIRM),
        reviewed(ReviewAction.DISPUTE),
        reviewed(ReviewAction.WITHDRAW),
        reviewed(ReviewAction.OVERRIDE, Verdict.CONTEXT_ALTERED),
    }
    assert {verdict for verdict, _ in JUDGED} | by_review == set(Verdict)


def test_precedence_is_the_binding_order() -> None:
    assert [v.value for v in PRECEDENCE] == [
        "fake_source", "misattributed", "not_found_covered", "altered_material", "altered_review", "context_altered",
        "paraphrase_in_quotes", "composite", "altered_minor", "trimmed_unmarked", "source_mislabelled", "translated",
        "trimmed_marked", "excerpt", "verbatim_rendered", "verbatim",
    ]  # fmt: skip


def test_confirmed_change_of_meaning_becomes_material_and_decided() -> None:
    opinion = judge(a_case(a_difference(F.WORD_REPLACED, F.NEGATION)))
    assert opinion.axes.decidability is Decidability.NEEDS_PERSON
    after = apply_review(opinion, a_review(ReviewAction.CONFIRM))
    assert (after.verdict, after.axes.decidability) == (Verdict.ALTERED_MATERIAL, Decidability.DECIDED)
    assert "Eda Holm" in after.explanation


def test_confirming_anything_else_keeps_the_verdict() -> None:
    opinion = judge(a_case())
    assert apply_review(opinion, a_review(ReviewAction.CONFIRM)).verdict is Verdict.VERBATIM


def test_override_without_a_verdict_is_refused() -> None:
    with pytest.raises(InvalidInputError) as refused:
        apply_review(judge(a_case()), a_review(ReviewAction.OVERRIDE))
    assert refused.value.code == "review_without_verdict"


def test_engine_alone_never_says_material_or_context() -> None:
    given = {judge(case).verdict for _, case in JUDGED}
    assert not given & {Verdict.ALTERED_MATERIAL, Verdict.CONTEXT_ALTERED, Verdict.DISPUTED, Verdict.WITHDRAWN}


def test_every_difference_and_guard_becomes_a_finding_with_its_words() -> None:
    opinion = judge(a_case(a_difference(F.WORD_REPLACED, F.NUMBER_OR_UNIT, quoted="forty", archived="fourteen")))
    found = {f.code: f for f in opinion.findings}
    for code in (F.WORD_REPLACED, F.NUMBER_OR_UNIT):
        assert "forty" in found[code].explanation and "fourteen" in found[code].explanation
        assert found[code].quoted == Span(10, 15)


def test_other_speaker_without_registry_proof_stays_unproven_and_keeps_the_wording() -> None:
    fan = a_statement("300", account=NOBODY_X, voice=Voice(name="Norland Fan", basis=VoiceBasis.PROFILE))
    opinion = judge(a_case(statement=fan))
    assert (opinion.verdict, opinion.axes.attribution) == (Verdict.VERBATIM, AttributionFit.UNPROVEN)
    assert opinion.axes.decidability is Decidability.NEEDS_PERSON
    assert F.OTHER_PERSON in {f.code for f in opinion.findings}


def test_unregistered_speaker_is_never_proof_of_misattribution() -> None:
    opinion = judge(a_case(statement=BORO_POST, claim=a_claim(speaker="Egon Falk")))
    assert (opinion.verdict, opinion.axes.attribution) == (Verdict.VERBATIM, AttributionFit.UNPROVEN)


def test_profile_with_the_credited_name_is_the_same_voice() -> None:
    mine = a_statement("301", account=UNREGISTERED_ANA, voice=Voice(name="Ana Belo", basis=VoiceBasis.PROFILE))
    assert judge(a_case(statement=mine)).axes.attribution is AttributionFit.SAME


@pytest.mark.parametrize(
    "case",
    [
        a_case(statement=BORO_POST, decisive=False),
        a_case(statement=BORO_POST, common=True),
        a_case(statement=replace(BORO_POST, post=replace(BORO_POST.post, is_repost=True))),
        a_case(statement=BORO_POST, rivals=(a_statement(),)),
        a_case(statement=BORO_POST, content_words=4),
    ],
    ids=["not-decisive", "common", "repost", "own-account-fits-too", "few-words"],
)
def test_misattributed_needs_both_halves_of_the_proof(case: object) -> None:
    assert judge(case).verdict is not Verdict.MISATTRIBUTED  # type: ignore[arg-type]


def test_reported_statement_agrees_with_the_report_and_is_no_original() -> None:
    opinion = judge(a_case(statement=REPORTED))
    assert opinion.axes.source is SourceState.REPORTED_ONLY
    assert F.TYPED_IN in {f.code for f in opinion.findings}
    assert "agrees with the report by The Norland Courier" in opinion.explanation
    assert "word for word" not in opinion.explanation


def test_reported_statement_that_differs_says_with_whom() -> None:
    opinion = judge(a_case(a_difference(F.WORD_REPLACED), statement=REPORTED))
    assert "differs from the report by The Norland Courier" in opinion.explanation


@pytest.mark.parametrize(
    ("coverage", "words"),
    [
        (GAPPED, ("may not have known", "@anabelo", "2 May 2031", "3 May 2031")),
        (NO_ACCOUNT, ("could not have known", "no account of Ana Belo")),
        (Coverage(state=CoverageState.NOT_ASKED), ("Whether it could have known",)),
    ],
)
def test_not_found_says_whether_we_could_have_known(coverage: Coverage, words: tuple[str, ...]) -> None:
    explanation = judge(a_missing_case(coverage=coverage)).explanation
    assert all(word in explanation for word in words)


@pytest.mark.parametrize(
    ("printed", "credits"),
    [(None, "nobody"), ("he", 'only "he"'), ("a senior official", 'only "a senior official"')],
)
def test_not_found_of_nobody_named_says_that_there_was_nobody_to_look_for(printed: str | None, credits: str) -> None:
    explanation = judge(a_missing_case(a_claim(speaker=printed), coverage=NO_ACCOUNT)).explanation
    assert explanation.startswith("The archive holds no statement with these words. It could not have known")
    assert f"the article credits {credits}." in explanation


def test_not_found_covered_gives_the_dates_of_coverage() -> None:
    opinion = judge(a_missing_case())
    assert "without a gap from 2 April 2031 to 4 May 2031" in opinion.explanation
    assert (opinion.evidence, opinion.axes.wording) == ((), Wording.NO_ORIGINAL)


@pytest.mark.parametrize("case", [case for _, case in JUDGED])
def test_no_explanation_says_false(case: object) -> None:
    opinion = judge(case)  # type: ignore[arg-type]
    said = [opinion.explanation, *(f.explanation for f in opinion.findings)]
    assert said and not any(word in text.casefold() for text in said for word in ("false", "fake ", "lie ", "untrue"))
    assert all(text.strip().endswith((".", "!", "?")) for text in said)


def test_linked_post_decides_between_two_speakers() -> None:
    embed = Embed(platform=Platform.X, native_id="200")
    opinion = judge(a_case(claim=a_claim(speaker=None, embed=embed), rivals=(BORO_POST,)))
    assert opinion.evidence[0].statement.voice.name == "Boro Lind"
    assert opinion.verdict is Verdict.VERBATIM


@pytest.mark.parametrize("more", [{"decisive": False}, {"common": True}, {"content_words": 5}])
def test_linked_post_settles_words_that_would_not_do_alone(more: dict[str, bool]) -> None:
    embed = Embed(platform=Platform.X, native_id="100")
    claim = a_claim(speaker=None)
    assert judge(a_case(claim=claim, **more)).verdict in (Verdict.UNCHECKABLE, Verdict.AMBIGUOUS)
    assert judge(a_case(claim=replace(claim, embed=embed), **more)).verdict is Verdict.VERBATIM


@pytest.mark.parametrize(
    ("replaced", "verdict"),
    [
        ("she pledged the port in the north", Verdict.ALTERED_MINOR),
        ("she pledged the port in the north would soon", Verdict.PARAPHRASE_IN_QUOTES),
    ],
)
def test_paraphrase_is_more_than_half_of_the_words(replaced: str, verdict: Verdict) -> None:
    assert judge(a_case(a_difference(F.WORD_REPLACED, quoted=replaced))).verdict is verdict


FAN_POST = a_statement("300", account=NOBODY_X, voice=Voice(name="Norland Fan", basis=VoiceBasis.PROFILE))


@pytest.mark.parametrize(
    "case",
    [
        a_case(a_difference(F.WORD_REPLACED, F.NEGATION), statement=FAN_POST),
        a_case(a_difference(F.OMISSION_UNSIGNALLED), statement=FAN_POST),
        a_case(statement=replace(FAN_POST, post=replace(FAN_POST.post, is_repost=True))),
        a_case(
            a_difference(F.WORD_REPLACED), statement=replace(BORO_POST, post=replace(BORO_POST.post, is_repost=True))
        ),
    ],
)
def test_somebody_elses_echo_is_no_original_to_hold_an_outlet_to(case: object) -> None:
    opinion = judge(case)  # type: ignore[arg-type]
    assert (opinion.verdict, opinion.axes.decidability) == (Verdict.AMBIGUOUS, Decidability.NEEDS_PERSON)
    assert opinion.explanation.count("Norland Fan") + opinion.explanation.count("Boro Lind") == 1
    assert "Ana Belo" in opinion.explanation


def test_repost_of_other_words_by_the_speaker_is_no_original_either() -> None:
    case = a_case(a_difference(F.WORD_REPLACED), statement=a_statement(is_repost=True))
    assert judge(case).verdict is Verdict.AMBIGUOUS
    own = judge(a_case(statement=a_statement(is_repost=True)))
    assert own.verdict is Verdict.ALTERED_REVIEW
    assert F.FOREIGN_VOICE_TAKEN_AS_OWN in {finding.code for finding in own.findings}
    assert own.explanation.startswith("The quotation is word for word what Ana Belo reposted")
    told = judge(a_case(statement=a_statement(is_repost=True), claim=a_claim(cue="shared")))
    assert told.verdict is Verdict.VERBATIM


def test_linked_echo_is_compared_all_the_same() -> None:
    claim = a_claim(embed=Embed(platform=Platform.X, native_id="300"))
    assert (
        judge(a_case(a_difference(F.WORD_REPLACED), statement=FAN_POST, claim=claim)).verdict is Verdict.ALTERED_MINOR
    )


@pytest.mark.parametrize(
    ("code", "verdict"),
    [(F.CUT_SENTENCE_AS_WHOLE, Verdict.TRIMMED_UNMARKED), (F.OMISSION_UNSIGNALLED, Verdict.UNCHECKABLE)],
)
def test_few_words_may_be_cut_but_not_lack_one(code: F, verdict: Verdict) -> None:
    assert judge(a_case(a_difference(code), content_words=3)).verdict is verdict


def test_common_words_that_nothing_fits_are_no_reproach() -> None:
    assert judge(a_case(accepted=False, decisive=False)).verdict is Verdict.UNCHECKABLE


def test_excerpt_inside_a_sentence_is_called_a_fragment() -> None:
    assert "unbroken fragment of" in judge(a_case(whole=False, clause_cut=True)).explanation
    assert "unbroken stretch of" in judge(a_case(whole=False)).explanation


def test_reposts_of_the_same_words_make_nothing_ambiguous() -> None:
    repost = replace(BORO_POST, post=replace(BORO_POST.post, is_repost=True))
    assert judge(a_case(claim=a_claim(speaker=None), rivals=(repost,))).verdict is Verdict.VERBATIM


def test_weakly_evidenced_change_asks_for_a_person_and_agreement_does_not() -> None:
    copy = a_statement(grade=EvidenceGrade.THIRD_PARTY_COPY)
    assert judge(a_case(a_difference(F.WORD_REPLACED), statement=copy)).axes.decidability is Decidability.NEEDS_PERSON
    assert judge(a_case(statement=copy)).axes.decidability is Decidability.DECIDED


def test_composite_has_every_part_as_evidence() -> None:
    opinion = judge(a_joined_case(a_statement("100"), a_statement("101", text="Storms come early this year.")))
    assert [e.statement.post.native_id for e in opinion.evidence] == ["100", "101"]
    assert F.JOINED_FROM_POSTS in {f.code for f in opinion.findings}


def test_policy_weighs_the_findings() -> None:
    case = a_case(a_difference(F.HANDLE_AS_NAME))
    weights = [judge(replace(case, policy=p)).findings[0].severity.value for p in (case.policy, STRICT)]
    assert weights == ["note", "minor"]


def test_impossible_identifier_is_no_genuine_post() -> None:
    from archive.verification.cases import IdTime

    embed = Embed(platform=Platform.X, native_id="999", posted_on=date(2031, 5, 2))
    late = IdTime(platform=Platform.X, native_id="999", at=datetime(2031, 6, 1, tzinfo=UTC))
    case = a_missing_case(a_claim(embed=embed), coverage=GAPPED, id_times=(late,))
    assert judge(case).verdict is Verdict.FAKE_SOURCE
    near = replace(late, at=POSTED + timedelta(hours=1))
    assert judge(replace(case, id_times=(near,))).verdict is Verdict.NOT_FOUND_GAP


def test_judging_twice_gives_the_same_opinion() -> None:
    case = a_case(a_difference(F.WORD_REPLACED, F.NEGATION), rivals=(BORO_POST,))
    assert judge(case) == judge(case)


def test_lost_candidates_are_shown_as_others() -> None:
    case = a_case(accepted=False)
    runner_up = a_match(an_alignment(BORO_POST))
    case = replace(case, ranking=replace(case.ranking, runner_up=runner_up), statements=(*case.statements, BORO_POST))
    opinion = judge(case)
    assert [e.statement.account.handle for e in opinion.others] == [ANA_X.handle, BORO_X.handle]
