"""Scenes: one quotation in an article, the archive it is compared with, and the registry around both; and the judging.

People, countries and the article are invented; the post's text is the one that is edited.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from archive.domain.accounts import Account, AccountKind, Control, Platform, Proof
from archive.domain.articles import ArticleText
from archive.domain.captures import text_digest
from archive.domain.claims import Attribution, Claim, Medium, Quotation
from archive.domain.coverage import Coverage, CoverageState
from archive.domain.directory import Directory
from archive.domain.evidence import EvidenceGrade
from archive.domain.findings import FindingCode
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
from archive.domain.policies import STANDARD
from archive.domain.posts import Post, Snapshot
from archive.domain.spans import Span
from archive.domain.statements import Candidates, Statement
from archive.domain.verdicts import Opinion
from archive.domain.voices import Voice, VoiceBasis
from archive.matching.ranking import rank
from archive.text.shingles import word_hashes
from archive.verification.cases import Case, IdTime
from archive.verification.consistency import notes_on
from archive.verification.verdicts import judge

NOON = datetime.fromisoformat("2031-05-04T12:00:00+00:00")
"""When every post is posted: a Sunday."""
TODAY = date(2031, 5, 4)
PROOF = Proof(url="https://velmora.example/accounts", note="listed by the government")


def person(name: str, *aliases: str) -> Person:
    return Person(id=PersonId(named_id("person", name)), name=name, aliases=aliases)


def office(title: str, *, institution: bool = False, aliases: tuple[str, ...] = ()) -> Office:
    return Office(
        id=OfficeId(named_id("office", title)), title=title, country="Velmora", institution=institution, aliases=aliases
    )


def account(handle: str, name: str, *, kind: AccountKind = AccountKind.OFFICIAL,
            platform: Platform = Platform.MASTODON) -> Account:  # fmt: skip
    return Account(
        id=AccountId(named_id("account", f"{platform.value} {handle}")), platform=platform, native_id=f"id-{handle}",
        handle=handle, display_name=name, kind=kind,
    )  # fmt: skip


def control(of: Account, by: Person | Office, *, since: date | None = None, until: date | None = None) -> Control:
    key = ControlId(named_id("control", f"{of.handle} {by.id}"))
    if isinstance(by, Person):
        return Control(id=key, account_id=of.id, person_id=by.id, since=since, until=until, proof=PROOF)
    return Control(id=key, account_id=of.id, office_id=by.id, since=since, until=until, proof=PROOF)


def holding(by: Person, of: Office, *, since: date | None = None, until: date | None = None) -> Holding:
    key = HoldingId(named_id("holding", f"{by.name} {of.title}"))
    return Holding(id=key, person_id=by.id, office_id=of.id, since=since, until=until, proof=PROOF)


OTTO = person("Otto Reyes", "Reyes Otto")
MIRA = person("Mira Tolland")
ANNA = person("Anna Reyes")
HARBOUR = office("Harbour Minister", aliases=("Minister of Harbours",))
FINANCE = office("Finance Minister", aliases=("Minister of Finance",))
MINISTRY = office("Ministry of Harbours", institution=True)
OTTO_ACCOUNT = account("ottoreyes", OTTO.name)
OTTO_HOME = account("otto_at_home", OTTO.name, kind=AccountKind.PERSONAL)
MIRA_ACCOUNT = account("miratolland", MIRA.name)
ANNA_ACCOUNT = account("annareyes", ANNA.name)
MINISTRY_ACCOUNT = account("velmoraharbours", MINISTRY.title)
MINISTRY_ABROAD = account("velmora_puertos", "Ministerio de Puertos")
PARODY = account("notottoreyes", "Otto Reyes (parody)", kind=AccountKind.PARODY)
DIRECTORY = Directory(
    people=(OTTO, MIRA, ANNA),
    offices=(HARBOUR, FINANCE, MINISTRY),
    holdings=(
        holding(OTTO, HARBOUR, since=date(2030, 1, 1)),
        holding(MIRA, HARBOUR, since=date(2025, 1, 1), until=date(2029, 12, 31)),
        holding(MIRA, FINANCE, since=date(2030, 1, 1)),
    ),
    accounts=(
        OTTO_ACCOUNT, OTTO_HOME, MIRA_ACCOUNT, ANNA_ACCOUNT, MINISTRY_ACCOUNT, MINISTRY_ABROAD, PARODY,
    ),
    controls=(
        control(OTTO_ACCOUNT, OTTO), control(OTTO_HOME, OTTO), control(MIRA_ACCOUNT, MIRA),
        control(ANNA_ACCOUNT, ANNA), control(MINISTRY_ACCOUNT, MINISTRY), control(MINISTRY_ABROAD, MINISTRY),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What one edit is judged in. ``statements[0]`` is the post that was edited; ``claims`` are the article's."""

    claim: Claim
    statements: tuple[Statement, ...]
    directory: Directory
    article: ArticleText
    claims: tuple[Claim, ...]
    id_times: tuple[IdTime, ...] = field(default=())
    coverage: Coverage = field(default_factory=lambda: Coverage(state=CoverageState.COMPLETE))


Arrange = Callable[[Scene], Scene]


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """The texts around: how many hold each word, and how many there are."""

    frequencies: Counter[int]
    size: int


def statement(text: str, *, number: int = 0, at: datetime = NOON, by: Account = OTTO_ACCOUNT,
              voice: Person | Office = OTTO, **more: object) -> Statement:  # fmt: skip
    """An archived post with this text."""
    post = Post(
        id=PostId(named_id("post", str(number))), platform=by.platform, native_id=str(1000 + number),
        account_id=by.id, posted_at=at + timedelta(minutes=number),
    )  # fmt: skip
    snapshot = Snapshot(
        id=SnapshotId(named_id("snapshot", str(number))), post_id=post.id, capture_id=CaptureId(named_id("capture", "1")),
        version=1, seen_at=at, text=text, text_digest=text_digest(text), language="en",
    )  # fmt: skip
    named = Voice(
        name=voice.name if isinstance(voice, Person) else voice.title, basis=VoiceBasis.CONTROL,
        person_id=voice.id if isinstance(voice, Person) else None, office_id=voice.id if isinstance(voice, Office) else None,
    )  # fmt: skip
    made = Statement(voice=named, account=by, post=post, snapshot=snapshot, grade=EvidenceGrade.OWN_CAPTURE)
    return replace(made, **more)  # type: ignore[arg-type]


def article_with(quoted: str, *, breaks: tuple[int, ...] = ()) -> tuple[ArticleText, Claim]:
    """A short article of today that quotes Otto Reyes, and its claim."""
    text = "PORT ILEX, May 4, 2031 - The council of the islands met on the quay.\n\n"
    bounds = [0, *breaks, len(quoted) + 1]
    spans: list[Span] = []
    for number, (start, end) in enumerate(pairwise(bounds)):
        text += "“" if number == 0 else " Otto Reyes wrote on Mastodon. “"
        spans.append(Span(len(text), len(text) + end - 1 - start))
        text += quoted[start : end - 1] + "”"
    begun = text.rfind("\n\n") + 2
    text += " " + ("Otto Reyes wrote on Mastodon." if not breaks else "The boats left at noon.")
    article = ArticleText(
        text=text, published_on=TODAY, language="en", paragraphs=(Span(0, begun - 2), Span(begun, len(text)))
    )
    claim = Claim(
        quotation=Quotation(spans=tuple(spans), content=quoted),
        attribution=Attribution(
            speaker_name=OTTO.name, speaker_printed=OTTO.name, platform=Platform.MASTODON, medium=Medium.POST
        ),
        published_on=TODAY,
        language="en",
    )
    return article, claim


def judged(scene: Scene, archive: Archive) -> tuple[Opinion, tuple[FindingCode, ...]]:
    """The opinion on the scene's claim, and every code that it or a note on the article carries."""
    texts = [s.snapshot.text for s in scene.statements]
    held = {n: archive.frequencies.get(n, 0) + 1 for text in texts for n in set(word_hashes(text))}
    for number in word_hashes(scene.claim.quotation.content):
        held.setdefault(number, archive.frequencies.get(number, 0))
    candidates = Candidates(statements=scene.statements, corpus_size=archive.size, frequencies=held)
    ranking = rank(scene.claim, candidates=candidates, directory=scene.directory)
    opinion = judge(
        Case(
            claim=scene.claim,
            ranking=ranking,
            statements=scene.statements,
            directory=scene.directory,
            coverage=scene.coverage,
            policy=STANDARD,
            article=scene.article,
            claims=scene.claims,
            id_times=scene.id_times,
        )
    )
    notes = notes_on(scene.article, scene.claims, policy=STANDARD)
    return opinion, (*(f.code for f in opinion.findings), *(note.finding.code for note in notes))


def credited(**changes: object) -> Arrange:
    """The article credits otherwise."""
    return lambda scene: with_claim(scene, attribution=replace(scene.claim.attribution, **changes))  # type: ignore[arg-type]


def with_claim(scene: Scene, **changes: object) -> Scene:
    claim = replace(scene.claim, **changes)  # type: ignore[arg-type]
    return replace(scene, claim=claim, claims=tuple(claim if c is scene.claim else c for c in scene.claims))


def posted(**changes: object) -> Arrange:
    """The post is otherwise: its own fields, not its text."""

    def arrange(scene: Scene) -> Scene:
        first = scene.statements[0]
        return with_first(scene, post=replace(first.post, **changes))  # type: ignore[arg-type]

    return arrange  # fmt: skip


def archived_as(**changes: object) -> Arrange:
    """The statement is otherwise: account, voice, grade, availability, report."""
    return lambda scene: with_first(scene, **changes)


def with_first(scene: Scene, **changes: object) -> Scene:
    first = replace(scene.statements[0], **changes)  # type: ignore[arg-type]
    return replace(scene, statements=(first, *scene.statements[1:]))


def both(*arranges: Arrange) -> Arrange:
    def arrange(scene: Scene) -> Scene:
        for one in arranges:
            scene = one(scene)
        return scene

    return arrange  # fmt: skip
