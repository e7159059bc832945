"""Attribution, channel, date, source and evidence findings: what raises each code, and what nearly does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from archive.domain.accounts import AccountKind, Platform, Proof
from archive.domain.articles import ArticleText, Embed
from archive.domain.availability import Availability
from archive.domain.claims import Medium
from archive.domain.evidence import EvidenceGrade
from archive.domain.findings import Family, FindingCode
from archive.domain.findings import FindingCode as F
from archive.domain.spans import Span
from archive.domain.verdicts import AttributionFit, ChannelFit, Decidability, SourceState, Verdict
from archive.domain.voices import Voice, VoiceBasis
from archive.verification.cases import Case, IdTime
from archive.verification.verdicts import judge
from tests.unit.verification.cases import (
    ANA,
    ANA_FB,
    ANA_HOME,
    ANA_X,
    BORO_X,
    CARLO_X,
    DIRECTORY,
    MINISTRY,
    MINISTRY_X,
    MINISTRY_XY,
    OFFICE_X,
    PARODY,
    POSTED,
    PROOF,
    VOICE_ANA,
    VOICE_BORO,
    VOICE_CARLO,
    VOICE_MINISTRY,
    WORDS,
    a_case,
    a_claim,
    a_day,
    a_statement,
    an_account,
)

BORO_POST = a_statement("200", account=BORO_X, voice=VOICE_BORO)
MINISTRY_POST = a_statement("210", account=MINISTRY_X, voice=VOICE_MINISTRY)
EARLIER_MINISTER = a_statement("220", account=OFFICE_X, voice=VOICE_BORO, posted=datetime(2028, 5, 2, 12, tzinfo=UTC))
SIGNED = Voice(name="Ana Belo", basis=VoiceBasis.SIGNATURE, person_id=ANA.id, office_id=MINISTRY.id)
X_100 = Embed(platform=Platform.X, native_id="100")
PAGE = an_account("norland.example", platform=Platform.WEB, display_name="Government of Norland")
PAGE_POST = a_statement("https://norland.example/n/1", account=PAGE, voice=VOICE_ANA)


def version(number: int, text: str = WORDS, *, seen: datetime = POSTED, latest: int = 2) -> object:
    return a_statement(version=number, latest=latest, text=text, snapshot={"seen_at": seen})


def found(case: Case) -> set[FindingCode]:
    return {finding.code for finding in judge(case).findings}


def quoted(text: str, stretch: str) -> Case:
    at = text.index(stretch)
    return a_case(statement=a_statement(text=text), covered=Span(at, at + len(stretch)))


RAISED: list[tuple[FindingCode, Case]] = [
    (F.OTHER_PERSON, a_case(statement=BORO_POST, claim=a_claim(speaker="Dora Vik"))),
    (F.NAMESAKE, a_case(statement=a_statement("201", account=CARLO_X, voice=VOICE_CARLO))),
    (
        F.WRONG_HOLDER,
        a_case(statement=a_statement(), claim=a_claim(speaker="Boro Lind", office="Minister of Fisheries")),
    ),
    (F.WRONG_OFFICE, a_case(claim=a_claim(office="Trade Minister"))),
    (F.INSTITUTION_ACCOUNT, a_case(statement=MINISTRY_POST)),
    (F.INSTITUTION_ACCOUNT, a_case(claim=a_claim(speaker="Ministry of Fisheries"))),
    (F.INSTITUTION_ACCOUNT, a_case(statement=a_statement("211", account=MINISTRY_X, voice=SIGNED))),
    (F.LOOK_ALIKE_ACCOUNT, a_case(claim=a_claim(handle="anabello"))),
    (F.LOOK_ALIKE_ACCOUNT, a_case(claim=a_claim(handle="аnabelo"))),  # noqa: RUF100 - the first letter is Cyrillic
    (F.LOOK_ALIKE_ACCOUNT, a_case(claim=a_claim(embed=Embed(platform=Platform.X, handle="aanbelo")))),
    (F.LOOK_ALIKE_ACCOUNT, a_case(claim=a_claim(handle="NotAnaBelo"))),
    (F.LOOK_ALIKE_ACCOUNT, a_case(statement=a_statement("202", account=PARODY))),
    (F.OTHER_CLASS_OF_ACCOUNT, a_case(statement=a_statement("203", account=ANA_HOME), claim=a_claim(handle="anabelo"))),
    (F.STAFF_POST, a_case(statement=a_statement(text=WORDS + " ^EH"))),
    (F.JOINT_STATEMENT, a_case(statement=a_statement(text="Joint statement with Sudmark: " + WORDS))),
    (F.REPOST_AS_OWN, a_case(statement=a_statement(is_repost=True))),
    (F.QUOTE_OF_A_QUOTE, quoted(f"My neighbour told me: “{WORDS}” What a thing to say.", WORDS)),
    (F.VAGUE_CREDIT, a_case(claim=a_claim(speaker="a senior official"))),
    (F.VAGUE_CREDIT, a_case(claim=a_claim(speaker=None))),
    (F.ACCOUNT_PASSED_ON, a_case(statement=EARLIER_MINISTER, claim=a_claim(published_on=date(2028, 5, 3)))),
    (F.SOURCE_LINK_WRONG, a_case(claim=a_claim(embed=replace(X_100, native_id="777", url="https://x.example/777")))),
    (F.PLATFORM_WRONG, a_case(claim=a_claim(platform=Platform.FACEBOOK))),
    (F.CROSS_POSTED, a_case(rivals=(a_statement("204", account=ANA_FB),))),
    (F.NOT_A_POST, a_case(statement=PAGE_POST)),
    (F.POST_CALLED_STATEMENT, a_case(claim=a_claim(medium=Medium.PRESS_RELEASE))),
    (F.OTHER_LANGUAGE_ACCOUNT, a_case(statement=MINISTRY_POST, claim=a_claim(handle="norfish_nor"))),
    (F.THIRD_PARTY_COPY_ONLY, a_case(statement=a_statement(grade=EvidenceGrade.THIRD_PARTY_COPY))),
    (F.OTHER_DAY, a_case(claim=a_claim(said_on=a_day(date(2031, 4, 29), printed="on April 29")))),
    (F.OTHER_DAY, a_case(claim=a_claim(said_on=a_day(date(2031, 4, 1), date(2031, 4, 29), printed="in April")))),
    (F.TIME_ZONE_DAY, a_case(claim=a_claim(said_on=a_day(date(2031, 5, 3), printed="May 3")))),
    (F.RELATIVE_DATE_RESOLVED, a_case(claim=a_claim(said_on=a_day(date(2031, 5, 2), printed="on Friday")))),
    (
        F.WEEKDAY_CONTRADICTS_DATE,
        a_case(claim=a_claim(said_on=a_day(date(2031, 5, 2), printed="on Monday, May 2"))),
    ),
    (
        F.WEEKDAY_CONTRADICTS_DATE,
        a_case(claim=a_claim(language="cs", said_on=a_day(date(2031, 5, 2), printed="v pondělí 2. května"))),
    ),
    (F.OLD_POST_AS_NEW, a_case(claim=a_claim(said_on=a_day(date(2031, 8, 2), printed="on August 2")))),
    (F.OLD_POST_AS_NEW, a_case(claim=a_claim(published_on=date(2031, 8, 2)))),
    (F.ARTICLE_BEFORE_POST, a_case(claim=a_claim(published_on=date(2031, 4, 30)))),
    (F.ARTICLE_BEFORE_POST, a_case(article=ArticleText(text="", published=POSTED - timedelta(minutes=5)))),
    (
        F.REPLY_BEFORE_QUESTION,
        a_case(
            statement=a_statement(in_reply_to="205"),
            others=(a_statement("205", account=BORO_X, voice=VOICE_BORO, posted=POSTED + timedelta(hours=1)),),
        ),
    ),
    (
        F.ID_TIME_CONTRADICTS,
        a_case(id_times=(IdTime(platform=Platform.X, native_id="100", at=POSTED - timedelta(days=3)),)),
    ),
    (F.EVENT_DATE_ONLY, a_case(claim=a_claim(said_on=a_day(date(2031, 4, 20), printed="April 20", event_only=True)))),
    (F.SOURCE_LIVE, a_case(statement=a_statement(availability=Availability.LIVE))),
    (
        F.EDITED_AFTER_PUBLICATION,
        a_case(statement=version(1), others=(version(2, "Other words.", seen=POSTED + timedelta(days=9)),)),
    ),
    (
        F.EDITED_BEFORE_PUBLICATION,
        a_case(statement=version(1), others=(version(2, "Other words.", seen=POSTED + timedelta(hours=1)),)),
    ),
    (F.GHOST_EDIT, a_case(statement=version(1), others=(version(2, f"<p>{WORDS}</p>"),))),
    (F.DELETED_BY_AUTHOR, a_case(statement=a_statement(availability=Availability.GONE))),
    (F.REMOVED_BY_PLATFORM, a_case(statement=a_statement(availability=Availability.WITHHELD))),
    (F.ACCOUNT_CLOSED, a_case(statement=a_statement(availability=Availability.ACCOUNT_GONE))),
    (F.BLOCKED_FOR_US, a_case(statement=a_statement(availability=Availability.BLOCKED_FOR_US))),
    (
        F.REPOSTED_AFTER_DELETION,
        a_case(
            statement=a_statement(availability=Availability.GONE),
            rivals=(a_statement("206", posted=POSTED + timedelta(minutes=9)),),
            claim=a_claim(embed=X_100),
        ),
    ),
    (F.RESTORED, a_case(statement=a_statement(availability=Availability.RESTORED))),
    (F.CORRECTED_LATER, a_case(statement=a_statement(availability=Availability.WITHDRAWN))),
    *((FindingCode(grade.value), a_case(statement=a_statement(grade=grade))) for grade in EvidenceGrade),
]  # type: ignore[arg-type]

NOT_RAISED: list[tuple[FindingCode, Case]] = [
    (F.OTHER_PERSON, a_case()),
    (F.OTHER_PERSON, a_case(claim=a_claim(speaker="BELO Ana"))),
    (F.OTHER_PERSON, a_case(claim=a_claim(speaker="a senior official"))),
    (F.NAMESAKE, a_case(claim=a_claim(speaker="Belo", office="Fisheries Minister"))),
    (F.WRONG_HOLDER, a_case(claim=a_claim(office="Minister of Fisheries"))),
    (F.WRONG_HOLDER, a_case(claim=a_claim(speaker=None, office="Norland's Fisheries Minister"))),
    (F.WRONG_OFFICE, a_case(claim=a_claim(office="Norland Fisheries Minister"))),
    (F.WRONG_OFFICE, a_case(claim=a_claim(office="harbour captain"))),
    (
        F.WRONG_OFFICE,
        a_case(statement=BORO_POST, claim=a_claim(speaker="Boro Lind", office="former Minister of Fisheries")),
    ),
    (F.INSTITUTION_ACCOUNT, a_case()),
    (F.LOOK_ALIKE_ACCOUNT, a_case(claim=a_claim(handle="@AnaBelo"))),
    (F.LOOK_ALIKE_ACCOUNT, a_case(claim=a_claim(handle="someone_else"))),
    (F.LOOK_ALIKE_ACCOUNT, a_case(claim=a_claim(handle="carlobela"))),
    (F.OTHER_CLASS_OF_ACCOUNT, a_case(claim=a_claim(handle="anabelo"))),
    (F.STAFF_POST, a_case(statement=a_statement(text=WORDS + " NATO"))),
    (F.REPOST_AS_OWN, a_case()),
    (F.QUOTE_OF_A_QUOTE, quoted(f"“{WORDS}”", WORDS)),
    (F.QUOTE_OF_A_QUOTE, quoted(f"The “new” plan is this. {WORDS} The “old” one is gone.", WORDS)),
    (F.VAGUE_CREDIT, a_case()),
    (F.ACCOUNT_PASSED_ON, a_case(statement=a_statement("221", account=OFFICE_X))),
    (F.SOURCE_LINK_WRONG, a_case(claim=a_claim(embed=X_100))),
    (F.SOURCE_LINK_WRONG, a_case(claim=a_claim(embed=replace(X_100, native_id="at://did:plc:abc/post/1")))),
    (
        F.SOURCE_LINK_WRONG,
        a_case(
            rivals=(a_statement("204", account=ANA_FB),),
            claim=a_claim(embed=replace(X_100, native_id="204", platform=Platform.FACEBOOK)),
        ),
    ),
    (F.PLATFORM_WRONG, a_case(claim=a_claim(platform=Platform.X))),
    (F.PLATFORM_WRONG, a_case(rivals=(a_statement("204", account=ANA_FB),), claim=a_claim(platform=Platform.FACEBOOK))),
    (F.CROSS_POSTED, a_case(rivals=(BORO_POST,))),
    (F.NOT_A_POST, a_case(statement=PAGE_POST, claim=a_claim(medium=Medium.STATEMENT))),
    (F.POST_CALLED_STATEMENT, a_case(claim=a_claim(medium=Medium.STATEMENT))),
    (F.OTHER_LANGUAGE_ACCOUNT, a_case(statement=MINISTRY_POST, claim=a_claim(handle="norfish"))),
    (F.THIRD_PARTY_COPY_ONLY, a_case()),
    (F.OTHER_DAY, a_case(claim=a_claim(said_on=a_day(date(2031, 5, 3), printed="May 3")))),
    (F.OTHER_DAY, a_case(claim=a_claim(said_on=a_day(date(2031, 5, 1), date(2031, 5, 3), printed="this week")))),
    (F.OTHER_DAY, a_case(claim=a_claim(said_on=a_day(date(2031, 4, 20), printed="April 20", event_only=True)))),
    (F.TIME_ZONE_DAY, a_case(claim=a_claim(said_on=a_day(date(2031, 5, 2), printed="May 2")))),
    (F.RELATIVE_DATE_RESOLVED, a_case(claim=a_claim(said_on=a_day(date(2031, 5, 2), printed="on May 2")))),
    (F.WEEKDAY_CONTRADICTS_DATE, a_case(claim=a_claim(said_on=a_day(date(2031, 5, 2), printed="on Friday, May 2")))),
    (F.WEEKDAY_CONTRADICTS_DATE, a_case(claim=a_claim(said_on=a_day(date(2031, 5, 2), printed="on Monday")))),
    (F.OLD_POST_AS_NEW, a_case()),
    (F.ARTICLE_BEFORE_POST, a_case(claim=a_claim(published_on=date(2031, 5, 2)))),
    (
        F.ARTICLE_BEFORE_POST,  # 03:00 UTC on the second is still the first in the Americas
        a_case(
            statement=a_statement(posted=datetime(2031, 5, 2, 3, tzinfo=UTC)),
            claim=a_claim(published_on=date(2031, 5, 1)),
        ),
    ),
    (F.REPLY_BEFORE_QUESTION, a_case(statement=a_statement(in_reply_to="205"))),
    (
        F.ID_TIME_CONTRADICTS,
        a_case(id_times=(IdTime(platform=Platform.X, native_id="100", at=POSTED + timedelta(seconds=1)),)),
    ),
    (F.EVENT_DATE_ONLY, a_case(claim=a_claim(said_on=a_day(date(2031, 5, 2))))),
    (F.SOURCE_LIVE, a_case()),
    (F.EDITED_AFTER_PUBLICATION, a_case(statement=version(2), others=(version(1, "Other words."),))),
    (F.EDITED_AFTER_PUBLICATION, a_case(statement=version(1), others=(version(2, f"<p>{WORDS}</p>"),))),
    (F.GHOST_EDIT, a_case(statement=version(1), others=(version(2, "Other words."),))),
    (F.DELETED_BY_AUTHOR, a_case(statement=a_statement(availability=Availability.SUSPECTED_GONE))),
    (F.DELETED_BY_AUTHOR, a_case(statement=a_statement(availability=Availability.BLOCKED_FOR_US))),
    (F.REPOSTED_AFTER_DELETION, a_case(statement=a_statement(availability=Availability.GONE))),
    (F.OWN_CAPTURE, a_case(statement=a_statement(grade=EvidenceGrade.PASTED_WITH_URL))),
]  # type: ignore[arg-type]

UNOBSERVABLE = {F.ACCOUNT_SUSPENDED, F.LABEL_ADDED, F.TEXT_ONLY_IN_IMAGE, F.CREDITS_DISAGREE}
"""No value of the domain carries S6 and S12 yet; C5 is of words not found (test_missing), A15 a note on the article
(test_consistency)."""


@pytest.mark.parametrize(("code", "case"), RAISED, ids=[f"{n}-{c}" for n, (c, _) in enumerate(RAISED)])
def test_finding_is_raised(code: FindingCode, case: Case) -> None:
    assert code in found(case)


@pytest.mark.parametrize(("code", "case"), NOT_RAISED, ids=[f"{n}-{c}" for n, (c, _) in enumerate(NOT_RAISED)])
def test_near_miss_does_not_raise_it(code: FindingCode, case: Case) -> None:
    assert code not in found(case)


def test_every_code_of_these_families_has_an_example() -> None:
    families = (Family.ATTRIBUTION, Family.CHANNEL, Family.DATE, Family.SOURCE_STATE, Family.EVIDENCE)
    wanted = {code for code in FindingCode if code.family in families} - UNOBSERVABLE
    assert wanted == {code for code, _ in RAISED}


@pytest.mark.parametrize(
    ("case", "fit"),
    [
        (a_case(), AttributionFit.SAME),
        (a_case(claim=a_claim(speaker="Minister Belo", office="Fisheries Minister")), AttributionFit.SAME),
        (a_case(claim=a_claim(speaker=None, office="Norland's Minister of Fisheries")), AttributionFit.SAME),
        (a_case(claim=a_claim(speaker="the Fisheries Minister")), AttributionFit.SAME),
        (a_case(claim=a_claim(speaker=None, handle="anabelo")), AttributionFit.SAME),
        (a_case(statement=MINISTRY_POST, claim=a_claim(speaker="Ministry of Fisheries")), AttributionFit.SAME),
        (a_case(statement=MINISTRY_POST), AttributionFit.SAME_INSTITUTION),
        (
            a_case(statement=MINISTRY_POST, claim=a_claim(speaker="Dora Vik", relayed_by="Norland's Ministry of Fisheries")),
            AttributionFit.SAME_INSTITUTION,
        ),
        (a_case(statement=MINISTRY_POST, claim=a_claim(speaker="Dora Vik")), AttributionFit.UNPROVEN),
        (a_case(statement=MINISTRY_POST, claim=a_claim(speaker="Boro Lind")), AttributionFit.OTHER),
        (a_case(statement=BORO_POST), AttributionFit.OTHER),
        (a_case(statement=BORO_POST, claim=a_claim(speaker="Egon Falk")), AttributionFit.UNPROVEN),
        (a_case(statement=EARLIER_MINISTER, claim=a_claim(published_on=date(2028, 5, 3))), AttributionFit.OTHER),
        (a_case(claim=a_claim(speaker="the prime minister")), AttributionFit.UNPROVEN),
        (a_case(claim=a_claim(speaker=None)), AttributionFit.NOT_CREDITED),
        (a_case(statement=a_statement(is_repost=True)), AttributionFit.UNPROVEN),
    ],
)  # fmt: skip
def test_credit_fits_the_voice_of_that_day(case: Case, fit: AttributionFit) -> None:
    assert judge(case).axes.attribution is fit


@pytest.mark.parametrize(
    ("case", "fit"),
    [
        (a_case(), ChannelFit.NOT_CLAIMED),
        (a_case(claim=a_claim(platform=Platform.X)), ChannelFit.AGREES),
        (a_case(claim=a_claim(platform=Platform.FACEBOOK)), ChannelFit.OTHER_PLATFORM),
        (a_case(statement=a_statement("203", account=ANA_HOME), claim=a_claim(handle="anabelo")), ChannelFit.OTHER_ACCOUNT),
        (a_case(claim=a_claim(said_on=a_day(date(2031, 3, 1)))), ChannelFit.OTHER_DATE),
        (a_case(claim=a_claim(published_on=date(2031, 4, 1))), ChannelFit.OTHER_DATE),
    ],
)  # fmt: skip
def test_channel_axis(case: Case, fit: ChannelFit) -> None:
    assert judge(case).axes.channel is fit


def test_unregistered_profiles_of_one_name_are_one_voice() -> None:
    voice = Voice(name="Egon Falk", basis=VoiceBasis.PROFILE)
    here = an_account("efalk", AccountKind.UNREGISTERED, display_name="Egon Falk")
    there = replace(an_account("falk", AccountKind.UNREGISTERED, display_name="FALK Egon"), platform=Platform.MASTODON)
    posts = [
        a_statement(n, account=a, voice=replace(voice, name=a.display_name)) for n, a in (("1", here), ("2", there))
    ]
    opinion = judge(a_case(statement=posts[0], rivals=(posts[1],), claim=a_claim(speaker="Egon Falk")))
    assert opinion.verdict is Verdict.VERBATIM
    assert F.CROSS_POSTED in {f.code for f in opinion.findings}


def test_cross_post_found_second_does_not_make_the_platform_wrong() -> None:
    # The linked post is on X, the article says Facebook, and the same words stand there too.
    case = a_case(rivals=(a_statement("204", account=ANA_FB),), claim=a_claim(platform=Platform.FACEBOOK, embed=X_100))
    assert F.PLATFORM_WRONG not in found(case)
    assert judge(case).evidence[0].statement.post.platform is Platform.X


@pytest.mark.parametrize(
    ("availability", "state"),
    [
        (Availability.NOT_CHECKED, SourceState.NOT_CHECKED),
        (Availability.LIVE, SourceState.LIVE),
        (Availability.GONE, SourceState.GONE),
        (Availability.SUSPECTED_GONE, SourceState.UNREACHABLE),
        (Availability.BLOCKED_FOR_US, SourceState.UNREACHABLE),
    ],
)
def test_source_axis_follows_availability(availability: Availability, state: SourceState) -> None:
    assert judge(a_case(statement=a_statement(availability=availability))).axes.source is state


def test_quotation_of_an_older_version_shows_on_the_source_axis() -> None:
    case = a_case(statement=version(1), others=(version(2, "Other words."),))  # type: ignore[arg-type]
    assert judge(case).axes.source is SourceState.EDITED


def test_gone_original_is_not_said_to_be_deleted_by_anyone() -> None:
    opinion = judge(a_case(statement=a_statement(availability=Availability.GONE)))
    finding = next(f for f in opinion.findings if f.code is F.DELETED_BY_AUTHOR)
    assert "no longer reachable" in finding.explanation and "2 May 2031" in finding.explanation
    assert "deleted" not in finding.explanation


def test_unregistered_impostor_with_the_speakers_name_is_fake_where_its_post_is_the_source() -> None:
    impostor = an_account("anabeIo", AccountKind.UNREGISTERED, display_name="Ana Belo")
    post = a_statement("230", account=impostor, voice=Voice(name="Ana Belo", basis=VoiceBasis.PROFILE))
    case = a_case(statement=post, claim=a_claim(handle="anabeIo"))
    assert judge(case).verdict is Verdict.FAKE_SOURCE


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (WORDS, ("has the quoted words", "reads as the archived original")),
        (WORDS.replace("northern", "southern"), ("does not have the quoted words", "differs from the archived")),
    ],
)
def test_embedded_text_is_a_third_witness(text: str, words: tuple[str, ...]) -> None:
    opinion = judge(a_case(claim=a_claim(embed=replace(X_100, text=text))))
    finding = next(f for f in opinion.findings if f.code is F.EMBEDDED_POST)
    assert all(word in finding.explanation for word in words)


def test_other_language_account_is_another_account_of_the_office() -> None:
    case = a_case(statement=MINISTRY_POST, claim=a_claim(speaker="Ministry of Fisheries", handle=MINISTRY_XY.handle))
    finding = next(f for f in judge(case).findings if f.code is F.OTHER_LANGUAGE_ACCOUNT)
    assert MINISTRY_X.handle in finding.explanation and ANA_X.handle not in finding.explanation


@pytest.mark.parametrize(
    ("proof", "fit"),
    [
        (PROOF, AttributionFit.OTHER),
        (Proof(), AttributionFit.UNPROVEN),
        (Proof(note="listed by the government"), AttributionFit.UNPROVEN),
        (Proof(url="https://norland.example/accounts"), AttributionFit.UNPROVEN),
        (Proof(capture_id=PROOF.capture_id), AttributionFit.UNPROVEN),
    ],
    ids=["captured page", "none", "note", "address", "file without an address"],
)
def test_an_institutions_account_proves_another_speaker_only_where_the_page_that_links_it_is_captured(
    proof: Proof, fit: AttributionFit
) -> None:
    controls = tuple(replace(c, proof=proof) if c.account_id == MINISTRY_X.id else c for c in DIRECTORY.controls)
    case = a_case(statement=MINISTRY_POST, claim=a_claim(speaker="Boro Lind"))
    assert judge(replace(case, directory=replace(DIRECTORY, controls=controls))).axes.attribution is fit


@pytest.mark.parametrize(
    ("proof", "decidability"),
    [
        (PROOF, Decidability.DECIDED),
        (Proof(), Decidability.NEEDS_PERSON),
        (Proof(note="listed by the government"), Decidability.NEEDS_PERSON),
        (Proof(url="https://norland.example/accounts"), Decidability.NEEDS_PERSON),
    ],
    ids=["captured page", "none", "note", "address"],
)
def test_nobody_is_blamed_on_a_stated_account_before_a_person_looked(proof: Proof, decidability: Decidability) -> None:
    controls = tuple(replace(c, proof=proof) if c.account_id == ANA_X.id else c for c in DIRECTORY.controls)
    case = a_case(statement=a_statement("100", voice=VOICE_ANA), claim=a_claim(speaker="Boro Lind"))
    opinion = judge(replace(case, directory=replace(DIRECTORY, controls=controls)))
    assert (opinion.verdict, opinion.axes.decidability) == (Verdict.MISATTRIBUTED, decidability)
    assert ("no captured page shows it" in opinion.explanation) is (decidability is Decidability.NEEDS_PERSON)


@pytest.mark.parametrize("basis", [VoiceBasis.SIGNATURE, VoiceBasis.CURATED])
def test_a_signature_or_a_persons_decision_needs_no_page(basis: VoiceBasis) -> None:
    controls = tuple(replace(c, proof=Proof()) if c.account_id == ANA_X.id else c for c in DIRECTORY.controls)
    post = a_statement("100", voice=replace(VOICE_ANA, basis=basis))
    case = a_case(statement=post, claim=a_claim(speaker="Boro Lind"))
    opinion = judge(replace(case, directory=replace(DIRECTORY, controls=controls)))
    assert (opinion.verdict, opinion.axes.decidability) == (Verdict.MISATTRIBUTED, Decidability.DECIDED)
