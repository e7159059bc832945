"""Builders of cases: invented people of the invented countries Norland and Sudmark, one fact changed at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from archive.domain.accounts import Account, AccountKind, Control, HandleUse, Platform, Proof
from archive.domain.articles import ArticleText, Embed
from archive.domain.availability import Availability, AvailabilityState
from archive.domain.captures import text_digest
from archive.domain.claims import Attribution, Claim, ClaimedDate, Medium, Quotation, QuotationKind
from archive.domain.coverage import Coverage, CoverageState, Gap
from archive.domain.differences import Alignment, Difference, Match, Nature, Ranking, WordPair
from archive.domain.directory import Directory
from archive.domain.evidence import EvidenceGrade
from archive.domain.findings import Family, FindingCode
from archive.domain.ids import (
    AccountId,
    CaptureId,
    ControlId,
    HoldingId,
    OfficeId,
    PersonId,
    PostId,
    SnapshotId,
    named_id,
)
from archive.domain.offices import Holding, Office
from archive.domain.people import Person
from archive.domain.policies import STANDARD, Policy
from archive.domain.posts import Post, Snapshot
from archive.domain.spans import Span
from archive.domain.statements import Report, Statement
from archive.domain.voices import Voice, VoiceBasis
from archive.verification.cases import Case, IdTime

WORDS = "We will open the northern harbour to every fishing boat before the winter storms arrive."
POSTED = datetime(2031, 5, 2, 12, 0, tzinfo=UTC)
PUBLISHED = date(2031, 5, 3)
PROOF = Proof(
    url="https://norland.example/accounts",
    note="listed by the government",
    capture_id=CaptureId(named_id("t", "page of accounts")),
)

ANA = Person(id=PersonId(named_id("t", "ana")), name="Ana Belo", aliases=("BELO Ana",))
BORO = Person(id=PersonId(named_id("t", "boro")), name="Boro Lind")
CARLO_BELO = Person(id=PersonId(named_id("t", "carlo")), name="Carlo Belo")
DORA = Person(id=PersonId(named_id("t", "dora")), name="Dora Vik")

FISHERIES = Office(
    id=OfficeId(named_id("t", "minfish")),
    title="Minister of Fisheries",
    aliases=("Fisheries Minister",),
    country="Norland",
)
MINISTRY = Office(
    id=OfficeId(named_id("t", "ministry")), title="Ministry of Fisheries", country="Norland", institution=True
)
TRADE = Office(id=OfficeId(named_id("t", "trade")), title="Trade Minister", country="Norland")
SUDMARK_TRADE = Office(
    id=OfficeId(named_id("t", "sm")), title="Sudmark Trade Agency", country="Sudmark", institution=True
)


def an_account(handle: str, kind: AccountKind = AccountKind.OFFICIAL, **more: object) -> Account:
    fields: dict[str, object] = {
        "id": AccountId(named_id("t", "account", handle)),
        "platform": Platform.X,
        "native_id": str(int(named_id("n", handle)) % 10**12),
        "handle": handle,
        "display_name": handle,
        "kind": kind,
    }
    return Account(**(fields | more))  # type: ignore[arg-type]


ANA_X = an_account("anabelo", display_name="Ana Belo")
ANA_HOME = an_account("ana_at_home", AccountKind.PERSONAL, display_name="Ana Belo")
ANA_FB = an_account("anabelo.page", platform=Platform.FACEBOOK, display_name="Ana Belo")
BORO_X = an_account("borolind", display_name="Boro Lind")
CARLO_X = an_account("carlobelo", display_name="Carlo Belo")
MINISTRY_X = an_account("norfish", display_name="Ministry of Fisheries")
MINISTRY_XY = an_account("norfish_nor", display_name="Fiskeridepartementet")
PARODY = an_account("NotAnaBelo", AccountKind.PARODY)
OFFICE_X = an_account("FishMinister", display_name="Minister of Fisheries", handles=(HandleUse(handle="FishMinister"),))
NOBODY_X = an_account("norlandfan", AccountKind.UNREGISTERED, display_name="Norland Fan")
UNREGISTERED_ANA = an_account("belo_ana_says", AccountKind.UNREGISTERED, display_name="Ana Belo")


def a_control(account: Account, **more: object) -> Control:
    fields: dict[str, object] = {
        "id": ControlId(named_id("c", account.handle, repr(sorted(map(str, more.values()))))),
        "account_id": account.id,
        "proof": PROOF,
    }
    return Control(**(fields | more))  # type: ignore[arg-type]


def a_holding(person: Person, office: Office, since: date, until: date | None = None) -> Holding:
    return Holding(
        id=HoldingId(named_id("h", person.name, office.title, since.isoformat())),
        person_id=person.id,
        office_id=office.id,
        since=since,
        until=until,
    )


DIRECTORY = Directory(
    people=(ANA, BORO, CARLO_BELO, DORA),
    offices=(FISHERIES, MINISTRY, TRADE, SUDMARK_TRADE),
    holdings=(
        a_holding(ANA, FISHERIES, date(2030, 1, 1)),
        a_holding(BORO, FISHERIES, date(2025, 1, 1), date(2029, 12, 31)),
        a_holding(BORO, TRADE, date(2030, 1, 1)),
        a_holding(CARLO_BELO, TRADE, date(2020, 1, 1), date(2029, 12, 31)),
    ),
    accounts=(
        ANA_X, ANA_HOME, ANA_FB, BORO_X, CARLO_X, MINISTRY_X, MINISTRY_XY, PARODY, OFFICE_X, NOBODY_X, UNREGISTERED_ANA,
    ),
    controls=(
        a_control(ANA_X, person_id=ANA.id),
        a_control(ANA_HOME, person_id=ANA.id),
        a_control(ANA_FB, person_id=ANA.id),
        a_control(BORO_X, person_id=BORO.id),
        a_control(CARLO_X, person_id=CARLO_BELO.id),
        a_control(MINISTRY_X, office_id=MINISTRY.id),
        a_control(MINISTRY_XY, office_id=MINISTRY.id),
        a_control(OFFICE_X, person_id=BORO.id, since=date(2025, 1, 1), until=date(2029, 12, 31)),
        a_control(OFFICE_X, person_id=ANA.id, since=date(2030, 1, 1)),
    ),
)  # fmt: skip

VOICE_ANA = Voice(name="Ana Belo", basis=VoiceBasis.CONTROL, person_id=ANA.id)
VOICE_BORO = Voice(name="Boro Lind", basis=VoiceBasis.CONTROL, person_id=BORO.id)
VOICE_CARLO = Voice(name="Carlo Belo", basis=VoiceBasis.CONTROL, person_id=CARLO_BELO.id)
VOICE_MINISTRY = Voice(name="Ministry of Fisheries", basis=VoiceBasis.CONTROL, office_id=MINISTRY.id)
COMPLETE = Coverage(
    state=CoverageState.COMPLETE,
    accounts=(ANA_X.id,),
    since=POSTED - timedelta(days=30),
    until=POSTED + timedelta(days=2),
    includes_deletions=True,
)
GAPPED = Coverage(
    state=CoverageState.GAP,
    accounts=(ANA_X.id,),
    since=COMPLETE.since,
    until=COMPLETE.until,
    gaps=(Gap(account_id=ANA_X.id, since=POSTED, until=POSTED + timedelta(days=1)),),
)
NO_ACCOUNT = Coverage(state=CoverageState.NO_ACCOUNT)


def a_snapshot(post: str = "100", text: str = WORDS, *, version: int = 1, **more: object) -> Snapshot:
    fields: dict[str, object] = {
        "id": SnapshotId(named_id("s", post, str(version))),
        "post_id": PostId(named_id("p", post)),
        "capture_id": CaptureId(named_id("k", post)),
        "version": version,
        "seen_at": POSTED + timedelta(hours=version),
        "text": text,
        "text_digest": text_digest(text),
        "language": "en",
    }
    return Snapshot(**(fields | more))  # type: ignore[arg-type]


def a_statement(
    post: str = "100",
    *,
    account: Account = ANA_X,
    voice: Voice = VOICE_ANA,
    text: str = WORDS,
    posted: datetime = POSTED,
    grade: EvidenceGrade = EvidenceGrade.OWN_CAPTURE,
    availability: Availability = Availability.NOT_CHECKED,
    report: Report | None = None,
    version: int = 1,
    latest: int = 1,
    is_repost: bool = False,
    in_reply_to: str | None = None,
    snapshot: dict[str, object] | None = None,
) -> Statement:
    return Statement(
        voice=voice,
        account=account,
        post=Post(
            id=PostId(named_id("p", post)),
            platform=account.platform,
            native_id=post,
            account_id=account.id,
            posted_at=posted,
            url=f"https://{account.platform.value}.example/{account.handle}/{post}",
            is_repost=is_repost,
            in_reply_to=in_reply_to,
        ),
        snapshot=a_snapshot(post, text, version=version, **(snapshot or {})),
        grade=grade,
        availability=AvailabilityState(availability=availability, since=POSTED),
        latest_version=latest,
        report=report,
    )


def a_difference(
    code: FindingCode, *guards: FindingCode, quoted: str = "early", archived: str = "winter", at: int = 10
) -> Difference:
    nature = {Family.RENDERING: Nature.RENDERING, Family.MARKING: Nature.MARKING}.get(code.family, Nature.TEXT)
    return Difference(
        code=code,
        nature=nature,
        quoted=Span(at, at + len(quoted)),
        archived=Span(at, at + len(archived)),
        quoted_words=quoted,
        archived_words=archived,
        guards=guards,
    )


REPORTED = a_statement(
    "reported:1",
    voice=Voice(name="Ana Belo", basis=VoiceBasis.REPORT),
    grade=EvidenceGrade.TYPED_IN,
    report=Report(outlet="The Norland Courier"),
)


def an_alignment(
    statement: Statement,
    *differences: Difference,
    whole: bool = True,
    clause_cut: bool = False,
    content_words: int = 10,
    covered: Span | None = None,
) -> Alignment:
    taken = covered or Span(0, len(statement.snapshot.text))
    return Alignment(
        snapshot_id=statement.snapshot.id,
        covered=(taken,),
        differences=differences,
        pairs=tuple(WordPair(quoted=Span(n, n + 1), archived=Span(n, n + 1), same=True) for n in range(6)),
        ratio=1.0,
        information=60.0,
        content_words=content_words,
        whole=whole,
        clause_cut=clause_cut,
        score=1.0,
    )


def a_match(*alignments: Alignment, common: bool = False) -> Match:
    return Match(alignments=alignments, quoted=tuple(Span(0, 10) for _ in alignments), common=common)


def a_claim(
    *,
    content: str = WORDS,
    speaker: str | None = "Ana Belo",
    kind: QuotationKind = QuotationKind.DIRECT,
    embed: Embed | None = None,
    published_on: date | None = PUBLISHED,
    language: str | None = "en",
    **attribution: object,
) -> Claim:
    fields: dict[str, object] = {"speaker_name": speaker, "speaker_printed": speaker, "medium": Medium.POST}
    return Claim(
        quotation=Quotation(spans=(Span(0, len(content)),), content=content, kind=kind),
        attribution=Attribution(**(fields | attribution)),  # type: ignore[arg-type]
        embed=embed,
        published_on=published_on,
        language=language,
    )


def a_day(first: date, last: date | None = None, printed: str = "", **more: bool) -> ClaimedDate:
    return ClaimedDate(first=first, last=last or first, printed=printed, **more)


def a_case(
    *differences: Difference,
    statement: Statement | None = None,
    claim: Claim | None = None,
    rivals: tuple[Statement, ...] = (),
    others: tuple[Statement, ...] = (),
    directory: Directory = DIRECTORY,
    coverage: Coverage = COMPLETE,
    policy: Policy = STANDARD,
    article: ArticleText | None = None,
    id_times: tuple[IdTime, ...] = (),
    accepted: bool = True,
    decisive: bool = True,
    common: bool = False,
    **alignment: object,
) -> Case:
    """A case in which the words were found (``accepted``) in ``statement``, equally in ``rivals``."""
    found = statement or a_statement()
    return Case(
        claim=claim or a_claim(),
        ranking=Ranking(
            best=a_match(an_alignment(found, *differences, **alignment), common=common),  # type: ignore[arg-type]
            rivals=tuple(a_match(an_alignment(rival)) for rival in rivals),
            accepted=accepted,
            decisive=decisive,
        ),
        statements=(found, *rivals, *others),
        directory=directory,
        coverage=coverage,
        policy=policy,
        article=article,
        id_times=id_times,
    )


def a_missing_case(claim: Claim | None = None, *, coverage: Coverage = COMPLETE, **more: object) -> Case:
    """A case in which nothing was found."""
    case = Case(
        claim=claim or a_claim(),
        ranking=Ranking(best=None),
        statements=(),
        directory=DIRECTORY,
        coverage=coverage,
        policy=STANDARD,
    )
    return replace(case, **more)  # type: ignore[arg-type]


def a_joined_case(*statements: Statement) -> Case:
    """A case in which the quotation runs over several posts."""
    case = a_case(statement=statements[0], others=statements[1:])
    match = a_match(*(an_alignment(s, whole=True, content_words=5) for s in statements))
    return replace(case, ranking=replace(case.ranking, best=match))
