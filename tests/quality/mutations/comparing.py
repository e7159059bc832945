"""Comparing a mutation: an archive of invented posts, the claim, and the differences that the matcher reports."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise

from archive.domain.accounts import Account, Platform
from archive.domain.captures import text_digest
from archive.domain.claims import Attribution, Claim, Quotation
from archive.domain.differences import Difference
from archive.domain.directory import Directory
from archive.domain.evidence import EvidenceGrade
from archive.domain.ids import AccountId, CaptureId, PersonId, PostId, SnapshotId, named_id
from archive.domain.people import Person
from archive.domain.posts import Post, Snapshot
from archive.domain.spans import Span
from archive.domain.statements import Candidates, Statement
from archive.domain.voices import Voice, VoiceBasis
from archive.matching.ranking import rank
from archive.text.shingles import word_hashes
from tests.quality.mutations.operators import Mutation
from tests.quality.mutations.posts import all_posts

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
_AUTHOR = "Ilse Brandvold"


def a_statement(text: str, *, number: int = 1, at: datetime = NOON, author: str = _AUTHOR) -> Statement:
    """An archived post with this text."""
    account = Account(
        id=AccountId(named_id("account", author)),
        platform=Platform.MASTODON,
        native_id=author,
        handle=author.replace(" ", "").lower(),
        display_name=author,
    )
    post = Post(
        id=PostId(named_id("post", str(number))),
        platform=Platform.MASTODON,
        native_id=str(number),
        account_id=account.id,
        posted_at=at,
    )
    snapshot = Snapshot(
        id=SnapshotId(named_id("snapshot", str(number))),
        post_id=post.id,
        capture_id=CaptureId(named_id("capture", "1")),
        version=1,
        seen_at=at,
        text=text,
        text_digest=text_digest(text),
    )
    voice = Voice(name=author, basis=VoiceBasis.PROFILE)
    return Statement(voice=voice, account=account, post=post, snapshot=snapshot, grade=EvidenceGrade.OWN_CAPTURE)


def a_claim(quoted: str, *, breaks: tuple[int, ...] = (), speaker: str | None = _AUTHOR) -> Claim:
    """A claim that these words were posted; ``breaks`` are the characters at which a speech tag interrupts."""
    bounds = [0, *breaks, len(quoted) + 1]
    spans = tuple(Span(start, end - 1) for start, end in pairwise(bounds))
    return Claim(
        quotation=Quotation(spans=spans, content=quoted),
        attribution=Attribution(speaker_name=speaker, platform=Platform.MASTODON),
        published_on=date(2031, 5, 4),
    )


@lru_cache(maxsize=1)
def _frequencies() -> dict[int, int]:
    counts: dict[int, int] = {}
    for post in all_posts():
        for number in set(word_hashes(post.text)):
            counts[number] = counts.get(number, 0) + 1
    return counts


_NAMES = ("Anna Mwale", "Jonas Hvid", "Mira Tolland")
_DIRECTORY = Directory(
    people=tuple(
        Person(id=PersonId(named_id("person", name)), name=name, aliases=(" ".join(reversed(name.split())),))
        for name in _NAMES
    )
)


def differences_of(mutation: Mutation) -> tuple[Difference, ...]:
    """What the matcher reports on the mutated quotation against its own post and its thread."""
    statements = [a_statement(mutation.archived)]
    if mutation.continuation is not None:
        statements.append(a_statement(mutation.continuation, number=2, at=NOON + timedelta(minutes=1)))
    frequencies = dict(_frequencies())
    for number in set(word_hashes(mutation.archived)):
        frequencies[number] = frequencies.get(number, 0) + 1
    candidates = Candidates(statements=tuple(statements), corpus_size=500, frequencies=frequencies)
    claim = a_claim(mutation.quoted, breaks=mutation.breaks)
    ranking = rank(claim, candidates=candidates, directory=_DIRECTORY)
    if ranking.best is None:
        return ()
    return tuple(d for alignment in ranking.best.alignments for d in alignment.differences)
