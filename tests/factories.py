"""Makers of values for tests: invented people in invented countries, each with a sensible default for all that a test
does not care about. ``a_statement(text="…")`` is as good as ``a_statement()``."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import UUID

from archive.domain.accounts import Account, AccountKind, Control, HandleUse, Platform, Proof
from archive.domain.articles import ArticleText, ArticleVersion
from archive.domain.availability import AvailabilityState
from archive.domain.captures import (
    CaptureClass,
    Captured,
    CaptureMethod,
    Exchange,
    Provenance,
    TermsClass,
    captured,
    digest_of,
    text_digest,
)
from archive.domain.checks import Check, CheckState, Submission, SubmissionKind
from archive.domain.claims import Attribution, Claim, Quotation, QuotationKind
from archive.domain.coverage import Coverage, CoverageInterval, CoverageState
from archive.domain.differences import Alignment
from archive.domain.directory import Directory
from archive.domain.evidence import EvidenceGrade
from archive.domain.exchanges import exchanges_digest
from archive.domain.findings import Finding, FindingCode, Severity
from archive.domain.ids import (
    AccountId,
    ArticleId,
    CaptureId,
    CheckId,
    ControlId,
    HoldingId,
    JudgementId,
    OfficeId,
    PersonId,
    SnapshotId,
    named_id,
)
from archive.domain.offices import Holding, Office
from archive.domain.people import Person
from archive.domain.posts import Post, PostReading, Snapshot, post_id_of
from archive.domain.spans import Span
from archive.domain.statements import Report, Statement
from archive.domain.verdicts import (
    AttributionFit,
    Axes,
    ChannelFit,
    Decidability,
    Evidence,
    Judgement,
    Opinion,
    SourceState,
    Verdict,
    Wording,
)
from archive.domain.voices import Voice, VoiceBasis

NOON = datetime(2031, 5, 14, 12, 0, tzinfo=UTC)
"""The instant most things happen at, where a test does not say otherwise."""
WORDS = "The harbour of Port Velm will stay open through the winter, and every boat will be paid for."

_numbers = count(1)


def an_id(name: str = "") -> UUID:
    """An identifier: always the same one for a name, a fresh one without."""
    return named_id("test", name or f"number {next(_numbers)}")


def a_person(name: str = "Aldo Tindall", *, aliases: tuple[str, ...] = (), wikidata: str | None = None) -> Person:
    """A person."""
    return Person(id=PersonId(named_id("person", name)), name=name, aliases=aliases, wikidata=wikidata)


def an_office(
    title: str = "Minister of Fisheries of Velmora", *, aliases: tuple[str, ...] = (), institution: bool = False
) -> Office:
    """An office."""
    return Office(
        id=OfficeId(named_id("office", title)),
        title=title,
        aliases=aliases,
        country="Velmora",
        institution=institution,
    )


def a_holding(
    person: Person, office: Office, *, since: date | None = date(2029, 1, 1), until: date | None = None
) -> Holding:
    """That a person holds an office."""
    return Holding(
        id=HoldingId(an_id()),
        person_id=person.id,
        office_id=office.id,
        since=since,
        until=until,
        proof=Proof(note="Gazette of Velmora, invented for tests"),
    )


def an_account(
    handle: str = "AldoTindall",
    *,
    display_name: str = "Aldo Tindall",
    platform: Platform = Platform.X,
    native_id: str | None = None,
    kind: AccountKind = AccountKind.OFFICIAL,
    handles: tuple[HandleUse, ...] = (),
) -> Account:
    """An account with a stable identifier."""
    key = native_id or str(named_id("native", platform.value, handle).int)[:12]
    return Account(
        id=AccountId(named_id("account", platform.value, key)),
        platform=platform,
        native_id=key,
        handle=handle,
        display_name=display_name,
        kind=kind,
        handles=handles,
    )


def a_control(account: Account, *, person: Person | None = None, office: Office | None = None) -> Control:
    """That a person or office speaks through an account, always."""
    return Control(
        id=ControlId(an_id()),
        account_id=account.id,
        person_id=None if person is None else person.id,
        office_id=None if office is None else office.id,
    )


def a_directory(
    person: Person | None = None, office: Office | None = None, account: Account | None = None
) -> Directory:
    """A directory of one person who holds one office and speaks through one account."""
    held_person, held_office, held_account = person or a_person(), office or an_office(), account or an_account()
    return Directory(
        people=(held_person,),
        offices=(held_office,),
        holdings=(a_holding(held_person, held_office),),
        accounts=(held_account,),
        controls=(a_control(held_account, person=held_person),),
    )


def a_capture(
    body: bytes = b"{}",
    *,
    method: CaptureMethod = CaptureMethod.FETCH,
    capture_class: CaptureClass = CaptureClass.PLATFORM_ATTESTED,
    source: str = "https://news.example/story",
    at: datetime = NOON,
    exchanges: tuple[Exchange, ...] = (),
) -> Captured:
    """Captured bytes."""
    provenance = Provenance(
        method=method,
        capture_class=capture_class,
        source=source,
        requested_at=at - timedelta(seconds=1),
        received_at=at,
        final_url=source,
        redirects=("https://short.example/s",),
        status=200,
        headers=(("Content-Type", "application/json"),),
        peer="192.0.2.7",
        exchanges=exchanges_digest(exchanges),
    )
    return captured(
        body,
        capture_id=CaptureId(an_id()),
        media_type="application/json",
        provenance=provenance,
        terms=TermsClass.OPEN,
        exchanges=exchanges,
    )


def an_exchange(*, number: int = 1, url: str = "https://news.example/story", at: datetime = NOON) -> Exchange:
    """What went over the wire for one question."""
    return Exchange(
        number=number,
        method="GET",
        url=url,
        requested_at=at - timedelta(seconds=1),
        milliseconds=120,
        status=200,
        request=b"GET /story HTTP/1.1\r\nHost: news.example\r\n\r\n",
        response=b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}",
        peer="192.0.2.7",
        addresses=("192.0.2.7", "192.0.2.8"),
        tls_version="TLSv1.3",
        tls_chain=(digest_of(b"a certificate"),),
    )


def a_reading(
    text: str = WORDS,
    *,
    native_id: str | None = None,
    handle: str = "AldoTindall",
    name: str = "Aldo Tindall",
    platform: Platform = Platform.X,
    posted_at: datetime = NOON,
    language: str | None = "en",
    truncated: bool = False,
    in_reply_to: str | None = None,
    is_repost: bool = False,
    author_native_id: str | None = None,
) -> PostReading:
    """What a payload claims of one post."""
    key = native_id or str(10**15 + next(_numbers))
    return PostReading(
        platform=platform,
        native_id=key,
        author_handle=handle,
        author_name=name,
        author_native_id=author_native_id,
        text=text,
        posted_at=posted_at,
        url=f"https://{platform.value}.example/{handle}/{key}",
        language=language,
        truncated=truncated,
        in_reply_to=in_reply_to,
        is_repost=is_repost,
        locator="line 1",
    )


def a_post(
    account: Account | None = None, *, native_id: str | None = None, posted_at: datetime = NOON, is_repost: bool = False
) -> Post:
    """A post."""
    author = account or an_account()
    key = native_id or str(10**15 + next(_numbers))
    return Post(
        id=post_id_of(author.platform, key),
        platform=author.platform,
        native_id=key,
        account_id=author.id,
        posted_at=posted_at,
        url=f"https://{author.platform.value}.example/{author.handle}/{key}",
        is_repost=is_repost,
    )


def a_snapshot(
    post: Post | None = None, text: str = WORDS, *, version: int = 1, seen_at: datetime = NOON, truncated: bool = False
) -> Snapshot:
    """A snapshot of a post."""
    owner = post or a_post()
    return Snapshot(
        id=SnapshotId(an_id()),
        post_id=owner.id,
        capture_id=CaptureId(an_id()),
        version=version,
        seen_at=seen_at,
        text=text,
        text_digest=text_digest(text),
        language="en",
        truncated=truncated,
    )


def a_statement(
    text: str = WORDS,
    *,
    person: Person | None = None,
    account: Account | None = None,
    office: Office | None = None,
    posted_at: datetime = NOON,
    native_id: str | None = None,
    report: Report | None = None,
    availability: AvailabilityState | None = None,
) -> Statement:
    """A statement by Aldo Tindall, minister, through an account that he controls."""
    speaker, author = person or a_person(), account or an_account()
    post = a_post(author, posted_at=posted_at, native_id=native_id)
    return Statement(
        voice=Voice(name=speaker.name, basis=VoiceBasis.CONTROL, person_id=speaker.id),
        account=author,
        post=post,
        snapshot=a_snapshot(post, text),
        grade=EvidenceGrade.TYPED_IN if report is not None else EvidenceGrade.OWN_CAPTURE,
        availability=availability or AvailabilityState(),
        office_title=(office or an_office()).title,
        report=report,
    )


def a_report(outlet: str = "The Velm Courier") -> Report:
    """By which article a statement is known."""
    return Report(
        outlet=outlet,
        article_title="Harbour stays open",
        article_url="https://courier.example/harbour",
        article_published_on=date(2031, 5, 15),
        said_on=date(2031, 5, 14),
    )


def a_quotation(content: str = WORDS, *, start: int = 0, kind: QuotationKind = QuotationKind.DIRECT) -> Quotation:
    """A quotation that stands at ``start`` of its article."""
    return Quotation(spans=(Span(start, start + len(content)),), content=content, kind=kind)


def a_claim(
    content: str = WORDS,
    *,
    speaker: str | None = "Aldo Tindall",
    office: str | None = None,
    platform: Platform | None = Platform.X,
    handle: str | None = None,
    published_on: date | None = date(2031, 5, 15),
) -> Claim:
    """A claim: this speaker said these words."""
    return Claim(
        quotation=a_quotation(content),
        attribution=Attribution(
            speaker_printed=speaker, speaker_name=speaker, office=office, cue="posted", platform=platform, handle=handle
        ),
        published_on=published_on,
        language="en",
    )


def an_article(
    text: str | None = None,
    *,
    title: str = "Harbour stays open",
    url: str | None = "https://courier.example/harbour",
    published: datetime | None = NOON + timedelta(days=1),
) -> ArticleText:
    """An article that quotes the words of ``a_statement``."""
    body = text if text is not None else f"\u201c{WORDS}\u201d Aldo Tindall posted on X on Wednesday."
    return ArticleText(
        text=body,
        title=title,
        url=url,
        outlet="The Velm Courier",
        published=published,
        published_on=None if published is None else published.date(),
        language="en",
        paragraphs=(Span(0, len(body)),),
    )


def an_article_version(
    article: ArticleText | None = None, *, capture_id: CaptureId | None = None, read_at: datetime = NOON
) -> ArticleVersion:
    """One version of an article."""
    held = article or an_article()
    return ArticleVersion(
        id=ArticleId(an_id()),
        capture_id=capture_id,
        read_at=read_at,
        text_digest=text_digest(held.text),
        article=held,
    )


def a_submission(url: str = "https://courier.example/harbour", *, policy: str = "standard") -> Submission:
    """An article handed in by its address."""
    return Submission(kind=SubmissionKind.URL, url=url, policy=policy)


def a_check(submission: Submission | None = None, *, requested_at: datetime = NOON) -> Check:
    """A queued check."""
    return Check(
        id=CheckId(an_id()),
        submission=submission or a_submission(),
        state=CheckState.QUEUED,
        requested_at=requested_at,
    )


def an_alignment(statement: Statement) -> Alignment:
    """An alignment with the whole of a statement's text."""
    return Alignment(
        snapshot_id=statement.snapshot.id,
        covered=(Span(0, len(statement.snapshot.text)),),
        differences=(),
        pairs=(),
        ratio=1.0,
        information=42.5,
        content_words=12,
        whole=True,
        clause_cut=False,
        score=0.99,
    )


def an_opinion(
    claim: Claim | None = None,
    *,
    statement: Statement | None = None,
    verdict: Verdict = Verdict.VERBATIM,
    coverage: Coverage | None = None,
) -> Opinion:
    """What the rule table says; rests on ``statement`` where one is given."""
    evidence = (
        ()
        if statement is None
        else (Evidence(statement=statement, alignment=an_alignment(statement), grade=statement.grade),)
    )
    return Opinion(
        claim=claim or a_claim(),
        verdict=verdict,
        axes=Axes(
            wording=Wording.SAME,
            attribution=AttributionFit.SAME,
            channel=ChannelFit.AGREES,
            source=SourceState.LIVE,
            decidability=Decidability.DECIDED,
        ),
        findings=(Finding(code=FindingCode.TYPOGRAPHY, severity=Severity.NOTE, explanation="Only the marks differ."),),
        evidence=evidence,
        coverage=coverage or Coverage(state=CoverageState.NOT_ASKED),
        explanation="The words are those of the post.",
    )


def a_judgement(
    opinion: Opinion | None = None,
    *,
    number: int = 1,
    check_id: CheckId | None = None,
    article_id: ArticleId | None = None,
    supersedes: JudgementId | None = None,
    decided_by: str = "engine",
    engine_version: str = "1",
    decided_at: datetime = NOON,
) -> Judgement:
    """A judgement of the engine's."""
    return Judgement(
        id=JudgementId(an_id()),
        number=number,
        opinion=opinion or an_opinion(),
        policy="standard",
        engine_version=engine_version,
        decided_at=decided_at,
        decided_by=decided_by,
        check_id=check_id,
        article_id=article_id,
        supersedes=supersedes,
    )


def an_interval(
    account_id: AccountId,
    *,
    since: datetime = NOON - timedelta(days=10),
    until: datetime = NOON + timedelta(days=10),
    how: str = "dump",
) -> CoverageInterval:
    """That an account was seen without a gap."""
    return CoverageInterval(account_id=account_id, since=since, until=until, how=how)
