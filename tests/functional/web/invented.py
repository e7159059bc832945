"""Invented people of invented Velland, their posts, an article and its check: values for pages, true of nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from archive.domain.accounts import Account, AccountKind, Control, Platform, Proof
from archive.domain.articles import ArticleText, ArticleVersion
from archive.domain.availability import Availability, AvailabilityState
from archive.domain.captures import Capture, CaptureClass, CaptureMethod, Provenance, digest_of, text_digest
from archive.domain.checks import Check, CheckState, Submission, SubmissionKind
from archive.domain.claims import Attribution, Claim, ClaimedDate, Quotation
from archive.domain.coverage import Coverage, CoverageInterval, CoverageState, Gap
from archive.domain.differences import Alignment, Difference, Nature, WordPair
from archive.domain.evidence import EvidenceGrade
from archive.domain.findings import Finding, FindingCode
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
    RunId,
    SnapshotId,
    named_id,
)  # fmt: skip
from archive.domain.offices import Holding, Office
from archive.domain.people import Person
from archive.domain.policies import standard_severity
from archive.domain.posts import Post, Snapshot, post_id_of
from archive.domain.runs import Failure, Run, StepReport
from archive.domain.spans import Span
from archive.domain.statements import Quoting, Report, Statement, StatementDetail, StatementHit, StatementPage
from archive.domain.verdicts import (
    AttributionFit,
    Axes,
    ChannelFit,
    Decidability,
    Evidence,
    Judgement,
    Note,
    Opinion,
    SourceState,
    Verdict,
    Wording,
)  # fmt: skip
from archive.domain.voices import Voice, VoiceBasis
from archive.services.people import PersonDetail
from archive.services.trust import LogHead, Silence, Standing

NOON = datetime(2031, 3, 4, 12, 0, tzinfo=UTC)
TEXT = (
    "We will open the northern harbour to @velport crews by June, and no family will lose its boat. "
    "Thank you to everyone who came tonight! #OpenHarbour https://example.org/harbour"
)


def the_id(name: str) -> UUID:
    return named_id("invented", name)


PERSON = Person(
    id=PersonId(the_id("renn")), name="Asha Renn", aliases=("RENN Asha", "A. Renn", "آشا رين"), wikidata="Q0000001"
)
OFFICE = Office(id=OfficeId(the_id("fisheries")), title="Minister of Fisheries", country="Velland")
HOLDING = Holding(
    id=HoldingId(the_id("holding")), person_id=PERSON.id, office_id=OFFICE.id, since=date(2029, 5, 2),
    proof=Proof(url="https://gov.velland.example/cabinet", note="The cabinet's own list."),
)  # fmt: skip
ACCOUNT = Account(
    id=AccountId(the_id("account")), platform=Platform.X, native_id="900100", handle="asharenn",
    display_name="Asha Renn", url="https://x.example/asharenn", kind=AccountKind.OFFICIAL,
)  # fmt: skip
CONTROL = Control(
    id=ControlId(the_id("control")), account_id=ACCOUNT.id, person_id=PERSON.id, since=date(2029, 5, 2),
    proof=Proof(url="https://gov.velland.example/social"),
)  # fmt: skip


def a_statement(text: str = TEXT, **changes: object) -> Statement:
    native = str(changes.pop("native_id", "123456789"))
    name = str(changes.pop("name", "Asha Renn"))
    url = changes.pop("url", f"https://x.example/asharenn/status/{native}")
    post_id = post_id_of(Platform.X, native)
    values: dict[str, object] = {
        "voice": Voice(name=name, basis=VoiceBasis.CONTROL, person_id=PERSON.id),
        "account": ACCOUNT,
        "post": Post(
            id=post_id,
            platform=Platform.X,
            native_id=native,
            account_id=ACCOUNT.id,
            posted_at=NOON,
            url=url,  # type: ignore[arg-type]
        ),
        "snapshot": a_snapshot(text, native=native),
        "grade": EvidenceGrade.OWN_CAPTURE,
        "availability": AvailabilityState(
            availability=Availability.LIVE, since=NOON, last_seen=NOON + timedelta(days=2)
        ),
        "office_title": "Minister of Fisheries",
        **changes,
    }
    return Statement(**values)  # type: ignore[arg-type]


def a_snapshot(text: str = TEXT, *, native: str = "123456789", version: int = 1) -> Snapshot:
    return Snapshot(
        id=SnapshotId(the_id(f"snapshot-{native}-{version}")), post_id=post_id_of(Platform.X, native),
        capture_id=CaptureId(the_id("capture")), version=version, seen_at=NOON + timedelta(minutes=5 * version),
        text=text, text_digest=text_digest(text), language="en",
    )  # fmt: skip


def a_reported_statement(text: str = "Bread will cost less by autumn") -> Statement:
    report = Report(
        outlet="The Velland Courier", article_title="Bread, boats and a bridge",
        article_url="https://courier.velland.example/bread", article_published_on=date(2031, 3, 6),
        embedded_url="https://x.example/tomvale/status/77", said_on=date(2031, 3, 5),
    )  # fmt: skip
    return a_statement(
        text, native_id="reported:abc", name="Tom Vale", grade=EvidenceGrade.TYPED_IN, report=report, url=None,
        voice=Voice(name="Tom Vale", basis=VoiceBasis.REPORT), office_title="Prime Minister",
        availability=AvailabilityState(),
    )  # fmt: skip


def a_capture(source: str = "https://x.example/asharenn/status/123456789") -> Capture:
    provenance = Provenance(
        method=CaptureMethod.FETCH, capture_class=CaptureClass.PLATFORM_ATTESTED, source=source,
        requested_at=NOON, received_at=NOON + timedelta(minutes=5), status=200,
    )  # fmt: skip
    return Capture(
        id=CaptureId(the_id("capture")), digest=digest_of(b"{}"), size=2, media_type="application/json",
        provenance=provenance,
    )  # fmt: skip


def a_detail(statement: Statement | None = None, *, quoted_in: tuple[Quoting, ...] | None = None) -> StatementDetail:
    shown = statement or a_statement(TEXT.replace("June", "July"), latest_version=2)
    versions = (a_snapshot(TEXT), a_snapshot(shown.snapshot.text, version=2))
    quoting = Quoting(
        check_id=CheckId(the_id("check")), article_title="Harbour to open, minister says",
        article_url="https://courier.velland.example/harbour", number=1, verdict="altered_review",
        post_id=shown.post.id,
    )  # fmt: skip
    reply = a_statement("And the ferry stays free of charge.", native_id="123456790")
    return StatementDetail(
        statement=replace(shown, snapshot=versions[1]) if not shown.is_reported else shown,
        versions=versions if not shown.is_reported else (shown.snapshot,),
        captures=(a_capture(),),
        thread=(shown, reply),
        quoted_in=(quoting,) if quoted_in is None else quoted_in,
    )


def a_standing() -> Standing:
    return Standing(controls=(CONTROL,), offices=((HOLDING, OFFICE),))


def a_results(*statements: Statement, after: str | None = "next-page") -> StatementPage:
    held = statements or (a_statement(), a_reported_statement())
    hits = tuple(StatementHit(statement=held_one, highlights=((8, 12), (26, 33))) for held_one in held)
    return StatementPage(hits=hits, after=after, total=None)


def a_silence() -> Silence:
    interval = CoverageInterval(
        account_id=ACCOUNT.id, since=NOON - timedelta(days=30), until=NOON, how="export", includes_deletions=False
    )
    return Silence(accounts=(ACCOUNT,), intervals=(interval,), asked_about_somebody=True)


def a_person_detail() -> PersonDetail:
    return PersonDetail(
        person=PERSON, offices=((HOLDING, OFFICE),), accounts=((CONTROL, ACCOUNT),), statements=a_results()
    )


def a_log_head() -> LogHead:
    return LogHead(size=12_345, root="ab" * 32)


def a_run() -> Run:
    steps = (
        StepReport(name="audit", looked_at=1204),
        StepReport(
            name="recapture", looked_at=80, changed=3, alarms=("Two posts of @asharenn are gone.",),
            failures=(Failure(item="x:77", code="capture_failed", message="The page answered 503."),),
        ),
    )  # fmt: skip
    return Run(id=RunId(the_id("run")), began_at=NOON, finished_at=NOON + timedelta(minutes=4), steps=steps)


# --- an article and its check ------------------------------------------------------------------------------------------

ARTICLE = """Harbour to open, minister says

Asha Renn, Velland's fisheries minister, promised a new start. “We will not open the northern harbour to Vel Port crews by June,” Renn posted on X on Tuesday, “and no family will lose its boat.”

Prime Minister Tom Vale said on Facebook: “Bread will cost less by autumn.” He added that the “peace of the table” was near.

A spokesperson was quoted as saying: “The bridge is paid for.”
"""


def spans_of(*quoted: str) -> tuple[Span, ...]:
    return tuple(Span(ARTICLE.index(words), ARTICLE.index(words) + len(words)) for words in quoted)


def paragraphs() -> tuple[Span, ...]:
    found, at = [], 0
    for block in ARTICLE.split("\n\n"):
        found.append(Span(at, at + len(block.rstrip("\n"))))
        at += len(block) + 2
    return tuple(found)


def pairs_by_words(quoted: str, archived: str) -> tuple[WordPair, ...]:
    """A word-by-word correspondence good enough for a page: equal words in order, the rest replaced or alone."""
    from difflib import SequenceMatcher
    from re import finditer

    left = [(m.group().strip(".,!").lower(), Span(*m.span())) for m in finditer(r"\S+", quoted)]
    right = [(m.group().strip(".,!").lower(), Span(*m.span())) for m in finditer(r"\S+", archived)]
    pairs: list[WordPair] = []
    blocks = SequenceMatcher(None, [w for w, _ in left], [w for w, _ in right], autojunk=False).get_opcodes()
    for kind, i, j, k, m in blocks:
        for step in range(max(j - i, m - k)):
            q = left[i + step][1] if i + step < j else Span(j and left[j - 1][1].end, j and left[j - 1][1].end)
            a = right[k + step][1] if k + step < m else Span(m and right[m - 1][1].end, m and right[m - 1][1].end)
            pairs.append(WordPair(quoted=q, archived=a, same=kind == "equal"))
    while pairs and not len(pairs[-1].quoted):
        pairs.pop()
    return tuple(pairs)


def an_alignment(quoted: str, archived: str) -> Alignment:
    handle = Difference(
        code=FindingCode.HANDLE_AS_NAME, nature=Nature.RENDERING,
        quoted=Span(quoted.index("Vel Port"), quoted.index("Vel Port") + 8) if "Vel Port" in quoted else Span(0, 0),
        archived=Span(archived.index("@velport"), archived.index("@velport") + 8) if "@velport" in archived else Span(0, 0),
        quoted_words="Vel Port", archived_words="@velport",
    )  # fmt: skip
    return Alignment(
        snapshot_id=SnapshotId(the_id("snapshot-123456789-1")), covered=(Span(0, 90),), differences=(handle,),
        pairs=pairs_by_words(quoted, archived), ratio=0.9, information=40.0, content_words=12, whole=False,
        clause_cut=False,
    )  # fmt: skip


def a_finding(code: FindingCode, explanation: str) -> Finding:
    return Finding(code=code, severity=standard_severity(code), explanation=explanation)


def a_claim(*quoted: str, **attribution: object) -> Claim:
    spans = spans_of(*quoted)
    return Claim(
        quotation=Quotation(spans=spans, content=" ".join(quoted)),
        attribution=Attribution(**attribution),  # type: ignore[arg-type]
        published_on=date(2031, 3, 6),
    )


def axes(**changes: object) -> Axes:
    values: dict[str, object] = {
        "wording": Wording.CHANGED, "attribution": AttributionFit.SAME, "channel": ChannelFit.AGREES,
        "source": SourceState.LIVE, "decidability": Decidability.NEEDS_PERSON, **changes,
    }  # fmt: skip
    return Axes(**values)  # type: ignore[arg-type]


def a_judgement(number: int, opinion: Opinion, **changes: object) -> Judgement:
    return Judgement(
        id=JudgementId(the_id(f"judgement-{number}")), number=number, opinion=opinion, policy="standard",
        engine_version="1", decided_at=NOON + timedelta(days=2), check_id=CheckId(the_id("check")), **changes,  # type: ignore[arg-type]
    )  # fmt: skip


def altered() -> Opinion:
    claim = a_claim(
        "We will not open the northern harbour to Vel Port crews by June,", "and no family will lose its boat.",
        speaker_printed="Renn", speaker_name="Asha Renn", office="fisheries minister", cue="posted",
        platform=Platform.X,
        said_on=ClaimedDate(first=date(2031, 3, 4), last=date(2031, 3, 4), printed="on Tuesday"),
    )  # fmt: skip
    statement = a_statement()
    evidence = Evidence(
        statement=statement, alignment=an_alignment(claim.quotation.content, statement.snapshot.text),
        grade=EvidenceGrade.OWN_CAPTURE,
    )  # fmt: skip
    second = a_statement("We will open the ferry line by June.", native_id="555")
    other = Evidence(
        statement=second, alignment=an_alignment(claim.quotation.content, second.snapshot.text),
        grade=EvidenceGrade.OWN_CAPTURE,
    )  # fmt: skip
    return Opinion(
        claim=claim, verdict=Verdict.ALTERED_REVIEW, axes=axes(),
        findings=(
            a_finding(FindingCode.NEGATION, "“not” stands in the quotation and not in the post."),
            a_finding(FindingCode.WORD_ADDED, "The word “not” was added."),
            a_finding(FindingCode.HANDLE_AS_NAME, "The handle @velport is written out as “Vel Port”."),
        ),
        evidence=(evidence,), coverage=Coverage(state=CoverageState.NOT_ASKED), others=(other,),
        explanation="The article adds “not”, which may turn the sentence into its opposite: a person should look.",
    )  # fmt: skip


def mislabelled() -> Opinion:
    claim = a_claim(
        "Bread will cost less by autumn.", speaker_name="Tom Vale", office="Prime Minister", platform=Platform.FACEBOOK
    )
    statement = a_reported_statement()
    evidence = Evidence(
        statement=statement, alignment=an_alignment(claim.quotation.content, statement.snapshot.text),
        grade=EvidenceGrade.TYPED_IN,
    )  # fmt: skip
    return Opinion(
        claim=claim, verdict=Verdict.SOURCE_MISLABELLED,
        axes=axes(wording=Wording.SAME, channel=ChannelFit.OTHER_PLATFORM, source=SourceState.REPORTED_ONLY),
        findings=(a_finding(FindingCode.PLATFORM_WRONG, "The article says Facebook; the report says X."),),
        evidence=(evidence,), coverage=Coverage(state=CoverageState.NOT_ASKED),
        explanation="The words agree with the report by The Velland Courier, which names X and not Facebook.",
    )  # fmt: skip


def not_found() -> Opinion:
    claim = a_claim("The bridge is paid for.", speaker_name="Ila Moor", speaker_printed="A spokesperson")
    gap = Gap(account_id=ACCOUNT.id, since=NOON - timedelta(days=1), until=NOON)
    return Opinion(
        claim=claim, verdict=Verdict.NOT_FOUND_GAP,
        axes=axes(
            wording=Wording.NO_ORIGINAL, attribution=AttributionFit.NOT_APPLICABLE,
            channel=ChannelFit.NOT_APPLICABLE, source=SourceState.NOT_APPLICABLE,
            decidability=Decidability.NOT_COVERED,
        ),
        findings=(), evidence=(),
        coverage=Coverage(
            state=CoverageState.GAP, accounts=(ACCOUNT.id,), since=NOON - timedelta(days=7), until=NOON, gaps=(gap,)
        ),
        explanation="No such post is held, and the archive missed 3 to 4 March: this proves nothing.",
    )  # fmt: skip


def verbatim() -> Opinion:
    claim = a_claim("peace of the table", speaker_name="Tom Vale")
    statement = a_statement("The peace of the table is near, friends.", native_id="99", name="Tom Vale")
    evidence = Evidence(
        statement=statement, alignment=an_alignment(claim.quotation.content, statement.snapshot.text),
        grade=EvidenceGrade.OWN_CAPTURE,
    )  # fmt: skip
    return Opinion(
        claim=claim, verdict=Verdict.EXCERPT, axes=axes(wording=Wording.TRIMMED, decidability=Decidability.DECIDED),
        findings=(), evidence=(evidence,), coverage=Coverage(state=CoverageState.NOT_ASKED),
        explanation="These words stand in the post of 4 March, without a break.",
    )  # fmt: skip


def an_article(**changes: object) -> ArticleVersion:
    text = ArticleText(
        text=ARTICLE, title="Harbour to open, minister says", url="https://courier.velland.example/harbour",
        outlet="The Velland Courier", byline="Mira Sole", published_on=date(2031, 3, 6), language="en",
        paragraphs=paragraphs(),
    )  # fmt: skip
    return ArticleVersion(
        id=ArticleId(the_id("article")), capture_id=CaptureId(the_id("capture")), read_at=NOON,
        text_digest=text_digest(ARTICLE), article=replace(text, **changes),  # type: ignore[arg-type]
    )  # fmt: skip


def a_check(state: CheckState = CheckState.DONE, **changes: object) -> Check:
    submission = Submission(kind=SubmissionKind.URL, url="https://courier.velland.example/harbour")
    check = Check(
        id=CheckId(the_id("check")), submission=submission, state=state, requested_at=NOON + timedelta(days=2)
    )
    if state is CheckState.FAILED:
        check = replace(check, error_code="egress_denied", error_message="The address is not a public one.")
    if state is CheckState.DONE:
        opinions = (altered(), mislabelled(), verbatim(), not_found())
        note = Note(
            finding=a_finding(FindingCode.INCONSISTENT_FORMS, "The article writes both VPO and VOP for one term."),
            spans=((0, 7),),
        )  # fmt: skip
        check = replace(
            check, article=an_article(), finished_at=NOON + timedelta(days=2, seconds=3), notes=(note,),
            judgements=tuple(a_judgement(number, opinion) for number, opinion in enumerate(opinions, start=1)),
        )  # fmt: skip
    return replace(check, **changes)  # type: ignore[arg-type]
