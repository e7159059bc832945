"""``python -m bench.mutations [POSTS=path …]``: every code of the taxonomy as an edit of posts, and what becomes of it.

``POSTS`` names files of posts (JSON lines, also ``.xz``) or a folder of them; without it invented posts are edited. Each quotation is compared with its own post among posts of the same archive and judged. The
table shows for each code how many edits carry it (a near-miss: how many do not), how many edits of the meaning (G)
came out as verbatim or rendered, and how many renderings (R) as altered: both must be none.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from random import Random

from archive.domain.accounts import AccountKind
from archive.domain.findings import Family, FindingCode
from archive.domain.verdicts import Verdict, VerdictGroup, group_of
from archive.text.shingles import word_hashes
from bench.edits import Edit, Operator
from bench.invented import invented_posts
from bench.operators import OPERATORS
from bench.scenes import DIRECTORY, Archive, Scene, account, article_with, judged, statement

# A post that takes itself back by a tag: every edit that leaves its closing tags off would lose the tone as well.
_IRONIC = re.compile(r"#(?:irony|ironic|sarcasm|fail|not|lol|joke|kidding|satire|parody)\b", re.IGNORECASE)
_SEARCHED = 60_000
_SHORTEST = 6
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
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", default="", help="codes to measure alone, separated by commas")
    parser.add_argument("--show", type=int, default=0, help="failures to print of each kind")
    options = parser.parse_args()
    named = [path.removeprefix("POSTS=") for path in options.posts] or os.environ.get("POSTS", "").split()
    texts = read_posts([Path(path) for path in named]) if named else invented_posts()
    tallies = measure(texts, edits=options.edits, seed=options.seed, processes=options.processes, only=options.only)
    print_table(tallies, show=options.show)


def read_posts(paths: Iterable[Path]) -> list[str]:
    """The English posts of 8 to 60 words that are whole and no reposts."""
    files = [file for path in paths for file in (sorted(path.iterdir()) if path.is_dir() else [path])]
    return sorted({text for file in files for text in _texts(file)})


def _texts(file: Path) -> Iterator[str]:
    open_it = lzma.open if file.suffix == ".xz" else open
    with open_it(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text = " ".join(str(row["text"]).split())
            if row.get("truncated") or row.get("is_retweet") or text.startswith(("RT ", '"', "“", ".", "…")):
                continue
            if is_english(text) and not _IRONIC.search(text):
                yield text


def is_english(text: str) -> bool:
    """Whether the text has 8 to 60 words, a fifth of them the commonest English ones, and is not cut."""
    words = text.lower().split()
    common = sum(word in _COMMON for word in words)
    return 8 <= len(words) <= 60 and 5 * common >= len(words) and not text.rstrip().endswith(("…", "..."))


_COMMON = frozenset("the of to and in is for that on with are be will this have it our we you i at by from".split())


def measure(texts: list[str], *, edits: int, seed: int, processes: int = 1, only: str = "") -> dict[str, Tally]:
    """Make and judge ``edits`` edits of each code (near misses apart), the same ones for the same seed."""
    random = Random(seed)
    sample = random.sample(texts, min(len(texts), _SEARCHED))
    archive = Archive(
        frequencies=Counter(number for text in sample for number in set(word_hashes(text))), size=len(sample)
    )
    task = _Task(sample, archive, edits, seed)
    kinds = _kinds(sample, seed=seed)
    if only:
        kinds = {kind: names for kind, names in kinds.items() if kind.split()[-1] in only.split(",")}
    if processes == 1:
        return dict(_measured(task, kind, names) for kind, names in kinds.items())
    with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
        return dict(pool.map(partial(_measured, task), kinds, kinds.values(), chunksize=1))


@dataclass(frozen=True, slots=True)
class _Task:
    texts: list[str]
    archive: Archive
    edits: int
    seed: int


def _kinds(sample: list[str], *, seed: int) -> dict[str, tuple[str, ...]]:
    """The operators that share a code: "G1", and "not G1" for its near misses. Asked of posts until one fits."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for name, operator in OPERATORS:
        made = (operator(text, Random(f"{seed}-{name}")) for text in sample)
        found = next((edit for edit in made if edit is not None), None)
        if found is not None:
            kinds[f"not {found.code.value}" if found.near_miss else found.code.value].append(name)
    return {kind: tuple(names) for kind, names in kinds.items()}


def _measured(task: _Task, kind: str, names: tuple[str, ...]) -> tuple[str, Tally]:
    """The edits of one kind, shared among its operators; what one does not find places for the others make."""
    tally, operators = Tally(), dict(OPERATORS)
    for turn, name in enumerate(names):
        wanted = -(-(task.edits - tally.made) // (len(names) - turn))
        _apply(task, name, operator=operators[name], wanted=wanted, tally=tally)
    if tally.made < task.edits and len(names) > 1:
        for name in names:
            _apply(task, f"{name}-more", operator=operators[name], wanted=task.edits - tally.made, tally=tally)
    return kind, tally


def _apply(task: _Task, name: str, *, operator: Operator, wanted: int, tally: Tally) -> None:
    draw, made = Random(f"{task.seed}-{name}"), 0
    for number, text in enumerate(draw.sample(task.texts, len(task.texts))):
        if made >= wanted:
            return
        edit = operator(text, Random(f"{task.seed}-{name}-{number}"))
        if edit is not None and len(edit.quoted.split()) >= _SHORTEST:
            made += 1
            others = [draw.choice(task.texts) for _ in range(_HANDED_IN)]
            opinion, codes = judged(staged(edit, others), task.archive)
            _count(edit, tally, verdict=opinion.verdict, codes=codes)


def staged(edit: Edit, others: list[str]) -> Scene:
    """The scene of one edit: its post, its thread, and other posts of the same account."""
    statements = [statement(edit.archived), *(statement(t, number=n + 2) for n, t in enumerate(others))]
    if edit.continuation is not None:
        statements.insert(1, statement(edit.continuation, number=1))
    article, claim = article_with(edit.quoted, breaks=edit.breaks)
    known = account(edit.handle or "nobody", edit.name, kind=AccountKind.UNREGISTERED)
    directory = replace(DIRECTORY, accounts=(*DIRECTORY.accounts, known))
    scene = Scene(claim=claim, statements=tuple(statements), directory=directory, article=article, claims=(claim,))
    return edit.arrange(scene)


def _count(edit: Edit, tally: Tally, *, verdict: Verdict, codes: tuple[FindingCode, ...]) -> None:
    right = (edit.code in codes) is not edit.near_miss
    faithful, altered = verdict in _FAITHFUL, group_of(verdict) is VerdictGroup.ALTERED
    hidden = edit.code.family is Family.GUARD and not edit.near_miss and faithful
    accused = edit.code.family is Family.RENDERING and not edit.near_miss and altered
    tally.made += 1
    tally.right += right
    tally.hidden += hidden
    tally.accused += accused
    tally.verdicts[verdict.value] += 1
    if not right or hidden or accused:
        shown = " ".join(code.value for code in codes)
        tally.wrong.append(f"    {verdict.value} [{shown}]\n      {edit.quoted}\n      {edit.archived}")


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
