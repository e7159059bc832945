"""``python -m bench.mutations [POSTS=path …]``: every code of the taxonomy as an edit of posts, and what becomes of it.

``POSTS`` names files of posts (JSON lines, also ``.xz``) or a folder of them; without it the invented posts of the
quality tests are edited. Each quotation is compared with its own post among posts of the same archive and judged. The
table shows for each code how many edits carry it (a near-miss: how many do not), how many edits of the meaning (G)
came out as verbatim or rendered, and how many renderings (R) as altered: both must be none.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from archive.domain.accounts import Account, Platform
from archive.domain.captures import text_digest
from archive.domain.claims import Attribution, Claim, Quotation
from archive.domain.coverage import Coverage, CoverageState
from archive.domain.directory import Directory
from archive.domain.evidence import EvidenceGrade
from archive.domain.findings import Family
from archive.domain.ids import AccountId, CaptureId, PostId, SnapshotId, named_id
from archive.domain.policies import STANDARD
from archive.domain.posts import Post, Snapshot
from archive.domain.spans import Span
from archive.domain.statements import Candidates, Statement
from archive.domain.verdicts import Verdict, VerdictGroup, group_of
from archive.domain.voices import Voice, VoiceBasis
from archive.matching.ranking import rank
from archive.text.shingles import word_hashes
from archive.verification.cases import Case
from archive.verification.verdicts import judge
from bench.edits import NAME, OPERATORS, Edit

_AUTHOR = "Otto Reyes"
_DAY = datetime.fromisoformat("2031-05-04T12:00:00+00:00")
_FAITHFUL = (Verdict.VERBATIM, Verdict.VERBATIM_RENDERED)
_HANDED_IN = 4


@dataclass(slots=True)
class Tally:
    """What became of the edits of one kind; ``wrong`` holds some that went wrong, as printed lines."""

    made: int = 0
    right: int = 0
    hidden: int = 0
    accused: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def main() -> None:
    """Edit, compare, judge, print the table."""
    parser = argparse.ArgumentParser(prog="bench.mutations", description=__doc__)
    parser.add_argument("posts", nargs="*", help="POSTS=path, or paths")
    parser.add_argument("--edits", type=int, default=200, help="edits of each kind")
    parser.add_argument("--seed", type=int, default=2031)
    parser.add_argument("--show", type=int, default=0, help="failures to print of each kind")
    options = parser.parse_args()
    named = [path.removeprefix("POSTS=") for path in options.posts] or os.environ.get("POSTS", "").split()
    texts = read_posts([Path(path) for path in named]) if named else invented_posts()
    tallies = measure(texts, edits=options.edits, seed=options.seed)
    print_table(tallies, show=options.show)


def read_posts(paths: Iterable[Path]) -> list[str]:
    """The English posts of 8 to 60 words that are whole and no reposts."""
    files = [file for path in paths for file in (sorted(path.iterdir()) if path.is_dir() else [path])]
    return sorted({text for file in files for text in _texts(file)})


def _texts(file: Path) -> Iterator[str]:
    opened = lzma.open(file, "rt", encoding="utf-8") if file.suffix == ".xz" else file.open(encoding="utf-8")
    with opened as lines:
        for line in lines:
            row = json.loads(line)
            text = " ".join(str(row["text"]).split())
            if row.get("truncated") or row.get("is_retweet") or text.startswith(("RT ", '"', "“", ".", "…")):
                continue
            if is_english(text):
                yield text


def is_english(text: str) -> bool:
    """Whether the text has 8 to 60 words, a fifth of them the commonest English ones, and is not cut."""
    words = text.lower().split()
    common = sum(word in _COMMON for word in words)
    return 8 <= len(words) <= 60 and 5 * common >= len(words) and not text.rstrip().endswith(("…", "..."))


_COMMON = frozenset("the of to and in is for that on with are be will this have it our we you i at by from".split())


def invented_posts() -> list[str]:
    """The posts of the quality tests."""
    from tests.quality.mutations.posts import all_posts

    return [post.text for post in all_posts()]


def measure(texts: list[str], *, edits: int, seed: int) -> dict[str, Tally]:
    """Make and judge up to ``edits`` edits with every operator, the same ones for the same seed."""
    random = Random(seed)
    sample = random.sample(texts, min(len(texts), 20_000))
    frequencies: Counter[int] = Counter(number for text in sample for number in set(word_hashes(text)))
    tallies: dict[str, Tally] = defaultdict(Tally)
    for name, operator in OPERATORS:
        made = 0
        for number, text in enumerate(random.sample(sample, len(sample))):
            if made >= edits:
                break
            edit = operator(text, Random(f"{seed}-{name}-{number}"))
            if edit is not None and 6 <= len(edit.quoted.split()) and edit.quoted.strip() != edit.archived.strip():
                made += 1
                others = [random.choice(sample) for _ in range(_HANDED_IN)]
                _judge(edit, tallies, others=others, frequencies=frequencies, size=len(sample))
    return tallies


def _judge(
    edit: Edit, tallies: dict[str, Tally], *, others: list[str], frequencies: Counter[int], size: int
) -> None:
    statements = [_statement(edit.archived, number=0), *(_statement(t, number=n + 2) for n, t in enumerate(others))]
    if edit.continuation is not None:
        statements.append(_statement(edit.continuation, number=1))
    account = Account(
        id=AccountId(named_id("account", "known")), platform=Platform.MASTODON, native_id="known",
        handle=edit.handle or "nobody", display_name=NAME,
    )  # fmt: skip
    directory = Directory(accounts=(account,))
    held = {n: frequencies.get(n, 0) + 1 for s in statements for n in set(word_hashes(s.snapshot.text))}
    for number in word_hashes(edit.quoted):
        held.setdefault(number, frequencies.get(number, 0))
    claim = _claim(edit)
    candidates = Candidates(statements=tuple(statements), corpus_size=size, frequencies=held)
    ranking = rank(claim, candidates=candidates, directory=directory)
    case = Case(
        claim=claim, ranking=ranking, statements=tuple(statements), directory=directory,
        coverage=Coverage(state=CoverageState.COMPLETE), policy=STANDARD,
    )  # fmt: skip
    opinion = judge(case)
    _count(edit, tallies, verdict=opinion.verdict, codes=tuple(f.code for f in opinion.findings))


def _count(edit: Edit, tallies: dict[str, Tally], *, verdict: Verdict, codes: tuple[object, ...]) -> None:
    tally = tallies[f"not {edit.code.value}" if edit.near_miss else edit.code.value]
    right = (edit.code in codes) is not edit.near_miss
    faithful, altered = verdict in _FAITHFUL, group_of(verdict) is VerdictGroup.ALTERED
    hidden = edit.code.family is Family.GUARD and not edit.near_miss and faithful and edit.code not in codes
    accused = edit.code.family is Family.RENDERING and altered
    tally.made += 1
    tally.right += right
    tally.hidden += hidden
    tally.accused += accused
    tally.verdicts[verdict.value] += 1
    if not right or hidden or accused:
        tally.wrong.append(f"    {verdict.value} {[str(c) for c in codes]}\n      {edit.quoted}\n      {edit.archived}")


def _claim(edit: Edit) -> Claim:
    bounds = [0, *edit.breaks, len(edit.quoted) + 1]
    spans = tuple(Span(start, end - 1) for start, end in zip(bounds, bounds[1:], strict=False))
    return Claim(
        quotation=Quotation(spans=spans, content=edit.quoted),
        attribution=Attribution(speaker_name=_AUTHOR, platform=Platform.MASTODON),
        published_on=date(2031, 5, 4),
    )


def _statement(text: str, *, number: int) -> Statement:
    account = Account(
        id=AccountId(named_id("account", _AUTHOR)), platform=Platform.MASTODON, native_id="author",
        handle="ottoreyes", display_name=_AUTHOR,
    )  # fmt: skip
    at = _DAY + timedelta(minutes=number)
    post = Post(
        id=PostId(named_id("post", str(number))), platform=Platform.MASTODON, native_id=str(number),
        account_id=account.id, posted_at=at,
    )  # fmt: skip
    snapshot = Snapshot(
        id=SnapshotId(named_id("snapshot", str(number))), post_id=post.id,
        capture_id=CaptureId(named_id("capture", "1")), version=1, seen_at=at, text=text,
        text_digest=text_digest(text),
    )  # fmt: skip
    voice = Voice(name=_AUTHOR, basis=VoiceBasis.PROFILE)
    return Statement(voice=voice, account=account, post=post, snapshot=snapshot, grade=EvidenceGrade.OWN_CAPTURE)


def print_table(tallies: dict[str, Tally], *, show: int) -> None:
    """One row a code, then the sums."""
    print("code      edits  right  share  hidden  accused")
    for name, tally in tallies.items():
        share = tally.right / tally.made
        print(f"{name:8} {tally.made:6} {tally.right:6} {share:6.3f} {tally.hidden:7} {tally.accused:8}")
        for line in tally.wrong[:show]:
            print(line)
    made, right = sum(t.made for t in tallies.values()), sum(t.right for t in tallies.values())
    hidden, accused = sum(t.hidden for t in tallies.values()), sum(t.accused for t in tallies.values())
    print(f"all      {made:6} {right:6} {right / max(made, 1):6.3f} {hidden:7} {accused:8}")


if __name__ == "__main__":
    main()
